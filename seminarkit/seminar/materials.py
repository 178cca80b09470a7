"""Case studies and country facts: content that comes with its sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from seminarkit.errors import FileError
from seminarkit.yamlfile import YamlFile, read_text


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Source(_Strict):
    """Where a fact was read."""

    title: str
    publisher: str
    year: int | None = None
    url: str


class Case(_Strict):
    """The front matter of one file of case_studies/."""

    id: str
    institution: str
    country: str
    presenter: str | None = None
    status: Literal["named", "tbc"]
    sources: list[str]


class Fact(_Strict):
    """One thing that is publicly known, with the ids of its sources."""

    topic: str
    text: str
    year: int | None = None
    sources: list[str] = Field(min_length=1)


class _Facts(_Strict):
    countries: dict[str, list[Fact]]


class _Sources(_Strict):
    sources: dict[str, Source]


@dataclass(frozen=True)
class Facts:
    """Facts by country code, as in readings/facts/countries.yml, and their sources by id."""

    countries: Mapping[str, list[Fact]]
    sources: Mapping[str, Source]


def read_facts(folder: Path) -> Facts:
    """Read the country facts; raises FileError where a fact has no source, or an unknown one."""
    file = YamlFile(folder / "countries.yml")
    countries = file.parse(_Facts).countries
    sources = YamlFile(folder / "sources.yml").parse(_Sources).sources
    problems = [
        (file.line(("countries", code, i)), f"the source '{each}' is not in sources.yml.")
        for code, facts in countries.items()
        for i, fact in enumerate(facts)
        for each in set(fact.sources) - set(sources)
    ]
    if problems:
        raise FileError(file.path, problems)
    return Facts(countries, sources)


def read_cases(folder: Path) -> dict[str, Case]:
    """Read the front matter of every case study, in the order of their file names."""
    cases = {}
    for path in sorted(folder.glob("*.md")):
        case = _front_matter(path)
        cases[case.id] = case
    return cases


def _front_matter(path: Path) -> Case:
    parts = read_text(path).split("---\n", 2)
    if len(parts) < 3 or parts[0]:
        raise FileError(
            path, [(1, "the file does not begin with front matter between '---' lines.")]
        )
    return YamlFile(path, "\n" + parts[1]).parse(Case)  # the empty line stands for the first '---'
