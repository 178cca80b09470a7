"""Reads the data of a YAML 1.2 file quickly, by libyaml's parser; what is unusual it leaves alone.

libyaml takes a file apart into events in a tenth of the time that ruamel.yaml needs, but knows
neither YAML 1.2's rules for plain words (``NO`` is a text, ``010`` is ten) nor where a key is
written twice. So the data are built here, by the rules of 1.2, for what people usually write;
for all else the answer is None, and ruamel.yaml reads the file or says on which line it is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar

import yaml

Value = TypeVar("Value")
# without the compiled parser the same events come from a slower one
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# what the parsers and ruamel.yaml may take for different things: tabs, breaks of lines that only
# YAML 1.1 knows, signs that no file may hold, and lines that name another version
_UNUSUAL = re.compile(
    "[\t\r\x85\u2028\u2029\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]|^%", re.M
)

_BOOLEANS = {
    word: word.lower() == "true" for word in ["true", "True", "TRUE", "false", "False", "FALSE"]
}
_WORDS: dict[str, object] = {**_BOOLEANS, **dict.fromkeys(("", "~", "null", "Null", "NULL"))}
_NUMBERS: tuple[tuple[re.Pattern[str], Callable[[str], object]], ...] = (
    (re.compile(r"-?(?:0|[1-9][0-9]*)"), int),
    (re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+"), float),
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), date.fromisoformat),
)
# numbers in other ways, moments, and the signs for merging and for a value: rare
_RARE = re.compile(
    r"[-+]?0b[01_]+ | [-+]?0o?[0-7_]+ | [-+]?[0-9_]+ | [-+]?0x[0-9a-fA-F_]+"
    r"| [-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)? | [-+]?[0-9][0-9_]*[eE][-+]?[0-9]+"
    r"| [-+]?\.[0-9_]+(?:[eE][-+][0-9]+)? | [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN)"
    r"| [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ ]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
    r"  (?:[ ]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))? | << | =",
    re.VERBOSE,
)


_DEEPEST = 40  # lists and keys in each other


class _UnusualError(Exception):
    """Something that ruamel.yaml has to look at."""


def yaml_data(text: str) -> dict[object, Any] | None:
    """Return the data of a YAML file that holds keys with values; None where something is unusual.

    Texts, whole and decimal numbers, days, true, false and null are what YAML 1.2 says they are.
    A file that is no YAML at all is unusual, too.
    """
    if _UNUSUAL.search(text):
        return None
    try:
        return _Builder(yaml.parse(text, Loader=_PARSER)).document()
    except (_UnusualError, yaml.YAMLError, ValueError):
        return None


class _Builder:
    """Builds the data of one document from the parser's events."""

    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events
        # PyYAML's events have no types
        self._anchors: dict[str, Any] = {}
        self._depth = 0

    def document(self) -> dict[object, Any]:
        """Return the mapping that a file holds; raises where it holds anything else."""
        for expected in (yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.MappingStartEvent):
            first = self._next(expected)
        data = self._mapping(first)
        for expected in (yaml.DocumentEndEvent, yaml.StreamEndEvent):
            self._next(expected)
        return data

    def _next(self, expected: type) -> Any:
        event = next(self._events, None)
        if not isinstance(event, expected):
            raise _UnusualError
        return event

    def _mapping(self, start: Any) -> dict[object, Any]:
        made: dict[object, Any] = {}
        while not isinstance(event := self._next(object), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise _UnusualError
            key = self._scalar(event)
            if key in made:
                raise _UnusualError
            made[key] = self._value(self._next(object))
        return self._anchored(start, made)

    def _sequence(self, start: Any) -> list[Any]:
        made: list[Any] = []
        while not isinstance(event := self._next(object), yaml.SequenceEndEvent):
            made.append(self._value(event))
        return self._anchored(start, made)

    def _value(self, event: Any) -> Any:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:  # of what is not there, or not whole yet
                raise _UnusualError
            return self._anchors[event.anchor]
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _UnusualError
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        made = self._mapping(event) if is_mapping else self._sequence(event)
        self._depth -= 1
        return made

    def _scalar(self, event: Any) -> Any:
        is_plain, _ = event.implicit
        return self._anchored(event, _resolved(event.value) if is_plain else event.value)

    def _anchored(self, event: Any, value: Value) -> Value:
        """Return a value as it is, remembered by its anchor if it has one. No tag is taken."""
        if event.tag is not None:
            raise _UnusualError
        if event.anchor is not None:
            self._anchors[event.anchor] = value
        return value


def _resolved(word: str) -> Any:
    """Return what a word without quotes is."""
    if word in _WORDS:
        return _WORDS[word]
    if word[0] not in "-+.0123456789<=":
        return word
    for pattern, value in _NUMBERS:
        if pattern.fullmatch(word):
            return value(word)
    if _RARE.fullmatch(word):
        raise _UnusualError
    return word
