"""Decides whether a file belongs to the person to be removed."""

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

Ownership = Literal["the person's", "others' or nobody's"]
OWN: Ownership = "the person's"
NOT_OWN: Ownership = "others' or nobody's"
# in a notebook, page, text or mail; also in truncated files, or with quotes escaped again
_AUTHOR = re.compile(r'\\*"author\\*"\s*:\s*\{[^{}]*?\\*"id\\*"\s*:\s*\\*"([^"\\]{1,80})\\*"')
_FORM_LIKE = (b"PK", b"{", b"[")


@dataclass(frozen=True)
class OwnershipCheck:
    """Decides whether a file belongs to the person or to other people."""

    traces: Traces
    others: frozenset[str]
    _known: dict[bytes, bool] = field(default_factory=dict, compare=False, repr=False)

    def has_trace(self, data: bytes) -> bool:
        """True if a file, or a file nested in it, mentions the person."""
        digest = hashlib.sha256(data).digest()
        if digest not in self._known:
            self._known[digest] = any(+self.traces.find(view.text) for view in views(data))
        return self._known[digest]

    def owner_of(self, name: str, data: bytes) -> Ownership:
        """Return whether a file with this original name belongs to the person."""
        author_ids = authors(data)
        if author_ids:
            own_ids = {author for author in author_ids if author in self.traces.ids}
            return OWN if own_ids and not (author_ids - own_ids) else NOT_OWN
        base = name.rsplit("/", 1)[-1]
        if self.traces.names_person(base) and not self._names_others(base):
            return OWN
        text = "\n".join(view.text for view in views(data)) if data.startswith(_FORM_LIKE) else ""
        if self._has_id(text) and not self._names_others(text):
            return OWN
        return NOT_OWN

    def is_sender(self, mail: bytes) -> bool:
        """True if the person sent this mail."""
        headers = (m.get(h, "") for m in mails(mail) for h in ("From", "Sender", "Reply-To"))
        return any(self.traces.names_person(str(header)) for header in headers)

    def _has_id(self, text: str) -> bool:
        return any(self.traces.find(text)[kind] for kind in ("id",))

    def _names_others(self, text: str) -> bool:
        return bool(set(re.findall(r"[\w.-]+", canonical(text))) & self._other_words)

    @property
    def _other_words(self) -> set[str]:
        return {canonical(id_) for id_ in self.others}


def authors(data: bytes) -> set[str]:
    """Return the author ids of all filled forms in a file, even if the file is damaged."""
    ids: set[str] = set()
    if b"author" in data:
        ids |= set(_AUTHOR.findall(data.decode("utf-8", "replace")))
    elif b"\0" in data[:400]:
        for encoding in ("utf-16-le", "utf-16-be"):
            ids |= set(_AUTHOR.findall(data.decode(encoding, "ignore")))
    return ids


def payloads(data: bytes) -> Iterator[dict[str, object]]:
    """Yield every filled form in a JSON file, without validation."""
    if b'"author"' not in data:
        return
    waiting = list(_json_values(data))
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if author_of(node):
                yield node
            waiting += list(node.values())
        elif isinstance(node, list):
            waiting += node


def _json_values(data: bytes) -> Iterator[Any]:
    for text in (data, *(data.splitlines() if data.startswith(b"{") else ())):
        try:
            yield json.loads(text.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            continue
        if text is data:
            return


def author_of(node: Mapping[str, object]) -> str:
    """Return the author's id of a filled form, or an empty text for other data."""
    author = node.get("author")
    id_ = author.get("id") if isinstance(author, dict) else None
    return id_ if isinstance(id_, str) and "answers" in node else ""


def mails(data: bytes) -> Iterator[Any]:
    """Yield the mail in a file, or all mails of a mailbox."""
    if is_mail(data):
        for mail in mails_in(data):
            yield message_from_bytes(mail, policy=policy.default)
