"""All groups' notes in one object: note sheets, points, decisions and what needs attention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.question_decisions import with_present_ids
from seminarkit.core.store.read_store import arrived, replies
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import readable
from seminarkit.topics.conclusions.points import Point, points, public_wordings
from seminarkit.topics.conclusions.rewritten_notes import OrphanedStatement, orphaned_statements
from seminarkit.topics.conclusions.statement_codes import Codes
from seminarkit.topics.conclusions.statement_ids import FormerStatement, Statement
from seminarkit.topics.conclusions.statements import (
    GroupNotes,
    NotesSheet,
    former_statements,
    group_notes,
    note_tasks,
    sheets,
)
from seminarkit.topics.questions.discussion import discussion, most_alike


@dataclass(frozen=True)
class Notes:
    """All notes of all groups, with the decisions on them.

    ``public`` has the points for the public summary. It includes ``changed`` statements, since
    deleted or reworded in the notes: they stay public until somebody decides on them again.
    ``taken`` is the public wording by statement id, ``taken_at`` the time of that decision.
    ``places`` maps a question id to its anchor on the page of questions, ``former`` an earlier
    statement id to the present one.
    """

    groups: tuple[GroupNotes, ...]
    sheets: tuple[NotesSheet, ...]
    points: tuple[Point, ...]
    public: tuple[Point, ...]
    taken: dict[str, str]
    taken_at: dict[str, str]
    changed: tuple[OrphanedStatement, ...]
    places: dict[str, str]
    former: dict[str, str]

    @property
    def statements(self) -> list[Statement]:
        """All statements of all points."""
        return [statement for point in self.points for statement in point.statements]

    def find(self, statement: str) -> Point | None:
        """Return the point that contains a statement, by the statement's id."""
        return next((p for p in self.points if statement in {s.id for s in p.statements}), None)


def notes(folder: SeminarFolder, submissions: Sequence[Submission]) -> Notes:
    """Return all notes, from the submissions and the decisions on them."""
    decisions: list[Decision] = list(folder.decisions)
    question_list = discussion(folder, submissions)
    codes = Codes(folder.seminar, question_list.questions)
    chair_replies = replies(folder.database)
    note_sheets = sheets(folder.seminar, folder.forms, submissions, codes, chair_replies)
    statements = [statement for sheet in note_sheets for statement in sheet.statements]
    forms = {task.form for task in note_tasks(folder.seminar)}
    versions = readable(
        folder, [submission for _, submission in arrived(folder.database, *forms)], "core"
    )
    former = former_statements(folder.forms, versions, codes)
    present = _present_ids(statements, former)
    decisions = with_present_ids(decisions, present)
    changed = orphaned_statements(statements, decisions, former)
    wordings = public_wordings(decisions)
    return Notes(
        groups=tuple(group_notes(folder.seminar, note_sheets)),
        sheets=tuple(note_sheets),
        points=tuple(points(statements, decisions)),
        public=tuple(points([*statements, *_still_public(folder, changed)], decisions)),
        taken={statement: wording.words for statement, wording in wordings.items()},
        taken_at={statement: wording.at for statement, wording in wordings.items()},
        changed=tuple(changed),
        places={q.id: matter.lead.id for matter in question_list.matters for q in matter.questions},
        former=present,
    )


def _present_ids(
    statements: Sequence[Statement], former: Mapping[str, FormerStatement]
) -> dict[str, str]:
    """Map each earlier id of a statement to its present id.

    If several people noted the same sentence and the first withdraws it, the id of that first copy
    leads to a remaining copy.
    """
    own = {statement.id for statement in statements}
    replaced = {old: statement.id for statement in reversed(statements) for old in statement.former}
    ids: dict[str, str] = {}
    for old, version in former.items():
        current = next(
            (i for i in (version.statement.id, version.base) if i in own), version.statement.id
        )
        if old != current:
            ids[old] = current
    return {old: new for old, new in {**ids, **replaced}.items() if old not in own}


def _still_public(folder: SeminarFolder, changed: Sequence[OrphanedStatement]) -> list[Statement]:
    """Return the public statements that were since deleted or reworded in the notes."""
    sessions = {
        group.id: session.id
        for session in folder.seminar.sessions
        for groups in (folder.seminar.seating, folder.seminar.seated_before)
        for group in groups.get(session.id, [])
    }
    return [
        replace(orphan.old, session=sessions[orphan.old.group])
        for orphan in changed
        if orphan.public and orphan.old and orphan.old.group in sessions
    ]


def similar_statements(
    folder: SeminarFolder, all_notes: Notes, submissions: Sequence[Submission]
) -> dict[str, list[str]]:
    """Return up to three similar statements of other groups for each statement, all by id.

    These are suggestions for a person to check. Statements already joined into one point are left
    out.
    """
    statements = all_notes.statements
    texts = [statement.text for statement in statements]
    point = {s.id: number for number, p in enumerate(all_notes.points) for s in p.statements}
    excluded = [
        [
            i
            for i, candidate in enumerate(statements)
            if candidate.group == statement.group or point[candidate.id] == point[statement.id]
        ]
        for statement in statements
    ]
    nearest = most_alike(folder, texts, submissions, excluded)
    return {
        statement.id: [statements[i].id for i in positions]
        for statement, positions in zip(statements, nearest, strict=True)
        if positions
    }
