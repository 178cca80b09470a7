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
    """Return what somebody made public: questions in open chats, statements taken over."""
    said = []
    for name in ("questions", "conclusions"):
        path = folder.dossiers / "public" / f"{name}.json"
        data = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        said += [asked["text"] for each in data.get("sessions", []) for asked in each["asked"]]
        said += _sentences(data.get("sections", []))
    return said


def _texts(folder: Path) -> Iterator[str]:
    for path in folder.glob("*.json"):
        dossier = json.loads(path.read_text(encoding="utf-8"))
        texts = (*_free_texts(dossier.get("forms", {})), *_sentences(dossier.get("sections", [])))
        yield from (text for text in texts if len(text) >= _SHORTEST)


def _sentences(value: Any) -> Iterator[str]:
    """Yield what groups noted, and what of it was taken over for the public."""
    if isinstance(value, dict) and "text" in value:
        yield value["text"]
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _sentences(each)


def _free_texts(value: Any) -> Iterator[str]:
    """Yield what people wrote themselves: a choice reads otherwise than it is stored."""
    if isinstance(value, dict) and "shown" in value:
        if value["shown"] == value["value"]:
            yield value["shown"]
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _free_texts(each)
