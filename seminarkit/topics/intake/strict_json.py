"""Read untrusted JSON strictly: no duplicate keys, no NaN, limited nesting.

``read_leniently`` accepts and marks these in the notebook around the answers, which other programs
write; ``check_values`` refuses them in the answers.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from seminarkit.core.forms.bundle import ANSWERS_MIME, ANSWERS_TAG
from seminarkit.topics.intake.encoding.decode import decode
from seminarkit.topics.intake.refusal import Refusal

MAX_DEPTH = 20
_SURROGATE = re.compile("[\ud800-\udfff]")


class DuplicateKeys(dict[str, object]):
    """A JSON object with a duplicate key, whose last value is used; ``entry`` is that key."""

    entry = ""


class InvalidNumber(float):
    """A JSON number that is not valid: NaN, infinite or with too many digits."""

    problem = ""


def read_json(data: bytes) -> Any:
    """Return the value of a JSON file; raise Refusal if it is not strict JSON in UTF-8."""
    text, remark = decode(data)
    if remark:
        raise Refusal(
            "It is not written in UTF-8, so it cannot be read. Open it in Jupyter and save it "
            "again, or ask for the file again."
        )
    value, end, _ = read_leniently(text)
    if text[end:].strip():
        line = text.count("\n", 0, end) + 1
        raise Refusal(
            f"It is not a notebook: it cannot be read from line {line} on. Ask for the file again."
        )
    check_values(value)
    return value


class LenientValue(NamedTuple):
    """A JSON value, its end in the text, and whether any object has duplicate keys."""

    value: Any
    end: int
    has_duplicates: bool


def read_leniently(text: str) -> LenientValue:
    """Return the JSON value at the beginning of a text; raise Refusal if there is none.

    Duplicate keys and invalid numbers are marked in the value. A duplicate key that hides answers
    is refused.
    """
    duplicates: list[DuplicateKeys] = []

    def as_object(pairs: list[tuple[str, object]]) -> dict[str, object]:
        entries = dict(pairs)
        if len(entries) == len(pairs):
            return entries
        duplicates.append(_with_duplicates(pairs))
        return duplicates[-1]

    decoder = json.JSONDecoder(
        strict=False,  # raw line breaks and tabs in strings are unambiguous
        object_pairs_hook=as_object,
        parse_constant=_constant,
        parse_float=_float,
        parse_int=_integer,
    )
    try:
        value, end = decoder.raw_decode(text, len(text) - len(text.lstrip()))
    except json.JSONDecodeError as error:
        if not text.rstrip("\0\x1a \t\r\n").endswith("}"):
            raise Refusal("It is cut off in the middle. Ask for the file again.") from None
        raise Refusal(
            f"It is not a notebook: it cannot be read from line {error.lineno} on. "
            "Ask for the file again."
        ) from None
    except RecursionError:
        raise Refusal("It is nested too deeply to be a notebook.") from None
    return LenientValue(value, end, bool(duplicates))


def check_values(value: Any) -> None:
    """Raise Refusal for a duplicate key or an invalid number."""
    nodes = [value]
    while nodes:
        node = nodes.pop()
        if isinstance(node, DuplicateKeys):
            raise _duplicate_refusal(node.entry)
        if isinstance(node, InvalidNumber):
            raise Refusal(node.problem)
        nodes.extend(_children(node))


def check_depth(value: Any, limit: int = MAX_DEPTH) -> None:
    """Raise Refusal if a value is nested deeper than ``limit``, without recursion."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > limit:
            raise Refusal(f"Its answers are nested deeper than {limit} levels.")
        level = [child for node in level for child in _children(node)]


def check_texts(value: Any) -> None:
    """Raise Refusal for NUL characters and lone surrogates."""
    nodes = [value]
    while nodes:
        node = nodes.pop()
        if isinstance(node, dict):
            nodes += [*node.keys(), *node.values()]
        elif isinstance(node, list):
            nodes += node
        elif isinstance(node, str) and ("\0" in node or _SURROGATE.search(node)):
            raise Refusal(
                "An answer contains an invalid character (NUL, or half of a character). Write that "
                "answer again in the form and send the file again."
            )


def _children(node: Any) -> Iterable[Any]:
    return node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()


def _with_duplicates(pairs: list[tuple[str, object]]) -> DuplicateKeys:
    entries: dict[str, object] = {}
    entry = ""
    for key, value in pairs:
        if key in entries:
            entry = entry or key
            if key == ANSWERS_MIME or _holds_answers(entries[key]):
                raise _duplicate_refusal(key)
        entries[key] = value
    marked = DuplicateKeys(entries)
    marked.entry = entry
    return marked


def _holds_answers(value: Any) -> bool:
    """Return whether a value contains the answers of a form at any depth."""
    nodes = [value]
    while nodes:
        node = nodes.pop()
        if isinstance(node, dict) and (ANSWERS_MIME in node or "seminarkit" in node):
            return True
        if node == ANSWERS_TAG:
            return True
        nodes.extend(_children(node))
    return False


def _duplicate_refusal(entry: str) -> Refusal:
    return Refusal(
        f"It contains the entry '{entry[:40]}' twice, so it is unclear which one counts. "
        "Save the form again and send that file."
    )


def _invalid_number(problem: str) -> InvalidNumber:
    number = InvalidNumber("nan")
    number.problem = problem
    return number


def _constant(name: str) -> InvalidNumber:
    return _invalid_number(
        f"It contains {name}, which is not an answer. Save the form again and send that file."
    )


def _float(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        return _invalid_number(f"It contains the number {text[:20]}, which is too large.")
    return number


def _integer(text: str) -> float:
    try:
        return int(text)
    except ValueError as error:  # thousands of digits
        return _invalid_number(f"It contains a number that cannot be read ({error}).")
