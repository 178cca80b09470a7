"""The reading list: texts for each session, with our own notes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field

from seminarkit.core.errors import FileError, raise_together
from seminarkit.core.seminar.front_matter import (
    Strict,
    WebAddress,
    Written,
    front_matter,
    read_written,
)
from seminarkit.core.seminar.materials import unknown_names, unknown_sources


class Seen(Strict):
    """How much of a text was read for the note, and the date of reading."""

    day: date
    what: str


class Reading(Written):
    """A reading and our own note on it.

    ``pages`` is the length of the whole text, ``part_pages`` the length of the recommended
    ``part``. ``first_for`` lists the sessions for which this text is the first priority.
    ``take_along`` is a point for discussion in the session.
    """

    title: str
    authors: list[str] = Field(min_length=1)
    publisher: str
    year: int | None = None
    url: WebAddress
    url_note: str | None = None
    kind: str
    language: str = "English"
    pages: int | None = Field(default=None, ge=1)
    part: str | None = None
    part_pages: int | None = Field(default=None, ge=1)
    minutes: int = Field(ge=1)
    must_read: bool
    outcomes: tuple[str, ...]
    sessions: tuple[str, ...]
    first_for: tuple[str, ...] = ()
    seen: Seen | None = None
    take_along: str | None = None
    sources: tuple[str, ...] = Field(min_length=1)
    # "list" in the file; here that would shadow the built-in
    reading_list: Literal["core", "further"] = Field(alias="list")

    @property
    def core(self) -> bool:
        """True if the text had been published when the seminar took place."""
        return self.reading_list == "core"

    @property
    def for_everybody(self) -> bool:
        """True if everybody is asked to read the text."""
        return self.must_read and self.core

    @property
    def pages_asked(self) -> int | None:
        """The number of pages to read, or None if unknown."""
        return self.part_pages if self.part else self.pages


def read_readings(
    folder: Path, sources: Collection[str], sessions: Collection[str], outcomes: Collection[str]
) -> dict[str, Reading]:
    """Return the reading list by id. Raise an error for mistakes and unknown ids."""
    readings = read_written(folder, Reading)
    errors = []
    for reading in readings.values():
        first_is_valid = set(reading.first_for) <= set(reading.sessions)
        is_valid = _fits(reading, sessions, outcomes) and set(reading.sources) <= set(sources)
        if is_valid and first_is_valid:
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
            *unknown_names(
                file,
                ("first_for",),
                reading.first_for,
                reading.sessions,
                "session",
                "sessions: above",
            ),
        ]
        errors.append(FileError(path, problems))
    raise_together(errors)
    return readings


def readings_that_fit(
    folder: Path, sessions: Collection[str], outcomes: Collection[str]
) -> dict[str, Reading]:
    """Return the readings of another seminar whose references are all valid in this seminar."""
    readings = read_written(folder, Reading)
    return {id_: r for id_, r in readings.items() if _fits(r, sessions, outcomes)}


def _fits(reading: Reading, sessions: Collection[str], outcomes: Collection[str]) -> bool:
    return set(reading.sessions) <= set(sessions) and set(reading.outcomes) <= set(outcomes)
