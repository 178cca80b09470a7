"""Says who wrote a file, also one that was refused: by its payloads, its name, or whom it names."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any, Literal

from seminarkit.forgetting.file_views import views
from seminarkit.forgetting.traces import Traces, canonical
from seminarkit.topics.intake.mail.mailboxes import is_mail, mails_in

Whose = Literal["the person's", "others' or nobody's"]
HERS: Whose = "the person's"
NOT_HERS: Whose = "others' or nobody's"
# in a notebook, a page, a text or a mail; also where the file was cut off or quoted once more
_AUTHOR = re.compile(r'\\*"author\\*"\s*:\s*\{[^{}]*?\\*"id\\*"\s*:\s*\\*"([^"\\]{1,80})\\*"')
_FORM_LIKE = (b"PK", b"{", b"[")


@dataclass(frozen=True)
class Judge:
    """Knows the person who is to be forgotten and the ids of everybody else."""

    traces: Traces
    others: frozenset[str]
    _known: dict[bytes, bool] = field(default_factory=dict, compare=False, repr=False)

    def holds(self, data: bytes) -> bool:
        """Say whether a file holds a trace of the person, packed or not."""
        digest = hashlib.sha256(data).digest()
        if digest not in self._known:
            self._known[digest] = any(+self.traces.find(view.text) for view in views(data))
        return self._known[digest]

    def whose(self, name: str, data: bytes) -> Whose:
        """Return whose a file is that is packed no further; ``name`` is its name where it came."""
        named = authors(data)
        if named:
            mine = {who for who in named if who in self.traces.ids}
            return HERS if mine and not (named - mine) else NOT_HERS
        base = name.rsplit("/", 1)[-1]
        if self.traces.marks(base) and not self._names_others(base):
            return HERS
        text = "\n".join(view.text for view in views(data)) if data.startswith(_FORM_LIKE) else ""
        if self._has_id(text) and not self._names_others(text):
            return HERS
        return NOT_HERS

    def sent(self, mail: bytes) -> bool:
        """Say whether the person is whom a mail is from."""
        heads = (m.get(h, "") for m in mails(mail) for h in ("From", "Sender", "Reply-To"))
        return any(self.traces.marks(str(head)) for head in heads)

    def _has_id(self, text: str) -> bool:
        return any(self.traces.find(text)[what] for what in ("id",))

    def _names_others(self, text: str) -> bool:
        return bool(set(re.findall(r"[\w.-]+", canonical(text))) & self._other_words)

    @property
    def _other_words(self) -> set[str]:
        return {canonical(who) for who in self.others}


def authors(data: bytes) -> set[str]:
    """Return the ids of all who are named as author of something in a file, however broken."""
    found: set[str] = set()
    if b"author" in data:
        found |= set(_AUTHOR.findall(data.decode("utf-8", "replace")))
    elif b"\0" in data[:400]:
        for code in ("utf-16-le", "utf-16-be"):
            found |= set(_AUTHOR.findall(data.decode(code, "ignore")))
    return found


def payloads(data: bytes) -> Iterator[dict[str, object]]:
    """Yield every filled form in a file of JSON, wherever in it, without holding it against any."""
    if b'"author"' not in data:
        return
    waiting = list(_values(data))
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if author_of(node):
                yield node
            waiting += list(node.values())
        elif isinstance(node, list):
            waiting += node


def _values(data: bytes) -> Iterator[Any]:
    """Yield what a file of JSON says, or each line of a log."""
    for text in (data, *(data.splitlines() if data.startswith(b"{") else ())):
        try:
            yield json.loads(text.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            continue
        if text is data:
            return


def author_of(node: Mapping[str, object]) -> str:
    """Return who filled in a payload, or nothing for what is none."""
    author = node.get("author")
    who = author.get("id") if isinstance(author, dict) else None
    return who if isinstance(who, str) and "answers" in node else ""


def mails(data: bytes) -> Iterator[Any]:
    """Yield each mail that a file is."""
    if is_mail(data):
        for mail in mails_in(data):
            yield message_from_bytes(mail, policy=policy.default)
