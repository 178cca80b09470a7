"""Public facts about each country with their sources, and topics without a known source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field

from seminarkit.core.errors import FileError, did_you_mean
from seminarkit.core.seminar.front_matter import Strict
from seminarkit.core.seminar.materials import Source, unknown_sources
from seminarkit.core.seminar.values import Words
from seminarkit.core.yaml.yaml_file import YamlFile

FILE = "countries.yml"
Problems = Iterator[tuple[int, str]]


class Fact(Strict):
    """A public fact about a country, with the year of the event and the ids of its sources."""

    topic: Words
    text: Words
    year: int | None = None
    sources: list[str] = Field(min_length=1)


class _Facts(Strict):
    topics: tuple[str, ...] = ()
    countries: dict[str, list[Fact]]
    gaps: dict[str, list[str]] = Field(default_factory=dict)


@dataclass(frozen=True)
class Facts:
    """Public facts by country code, and the topics that are researched for every country.

    ``gaps`` lists, by country, the topics for which no public source was found.
    """

    countries: Mapping[str, Sequence[Fact]]
    sources: Mapping[str, Source]
    topics: Sequence[str] = ()
    gaps: Mapping[str, Sequence[str]] = field(default_factory=dict)


def read_facts(folder: Path, sources: Mapping[str, Source]) -> Facts:
    """Return the facts of readings/facts/countries.yml.

    Raises FileError for facts without a known source, and for topics without a fact or gap.
    """
    file = YamlFile(folder / FILE)
    data = file.parse(_Facts)
    problems = [
        problem
        for code, facts in data.countries.items()
        for i, fact in enumerate(facts)
        for problem in unknown_sources(file, ("countries", code, i), fact.sources, sources)
    ]
    problems += _uncovered(file, data)
    if problems:
        raise FileError(file.path, problems)
    return Facts(data.countries, sources, data.topics, data.gaps)


def _uncovered(file: YamlFile, data: _Facts) -> Problems:
    for code in [*data.countries, *(c for c in data.gaps if c not in data.countries)]:
        covered = {fact.topic for fact in data.countries.get(code, [])}
        gaps = data.gaps.get(code, [])
        for i, topic in enumerate(gaps):
            if topic not in data.topics:
                hint = did_you_mean(topic, data.topics)
                words = f"{code}: the topic '{topic}' in gaps: is not in topics: above.{hint}"
            elif topic in covered:
                words = f"{code}: '{topic}' is in gaps:, but there is a fact on it; keep only one."
            else:
                continue
            yield file.line(("gaps", code, i)), words
        for topic in data.topics:
            if topic not in covered and topic not in gaps:
                words = f"{code}: there is no fact on '{topic}'; add one with its source, or list"
                yield file.line(("countries", code)), f"{words} it in gaps: below."
