"""What the general rapporteur took over for the public: words alone, and since when they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from seminarkit.analyse.attribution import attributions
from seminarkit.analyse.statements import Notes
from seminarkit.discuss.points import Point
from seminarkit.discuss.summaries import headings
from seminarkit.seminar.clock import day_words
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.seminar.model import Seminar
from seminarkit.topics.conclusions.dossier import TakenPoint, TakenSection


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
