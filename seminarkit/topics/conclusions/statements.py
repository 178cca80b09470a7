"""Reads the note sheets into statements, each with its group and its references."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from seminarkit.core.forms.shapes import CompiledForm
from seminarkit.core.seminar.assignments import note_taker
from seminarkit.core.seminar.model import Seminar, Task
from seminarkit.core.seminar.sessions import DiscussionGroup, Session
from seminarkit.core.store.reply import ChairReply
from seminarkit.core.store.submission import Submission
from seminarkit.topics.conclusions.notes_status import SEEN, chair_reply, chair_state
from seminarkit.topics.conclusions.statement_codes import Codes
from seminarkit.topics.conclusions.statement_ids import (
    FormerStatement,
    Statement,
    statements_of,
    with_author_number,
)

OPEN = "open"  # the heading of questions for the next group, or the next day
_MAX_AUTHORS = 4  # people of one group who may have noted the same sentence


@dataclass(frozen=True)
class NotesSheet:
    """One person's notes on one group. ``seen`` is the chair's answer, '' if the form does not ask.

    ``none_differed`` is True if the group was asked and there was no disagreement.
    """

    group: str
    title: str
    session: str
    person: str
    complete: bool
    receipt: str
    seen: str
    none_differed: bool
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class GroupNotes:
    """A group of which notes are asked, the id of its note taker, and the sheets received."""

    session: Session
    group: DiscussionGroup
    asked: str | None
    sheets: tuple[NotesSheet, ...]

    @property
    def state(self) -> str:
        """Return ``reported``, ``draft`` if no sheet is complete, or ``missing``."""
        if not self.sheets:
            return "missing"
        return "reported" if any(sheet.complete for sheet in self.sheets) else "draft"


def note_tasks(seminar: Seminar) -> list[Task]:
    """Return the tasks that ask for a group's notes."""
    return [task for task in seminar.tasks if task.sessions]


def headings(seminar: Seminar, forms: Mapping[str, CompiledForm]) -> dict[str, str]:
    """Return the headings of the notes, name to label; those of the last day come first."""
    labels: dict[str, str] = {}
    for task in sorted(note_tasks(seminar), key=lambda task: task.due, reverse=True):
        for field in forms[task.form]["fields"]:
            if field["type"] == "repeat":
                labels.setdefault(field["name"], field["label"])
    return labels


def sheets(
    seminar: Seminar,
    forms: Mapping[str, CompiledForm],
    submissions: Sequence[Submission],
    codes: Codes,
    replied: Sequence[ChairReply] = (),
) -> list[NotesSheet]:
    """Return all note sheets received, drafts included, in programme order.

    The chair's reply that names a sheet's receipt takes precedence over the tick in the sheet.
    """
    tasks = {task.form: task for task in note_tasks(seminar)}
    places = _places(seminar)
    received = []
    for submission in submissions:
        if submission.form in tasks and submission.subject in places:
            session, group = places[submission.subject]
            received.append(
                _sheet(forms[submission.form], submission, session, group, codes, replied)
            )
    order = list(places)
    received = _with_unique_ids(received)
    return sorted(received, key=lambda sheet: (order.index(sheet.group), not sheet.complete))


def _with_unique_ids(note_sheets: Sequence[NotesSheet]) -> list[NotesSheet]:
    """Give each copy its own id where several people of a group noted the same sentence."""
    authors: dict[str, list[str]] = {}
    for sheet in sorted(note_sheets, key=lambda sheet: sheet.person):
        for statement in sheet.statements:
            authors.setdefault(statement.id, []).append(sheet.person)
    return [
        replace(
            sheet,
            statements=tuple(
                with_author_number(statement, authors[statement.id].index(sheet.person))
                for statement in sheet.statements
            ),
        )
        for sheet in note_sheets
    ]


def former_statements(
    forms: Mapping[str, CompiledForm], versions: Sequence[Submission], codes: Codes
) -> dict[str, FormerStatement]:
    """Return all statements of these versions by present and former id; later versions overwrite.

    ``versions`` are in order of arrival.
    """
    former: dict[str, FormerStatement] = {}
    for version in versions:
        version_statements = list(statements_of(forms[version.form], version, "", codes))
        order = tuple(statement.id for statement in version_statements)
        for statement in version_statements:
            earlier = former[statement.id].versions if statement.id in former else {}
            versions_by_author = {**earlier, version.person: order}
            former |= dict.fromkeys(
                (statement.id, *statement.former),
                FormerStatement(statement, statement.id, versions_by_author),
            )
            for number in range(1, _MAX_AUTHORS):
                copy = with_author_number(statement, number)
                former |= dict.fromkeys(
                    (copy.id, *copy.former[:1]),
                    FormerStatement(copy, statement.id, versions_by_author),
                )
    return former


def group_notes(seminar: Seminar, note_sheets: Sequence[NotesSheet]) -> list[GroupNotes]:
    """Return every decided group of which notes are asked, with or without sheets."""
    return [
        GroupNotes(session, group, note_taker(task, group), _of(note_sheets, group.id))
        for session in seminar.sessions
        for task in note_tasks(seminar)
        if session.id in task.sessions
        for group in seminar.seating.get(session.id, [])
    ]


def orphaned_sheets(seminar: Seminar, note_sheets: Sequence[NotesSheet]) -> list[NotesSheet]:
    """Return the sheets of groups that no longer exist."""
    return [sheet for sheet in note_sheets if seminar.group(sheet.group) is None]


def _of(note_sheets: Sequence[NotesSheet], group: str) -> tuple[NotesSheet, ...]:
    return tuple(sheet for sheet in note_sheets if sheet.group == group)


def _places(seminar: Seminar) -> dict[str, tuple[str, DiscussionGroup]]:
    """Return each present or former group with its session, by group id."""
    places: dict[str, tuple[str, DiscussionGroup]] = {}
    for session in seminar.sessions:
        decided = seminar.seating.get(session.id, [])
        for group in (*decided, *seminar.seated_before.get(session.id, [])):
            places.setdefault(group.id, (session.id, group))
    return places


def _sheet(
    form: CompiledForm,
    submission: Submission,
    session: str,
    group: DiscussionGroup,
    codes: Codes,
    replied: Sequence[ChairReply],
) -> NotesSheet:
    answers = submission.answers
    return NotesSheet(
        group=submission.subject,
        title=group.title,
        session=session,
        person=submission.person,
        complete=submission.complete,
        receipt=submission.receipt,
        seen=_seen(form, submission, group, replied),
        none_differed=answers.get("disagreement") == "none",
        statements=tuple(statements_of(form, submission, session, codes)),
    )


def _seen(
    form: CompiledForm,
    submission: Submission,
    group: DiscussionGroup,
    replied: Sequence[ChairReply],
) -> str:
    """Return the chair's reply on a sheet, else the tick, or '' if the form does not ask."""
    if reply := chair_reply(submission, replied):
        return reply
    if not _asks_chair(form):
        return ""
    if chair_state(group, submission, replied)[0] == SEEN:
        return "agreed"
    return str(submission.answers.get("chair_seen") or "not_yet")


def _asks_chair(form: CompiledForm) -> bool:
    return any(field["name"] == "chair_seen" for field in form["fields"])
