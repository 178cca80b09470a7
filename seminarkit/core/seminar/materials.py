"""Sources and case studies: content that cites where it was read."""

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
    """A cited source; ``read`` is the day of the last check.

    ``stored_copy`` is true if the address is that of a copy on a document-sharing site.
    """

    title: str
    publisher: str
    year: int | None = None
    url: WebAddress
    stored_copy: bool = False
    read: date | None = None  # files of version 0.5 and older have none


class Stated(Strict):
    """A property of a case: what the programme says, and our reading if it says nothing."""

    value: str
    our_reading: str | None = None


class Known(Strict):
    """A publicly known fact about a case, and the date of the fact."""

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
    """Read the sources by id."""
    return YamlFile(folder / "sources.yml").parse(_Sources).sources


def read_cases(folder: Path) -> dict[str, Case]:
    """Read every case study by id, in the order of the file names."""
    return read_written(folder, Case)


def check_cases(folder: Path, cases: Mapping[str, Case], sources: Collection[str]) -> None:
    """Raise an error with the line of every unknown source that a case cites."""
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
    """Yield line and message for every unknown source id below ``loc``."""
    return unknown_names(file, (*loc, "sources"), names, sources, "source", "sources.yml")


def unknown_names(
    file: YamlFile, loc: Loc, names: Sequence[str], valid: Collection[str], kind: str, where: str
) -> Iterator[tuple[int, str]]:
    """Yield line and message for every unknown name in the list at ``loc``."""
    for i, name in enumerate(names):
        if name not in valid:
            hint = did_you_mean(name, valid)
            yield file.line((*loc, i)), f"the {kind} '{name}' is not in {where}.{hint}"
