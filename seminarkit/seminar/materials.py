"""Case studies and country facts: content that comes with its sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

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


class _Facts(_Strict):
    countries: dict[str, dict[str, Any]]


class _Sources(_Strict):
    sources: dict[str, Source]


@dataclass(frozen=True)
class Facts:
    """Facts by country code, as in readings/facts/countries.yml, and their sources by id."""

    countries: Mapping[str, dict[str, Any]]
    sources: Mapping[str, Source]


def read_facts(folder: Path) -> Facts:
    """Read the country facts; raises FileError where a fact has no source, or an unknown one."""
    file = YamlFile(folder / "countries.yml")
    countries = file.parse(_Facts).countries
    sources = YamlFile(folder / "sources.yml").parse(_Sources).sources
    problems = []
    for code, blocks in countries.items():
        for topic, block in blocks.items():
            for fact in block if isinstance(block, list) else [block]:
                line = file.line(("countries", code, topic))
                if not fact.get("sources"):
                    problems.append((line, f"'{topic}' of {code} names no sources; add them."))
                for each in set(fact.get("sources", ())) - set(sources):
                    problems.append((line, f"the source '{each}' is not in sources.yml."))
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
