"""Convert pieces to the JSON that executed notebooks store, and back.

Fields with their default value are left out. Reading is strict and follows the types of the
dataclasses: anybody may have edited a notebook, so an unknown kind, an unknown field or a wrong
value is refused with a message that names the place.
"""

from __future__ import annotations

import types
from base64 import b64decode
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from seminarkit.core.documents.pieces import Picture, Piece, Table
from seminarkit.core.documents.png import picture_problem
from seminarkit.core.errors import SeminarError, did_you_mean

_TAGS = ("kind", "mark")  # the type of an object: written although it is the default
_LARGEST = 1e300  # the largest absolute value, close to what a workbook can store
_AGAIN = "Run the report again: seminar report"
_PLAIN: dict[object, tuple[type, ...]] = {
    str: (str,),
    int: (int,),
    float: (float, int),
    bool: (bool,),
    type(None): (type(None),),
}
Reader = Callable[[object, str], Any]  # takes a value and its path in the piece


class _InvalidError(Exception):
    """A value does not have its field's type; the text says which."""


def piece_json(piece: Piece) -> dict[str, object]:
    """Return a piece as JSON data."""
    data = _as_json(piece)
    assert isinstance(data, dict)
    return data


def read_piece(data: object, place: str) -> Piece:
    """Return the piece in JSON data; ``place`` is its notebook and cell, for messages.

    Raises SeminarError if the kind is unknown or a value is wrong.
    """
    try:
        piece: Piece = _reader(Piece)(data, "")
    except _InvalidError as wrong:
        raise SeminarError(f"{place}: {wrong} {_AGAIN}") from None
    except RecursionError:
        raise SeminarError(f"{place}: pieces are nested too deeply. {_AGAIN}") from None
    return piece


def _as_json(value: object) -> object:
    if isinstance(value, tuple):
        return [_as_json(item) for item in value]
    if value is None or isinstance(value, str | int | float):
        return value
    kind: Any = type(value)
    return {
        name: _as_json(content)
        for name, default in _defaults(kind)
        if (content := getattr(value, name)) != default
    }


@cache
def _defaults(kind: Any) -> tuple[tuple[str, object], ...]:
    """Return the fields of a class with the default values that are left out."""
    return tuple((f.name, MISSING if f.name in _TAGS else f.default) for f in fields(kind))


@cache
def _reader(hint: Any) -> Reader:
    """Return the reader for a type: a dataclass, a union, a tuple, a literal or a plain value."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple:
        item, _ellipsis = arguments
        return _list_reader(item)
    if origin is Literal:
        return _literal_reader(arguments)
    if origin in (Union, types.UnionType) and all(map(is_dataclass, arguments)):
        return _union_reader(arguments)
    if is_dataclass(hint):
        return _object_reader(hint)
    allowed = arguments if origin in (Union, types.UnionType) else (hint,)
    return _value_reader(allowed)


def _list_reader(hint: Any) -> Reader:
    read = None

    def read_list(value: object, path: str) -> tuple[object, ...]:
        nonlocal read
        read = read or _reader(hint)  # not before, as the types of pieces are recursive
        if not isinstance(value, list | tuple):
            raise _invalid(path, "is not a list")
        try:
            return tuple([read(item, path) for item in value])
        except _InvalidError:  # read again, to name the place
            return tuple(read(item, f"{path}[{number}]") for number, item in enumerate(value))

    return read_list


def _literal_reader(values: tuple[object, ...]) -> Reader:
    def read_literal(value: object, path: str) -> object:
        if not isinstance(value, str | int) or value not in values:
            raise _invalid(path, f"is not one of {', '.join(map(str, values))}")
        return value

    return read_literal


def _value_reader(hints: tuple[object, ...]) -> Reader:
    allowed = tuple(kind for hint in hints for kind in _PLAIN[hint])

    def read_value(value: object, path: str) -> object:
        if not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed):
            raise _invalid(path, "has the wrong type")
        if isinstance(value, int | float) and not abs(value) <= _LARGEST:
            raise _invalid(path, "is not a number that a table can show")
        return value

    return read_value


def _union_reader(classes: tuple[Any, ...]) -> Reader:
    tag = "mark" if all("mark" in kind.__dataclass_fields__ for kind in classes) else "kind"
    by_tag = {kind.__dataclass_fields__[tag].default: kind for kind in classes}

    def read_union(value: object, path: str) -> object:
        if not isinstance(value, dict):
            raise _invalid(path, "is not an object")
        name = value.get(tag)
        if not isinstance(name, str) or name not in by_tag:
            hint = did_you_mean(str(name), by_tag)
            raise _InvalidError(f"this version of the kit does not know the {tag} {name!r}.{hint}")
        return _reader(by_tag[name])(value, path or name)

    return read_union


def _object_reader(kind: Any) -> Reader:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    needed = {f.name for f in fields(kind) if f.default is MISSING}

    def read_object(value: object, path: str) -> object:
        if not isinstance(value, dict):
            raise _invalid(path, "is not an object")
        if not readers.keys() >= value.keys():
            unknown = ", ".join(map(repr, value.keys() - readers.keys()))
            raise _invalid(path, f"has an unknown field {unknown}")
        if not needed <= value.keys():
            raise _invalid(path, f"has no {', '.join(map(repr, sorted(needed - value.keys())))}")
        piece = kind(
            **{name: readers[name](item, f"{path}.{name}") for name, item in value.items()}
        )
        if problem := _problem(piece):
            raise _invalid(path, problem)
        return piece

    return read_object


def _problem(piece: object) -> str:
    """Return why no writer could show a piece whose fields have the right types, or ''."""
    if isinstance(piece, Table):
        rows = (row for group in piece.groups for row in group.rows)
        if any(len(row) != len(piece.columns) for row in rows):
            return "has a row with more or fewer cells than its head"
    if isinstance(piece, Picture):
        try:
            data = b64decode(piece.data, validate=True)
        except ValueError:
            return "does not contain a picture"
        return picture_problem(data, piece.type)
    return ""


def _invalid(path: str, reason: str) -> _InvalidError:
    return _InvalidError(f"this output is damaged: {path or 'it'} {reason}.")
