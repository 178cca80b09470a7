"""Terms explained, and published definitions side by side."""

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
    """Whether a definition asks for an element, and the place in its text that says so."""

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
        f"'{value}' is no answer; write {{answer: true, place: ...}} or unknown, where the text "
        "is silent."
    )


Answer = Annotated[Cell | None, BeforeValidator(_cell)]  # None: the text is silent


class Term(Strict):
    """One entry of the glossary; ``id`` is its address on the page.

    ``short`` is the sentence that stands beside questions which use the term, ``also`` are other
    words under which people look for it.
    """

    id: Id
    term: str
    long: str | None = None
    also: tuple[str, ...] = ()
    short: str | None = None
    explanation: str
    sources: list[str] = Field(min_length=1)


class Element(Strict):
    """Something that a definition may ask for."""

    id: Id
    label: str


class Definition(Strict):
    """A published definition in our own words, and which elements it asks for."""

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
        """Return of how many elements it is said where the text speaks of them."""
        return sum(bool(cell and cell.place) for cell in self.elements.values())


class Note(Strict):
    """A remark on all definitions together, or one way in which they differ."""

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
    """Definitions in the order of the file, the elements they are compared by, and remarks.

    ``differ`` says in a few sentences how they differ.
    """

    elements: Sequence[Element] = ()
    definitions: Sequence[Definition] = ()
    notes: Sequence[Note] = ()
    differ: Sequence[Note] = ()


def read_glossary(path: Path, sources: Collection[str]) -> list[Term]:
    """Read the glossary; raises FileError for a mistake, or a source that nobody knows."""
    file = YamlFile(path)
    terms = file.parse(_Glossary).terms
    _refuse(file, [*_doubled(file, "terms", terms), *_sources(file, "terms", terms, sources)])
    return terms


def read_definitions(path: Path, sources: Collection[str]) -> Definitions:
    """Read the definitions; raises FileError for a mistake, an unknown source, or a gap."""
    file = YamlFile(path)
    data = file.parse(_Definitions)
    _refuse(
        file,
        [
            *_doubled(file, "elements", data.elements),
            *_doubled(file, "definitions", data.definitions),
            *_sources(file, "definitions", data.definitions, sources),
            *_sources(file, "differ", data.differ, sources),
            *_sources(file, "notes", data.notes, sources),
            *_elements(file, data),
        ],
    )
    return Definitions(data.elements, data.definitions, data.notes, data.differ)


def _refuse(file: YamlFile, problems: list[tuple[int, str]]) -> None:
    if problems:
        raise FileError(file.path, problems)


def _doubled(file: YamlFile, key: str, entries: Sequence[Term | Element | Definition]) -> Problems:
    count = Counter(entry.id for entry in entries)
    for i, entry in enumerate(entries):
        if count[entry.id] > 1:
            text = f"the id '{entry.id}' is there {count[entry.id]} times; give each its own."
            yield file.line((key, i, "id")), text


def _sources(
    file: YamlFile,
    key: str,
    entries: Sequence[Term | Definition | Note],
    sources: Collection[str],
) -> Problems:
    for i, entry in enumerate(entries):
        yield from unknown_sources(file, (key, i), entry.sources, sources)


def _elements(file: YamlFile, data: _Definitions) -> Problems:
    """A field that was forgotten must not look like one that is open."""
    known = [element.id for element in data.elements]
    for i, definition in enumerate(data.definitions):
        at = ("definitions", i, "elements")
        for name in definition.elements:
            if name not in known:
                hint = did_you_mean(name, known)
                yield file.line((*at, name)), f"the element '{name}' is not in elements:{hint}"
        for name in known:
            if name not in definition.elements:
                place = f"definition '{definition.id}'"
                yield file.line(at), f"{place} has no {name}; write true, false or unknown."
