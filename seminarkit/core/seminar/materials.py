"""Sources, and the case studies: content that says where it was read."""

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
    """Where a fact was read; ``read`` is the day on which somebody last looked.

    ``stored_copy`` is true where the address leads to a copy on a site for sharing documents.
    """

    title: str
    publisher: str
    year: int | None = None
    url: WebAddress
    stored_copy: bool = False
    read: date | None = None  # files of version 0.5 and older have none


class Stated(Strict):
    """What the programme says of a case, and what we take it to be where it says nothing."""

    value: str
    our_reading: str | None = None


class Known(Strict):
    """One thing that is publicly known of a case, and when it was so."""

    when: str
    text: str
    sources: list[str] = Field(min_length=1)


class Case(Written):
    """One file of case_studies/."""

    institution: str
    country: str
    country_name: str | None = None
    presenter: str | None = None
    status: Literal["named", "tbc"]
    sources: list[str]
    perspective: Stated | None = None
    policy_purpose: Stated | None = None
    video: WebAddress | None = None
    known: tuple[Known, ...] = ()
    not_found: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


class _Sources(Strict):
    sources: dict[str, Source]


def read_sources(folder: Path) -> Mapping[str, Source]:
    """Read the sources that everything else refers to by id."""
    return YamlFile(folder / "sources.yml").parse(_Sources).sources


def read_cases(folder: Path) -> dict[str, Case]:
    """Read every case study, in the order of their file names."""
    return read_written(folder, Case)


def check_cases(folder: Path, cases: Mapping[str, Case], sources: Collection[str]) -> None:
    """Raise an error with the line of every source that a case names and nobody knows."""
    errors = []
    for case in cases.values():
        named = [*case.sources, *(each for known in case.known for each in known.sources)]
        if set(named) <= set(sources):
            continue
        path = folder / f"{case.id}.md"
        file, _ = front_matter(path)
        problems = [*unknown_sources(file, (), case.sources, sources)]
        for i, known in enumerate(case.known):
            problems += unknown_sources(file, ("known", i), known.sources, sources)
        errors.append(FileError(path, problems))
    raise_together(errors)


def unknown_sources(
    file: YamlFile, loc: Loc, names: Sequence[str], sources: Collection[str]
) -> Iterator[tuple[int, str]]:
    """Yield line and sentence for every id below ``loc`` that is no source's."""
    return unknown_names(file, (*loc, "sources"), names, sources, "source", "sources.yml")


def unknown_names(
    file: YamlFile, loc: Loc, names: Sequence[str], known: Collection[str], kind: str, where: str
) -> Iterator[tuple[int, str]]:
    """Yield line and sentence for every name of the list at ``loc`` that is not known."""
    for i, name in enumerate(names):
        if name not in known:
            hint = did_you_mean(name, known)
            yield file.line((*loc, i)), f"the {kind} '{name}' is not in {where}.{hint}"
