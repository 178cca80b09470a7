"""The board: the state of every task of every country."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from seminarkit.core.seminar.assignments import contact_id
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import JOINT, CoreParticipant, Seminar, Task
from seminarkit.core.store.read_store import unsettled
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.all_sign_offs import sign_offs
from seminarkit.core.submissions.board_rows import BoardCell, BoardRow, TaskEntry
from seminarkit.core.submissions.sign_off import FORM as SIGN_OFF
from seminarkit.core.submissions.sign_off import SignOff, sign_off, signed_report

FORMER_NAME = "a former core participant"  # instead of the name of somebody who left
ByKey = dict[tuple[str, str, str], Submission]


def board_of(
    folder: SeminarFolder, submissions: Sequence[Submission], receipts: Collection[str] = ()
) -> list[BoardRow]:
    """Return the board of a seminar, with drafts of changes; pages and commands use this.

    ``submissions`` are the versions that count; for ``receipts`` see ``board``.
    """
    versions = unsettled(folder.database, folder.decisions)
    begun = {form.counts.key for form in versions if form.waits}
    return board(folder.seminar, submissions, receipts, begun, sign_offs(folder, submissions))


def board(
    seminar: Seminar,
    submissions: Sequence[Submission],
    receipts: Collection[str] = (),
    begun: Collection[tuple[str, str, str]] = (),
    signs: Mapping[str, SignOff] | None = None,
) -> list[BoardRow]:
    """Return one row per country, in the order of seminar.yml, from the versions that count.

    An entry is late if the form was last saved after the task's deadline, by the time in the form.
    ``receipts`` are the forms whose receipts and draft progress the readers may see
    (``audience.receipts_for``); the default is none, so that no page shows them by mistake.
    ``begun`` are the keys of forms with a draft of changes. ``signs`` are the sign-offs; without
    them, they are computed without the state ``unclear``.
    """
    of_country: dict[str, ByKey] = {code: {} for code in seminar.countries}
    for submission in submissions:
        if submission.country in of_country:  # presenters have no country
            of_country[submission.country][submission.key] = submission
    return [
        _with_draft_marks(
            _without_receipts(_row(seminar, code, by_place, signs or {}), receipts), begun
        )
        for code, by_place in of_country.items()
    ]


def _with_draft_marks(row: BoardRow, begun: Collection[tuple[str, str, str]]) -> BoardRow:
    cells = (
        replace(
            cell, entries=tuple(_with_draft_mark(cell.form, entry, begun) for entry in cell.entries)
        )
        for cell in row.cells
    )
    return replace(row, cells=tuple(cells)) if begun else row


def _with_draft_mark(
    form: str, entry: TaskEntry, begun: Collection[tuple[str, str, str]]
) -> TaskEntry:
    return replace(entry, begun=(entry.person, form, entry.subject) in begun)


def _without_receipts(row: BoardRow, shown: Collection[str]) -> BoardRow:
    cells = (
        cell
        if cell.form in shown
        else replace(
            cell,
            entries=tuple(_without_progress(entry) for entry in cell.entries),
            former=tuple(_without_progress(entry) for entry in cell.former),
        )
        for cell in row.cells
    )
    remark = row.sign_off.remark if SIGN_OFF in shown else ""
    return replace(row, cells=tuple(cells), sign_off=replace(row.sign_off, remark=remark))


def _without_progress(entry: TaskEntry) -> TaskEntry:
    return replace(entry, receipt="", answered=0, total=0)


def _row(seminar: Seminar, code: str, by_place: ByKey, signs: Mapping[str, SignOff]) -> BoardRow:
    people = seminar.delegations.get(code, [])
    rule = seminar.delegation
    sign = signs.get(code) or sign_off(seminar, list(by_place.values()))
    with_neo = not rule.must_include or rule.must_include in {p.profile for p in people}
    return BoardRow(
        country=code,
        name=seminar.display_name(code),
        nominated=len(people),
        expected=rule.size,
        rule_met=len(people) == rule.size and with_neo,
        cells=tuple(
            _cell(seminar, task, code, people, by_place, sign) for task in seminar.board_tasks
        ),
        sign_off=sign,
        grouped=_seat_count(seminar, people),
    )


def _seat_count(seminar: Seminar, people: Sequence[CoreParticipant]) -> int | None:
    groups = [g for s in seminar.sessions if s.seats for g in seminar.seating.get(s.id, [])]
    seated = {person for group in groups for person in group.people}
    return sum(person.id in seated for person in people) if groups else None


def _cell(
    seminar: Seminar,
    task: Task,
    code: str,
    people: Sequence[CoreParticipant],
    by_place: ByKey,
    sign: SignOff,
) -> BoardCell:
    deadline = seminar.deadline(task, code)
    entries = tuple(
        _entry(
            person.id, person.name, subject, by_place.get((person.id, task.form, subject)), deadline
        )
        for person in people
        for subject in task.subjects or [""]
    )
    expected = seminar.delegation.size * task.each if task.per == "person" else 1
    former = tuple(_former_entries(seminar, task, code, by_place, deadline))
    if task.per == "person":
        return BoardCell(task.form, expected, entries, former=former)
    entries += former
    if not task.joint:
        return BoardCell(task.form, expected, entries)
    contact = contact_id(code)
    if joint := by_place.get((contact, task.form, JOINT)):
        contact_person = seminar.contacts.get(code)
        name = contact_person.name if contact_person else contact
        entries += (_entry(contact, name, JOINT, joint, deadline),)
    signed = sign.state if task.form == signed_report(seminar) and sign.state != "not yet" else ""
    return BoardCell(task.form, expected, entries, signed)


def _former_entries(
    seminar: Seminar, task: Task, code: str, by_place: ByKey, deadline: datetime
) -> Iterator[TaskEntry]:
    """Yield the entries that former members have sent; missing ones are not expected."""
    for person in seminar.former.get(code, []):
        for subject in task.subjects or [""]:
            if submission := by_place.get((person.id, task.form, subject)):
                entry = _entry(person.id, FORMER_NAME, subject, submission, deadline)
                yield replace(entry, left=True)


def _entry(
    person: str, name: str, subject: str, submission: Submission | None, deadline: datetime
) -> TaskEntry:
    if submission is None:
        return TaskEntry(person, name, subject, "missing")
    saved = submission.saved_at
    return TaskEntry(
        person=person,
        name=name,
        subject=subject,
        state="complete" if submission.complete else "draft",
        answered=submission.answered,
        total=submission.total,
        receipt=submission.receipt,
        saved_at=saved,
        late=bool(saved) and datetime.fromisoformat(saved) >= deadline,
    )
