"""Reminders: a draft mail for each country that owes something, naming only what it owes.

A mail is an .eml file that a mail program opens as a draft. Nothing is ever sent from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from seminarkit.core.seminar.assignments import assignments, contact_id
from seminarkit.core.seminar.clock import days_words, deadline_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar, Task
from seminarkit.core.seminar.recipients import recipient
from seminarkit.core.submissions.board_rows import Cell, Entry, Row
from seminarkit.topics.packs.draft_mail import draft, filled, page_attached
from seminarkit.topics.packs.personal_form import file_name
from seminarkit.topics.progress.nominations import FORM as NOMINATION


@dataclass(frozen=True)
class Reminder:
    """One draft: for which country, to whom, about which forms, and the mail itself."""

    country: str
    to: str
    owes: tuple[str, ...]
    mail: bytes


def reminders(folder: SeminarFolder, rows: Sequence[Row], today: date) -> Iterator[Reminder]:
    """Yield a reminder for each country that owes something and can be written to.

    A country that has nominated nobody is asked for its nomination alone, if the seminar asks
    for one at all.
    """
    for row in rows:
        reached = recipient(folder.seminar, row.country)
        owed = _owed(folder.seminar, row)
        if reached and owed:
            yield _reminder(folder, row, reached, owed, today)


def without_address(folder: SeminarFolder, rows: Sequence[Row]) -> list[str]:
    """Return the countries that owe something and have no one address to write to."""
    seminar = folder.seminar
    return [row.country for row in rows if row.owes and not recipient(seminar, row.country)]


def _owed(seminar: Seminar, row: Row) -> list[tuple[Task, Cell | None]]:
    """Return the tasks to be reminded of, each with how far it is; a nomination has no cell."""
    if not row.nominated:
        asked = [task for task in seminar.tasks if task.form == NOMINATION]
        return [(task, None) for task in asked if task.per == "contact"]
    cells = zip(seminar.board_tasks, row.cells, strict=True)
    return [(task, cell) for task, cell in cells if cell.state != "complete"]


def _reminder(
    folder: SeminarFolder,
    row: Row,
    reached: tuple[str, str],
    asked: Sequence[tuple[Task, Cell | None]],
    today: date,
) -> Reminder:
    seminar, code = folder.seminar, row.country
    name, to = reached
    owed = [(task, cell) for task, cell in asked if cell]
    tasks = [task for task, _ in asked]
    due = min(seminar.due(task, code) for task in tasks).date()
    verb = "Action required by" if today <= due else "Action required, due since"
    subject = f"[{verb} {due.day} {due:%b}] {seminar.series}: {seminar.display_name(code)}"
    pages = list(_pages(folder, code, owed, tasks))
    text = filled(
        folder,
        "reminder.txt",
        contact=name,
        seminar=seminar.title,
        dates=days_words([session.date for session in seminar.sessions]),
        country=seminar.in_text(code),
        owed="\n\n".join(_lines(folder, code, task, owed) for task in tasks),
        attached=_attached(pages),
        send_to=seminar.send_to,
        organiser=seminar.organiser,
    )
    mail = draft(to, subject, text, [page_attached(page) for page in pages])
    return Reminder(code, to, tuple(task.form for task in tasks), mail)


def _lines(folder: SeminarFolder, code: str, task: Task, owed: Sequence[tuple[Task, Cell]]) -> str:
    head = f"{task.title}\n  by {deadline_words(folder.seminar, task, code)}"
    cell = next((cell for each, cell in owed if each is task), None)
    if cell is None:
        return head
    if task.per == "delegation":
        drafts = [
            f"  begun by {e.name}: {_progress(e)}" for e in cell.entries if e.state == "draft"
        ]
        return "\n".join([head, *(drafts or ["  one person of the delegation writes it for all"])])
    return "\n".join([head, *_people(task, cell)])


def _people(task: Task, cell: Cell) -> Iterator[str]:
    by_person: dict[str, list[Entry]] = {}
    for entry in cell.entries:
        by_person.setdefault(entry.name, []).append(entry)
    for name, entries in by_person.items():
        done = sum(entry.state == "complete" for entry in entries)
        if done >= task.each:
            continue
        drafts = [_progress(entry) for entry in entries if entry.state == "draft"]
        count = f"{done} of {task.each} done" if task.each > 1 else "not yet"
        yield f"  {name}: " + ", ".join([*(drafts or [count])])


def _progress(entry: Entry) -> str:
    about = f" ({entry.subject})" if entry.subject else ""
    far = f"{entry.answered} of {entry.total} answered" if entry.total else "begun"
    return f"{far}{about}"


def _pages(
    folder: SeminarFolder, code: str, owed: Sequence[tuple[Task, Cell]], tasks: Sequence[Task]
) -> Iterator[Path]:
    """Yield the pages of the forms to attach: those that nobody has begun.

    A draft is at its writer's already; of those that one does for all, one page is enough; where
    people may choose among several, the list in their pack shows them better.
    """
    wanted = {(task.form, contact_id(code)) for task in tasks if task.per == "contact"}
    for task, cell in owed:
        missing = [e.person for e in cell.entries if e.state == "missing"]
        if not task.needed:
            people = missing[:1] if task.per == "delegation" else missing
            wanted |= {(task.form, person) for person in people}
    for each in assignments(folder.seminar):
        person, form = each.author.id, each.task.form
        page = folder.pack(code) / person / f"{file_name(each)}.html"
        if (form, person) in wanted and page.is_file():
            yield page


def _attached(pages: Sequence[Path]) -> str:
    if not pages:
        return "The forms are in the pack you have received."
    return (
        "The forms that nobody has begun are attached. Open them in a browser; you need no "
        "internet. All forms are in the pack you have received."
    )
