"""The glossary, and published definitions to compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from seminarkit.core.errors import FileError, did_you_mean
from seminarkit.core.seminar.front_matter import Strict
from seminarkit.core.seminar.materials import unknown_sources
from seminarkit.core.seminar.values import Id
from seminarkit.core.yaml.yaml_file import YamlFile

Problems = Iterator[tuple[int, str]]


class Cell(Strict):
    """An element's entry in a definition: whether it is required, and the source passage."""

    answer: bool
    place: str | None = None  # files of version 0.5 and older have none


def _cell(value: Any) -> Any:
    if value is True or value is False:
        return Cell(answer=value)
    if value == "unknown":
        return None
    if isinstance(value, dict) and "place" in value:
        return value
    raise ValueError(
        f"'{value}' is not an answer; write {{answer: true, place: ...}}, or unknown if the text "
        "does not say."
    )


Answer = Annotated[Cell | None, BeforeValidator(_cell)]  # None: the text is silent


class Term(Strict):
    """A glossary entry. ``short`` is shown beside questions, ``also`` lists other search words."""

    id: Id
    term: str
    long: str | None = None
    also: tuple[str, ...] = ()
    short: str | None = None
    explanation: str
    sources: list[str] = Field(min_length=1)


class Element(Strict):
    """An element that some definitions require."""

    id: Id
    label: str


class Definition(Strict):
    """A published definition in our own words, with an entry for each element."""

    id: Id
    short: str
    name: str
    issuer: str
    year: int | None = None
    date: str
    paraphrase: str
    size: str | None = None
    note: str | None = None
    elements: dict[str, Answer]
    sources: list[str] = Field(min_length=1)

    @property
    def places(self) -> int:
        """The number of elements with a source passage."""
        return sum(bool(cell and cell.place) for cell in self.elements.values())


class Note(Strict):
    """A remark on all definitions, or a difference between definitions."""

    text: str
    sources: list[str] = Field(min_length=1)


class _Glossary(Strict):
    terms: list[Term]


class _Definitions(Strict):
    elements: list[Element]
    definitions: list[Definition]
    differ: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Definitions:
    """Definitions with their elements, remarks, and a short summary of the differences."""

    elements: Sequence[Element] = ()
    definitions: Sequence[Definition] = ()
    notes: Sequence[Note] = ()
    differ: Sequence[Note] = ()


def read_glossary(path: Path, sources: Collection[str]) -> list[Term]:
    """Return the glossary. Raise FileError for a mistake or an unknown source."""
    file = YamlFile(path)
    terms = file.parse(_Glossary).terms
    _refuse(file, [*_duplicates(file, "terms", terms), *_sources(file, "terms", terms, sources)])
    return terms


def read_definitions(path: Path, sources: Collection[str]) -> Definitions:
    """Return the definitions. Raise FileError for a mistake or an unknown source."""
    file = YamlFile(path)
    data = file.parse(_Definitions)
    _refuse(
        file,
        [
            *_duplicates(file, "elements", data.elements),
            *_duplicates(file, "definitions", data.definitions),
            *_sources(file, "definitions", data.definitions, sources),
            *_sources(file, "differ", data.differ, sources),
            *_sources(file, "notes", data.notes, sources),
            *_element_problems(file, data),
        ],
    )
    return Definitions(data.elements, data.definitions, data.notes, data.differ)


def _refuse(file: YamlFile, problems: list[tuple[int, str]]) -> None:
    if problems:
        raise FileError(file.path, problems)


def _duplicates(
    file: YamlFile, key: str, entries: Sequence[Term | Element | Definition]
) -> Problems:
    count = Counter(entry.id for entry in entries)
    for i, entry in enumerate(entries):
        if count[entry.id] > 1:
            text = f"the id '{entry.id}' occurs {count[entry.id]} times; give each its own id."
            yield file.line((key, i, "id")), text


def _sources(
    file: YamlFile,
    key: str,
    entries: Sequence[Term | Definition | Note],
    sources: Collection[str],
) -> Problems:
    for i, entry in enumerate(entries):
        yield from unknown_sources(file, (key, i), entry.sources, sources)


def _element_problems(file: YamlFile, data: _Definitions) -> Problems:
    element_ids = [element.id for element in data.elements]
    for i, definition in enumerate(data.definitions):
        at = ("definitions", i, "elements")
        for name in definition.elements:
            if name not in element_ids:
                hint = did_you_mean(name, element_ids)
                yield file.line((*at, name)), f"the element '{name}' is not in elements:{hint}"
        for name in element_ids:
            if name not in definition.elements:
                place = f"definition '{definition.id}'"
                yield file.line(at), f"{place} has no {name}; write true, false or unknown."
