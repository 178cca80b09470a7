"""Takes a person out of a text: a notebook or other JSON, a saved chat, a page, or plain words."""

from __future__ import annotations

import json
import re
from typing import Any

from seminarkit.forgetting.authors import author_of
from seminarkit.forgetting.traces import Traces

_SPOKEN = re.compile(r"(?m)^(?=\s*\[?\d{1,2}[:.]\d{2})")
_CHAT_HEAD = re.compile(r"^[^\n]*?(?:\bto\b[^\n:]*:|\t[^\t\n]*:\t|[^\n:]{0,80}:(?=\s|$))", re.I)
_CHAT = re.compile(r"\s*\d{1,2}:\d{2}:\d{2}[ \t]+\S")


class CannotBlackenError(Exception):
    """A file of others names the person and cannot be changed: a PDF, or a locked archive."""


def without(value: Any, traces: Traces) -> Any:
    """Return a JSON value without the person's payloads, rows and words; keys stay."""
    if isinstance(value, str):
        return traces.blacken(value)
    if isinstance(value, list):
        return [without(each, traces) for each in value if not _is_row_of(each, traces)]
    if isinstance(value, dict):
        return {
            (traces.blacken(key) if isinstance(key, str) else key): without(each, traces)
            for key, each in value.items()
            if not (isinstance(each, dict) and author_of(each) in traces.ids and author_of(each))
        }
    return value


def _is_row_of(row: Any, traces: Traces) -> bool:
    """Say whether an item of a list is the person: named by a field, or filled in by them."""
    if not isinstance(row, dict):
        return traces.is_known(row)
    return author_of(row) in traces.ids or traces.is_row(row)


def blackened_text(data: bytes, traces: Traces) -> bytes:
    """Return a text blacked out, in the encoding it had."""
    for code in ("utf-8", "utf-16") if not data.startswith(b"%PDF") else ():
        try:
            text = data.decode(code)
        except UnicodeDecodeError:
            continue
        if "\0" in text or (code == "utf-16" and data[:2] not in (b"\xff\xfe", b"\xfe\xff")):
            continue
        return _words(text, traces).encode(code)
    if b"\0" in data or data.startswith(b"%PDF"):
        raise CannotBlackenError
    return _words(data.decode("latin-1"), traces).encode("latin-1", "replace")


def _words(text: str, traces: Traces) -> str:
    if text.lstrip("\ufeff \n\r\t").startswith(("{", "[")):
        try:
            value = json.loads(text.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            return traces.blacken(text)
        return json.dumps(without(value, traces), ensure_ascii=False, indent=1) + "\n"
    if _CHAT.match(text.lstrip("\ufeff")):
        text = _chat(text, traces)
    return traces.blacken(text)


def _chat(text: str, traces: Traces) -> str:
    """Return a saved chat without what the person said in it."""
    kept = []
    for message in _SPOKEN.split(text):
        head = _CHAT_HEAD.match(message)
        if not (head and traces.marks(head[0])):
            kept.append(message)
    return "".join(kept)
