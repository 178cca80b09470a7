"""Open notebooks in any encoding, wrapped in other JSON, or followed by stray bytes.

Everything around the answers is read leniently; the answers themselves are checked later.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from seminarkit.core.forms.bundle import ANSWERS_MIME, FORM_MIME
from seminarkit.topics.intake.encoding.decode import decode
from seminarkit.topics.intake.refusal import Refusal
from seminarkit.topics.intake.strict_json import read_leniently

_BLANK = " \t\r\n"
_CONFLICT = re.compile(r"(?m)^(?:<{7}|>{7})(?: |$)")
_WRAPPERS = ("content", "notebook", "blob", "source", "model")
_MAX_WRAPPERS = 4
_TAIL = (
    "After its end there is more text, such as the rest of an older version of the file; this was "
    "left out. Check that nothing is missing."
)


@dataclass(frozen=True)
class NotebookFile:
    """A parsed notebook, with a remark on how it was opened.

    ``rest`` is the text after its end. ``hides`` is true if the file may contain text that is not
    in ``book``, since it was wrapped or has duplicate keys.
    """

    book: Any
    remark: str
    rest: str
    hides: bool


def open_notebook(data: bytes) -> NotebookFile:
    """Return the notebook in a JSON file, with answers parsed; raise Refusal if it is none."""
    text, remark = decode(data)
    try:
        value, end, has_duplicates = read_leniently(text)
    except Refusal:
        if _CONFLICT.search(text):
            raise Refusal(
                "It contains two versions that git could not merge (lines of <<<<<<< and >>>>>>>). "
                "Open the form where it was filled in, press 'Save my file' and send that file."
            ) from None
        raise
    rest = text[end:].strip(_BLANK)
    book = value
    for _ in range(_MAX_WRAPPERS):
        inner = _unwrapped(book)
        if inner is None:
            break
        book = inner
    if isinstance(book, dict) and isinstance(book.get("cells"), list):
        for cell in book["cells"]:
            _parse_outputs(cell)
        if "\ufffd" in text and not any(map(_is_damaged, book["cells"])):
            remark = ""  # the damage is outside the form
        remark = " ".join(filter(None, (remark, _TAIL if rest else "")))
    elif rest:
        line = text.count("\n", 0, end) + 1
        raise Refusal(
            f"It is not a notebook: it cannot be read from line {line} on. Ask for the file again."
        )
    return NotebookFile(book, remark, rest, hides=has_duplicates or book is not value)


def _is_damaged(cell: Any) -> bool:
    """Return whether a cell that may contain answers has a damaged letter."""
    text = json.dumps(cell, ensure_ascii=False, default=str)
    return "\ufffd" in text and "seminarkit" in text


def _unwrapped(value: Any) -> Any:
    """Return the notebook inside a JSON string or server response, or None."""
    if isinstance(value, str):
        return _parsed(value)
    if not isinstance(value, dict) or isinstance(value.get("cells"), list):
        return None
    for key in _WRAPPERS:
        inner = value.get(key)
        if isinstance(inner, dict):
            return inner
        if isinstance(inner, str) and (parsed := _parsed(inner)) is not None:
            return parsed
    return None


def _parsed(text: str) -> Any:
    """Return the JSON value of a text, or None if it is not JSON."""
    if not text.lstrip().startswith(("{", '"')):
        return None
    try:
        value, end, _ = read_leniently(text)
    except Refusal:
        return None
    return None if text[end:].strip(_BLANK) else value


def _parse_outputs(cell: Any) -> None:
    """Parse forms and answers that a program stored as text or as a list of lines."""
    outputs = cell.get("outputs") if isinstance(cell, dict) else None
    for output in outputs if isinstance(outputs, list) else ():
        data = output.get("data") if isinstance(output, dict) else None
        if not isinstance(data, dict):
            continue
        for kind in (ANSWERS_MIME, FORM_MIME):
            stored = data.get(kind)
            if (
                isinstance(stored, list)
                and stored
                and all(isinstance(line, str) for line in stored)
            ):
                stored = "".join(stored)
            if isinstance(stored, str) and isinstance(value := _parsed(stored), dict):
                data[kind] = value
