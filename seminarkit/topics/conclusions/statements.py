"""What groups noted: statements out of their sheets, each with its group and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from seminarkit.core.forms.shapes import CompiledForm
from seminarkit.core.seminar.assignments import note_taker
from seminarkit.core.seminar.model import Seminar, Task
from seminarkit.core.seminar.sessions import DiscussionGroup, Session
from seminarkit.core.store.reply import Replied
from seminarkit.core.store.submission import Submission
from seminarkit.topics.conclusions.notes_status import SEEN, chair_of, said_of
from seminarkit.topics.conclusions.statement_codes import Codes
from seminarkit.topics.conclusions.statement_ids import Former, Statement, numbered, statements_of

OPEN = "open"  # the heading of questions that wait for the next group, or the next day
_MOST_AUTHORS = 4  # of one group who may have noted the same words


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
            session, group = places[each.subject]
            found.append(_sheet(forms[each.form], each, session, group, codes, replied))
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
            statements=tuple(
                numbered(each, authors[each.id].index(sheet.person)) for each in sheet.statements
            ),
        )
        for sheet in found
    ]


def former_statements(
    forms: Mapping[str, CompiledForm], versions: Sequence[Submission], codes: Codes
) -> dict[str, Former]:
    """Return what was stated in any of these versions, by each id it has or had; the last counts.

    ``versions`` are in the order of their arrival.
    """
    former: dict[str, Former] = {}
    for version in versions:
        here = list(statements_of(forms[version.form], version, "", codes))
        order = tuple(each.id for each in here)
        for each in here:
            before = former[each.id].versions if each.id in former else {}
            by = {**before, version.person: order}
            former |= dict.fromkeys((each.id, *each.former), Former(each, each.id, by))
            for number in range(1, _MOST_AUTHORS):
                copy = numbered(each, number)
                former |= dict.fromkeys((copy.id, *copy.former[:1]), Former(copy, each.id, by))
    return former


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


def _places(seminar: Seminar) -> dict[str, tuple[str, DiscussionGroup]]:
    """Return each group that there is, or was before, with its session."""
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
    replied: Sequence[Replied],
) -> Sheet:
    answers = submission.answers
    return Sheet(
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
    replied: Sequence[Replied],
) -> str:
    """Return the chair's word on a sheet: a reply, else the tick in a form that asks for it."""
    if reply := said_of(submission, replied):
        return reply
    if not _asks_chair(form):
        return ""
    if chair_of(group, submission, replied)[0] == SEEN:
        return "agreed"
    return str(submission.answers.get("chair_seen") or "not_yet")


def _asks_chair(form: CompiledForm) -> bool:
    return any(field["name"] == "chair_seen" for field in form["fields"])
