"""Reads JSON that came from outside: no doubled keys, no NaN, no bottomless nesting.

Around the answers of a form, where other programs write, these are let pass and marked
(``read_leniently``); ``check_values`` refuses them in the answers.
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


class DoubledObject(dict[str, object]):
    """An object of JSON that holds an entry twice; the later one counts."""

    entry = ""


class UnrealNumber(float):
    """A number of JSON that is none: NaN, one without end, or one of too many digits."""

    problem = ""


def read_json(data: bytes) -> Any:
    """Return the value that the bytes hold; raises Refusal with the reason if they hold none."""
    text, doubt = decode(data)
    if doubt:
        raise Refusal(
            "It is not written in UTF-8, so it cannot be read. Open it in Jupyter and save it "
            "again, or ask for the file anew."
        )
    value, end, _ = read_leniently(text)
    if text[end:].strip():
        line = text.count("\n", 0, end) + 1
        raise Refusal(
            f"It is not a notebook: it cannot be read from line {line} on. Ask for the file again."
        )
    check_values(value)
    return value


class Lenient(NamedTuple):
    """A value of JSON, where it ends in its text, and whether an entry of it hides another."""

    value: Any
    end: int
    doubled: bool


def read_leniently(text: str) -> Lenient:
    """Return the value with which a text begins; raises Refusal for none.

    What strict JSON does not allow is marked in the value, unless it would hide answers.
    """
    doubled: list[DoubledObject] = []

    def as_object(pairs: list[tuple[str, object]]) -> dict[str, object]:
        entries = dict(pairs)
        if len(entries) == len(pairs):
            return entries
        doubled.append(_doubled(pairs))
        return doubled[-1]

    decoder = json.JSONDecoder(
        strict=False,  # a line break or tab as it is can mean nothing else
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
        raise Refusal("It is nested without end, which no notebook is.") from None
    return Lenient(value, end, bool(doubled))


def check_values(value: Any) -> None:
    """Raise Refusal for an entry that comes twice, and for a number that is none."""
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, DoubledObject):
            raise _twice(node.entry)
        if isinstance(node, UnrealNumber):
            raise Refusal(node.problem)
        waiting.extend(_children(node))


def check_depth(value: Any, limit: int = MAX_DEPTH) -> None:
    """Raise Refusal when a value is nested deeper than ``limit``; itself it does not recurse."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > limit:
            raise Refusal(f"Its answers are nested deeper than {limit} levels.")
        level = [child for node in level for child in _children(node)]


def check_texts(value: Any) -> None:
    """Raise Refusal for signs that no text may hold: NUL, or half of a letter."""
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            waiting += [*node.keys(), *node.values()]
        elif isinstance(node, list):
            waiting += node
        elif isinstance(node, str) and ("\0" in node or _SURROGATE.search(node)):
            raise Refusal(
                "An answer holds a sign that is no letter (NUL, or half of a character). Write "
                "that answer anew in the form and send the file again."
            )


def _children(node: Any) -> Iterable[Any]:
    return node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()


def _doubled(pairs: list[tuple[str, object]]) -> DoubledObject:
    seen: dict[str, object] = {}
    entry = ""
    for key, value in pairs:
        if key in seen:
            entry = entry or key
            if key == ANSWERS_MIME or _holds_answers(seen[key]):
                raise _twice(key)
        seen[key] = value
    doubled = DoubledObject(seen)
    doubled.entry = entry
    return doubled


def _holds_answers(value: Any) -> bool:
    """Say whether answers of a form are somewhere in a value."""
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict) and (ANSWERS_MIME in node or "seminarkit" in node):
            return True
        if node == ANSWERS_TAG:
            return True
        waiting.extend(_children(node))
    return False


def _twice(entry: str) -> Refusal:
    return Refusal(
        f"It holds the entry '{entry[:40]}' twice, so it is unclear which one counts. "
        "Save the form again and send that file."
    )


def _unreal(problem: str) -> UnrealNumber:
    number = UnrealNumber("nan")
    number.problem = problem
    return number


def _constant(name: str) -> UnrealNumber:
    return _unreal(f"It holds {name}, which is no answer. Save the form again and send that file.")


def _float(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        return _unreal(f"It holds the number {text[:20]}, which is too large.")
    return number


def _integer(text: str) -> float:
    try:
        return int(text)
    except ValueError as error:  # one of thousands of digits
        return _unreal(f"It holds a number that cannot be read ({error}).")
