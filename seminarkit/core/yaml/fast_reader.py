"""Reads common YAML 1.2 files quickly, with libyaml's parser.

libyaml is ten times as fast as ruamel.yaml, but follows YAML 1.1 and accepts duplicate keys. So
this module uses only its parser events, and builds the data by the rules of YAML 1.2. Files with
rare syntax or errors are left to ruamel.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar

import yaml

Value = TypeVar("Value")
# without libyaml, a slower parser yields the same events
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# characters that the two parsers may treat differently: tabs, line breaks of YAML 1.1 only,
# forbidden characters, and directives
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
# other notations of numbers, timestamps, and the merge and value keys: rare
_RARE = re.compile(
    r"[-+]?0b[01_]+ | [-+]?0o?[0-7_]+ | [-+]?[0-9_]+ | [-+]?0x[0-9a-fA-F_]+"
    r"| [-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)? | [-+]?[0-9][0-9_]*[eE][-+]?[0-9]+"
    r"| [-+]?\.[0-9_]+(?:[eE][-+][0-9]+)? | [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN)"
    r"| [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ ]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
    r"  (?:[ ]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))? | << | =",
    re.VERBOSE,
)


_DEEPEST = 40  # nested lists and mappings


class _UnusualError(Exception):
    """The file contains syntax that only ruamel.yaml reads correctly."""


def yaml_data(text: str) -> dict[object, Any] | None:
    """Return the data of a YAML mapping, or None if ruamel.yaml must read the file."""
    if _UNUSUAL.search(text):
        return None
    try:
        return _Builder(yaml.parse(text, Loader=_PARSER)).document()
    except (_UnusualError, yaml.YAMLError, ValueError):
        return None


class _Builder:
    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events
        # PyYAML's events have no types
        self._anchors: dict[str, Any] = {}
        self._depth = 0

    def document(self) -> dict[object, Any]:
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
        mapping: dict[object, Any] = {}
        while not isinstance(event := self._next(object), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise _UnusualError
            key = self._scalar(event)
            if key in mapping:
                raise _UnusualError
            mapping[key] = self._value(self._next(object))
        return self._record_anchor(start, mapping)

    def _sequence(self, start: Any) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self._next(object), yaml.SequenceEndEvent):
            items.append(self._value(event))
        return self._record_anchor(start, items)

    def _value(self, event: Any) -> Any:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:  # undefined, or not complete yet
                raise _UnusualError
            return self._anchors[event.anchor]
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _UnusualError
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        value = self._mapping(event) if is_mapping else self._sequence(event)
        self._depth -= 1
        return value

    def _scalar(self, event: Any) -> Any:
        is_plain, _ = event.implicit
        return self._record_anchor(event, _plain_scalar(event.value) if is_plain else event.value)

    def _record_anchor(self, event: Any, value: Value) -> Value:
        if event.tag is not None:
            raise _UnusualError
        if event.anchor is not None:
            self._anchors[event.anchor] = value
        return value


def _plain_scalar(word: str) -> Any:
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
