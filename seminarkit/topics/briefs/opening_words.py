"""The texts of a brief that organisers can change: opening words and checklist."""

from __future__ import annotations

from string import Template

from pydantic import Field

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.front_matter import Strict
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.sessions import Session
from seminarkit.core.yaml.yaml_file import YamlFile
from seminarkit.topics.groups.rooms import BriefedRoom


class SessionLines(Strict):
    """Lines for all sessions, and for some kinds of session.

    ``recorded`` and ``not_recorded`` apply if seminar.yml says whether the session is recorded.
    """

    all: tuple[str, ...] = ()
    public: tuple[str, ...] = ()
    core: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    recorded: tuple[str, ...] = ()
    not_recorded: tuple[str, ...] = ()

    def on_recording(self, recorded: bool | None) -> tuple[str, ...]:
        """Return the lines about recording; none if it is undecided."""
        if recorded is None:
            return ()
        return self.recorded if recorded else self.not_recorded


class BriefWords(Strict):
    """The texts of words.yml."""

    opening: SessionLines = Field(default_factory=SessionLines)
    checklist: SessionLines = Field(default_factory=SessionLines)


def read_words(folder: SeminarFolder) -> BriefWords:
    """Return the texts of all briefs; raise FileError if a line of the file is invalid."""
    return YamlFile(folder.material("templates", "brief", "words.yml")).parse(BriefWords)


def lines_for(folder: SeminarFolder, lines: SessionLines, about: BriefedRoom) -> list[str]:
    """Return the lines that apply to a session or group; an unknown ``$word`` is left as it is."""
    session = about.session
    access_lines = lines.public if session.access == "public" else lines.core
    chosen = [*lines.all, *access_lines, *(lines.groups if session.seats else ())]
    chosen += lines.on_recording(session.recorded)
    placeholders = {
        "title": about.title,
        "organiser": folder.seminar.organiser,
        "platform": folder.seminar.platform,
        "start": f"{session.start:%H:%M}",
        "end": f"{session.end:%H:%M}",
        "minutes": str(session.minutes),
        "who": audience_words(folder.seminar, session),
    }
    return [Template(line).safe_substitute(placeholders) for line in chosen]


def audience_words(seminar: Seminar, session: Session) -> str:
    """Return the seminar's own phrase for the people who may attend a session."""
    phrases = seminar.who_may_come
    return phrases.public if session.access == "public" else phrases.core
