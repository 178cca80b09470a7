"""The last look before pages become public: is anything on them that is for core participants?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape, unescape
from pathlib import Path
from typing import Any

from seminarkit.analyse.audience import emails_in
from seminarkit.seminar.folder import SeminarFolder

_SHORTEST = 40  # characters; shorter words may stand on a page for another reason


def leaks(folder: SeminarFolder, pages: Mapping[str, str]) -> list[str]:
    """Return a sentence for everything on these pages that must not be public.

    Looks for e-mail addresses, for names and addresses of core participants, and for every longer
    answer in words that core dossiers hold and public ones do not.
    """
    secrets = _secrets(folder)
    found = []
    for name, page in pages.items():
        text = unescape(page)
        found += [f"{name} holds the e-mail address {each}." for each in emails_in(text)]
        for secret, kind in secrets.items():
            if secret in text or escape(secret).replace("\n", "<br>") in page:
                found.append(f"{name} holds {kind}: '{secret[:40]}'.")
    return found


def _secrets(folder: SeminarFolder) -> dict[str, str]:
    core = set(_texts(folder.dossiers / "core"))
    public = set(_texts(folder.dossiers / "public"))
    said = _said_in_public(folder)
    hidden = {text for text in core - public if not any(text in each for each in said)}
    secrets = dict.fromkeys(hidden, "an answer that is not public")
    speakers = {person.name for person in folder.seminar.people.values()}
    for people in folder.seminar.delegations.values():
        for person in people:
            if person.name not in speakers:
                secrets[person.name] = "the name of a core participant"
            if person.email:
                secrets[person.email] = "an e-mail address"
    return secrets


def _said_in_public(folder: SeminarFolder) -> list[str]:
    """Return what was asked in the chats of public sessions: who asked it made it public."""
    path = folder.dossiers / "public" / "questions.json"
    data = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"sessions": []}
    return [asked["text"] for session in data["sessions"] for asked in session["asked"]]


def _texts(folder: Path) -> Iterator[str]:
    for path in folder.glob("*.json"):
        forms = json.loads(path.read_text(encoding="utf-8")).get("forms", {})
        yield from (text for text in _free_texts(forms) if len(text) >= _SHORTEST)


def _free_texts(value: Any) -> Iterator[str]:
    """Yield what people wrote themselves: a choice reads otherwise than it is stored."""
    if isinstance(value, dict) and "shown" in value:
        if value["shown"] == value["value"]:
            yield value["shown"]
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _free_texts(each)
