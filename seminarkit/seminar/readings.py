"""The reading list: what to read for which session, each with a note in our own words."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Literal

from pydantic import Field

from seminarkit.errors import FileError, raise_together
from seminarkit.seminar.materials import unknown_names, unknown_sources
from seminarkit.seminar.written import WebAddress, Written, front_matter, read_written


class Reading(Written):
    """One file of readings/. Its text is our note on it, never the publisher's."""

    title: str
    authors: list[str] = Field(min_length=1)
    publisher: str
    year: int | None = None
    url: WebAddress
    url_note: str | None = None
    kind: str
    pages: int | None = Field(default=None, ge=1)
    minutes: int = Field(ge=1)
    must_read: bool
    outcomes: tuple[str, ...]
    sessions: tuple[str, ...]
    sources: tuple[str, ...] = Field(min_length=1)
    # "list" is the word in the file; here it would hide Python's own
    reading_list: Literal["core", "further"] = Field(alias="list")

    @property
    def core(self) -> bool:
        """Say whether it was out when the seminar took place."""
        return self.reading_list == "core"


def read_readings(
    folder: Path, sources: Collection[str], sessions: Collection[str], outcomes: Collection[str]
) -> dict[str, Reading]:
    """Read the reading list by id.

    Raises an error with file and line for every mistake, and for every source, session or group,
    and outcome that nobody knows.
    """
    readings = read_written(folder, Reading)
    errors = []
    for reading in readings.values():
        if _fits(reading, sessions, outcomes) and set(reading.sources) <= set(sources):
            continue
        path = folder / f"{reading.id}.md"
        file, _ = front_matter(path)
        problems = [
            *unknown_sources(file, (), reading.sources, sources),
            *unknown_names(
                file, ("sessions",), reading.sessions, sessions, "session or group", "seminar.yml"
            ),
            *unknown_names(
                file, ("outcomes",), reading.outcomes, outcomes, "outcome", "seminar.yml"
            ),
        ]
        errors.append(FileError(path, problems))
    raise_together(errors)
    return readings


def readings_that_fit(
    folder: Path, sessions: Collection[str], outcomes: Collection[str]
) -> dict[str, Reading]:
    """Read those of another seminar's reading list that speak of this one's sessions alone."""
    readings = read_written(folder, Reading)
    return {id_: r for id_, r in readings.items() if _fits(r, sessions, outcomes)}


def _fits(reading: Reading, sessions: Collection[str], outcomes: Collection[str]) -> bool:
    return set(reading.sessions) <= set(sessions) and set(reading.outcomes) <= set(outcomes)
