"""What the general rapporteur took over for the public: words alone, and since when they stand."""

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


def taken_over(folder: SeminarFolder, found: Notes, points: Sequence[Point]) -> list[TakenSection]:
    """Return what was taken over of these points, under the headings of the notes."""
    sections: list[TakenSection] = []
    for kind, title in headings(folder.seminar, folder.forms).items():
        here: list[TakenPoint] = [
            {"text": words, "shared": point.shared}
            for point in points
            if point.kind == kind
            for words in _words(folder.seminar, found, point)
        ]
        if here:
            sections.append({"kind": kind, "title": title, "points": here})
    return sections


def as_taken(seminar: Seminar, found: Notes, points: Sequence[Point]) -> str:
    """Return since when words are public that the notes do not hold any more; empty for none."""
    here = {statement.id for point in points for statement in point.statements}
    moments = [found.taken_at[each.id] for each in found.changed if each.id in here]
    if not moments:
        return ""
    last = datetime.fromisoformat(max(moments)).astimezone(seminar.zone)
    return f"{day_words(last.date())}, {last:%H:%M}"


def _words(seminar: Seminar, found: Notes, point: Point) -> Iterator[str]:
    """Yield what was taken over of a point, each wording once; never one that tells who spoke."""
    words = dict.fromkeys(found.taken.get(each.id, "") for each in point.statements)
    yield from (each for each in words if each and not attributions(seminar, each))
