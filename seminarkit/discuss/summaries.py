"""What groups noted: statements out of their sheets, each with its group and what it rests on."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from seminarkit.discuss.codes import Codes, Reference
from seminarkit.discuss.noted import said_of
from seminarkit.forms.answers import CompiledForm, is_blank, relevant_fields
from seminarkit.seminar.assignments import note_taker
from seminarkit.seminar.model import Seminar, Task
from seminarkit.seminar.sessions import DiscussionGroup, Session
from seminarkit.store.index import Submission
from seminarkit.store.replied import Replied

DIFFER = "disagreed"  # the heading under which opinions that differ stand
OPEN = "open"  # the heading of questions that wait for the next group, or the next day
_ABOUT = "_about"  # ends the name of the field that holds a statement's codes


@dataclass(frozen=True)
class Statement:
    """One sentence of a group's notes.

    ``id`` is made of its words, its heading and its group: other words are another statement, so
    that no decision on one ever holds for words that nobody decided on. Who noted it is no part of
    it, as that would let anybody prove a guess; ``former`` is the id of earlier versions, of which
    it was one. Decisions may name it, and nothing shows it.
    """

    id: str
    kind: str
    text: str
    group: str
    session: str
    person: str
    references: tuple[Reference, ...] = ()
    unknown: tuple[str, ...] = ()
    former: str = dataclasses.field(default="", repr=False)


@dataclass(frozen=True)
class Sheet:
    """What one person noted on one group. ``seen`` is the chair's word, empty where none is asked.

    ``none_differed`` says that the group was asked, and there was no disagreement.
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
    """One group that was asked for notes, by whom, and the sheets that came."""

    session: Session
    group: DiscussionGroup
    asked: str | None
    sheets: tuple[Sheet, ...]

    @property
    def state(self) -> str:
        """Return ``reported``, ``draft`` where nobody finished a sheet, or ``missing``."""
        if not self.sheets:
            return "missing"
        return "reported" if any(sheet.complete for sheet in self.sheets) else "draft"


def note_tasks(seminar: Seminar) -> list[Task]:
    """Return the tasks by which groups are noted."""
    return [task for task in seminar.tasks if task.sessions]


def headings(seminar: Seminar, forms: Mapping[str, CompiledForm]) -> dict[str, str]:
    """Return the headings of notes by kind, as the forms ask for them, the last day's first."""
    found: dict[str, str] = {}
    for task in sorted(note_tasks(seminar), key=lambda task: task.due, reverse=True):
        for field in forms[task.form]["fields"]:
            if field["type"] == "repeat":
                found.setdefault(field["name"], field["label"])
    return found


def sheets(
    seminar: Seminar,
    forms: Mapping[str, CompiledForm],
    submissions: Sequence[Submission],
    codes: Codes,
    replied: Sequence[Replied] = (),
) -> list[Sheet]:
    """Return every sheet of notes that came, in the order of the programme; drafts too.

    What a reply says that names a sheet's receipt counts for more than the tick in the sheet.
    """
    tasks = {task.form: task for task in note_tasks(seminar)}
    places = _places(seminar)
    found = []
    for each in submissions:
        if each.form in tasks and each.subject in places:
            session, title = places[each.subject]
            found.append(_sheet(forms[each.form], each, session, title, codes, replied))
    order = list(places)
    found = _with_ids_apart(found)
    return sorted(found, key=lambda sheet: (order.index(sheet.group), not sheet.complete))


def _with_ids_apart(found: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets with an id of its own for what several people of a group noted alike."""
    authors: dict[str, list[str]] = {}
    for sheet in sorted(found, key=lambda sheet: sheet.person):
        for each in sheet.statements:
            authors.setdefault(each.id, []).append(sheet.person)
    return [
        replace(
            sheet,
            statements=tuple(_numbered(each, authors[each.id]) for each in sheet.statements),
        )
        for sheet in found
    ]


def _numbered(statement: Statement, authors: Sequence[str]) -> Statement:
    number = authors.index(statement.person)
    if not number:
        return statement
    own = _mark(statement.kind, statement.text, statement.group, str(number))
    return replace(statement, id=own)


def noted(seminar: Seminar, found: Sequence[Sheet]) -> list[GroupNotes]:
    """Return every group that was decided and is asked for notes, also those without any."""
    return [
        GroupNotes(session, group, note_taker(task, group), _of(found, group.id))
        for session in seminar.sessions
        for task in note_tasks(seminar)
        if session.id in task.sessions
        for group in seminar.seating.get(session.id, [])
    ]


def without_group(seminar: Seminar, found: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets on groups that there are not any more."""
    return [sheet for sheet in found if seminar.group(sheet.group) is None]


def _of(found: Sequence[Sheet], group: str) -> tuple[Sheet, ...]:
    return tuple(sheet for sheet in found if sheet.group == group)


def _places(seminar: Seminar) -> dict[str, tuple[str, str]]:
    """Return session and title of each group that there is, or was before."""
    places: dict[str, tuple[str, str]] = {}
    for session in seminar.sessions:
        decided = seminar.seating.get(session.id, [])
        for group in (*decided, *seminar.seated_before.get(session.id, [])):
            places.setdefault(group.id, (session.id, group.title))
    return places


def _sheet(
    form: CompiledForm,
    submission: Submission,
    session: str,
    title: str,
    codes: Codes,
    replied: Sequence[Replied],
) -> Sheet:
    answers = submission.answers
    return Sheet(
        group=submission.subject,
        title=title,
        session=session,
        person=submission.person,
        complete=submission.complete,
        receipt=submission.receipt,
        seen=_seen(submission, replied) if _asks_chair(form) else "",
        none_differed=answers.get("disagreement") == "none",
        statements=tuple(_statements(form, submission, session, codes)),
    )


def _seen(submission: Submission, replied: Sequence[Replied]) -> str:
    ticked = str(submission.answers.get("chair_seen") or "not_yet")
    return said_of(submission, replied) or ticked


def _asks_chair(form: CompiledForm) -> bool:
    return any(field["name"] == "chair_seen" for field in form["fields"])


def _statements(
    form: CompiledForm, submission: Submission, session: str, codes: Codes
) -> Iterator[Statement]:
    answers = submission.answers
    seen: set[str] = set()
    for field in relevant_fields(form["fields"], answers):
        if field["type"] != "repeat" or field.get("private"):
            continue
        for row in answers.get(field["name"]) or []:
            statement = _statement(field, row, submission, session, codes)
            if statement and statement.id not in seen:
                seen.add(statement.id)  # the same row twice is one statement
                yield statement


def _statement(
    field: Mapping[str, Any],
    row: Mapping[str, Any],
    submission: Submission,
    session: str,
    codes: Codes,
) -> Statement | None:
    """Return a row as a statement; one of codes alone is kept too, in words that say so."""
    if is_blank(row):
        return None
    text = " ".join(str(row.get(f"{field['name']}_text") or "").split())
    references, unknown = codes.read(str(row.get(field["name"] + _ABOUT) or ""))
    text = text or "(no sentence, only codes)"
    group, person = submission.subject, submission.person
    return Statement(
        id=_mark(field["name"], text, group),
        former=_mark(field["name"], text, group, person),
        kind=field["name"],
        text=text,
        group=group,
        session=session,
        person=person,
        references=references,
        unknown=unknown,
    )


def _mark(kind: str, *parts: str) -> str:
    """Return the id: the heading's first letter, and six letters and digits of what it is."""
    data = "\0".join((kind, *parts)).encode("utf-8", "replace")
    letters = base64.b32encode(hashlib.sha256(data).digest()).decode("ascii")
    return f"{kind[0]}-{letters[:6].lower()}"
