"""The notes of all groups as they stand: sheets, points, decisions, and what needs a look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seminarkit.analyse.discussion import discussion, likeness
from seminarkit.discuss.codes import Codes
from seminarkit.discuss.points import Point, lost, points, taken
from seminarkit.discuss.similar import nearest
from seminarkit.discuss.summaries import GroupNotes, Sheet, Statement, noted, sheets
from seminarkit.seminar.decision import Decision
from seminarkit.seminar.discussed import with_present_ids
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.store.index import Submission
from seminarkit.store.reading import replies


@dataclass(frozen=True)
class Notes:
    """All that groups noted.

    ``taken`` are the public words of statements that were taken over; ``places`` says under which
    question each stands on the page of questions.
    """

    groups: tuple[GroupNotes, ...]
    sheets: tuple[Sheet, ...]
    points: tuple[Point, ...]
    taken: dict[str, str]
    lost: tuple[str, ...]
    places: dict[str, str]

    @property
    def statements(self) -> list[Statement]:
        """Every statement by itself."""
        return [each for point in self.points for each in point.statements]

    def find(self, statement: str) -> Point | None:
        """Return the point that a statement belongs to."""
        return next((p for p in self.points if statement in {s.id for s in p.statements}), None)


def notes(folder: SeminarFolder, submissions: Sequence[Submission]) -> Notes:
    """Return the notes from what has come and what was decided on them."""
    decisions: list[Decision] = list(folder.decisions)
    asked = discussion(folder, submissions)
    codes = Codes(folder.seminar, asked.questions)
    replied = replies(folder.database)
    found = sheets(folder.seminar, folder.forms, submissions, codes, replied)
    statements = [each for sheet in found for each in sheet.statements]
    decisions = with_present_ids(decisions, {each.former: each.id for each in statements})
    return Notes(
        groups=tuple(noted(folder.seminar, found)),
        sheets=tuple(found),
        points=tuple(points(statements, decisions)),
        taken=taken(decisions),
        lost=tuple(lost(statements, decisions)),
        places={q.id: matter.lead.id for matter in asked.matters for q in matter.questions},
    )


def alike(
    folder: SeminarFolder, found: Notes, submissions: Sequence[Submission]
) -> dict[str, list[str]]:
    """Return for each statement the ids of up to three of other groups that might say the same.

    A suggestion to look at. Those that are one point already are not among them.
    """
    statements = found.statements
    said = [each.text for each in statements]
    point = {s.id: number for number, p in enumerate(found.points) for s in p.statements}
    apart = [
        [
            i
            for i, other in enumerate(statements)
            if other.group == each.group or point[other.id] == point[each.id]
        ]
        for each in statements
    ]
    near = nearest(likeness(folder, said, submissions), apart)
    return {
        each.id: [statements[i].id for i in positions]
        for each, positions in zip(statements, near, strict=True)
        if positions
    }
