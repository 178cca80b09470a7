"""The words of a brief that an organiser can change: opening words and the list to tick."""

from __future__ import annotations

from string import Template

from pydantic import Field

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.front_matter import Strict
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.sessions import Session
from seminarkit.core.yaml.yaml_file import YamlFile
from seminarkit.topics.groups.rooms import Briefed


class Lines(Strict):
    """Lines for all sessions, and for some kinds of them.

    ``recorded`` and ``not_recorded`` are for sessions of which seminar.yml says so.
    """

    all: tuple[str, ...] = ()
    public: tuple[str, ...] = ()
    core: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    recorded: tuple[str, ...] = ()
    not_recorded: tuple[str, ...] = ()

    def on_recording(self, recorded: bool | None) -> tuple[str, ...]:
        """Return what is said of a recording; nothing where nobody decided on one."""
        if recorded is None:
            return ()
        return self.recorded if recorded else self.not_recorded


class Words(Strict):
    """One file of words."""

    opening: Lines = Field(default_factory=Lines)
    checklist: Lines = Field(default_factory=Lines)


def read_words(folder: SeminarFolder) -> Words:
    """Return the words of all briefs; raises FileError where a line of the file is wrong."""
    return YamlFile(folder.material("templates", "brief", "words.yml")).parse(Words)


def lines_for(folder: SeminarFolder, lines: Lines, about: Briefed) -> list[str]:
    """Return the lines that fit a session or group; an unknown ``$word`` stays as it is."""
    session = about.session
    of_access = lines.public if session.access == "public" else lines.core
    chosen = [*lines.all, *of_access, *(lines.groups if session.seats else ())]
    chosen += lines.on_recording(session.recorded)
    known = {
        "title": about.title,
        "organiser": folder.seminar.organiser,
        "platform": folder.seminar.platform,
        "start": f"{session.start:%H:%M}",
        "end": f"{session.end:%H:%M}",
        "minutes": str(session.minutes),
        "who": who_comes(folder.seminar, session),
    }
    return [Template(line).safe_substitute(known) for line in chosen]


def who_comes(seminar: Seminar, session: Session) -> str:
    """Return for whom a session is, in the seminar's own words."""
    who = seminar.who_may_come
    return who.public if session.access == "public" else who.core
