"""Opens a notebook as any program may have saved it: in any encoding, wrapped, or with a tail.

What is around the answers is read leniently. The answers themselves are checked by whoever takes
them.
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
_MOST_WRAPPERS = 4
_TAIL = (
    "Behind its end there is more, such as the rest of an older version of the file; that was left "
    "out. Check that nothing is missing."
)


@dataclass(frozen=True)
class NotebookFile:
    """A notebook as data, and a remark on how it was opened.

    ``rest`` is what stands behind its end; ``hides`` says that there may
    be words in the file that are not in ``book``: it was wrapped, or holds an entry twice.
    """

    book: Any
    remark: str
    rest: str
    hides: bool


def open_notebook(data: bytes) -> NotebookFile:
    """Return what a file of JSON holds, with answers as values; raises Refusal."""
    text, remark = decode(data)
    try:
        value, end, doubled = read_leniently(text)
    except Refusal:
        if _CONFLICT.search(text):
            raise Refusal(
                "It holds two versions that git could not join (lines of <<<<<<< and >>>>>>>). "
                "Open the form where it was filled in, press 'Save my file' and send that file."
            ) from None
        raise
    rest = text[end:].strip(_BLANK)
    book = value
    for _ in range(_MOST_WRAPPERS):
        inner = _within(book)
        if inner is None:
            break
        book = inner
    if isinstance(book, dict) and isinstance(book.get("cells"), list):
        for cell in book["cells"]:
            _read_outputs(cell)
        if "\ufffd" in text and not any(map(_is_damaged, book["cells"])):
            remark = ""  # what is damaged is beside the form
        remark = " ".join(filter(None, (remark, _TAIL if rest else "")))
    elif rest:
        line = text.count("\n", 0, end) + 1
        raise Refusal(
            f"It is not a notebook: it cannot be read from line {line} on. Ask for the file again."
        )
    return NotebookFile(book, remark, rest, hides=doubled or book is not value)


def _is_damaged(cell: Any) -> bool:
    """Say whether a letter is damaged in a cell that may hold answers."""
    held = json.dumps(cell, ensure_ascii=False, default=str)
    return "\ufffd" in held and "seminarkit" in held


def _within(value: Any) -> Any:
    """Return what a value wraps: a notebook as text, or in the answer of a server; None if none."""
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
    """Return the object of JSON that a text is; None for any other."""
    if not text.lstrip().startswith(("{", '"')):
        return None
    try:
        value, end, _ = read_leniently(text)
    except Refusal:
        return None
    return None if text[end:].strip(_BLANK) else value


def _read_outputs(cell: Any) -> None:
    """Put values in the place of forms and answers that a program held as text, or as lines."""
    outputs = cell.get("outputs") if isinstance(cell, dict) else None
    for output in outputs if isinstance(outputs, list) else ():
        data = output.get("data") if isinstance(output, dict) else None
        if not isinstance(data, dict):
            continue
        for kind in (ANSWERS_MIME, FORM_MIME):
            held = data.get(kind)
            if isinstance(held, list) and held and all(isinstance(line, str) for line in held):
                held = "".join(held)
            if isinstance(held, str) and isinstance(value := _parsed(held), dict):
                data[kind] = value
