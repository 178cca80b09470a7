"""The general rapporteur's wording for the public, and the date of that choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from seminarkit.core.seminar.clock import day_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.submissions.attribution import attributions
from seminarkit.topics.conclusions.all_notes import Notes
from seminarkit.topics.conclusions.dossier import TakenPoint, TakenSection
from seminarkit.topics.conclusions.points import Point
from seminarkit.topics.conclusions.statements import headings


def public_sections(
    folder: SeminarFolder, all_notes: Notes, points: Sequence[Point]
) -> list[TakenSection]:
    """Return the public wording of some points, by heading of the notes."""
    sections: list[TakenSection] = []
    for kind, title in headings(folder.seminar, folder.forms).items():
        section_points: list[TakenPoint] = [
            {"text": words, "shared": point.shared}
            for point in points
            if point.kind == kind
            for words in _words(folder.seminar, all_notes, point)
        ]
        if section_points:
            sections.append({"kind": kind, "title": title, "points": section_points})
    return sections


def choice_date(seminar: Seminar, all_notes: Notes, points: Sequence[Point]) -> str:
    """Return the date of the latest choice of a since deleted or reworded statement, or ''."""
    point_ids = {statement.id for point in points for statement in point.statements}
    moments = [
        all_notes.taken_at[orphan.id] for orphan in all_notes.changed if orphan.id in point_ids
    ]
    if not moments:
        return ""
    last = datetime.fromisoformat(max(moments)).astimezone(seminar.zone)
    return f"{day_words(last.date())}, {last:%H:%M}"


def _words(seminar: Seminar, all_notes: Notes, point: Point) -> Iterator[str]:
    """Yield each public wording of a point once, leaving out those that reveal who said it."""
    wordings = dict.fromkeys(
        all_notes.taken.get(statement.id, "") for statement in point.statements
    )
    yield from (wording for wording in wordings if wording and not attributions(seminar, wording))
