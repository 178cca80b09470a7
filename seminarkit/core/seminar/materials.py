"""Read sources, and case studies that cite them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field

from seminarkit.core.errors import FileError, did_you_mean, raise_together
from seminarkit.core.seminar.front_matter import (
    Strict,
    WebAddress,
    Written,
    front_matter,
    read_written,
)
from seminarkit.core.yaml.yaml_file import Loc, YamlFile


class Source(Strict):
    """A cited source. ``read`` is the date when it was last checked.

    ``stored_copy`` is true if the address belongs to a document-sharing site.
    """

    title: str
    publisher: str
    year: int | None = None
    url: WebAddress
    stored_copy: bool = False
    read: date | None = None  # files of version 0.5 and older have none


class Stated(Strict):
    """A property of a case study, from the programme or from our own interpretation."""

    value: str
    our_reading: str | None = None


class KnownFact(Strict):
    """A public fact about a case, with its date."""

    when: str
    text: str
    sources: list[str] = Field(min_length=1)


class Case(Written):
    """The contents of a case study's file."""

    institution: str
    country: str
    country_name: str | None = None
    presenter: str | None = None
    status: Literal["named", "tbc"]
    sources: list[str]
    perspective: Stated | None = None
    policy_purpose: Stated | None = None
    video: WebAddress | None = None
    known: tuple[KnownFact, ...] = ()
    not_found: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


class _Sources(Strict):
    sources: dict[str, Source]


def read_sources(folder: Path) -> Mapping[str, Source]:
    """Return the sources by id."""
    return YamlFile(folder / "sources.yml").parse(_Sources).sources


def read_cases(folder: Path) -> dict[str, Case]:
    """Return every case study by id, sorted by file name."""
    return read_written(folder, Case)


def check_cases(folder: Path, cases: Mapping[str, Case], sources: Collection[str]) -> None:
    """Raise an error that lists the unknown sources of all cases, with their lines."""
    errors = []
    for case in cases.values():
        cited = [*case.sources, *(source for fact in case.known for source in fact.sources)]
        if set(cited) <= set(sources):
            continue
        path = folder / f"{case.id}.md"
        file, _ = front_matter(path)
        problems = [*unknown_sources(file, (), case.sources, sources)]
        for i, fact in enumerate(case.known):
            problems += unknown_sources(file, ("known", i), fact.sources, sources)
        errors.append(FileError(path, problems))
    raise_together(errors)


def unknown_sources(
    file: YamlFile, loc: Loc, names: Sequence[str], sources: Collection[str]
) -> Iterator[tuple[int, str]]:
    """Yield a line number and a message for each unknown source id at ``loc``."""
    return unknown_names(file, (*loc, "sources"), names, sources, "source", "sources.yml")


def unknown_names(
    file: YamlFile, loc: Loc, names: Sequence[str], valid: Collection[str], kind: str, where: str
) -> Iterator[tuple[int, str]]:
    """Yield a line number and a message for each unknown name in the list at ``loc``."""
    for i, name in enumerate(names):
        if name not in valid:
            hint = did_you_mean(name, valid)
            yield file.line((*loc, i)), f"the {kind} '{name}' is not in {where}.{hint}"
