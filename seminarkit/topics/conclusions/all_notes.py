"""The notes of all groups as they stand: sheets, points, decisions, and what needs a look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.question_decisions import with_present_ids
from seminarkit.core.store.read_store import arrived, replies
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import readable
from seminarkit.topics.conclusions.points import Point, points, taken
from seminarkit.topics.conclusions.rewritten_notes import Rewritten, rewritten
from seminarkit.topics.conclusions.statement_codes import Codes
from seminarkit.topics.conclusions.statement_ids import Former, Statement
from seminarkit.topics.conclusions.statements import (
    GroupNotes,
    Sheet,
    former_statements,
    note_tasks,
    noted,
    sheets,
)
from seminarkit.topics.questions.discussion import discussion, most_alike


@dataclass(frozen=True)
class Notes:
    """All that groups noted.

    ``taken`` are the public words of statements that were taken over, ``taken_at`` since when, of
    the same statements; ``changed`` was decided about statements in words that are in no notes any
    more. Until somebody decides again, those of them that are public stay so: ``public`` are the
    points with them. ``places`` says under which question each stands on the page of questions, and
    ``former`` has every id that a statement has had.
    """

    groups: tuple[GroupNotes, ...]
    sheets: tuple[Sheet, ...]
    points: tuple[Point, ...]
    public: tuple[Point, ...]
    taken: dict[str, str]
    taken_at: dict[str, str]
    changed: tuple[Rewritten, ...]
    places: dict[str, str]
    former: dict[str, str]

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
    forms = {task.form for task in note_tasks(folder.seminar)}
    versions = readable(folder, [each for _, each in arrived(folder.database, *forms)], "core")
    former = former_statements(folder.forms, versions, codes)
    present = _present_ids(statements, former)
    decisions = with_present_ids(decisions, present)
    changed = rewritten(statements, decisions, former)
    public = taken(decisions)
    return Notes(
        groups=tuple(noted(folder.seminar, found)),
        sheets=tuple(found),
        points=tuple(points(statements, decisions)),
        public=tuple(points([*statements, *_still_public(folder, changed)], decisions)),
        taken={statement: each.words for statement, each in public.items()},
        taken_at={statement: each.at for statement, each in public.items()},
        changed=tuple(changed),
        places={q.id: matter.lead.id for matter in asked.matters for q in matter.questions},
        former=present,
    )


def _present_ids(statements: Sequence[Statement], former: Mapping[str, Former]) -> dict[str, str]:
    """Return the id of now for each that a statement has had, by this version or an earlier one.

    What one of several people noted leads to the same words of another, once the first is gone.
    """
    own = {each.id for each in statements}
    first = {old: each.id for each in reversed(statements) for old in each.former}
    ids: dict[str, str] = {}
    for old, was in former.items():
        same = next((i for i in (was.statement.id, was.base) if i in own), was.statement.id)
        if old != same:
            ids[old] = same
    return {old: new for old, new in {**ids, **first}.items() if old not in own}


def _still_public(folder: SeminarFolder, changed: Sequence[Rewritten]) -> list[Statement]:
    """Return the statements that were taken over in words that no notes hold any more."""
    sessions = {
        group.id: session.id
        for session in folder.seminar.sessions
        for groups in (folder.seminar.seating, folder.seminar.seated_before)
        for group in groups.get(session.id, [])
    }
    return [
        replace(each.old, session=sessions[each.old.group])
        for each in changed
        if each.public and each.old and each.old.group in sessions
    ]


def alike(
    folder: SeminarFolder, found: Notes, submissions: Sequence[Submission]
) -> dict[str, list[str]]:
    """Return for each statement the ids of up to three of other groups that might say the same.

    A suggestion to look at. Those that are one point already are not among them.
    """
    statements = found.statements
    texts = [each.text for each in statements]
    point = {s.id: number for number, p in enumerate(found.points) for s in p.statements}
    apart = [
        [
            i
            for i, other in enumerate(statements)
            if other.group == each.group or point[other.id] == point[each.id]
        ]
        for each in statements
    ]
    nearest = most_alike(folder, texts, submissions, apart)
    return {
        each.id: [statements[i].id for i in positions]
        for each, positions in zip(statements, nearest, strict=True)
        if positions
    }
