"""Reads a hand-written YAML file, and reports mistakes in plain words with their lines."""

from __future__ import annotations

import codecs
import types
import typing
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from seminarkit.core.clean_text import cleaned
from seminarkit.core.errors import FileError, did_you_mean
from seminarkit.core.yaml.fast_reader import yaml_data
from seminarkit.core.yaml.lookalike_signs import days_that_are_none, with_hints

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError

Model = TypeVar("Model", bound=BaseModel)
Loc = tuple[int | str, ...]

_SINGULAR = {
    "people": "person",
    "countries": "country",
    "case_studies": "case study",
    "session_kinds": "kind of session",
    "fields": "question",
    "choices": "choice list",
}


def read_text(path: Path) -> str:
    """Return the text of a hand-written file, which is UTF-8 or has a byte order mark.

    Raises FileError if the file is missing or has another encoding.
    """
    try:
        data = path.read_bytes()
        wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        text = data.decode("utf-16" if wide else "utf-8-sig")
        return text.replace("\r\n", "\n").replace("\r", "\n")
    except FileNotFoundError:
        raise FileError(path, [(1, f"there is no such file in {path.parent}.")]) from None
    except UnicodeDecodeError:
        raise FileError(path, [(1, "the file is not UTF-8; save it again as UTF-8.")]) from None


class YamlFile:
    """A YAML file with its data and the line of each part."""

    def __init__(self, path: Path, text: str | None = None) -> None:
        """Read ``text`` or else the file ``path``. Raise FileError for invalid YAML."""
        self.path = path
        self._text = read_text(path) if text is None else text
        data = yaml_data(self._text)
        self.data: Any = cleaned(_plain(self._tree) if data is None else data)

    @cached_property
    def _tree(self) -> Any:
        """The data with line numbers, which is a hundred times slower to read than ``data``."""
        from ruamel.yaml import YAML
        from ruamel.yaml.constructor import DuplicateKeyError
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

        try:
            tree = YAML(typ="rt", pure=True).load(self._text)
        except DuplicateKeyError as error:
            key = str(error.problem).split('"')[1] if '"' in str(error.problem) else "a key"
            raise FileError(
                self.path,
                [(_line(error), f"'{key}' is written twice here; keep one of the two.")],
            ) from None
        except MarkedYAMLError as error:
            reason = _yaml_sentence(error, self._text)
            raise FileError(self.path, with_hints([(_line(error), reason)], self._text)) from None
        except RecursionError:
            words = "lists and keys are nested in too many levels; use fewer levels."
            raise FileError(self.path, [(1, words)]) from None
        except YAMLError as error:
            raise FileError(self.path, [(1, f"this is not YAML: {error}")]) from None
        except (ValueError, OverflowError):  # an impossible date or time: 31 April, 24:00
            raise FileError(self.path, list(days_that_are_none(self._text))) from None
        if not isinstance(tree, dict):
            raise FileError(self.path, [(1, "the file has no 'key: value' lines.")])
        return tree

    def line(self, loc: Loc) -> int:
        """Return the line of the part at ``loc``, or of the nearest enclosing part."""
        node: Any = self._tree
        line = 1
        for key in loc:
            try:
                where = node.lc.key if hasattr(node, "keys") else node.lc.item
                line, node = where(key)[0] + 1, node[key]
            except (KeyError, IndexError, TypeError, AttributeError):
                break
        return line

    def parse(self, model: type[Model]) -> Model:
        """Return the data as ``model``. Raise FileError with one sentence per mistake."""
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            problems = [
                (self.line(tuple(mistake["loc"])), self._sentence(model, mistake))
                for mistake in error.errors()
            ]
            raise FileError(self.path, with_hints(problems, self._text)) from None

    def _sentence(self, model: type[BaseModel], error: Any) -> str:
        loc: Loc = tuple(error["loc"])
        place, name = self.describe(loc[:-1]), loc[-1] if loc else ""
        kind = error["type"]
        if kind == "missing":
            return f"{place} has no {name}; write '{name}: {_example(model, loc)}'."
        if kind == "extra_forbidden":
            hint = did_you_mean(str(name), _allowed_keys(model, loc[:-1]))
            return f"{place} has an unknown key '{name}'.{hint}"
        if kind in ("value_error", "assertion_error"):
            return f"{place}: {error['ctx']['error']!s}" if "ctx" in error else error["msg"]
        value = error["input"]
        shown = f"'{value}'" if isinstance(value, str | int | float) else f"a {_kind(value)}"
        what = self.describe(loc) if isinstance(name, int) else f"{place}: '{name}'"
        return f"{what} is {shown}; {_advice(kind, error)}."

    def describe(self, loc: Loc) -> str:
        """Return a readable name of the part at ``loc``, such as "session 'd1-keynote'"."""
        node, label = self.data, "the file"
        parent: int | str = ""
        for key in loc:
            try:
                node = node[key]
            except (KeyError, IndexError, TypeError):
                break
            if isinstance(key, int):
                part_name = node.get("id") or node.get("name") if isinstance(node, dict) else None
                kind = _SINGULAR.get(str(parent), str(parent).removesuffix("s"))
                label = f"{kind} '{part_name}'" if part_name else f"{kind} number {key + 1}"
            elif parent in _SINGULAR or str(parent).endswith("s"):
                label = f"{_SINGULAR.get(str(parent), str(parent).removesuffix('s'))} '{key}'"
            else:
                label = f"'{key}'"
            parent = key
        return label


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {_plain(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(item) for item in node]
    for kind in (bool, str, int, float):
        if isinstance(node, kind):
            return kind(node)
    return node


def _line(error: MarkedYAMLError) -> int:
    mark = error.problem_mark or error.context_mark
    return mark.line + 1 if mark else 1


def _yaml_sentence(error: MarkedYAMLError, text: str) -> str:
    lines = text.splitlines()
    number = min(_line(error), len(lines))
    if number and "\t" in lines[number - 1]:
        return "the line contains a tab; indent with spaces, two per level."
    problem = str(error.problem or error.context or "it cannot be read")
    if "mapping values" in problem:
        return "the text contains a ': '; put the text in quotes."
    return f"this is not YAML: {problem}. Look for a missing quote, colon or indent."


def _kind(value: Any) -> str:
    return "list" if isinstance(value, list) else "block" if isinstance(value, dict) else "blank"


_PATTERNS = {
    "^[A-Z]{2}$": "write a country's two capital letters, such as GE",
    "^[A-Z]{2}-[0-9]{1,2}$": "write the country's letters, a hyphen and a number, such as GE-2",
    "^[a-z0-9][a-z0-9 -]{0,60}$": "use small letters, digits, spaces and - only",
    r"^[0-9]+(\.[0-9]+)*$": "write a number, in quotes, such as '2'",
}


def _advice(kind: str, error: Any) -> str:
    if kind in ("literal_error", "enum"):
        return f"write one of {error['ctx']['expected']}"
    advice: dict[str, str] = {
        "string_type": "write text, in quotes if it looks like a number",
        "int_parsing": "write a whole number",
        "int_type": "write a whole number",
        "bool_parsing": "write true or false",
        "bool_type": "write true or false",
        "list_type": "write a list, one '- …' per line",
        "tuple_type": "write a list, one '- …' per line",
        "dict_type": "write 'key: value' lines below it",
        "model_type": "write 'key: value' lines below it",
        "date_from_datetime_parsing": "write the date as 2020-11-26",
        "string_too_short": "write some text",
        "greater_than_equal": "write {ge} or more",
        "less_than_equal": "write {le} or less",
    }
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(error["ctx"]["pattern"], "use small letters, digits, - and _ only")
    words = advice.get(kind)
    return words.format(**error.get("ctx", {})) if words else str(error["msg"])


def _example(model: type[BaseModel], loc: Loc) -> str:
    for candidate in _models_at(model, loc[:-1]):
        field = candidate.model_fields.get(str(loc[-1]))
        if field and field.examples:
            return str(field.examples[0])
    return "…"


def _allowed_keys(model: type[BaseModel], loc: Loc) -> list[str]:
    return [f.alias or n for m in _models_at(model, loc) for n, f in m.model_fields.items()]


def _models_at(model: type[BaseModel], loc: Loc) -> list[type[BaseModel]]:
    kinds: list[Any] = [model]
    for key in loc:
        inner: list[Any] = []
        for kind in kinds:
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                by_alias = {f.alias or n: f for n, f in kind.model_fields.items()}
                # the index of a list or the key of a mapping leads to the same model
                inner += _models_in(by_alias[str(key)].annotation) if key in by_alias else [kind]
        kinds = inner
    return [k for k in kinds if isinstance(k, type) and issubclass(k, BaseModel)]


def _models_in(annotation: Any) -> Iterator[Any]:
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType, list, tuple, dict, typing.Annotated):
        for part in typing.get_args(annotation):
            yield from _models_in(part)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
