"""The next steps of the organiser and of each person, derived from the seminar's state."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import starmap

from seminarkit.core.seminar.assignments import assignments, contact_id
from seminarkit.core.seminar.clock import day_of, day_words, deadline_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import JOINT, Seminar
from seminarkit.core.seminar.question_decisions import ChatTaken
from seminarkit.core.seminar.session_kinds import CONCLUSIONS, RECAP, kind_of
from seminarkit.core.store.received_files import ReceivedFiles
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.board_rows import BoardRow
from seminarkit.core.submissions.set_aside_files import set_aside_steps
from seminarkit.core.submissions.sign_off import FORM as SIGN_OFF
from seminarkit.core.submissions.version_words import version_steps
from seminarkit.topics.conclusions.newer_notes import newer_steps
from seminarkit.topics.conclusions.notes_status import all_noted
from seminarkit.topics.groups.differences import differences
from seminarkit.topics.groups.registrations import registrations
from seminarkit.topics.progress.delegation_steps import (
    nomination_steps,
    report_steps,
    sign_off_steps,
)
from seminarkit.topics.progress.open_queries import still_asked
from seminarkit.topics.progress.tasks_not_due import has_submitted, precondition_words
from seminarkit.topics.progress.unread_messages import message_steps
from seminarkit.topics.questions.discussion import discussion
from seminarkit.topics.questions.public_questions import waiting, waiting_words

_COMMANDS = {RECAP: "seminar recap", CONCLUSIONS: "seminar conclude"}
_SOON = timedelta(days=7)


@dataclass(frozen=True)
class Step:
    """One thing to do, and how: a command or a file."""

    what: str
    how: str


def of_organiser(
    folder: SeminarFolder, rows: Sequence[BoardRow], received: Sequence[Submission], today: date
) -> list[Step]:
    """Return the organiser's next steps, the most urgent first."""
    return [
        *_inbox(folder),
        *starmap(Step, set_aside_steps(folder)),
        *starmap(Step, version_steps(folder)),
        *starmap(Step, newer_steps(folder)),
        *starmap(Step, nomination_steps(folder, received)),
        *_packs(folder),
        *_open_tasks(folder.seminar, rows, today),
        *_open_queries(folder, received),
        *starmap(Step, message_steps(folder, received)),
        *starmap(Step, sign_off_steps(folder, received)),
        *_public_questions(folder, received),
        *_groups(folder.seminar, received),
        *(Step(words, "seminar groups") for words in differences(folder.seminar)),
        *_summaries(folder),
        *_pages(folder),
    ]


def of_person(folder: SeminarFolder, person: str, received: Sequence[Submission]) -> list[Step]:
    """Return the open tasks of one person, by deadline; optional ones are left out."""
    seminar = folder.seminar
    own = [a for a in assignments(seminar) if a.author.id == person]
    forms = {a.task.form: a for a in own if a.task.owed and a.subject != JOINT}
    steps = []
    for form, assignment in forms.items():
        task, country = assignment.task, assignment.author.country
        of_form = [s for s in received if (s.form, s.person) == (form, person)]
        done = sum(s.complete for s in of_form)
        if done >= task.each or (
            task.per == "delegation" and has_submitted(received, form, country)
        ):
            continue
        drafts = [f"draft {s.answered} of {s.total}" for s in of_form if not s.complete]
        state = ", ".join([*([f"{done} of {task.each} done"] if task.each > 1 else []), *drafts])
        what = f"{task.title}{f' ({state})' if state else ''}, by "
        what += deadline_words(seminar, task, country)
        if form == SIGN_OFF:
            what += precondition_words(seminar, [s for s in received if s.country == country])
        list_of_tasks = folder.pack(country) / person / "index.html"
        how = list_of_tasks.relative_to(folder.root).as_posix()
        steps.append((seminar.due(task, country), Step(what, how)))
    country = person[:2] if person[:2] in seminar.countries and person[2:3] == "-" else ""
    of_neo = bool(country) and person == contact_id(country)
    own_list = (folder.pack(country) / person / "index.html").relative_to(folder.root).as_posix()
    first = [
        Step(what, own_list) for what in report_steps(folder, country, received, of_neo=of_neo)
    ]
    return [*first, *(step for _, step in sorted(steps, key=lambda pair: pair[0]))]


def _inbox(folder: SeminarFolder) -> Iterator[Step]:
    if not folder.inbox.is_dir():
        return
    collected = {arrival.name for arrival in ReceivedFiles(folder.received).arrivals()}
    names = (p.relative_to(folder.inbox).as_posix() for p in folder.inbox.rglob("*") if p.is_file())
    if new := [name for name in names if name not in collected]:
        yield Step(f"{_count(len(new), 'file')} in inbox/ not yet taken in", "seminar collect")


def _packs(folder: SeminarFolder) -> Iterator[Step]:
    people = {a.author for a in assignments(folder.seminar)}
    lacking = [
        author.id
        for author in people
        if not (folder.pack(author.country) / author.id / "index.html").is_file()
    ]
    if lacking:
        yield Step(f"{_count(len(lacking), 'person', 'people')} without a pack", "seminar prepare")


def _groups(seminar: Seminar, received: Sequence[Submission]) -> Iterator[Step]:
    """Yield steps for sessions whose groups are undecided, or people without a group."""
    for session in seminar.sessions:
        if not session.seats:
            continue
        coming = [r for r in registrations(seminar, session, received) if r.seated(session.seats)]
        seated = {p for group in seminar.seating.get(session.id, []) for p in group.people}
        unseated = [registration for registration in coming if registration.person.id not in seated]
        if session.id not in seminar.seating and coming:
            what = (
                f"Groups of {session.id} to be decided, {_count(len(coming), 'person', 'people')}"
            )
            yield Step(what, "seminar groups, then seminar groups --keep")
        elif unseated:
            what = f"{_count(len(unseated), 'person', 'people')} without a group in {session.id}"
            yield Step(what, "seminar groups --keep")


def _summaries(folder: SeminarFolder) -> Iterator[Step]:
    """Yield steps for summaries whose group notes were received but that are not made yet."""
    noted_sessions = [note.session for note in all_noted(folder) if note.came]
    unsummarised: list[str] = []
    for session in folder.seminar.sessions:
        unsummarised += [noted for noted in noted_sessions if noted == session.id]
        if subject := kind_of(folder.seminar, session).summary:
            if unsummarised and not (folder.dossiers / "core" / f"{subject}.json").is_file():
                what = f"Notes of {_count(len(unsummarised), 'group')} are in for “{session.title}”"
                yield Step(what, _COMMANDS[subject])
            unsummarised = []


def _open_tasks(seminar: Seminar, rows: Sequence[BoardRow], today: date) -> Iterator[Step]:
    owing = [row for row in rows if row.owes]
    deadlines = [
        seminar.due(task, row.country).date()
        for row in owing
        for task in seminar.board_tasks
        if task.form in row.owes
    ]
    if deadlines and min(deadlines) - today <= _SOON:
        owed = _count(len(owing), "country owes", "countries owe")
        yield Step(
            f"{owed} something; the next day is {day_words(min(deadlines))}", "seminar remind"
        )


def _open_queries(folder: SeminarFolder, received: Sequence[Submission]) -> Iterator[Step]:
    for query in still_asked(folder.decisions, received):
        yield Step(
            f"{query.person} was asked on {day_of(folder.seminar, query.at)}, no answer yet",
            "seminar status",
        )


def _public_questions(folder: SeminarFolder, received: Sequence[Submission]) -> Iterator[Step]:
    """Yield a step for questions from public chats that may identify their author."""
    if not any(isinstance(decision, ChatTaken) for decision in folder.decisions):
        return
    if undecided := waiting(folder.seminar, discussion(folder, received)):
        yield Step(waiting_words(len(undecided)), "seminar questions")


def _pages(folder: SeminarFolder) -> Iterator[Step]:
    present = reports_seen(folder)
    if not present["arrivals"]:
        return
    try:
        seen = json.loads(folder.reports_seen.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        seen = None
    if seen != present:
        yield Step("Reports do not know the newest files and decisions", "seminar report")
    reports = [path.stat().st_mtime for path in folder.reports.glob("*/*.ipynb")]
    pages = folder.pages.stat().st_mtime if folder.pages.is_file() else 0.0
    if seen != present or max(reports, default=0.0) > pages:
        yield Step("Pages are older than their reports", "seminar publish")


def reports_seen(folder: SeminarFolder) -> dict[str, int]:
    """Return the present numbers of arrivals and decisions, to detect outdated reports."""
    return {
        "arrivals": len(ReceivedFiles(folder.received).arrivals()),
        "decisions": len(folder.decisions.lines()),
    }


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
