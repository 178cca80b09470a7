"""Reads JSON that came from outside: no doubled keys, no NaN, no bottomless nesting."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from typing import Any

from seminarkit.collect.refusal import Refusal

MAX_DEPTH = 20
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_json(data: bytes) -> Any:
    """Return the value that the bytes hold; raises Refusal with the reason if they hold none."""
    try:
        text = data.decode(encoding_of(data))
    except UnicodeDecodeError:
        raise Refusal(
            "It is not written in UTF-8, so it cannot be read. Open it in Jupyter and save it "
            "again, or ask for the file anew."
        ) from None
    try:
        return json.loads(
            text,
            object_pairs_hook=_no_doubles,
            parse_constant=_no_constant,
            parse_float=_finite,
        )
    except json.JSONDecodeError as error:
        if not text.rstrip().endswith("}"):
            raise Refusal("It is cut off in the middle. Ask for the file again.") from None
        raise Refusal(
            f"It is not a notebook: it cannot be read from line {error.lineno} on. "
            "Ask for the file again."
        ) from None
    except RecursionError:
        raise Refusal("It is nested without end, which no notebook is.") from None
    except ValueError as error:  # an integer of thousands of digits
        raise Refusal(f"It holds a number that cannot be read ({error}).") from None


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


def encoding_of(data: bytes) -> str:
    """Return the encoding that a text's first bytes tell of."""
    for mark, name in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return name
    return "utf-8"


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entries = dict(pairs)
    if len(entries) < len(pairs):
        seen: set[str] = set()
        double = next(k for k, _ in pairs if k in seen or seen.add(k))  # type: ignore[func-returns-value]
        raise Refusal(
            f"It holds the entry '{double[:40]}' twice, so it is unclear which one counts. "
            "Save the form again and send that file."
        )
    return entries


def _no_constant(name: str) -> Any:
    raise Refusal(f"It holds {name}, which is no answer. Save the form again and send that file.")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise Refusal(f"It holds the number {text[:20]}, which is too large.")
    return number
