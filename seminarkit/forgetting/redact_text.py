"""Redacts a person in texts: JSON, notebooks, saved chats, web pages and plain text."""

from __future__ import annotations

import json
import re
from typing import Any

from seminarkit.forgetting.authors import author_of
from seminarkit.forgetting.traces import Traces

_MESSAGE_START = re.compile(r"(?m)^(?=\s*\[?\d{1,2}[:.]\d{2})")
_CHAT_HEAD = re.compile(r"^[^\n]*?(?:\bto\b[^\n:]*:|\t[^\t\n]*:\t|[^\n:]{0,80}:(?=\s|$))", re.I)
_CHAT = re.compile(r"\s*\d{1,2}:\d{2}:\d{2}[ \t]+\S")


class CannotRedactError(Exception):
    """A file of another person cannot be redacted, such as a PDF or a locked archive."""


def without_person(value: Any, traces: Traces) -> Any:
    """Return a JSON value without the person's forms and rows. Other mentions are redacted."""
    if isinstance(value, str):
        return traces.redacted(value)
    if isinstance(value, list):
        return [
            without_person(item, traces)
            for item in value
            if not _is_about_or_by_person(item, traces)
        ]
    if isinstance(value, dict):
        return {
            (traces.redacted(key) if isinstance(key, str) else key): without_person(item, traces)
            for key, item in value.items()
            if not (isinstance(item, dict) and author_of(item) in traces.ids and author_of(item))
        }
    return value


def _is_about_or_by_person(row: Any, traces: Traces) -> bool:
    if not isinstance(row, dict):
        return traces.is_person(row)
    return author_of(row) in traces.ids or traces.is_about_person(row)


def redacted_text(data: bytes, traces: Traces) -> bytes:
    """Return redacted text in the original encoding. Raise CannotRedactError for binary data."""
    for encoding in ("utf-8", "utf-16") if not data.startswith(b"%PDF") else ():
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text or (encoding == "utf-16" and data[:2] not in (b"\xff\xfe", b"\xfe\xff")):
            continue
        return _redacted_words(text, traces).encode(encoding)
    if b"\0" in data or data.startswith(b"%PDF"):
        raise CannotRedactError
    return _redacted_words(data.decode("latin-1"), traces).encode("latin-1", "replace")


def _redacted_words(text: str, traces: Traces) -> str:
    if text.lstrip("\ufeff \n\r\t").startswith(("{", "[")):
        try:
            value = json.loads(text.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            return traces.redacted(text)
        return json.dumps(without_person(value, traces), ensure_ascii=False, indent=1) + "\n"
    if _CHAT.match(text.lstrip("\ufeff")):
        text = _chat_without_person(text, traces)
    return traces.redacted(text)


def _chat_without_person(text: str, traces: Traces) -> str:
    messages = []
    for message in _MESSAGE_START.split(text):
        header = _CHAT_HEAD.match(message)
        if not (header and traces.names_person(header[0])):
            messages.append(message)
    return "".join(messages)
