"""Draft mails that remind each country of its own open tasks, and of no other country's.

A draft is an .eml file to open in a mail program. The kit itself never sends mail.
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
from seminarkit.core.submissions.board_rows import BoardCell, BoardRow, TaskEntry
from seminarkit.topics.packs.draft_mail import draft, fill_template, page_attachment
from seminarkit.topics.packs.personal_form import file_name
from seminarkit.topics.progress.nominations import FORM as NOMINATION


@dataclass(frozen=True)
class Reminder:
    """One draft: the country, the address, the names of the open forms, and the mail."""

    country: str
    to: str
    owes: tuple[str, ...]
    mail: bytes


def reminders(folder: SeminarFolder, rows: Sequence[BoardRow], today: date) -> Iterator[Reminder]:
    """Yield a reminder for each country with open tasks and a known address.

    A country without nominated people is reminded of its nomination only, if the seminar asks for
    one.
    """
    for row in rows:
        contact = recipient(folder.seminar, row.country)
        open_tasks = _open_tasks(folder.seminar, row)
        if contact and open_tasks:
            yield _reminder(folder, row, contact, open_tasks, today)


def without_address(folder: SeminarFolder, rows: Sequence[BoardRow]) -> list[str]:
    """Return the countries with open tasks but without a known address."""
    seminar = folder.seminar
    return [row.country for row in rows if row.owes and not recipient(seminar, row.country)]


def _open_tasks(seminar: Seminar, row: BoardRow) -> list[tuple[Task, BoardCell | None]]:
    """Return the open tasks, each with its board cell; a nomination has none."""
    if not row.nominated:
        nomination_tasks = [task for task in seminar.tasks if task.form == NOMINATION]
        return [(task, None) for task in nomination_tasks if task.per == "contact"]
    cells = zip(seminar.board_tasks, row.cells, strict=True)
    return [(task, cell) for task, cell in cells if cell.state != "complete"]


def _reminder(
    folder: SeminarFolder,
    row: BoardRow,
    contact: tuple[str, str],
    open_tasks: Sequence[tuple[Task, BoardCell | None]],
    today: date,
) -> Reminder:
    seminar, code = folder.seminar, row.country
    name, to = contact
    board_tasks = [(task, cell) for task, cell in open_tasks if cell]
    tasks = [task for task, _ in open_tasks]
    due = min(seminar.due(task, code) for task in tasks).date()
    verb = "Action required by" if today <= due else "Action required, overdue since"
    subject = f"[{verb} {due.day} {due:%b}] {seminar.series}: {seminar.display_name(code)}"
    pages = list(_pages(folder, code, board_tasks, tasks))
    text = fill_template(
        folder,
        "reminder.txt",
        contact=name,
        seminar=seminar.title,
        dates=days_words([session.date for session in seminar.sessions]),
        country=seminar.in_text(code),
        owed="\n\n".join(_lines(folder, code, task, board_tasks) for task in tasks),
        attached=_attached(pages),
        send_to=seminar.send_to,
        organiser=seminar.organiser,
    )
    mail = draft(to, subject, text, [page_attachment(page) for page in pages])
    return Reminder(code, to, tuple(task.form for task in tasks), mail)


def _lines(
    folder: SeminarFolder, code: str, task: Task, board_tasks: Sequence[tuple[Task, BoardCell]]
) -> str:
    head = f"{task.title}\n  by {deadline_words(folder.seminar, task, code)}"
    cell = next((cell for owed_task, cell in board_tasks if owed_task is task), None)
    if cell is None:
        return head
    if task.per == "delegation":
        drafts = [
            f"  begun by {e.name}: {_progress(e)}" for e in cell.entries if e.state == "draft"
        ]
        return "\n".join([head, *(drafts or ["  one person fills it in for the whole delegation"])])
    return "\n".join([head, *_people(task, cell)])


def _people(task: Task, cell: BoardCell) -> Iterator[str]:
    by_person: dict[str, list[TaskEntry]] = {}
    for entry in cell.entries:
        by_person.setdefault(entry.name, []).append(entry)
    for name, entries in by_person.items():
        done = sum(entry.state == "complete" for entry in entries)
        if done >= task.each:
            continue
        drafts = [_progress(entry) for entry in entries if entry.state == "draft"]
        count = f"{done} of {task.each} done" if task.each > 1 else "not yet"
        yield f"  {name}: " + ", ".join([*(drafts or [count])])


def _progress(entry: TaskEntry) -> str:
    about = f" ({entry.subject})" if entry.subject else ""
    progress = f"{entry.answered} of {entry.total} answered" if entry.total else "begun"
    return f"{progress}{about}"


def _pages(
    folder: SeminarFolder,
    code: str,
    board_tasks: Sequence[tuple[Task, BoardCell]],
    tasks: Sequence[Task],
) -> Iterator[Path]:
    """Yield the form pages to attach: those of forms that nobody has begun.

    The author of a draft has the page already. For a delegation's task one page is enough, and for
    a choice among several forms the list in the pack is clearer.
    """
    wanted = {(task.form, contact_id(code)) for task in tasks if task.per == "contact"}
    for task, cell in board_tasks:
        missing = [e.person for e in cell.entries if e.state == "missing"]
        if not task.needed:
            people = missing[:1] if task.per == "delegation" else missing
            wanted |= {(task.form, person) for person in people}
    for assignment in assignments(folder.seminar):
        person, form = assignment.author.id, assignment.task.form
        page = folder.pack(code) / person / f"{file_name(assignment)}.html"
        if (form, person) in wanted and page.is_file():
            yield page


def _attached(pages: Sequence[Path]) -> str:
    if not pages:
        return "The forms are in the pack you have received."
    return (
        "Forms that nobody has begun are attached. Open them in a browser; you do not need the "
        "internet. All forms are in the pack you have received."
    )
