"""Who fills in which form: every task, made out to the people it is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from seminarkit.core.seminar.model import JOINT, Seminar, Task
from seminarkit.core.seminar.roles import CASE_PRESENTER, CHAIR, role_of
from seminarkit.core.seminar.sessions import DiscussionGroup


@dataclass(frozen=True)
class Author:
    """Somebody who fills in forms. ``country`` is empty for the presenter of a case study."""

    id: str
    name: str
    role: str
    country: str


@dataclass(frozen=True)
class Assignment:
    """One form that one person is asked to fill in."""

    task: Task
    author: Author
    subject: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells this form from all others: who fills in which one, and about what."""
        return self.author.id, self.task.form, self.subject


def assignments(seminar: Seminar) -> Iterator[Assignment]:
    """Yield every form that is handed out, person by person, in the order of the tasks."""
    for country in seminar.countries:
        for author in _of_country(seminar, country):
            yield from _made_out(seminar, author)
    for author in _of_programme(seminar):
        yield from _made_out(seminar, author)


def former_assignments(seminar: Seminar) -> Iterator[Assignment]:
    """Yield what was handed out before: to people who left a delegation, on groups that changed.

    What they sent stays.
    """
    for country, people in seminar.former.items():
        for person in people:
            yield from _made_out(seminar, Author(person.id, person.name, person.role, country))
    for task in seminar.tasks:
        for session in task.sessions:
            for group in seminar.seated_before.get(session, []):
                if author := _author(seminar, note_taker(task, group)):
                    yield Assignment(task, author, group.id)


def everybody(seminar: Seminar) -> dict[str, Author]:
    """Return everybody of the programme and of the delegations by id, also who left one."""
    people = {
        person: Author(person, each.name, "of the programme", "")
        for person, each in seminar.people.items()
    }
    for delegations in (seminar.former, seminar.delegations):
        for country, named in delegations.items():
            people |= {each.id: Author(each.id, each.name, each.role, country) for each in named}
    return people


def note_taker(task: Task, group: DiscussionGroup) -> str | None:
    """Return who writes the notes of a group by this task, if anybody does."""
    return group.rapporteur if task.per == "rapporteur" else group.notes_by


def contact_id(country: str) -> str:
    """Return the id under which a country's NEO fills in forms, such as ``GE-NEO``."""
    return f"{country}-NEO"


def presenters_missing(seminar: Seminar) -> list[str]:
    """Return the subjects that presenters should fill a form in on, and nobody is named for."""
    named = set().union(*_cases_by_presenter(seminar).values())
    wanted = [s for task in seminar.tasks if task.per == "presenter" for s in task.subjects]
    return [subject for subject in wanted if subject not in named]


def _of_country(seminar: Seminar, country: str) -> Iterator[Author]:
    if contact := seminar.contacts.get(country):
        yield Author(contact_id(country), contact.name, "NEO", country)
    for person in seminar.delegations.get(country, []):
        yield Author(person.id, person.name, person.role, country)


def _of_programme(seminar: Seminar) -> Iterator[Author]:
    """Yield who of the programme fills in forms: those who present a case, and take notes."""
    presenters = _cases_by_presenter(seminar)
    notes = [g.notes_by for groups in seminar.seating.values() for g in groups]
    for person in dict.fromkeys([*presenters, *filter(None, notes)]):
        role = CASE_PRESENTER if person in presenters else CHAIR
        yield Author(person, seminar.people[person].name, role.name, "")


def _made_out(seminar: Seminar, author: Author) -> Iterator[Assignment]:
    for task in seminar.tasks:
        if task.sessions:
            for group in _groups_noted(seminar, task, author):
                yield Assignment(task, author, group)
        elif _kind(author) in _doers(task):
            for subject in _subjects(seminar, task, author):
                yield Assignment(task, author, subject)
        elif task.joint and _kind(author) == "contact":
            yield Assignment(task, author, JOINT)


def _groups_noted(seminar: Seminar, task: Task, author: Author) -> list[str]:
    """Return the groups of a task's sessions whose notes somebody writes."""
    return [
        group.id
        for session in task.sessions
        for group in seminar.seating.get(session, [])
        if author.id == note_taker(task, group)
    ]


def _author(seminar: Seminar, person: str | None) -> Author | None:
    """Return who took notes: of the programme, or of a delegation, also one who left it."""
    if person in seminar.people:
        return Author(person, seminar.people[person].name, CHAIR.name, "")
    for people in (seminar.delegations, seminar.former):
        for country, named in people.items():
            for each in named:
                if each.id == person:
                    return Author(each.id, each.name, each.role, country)
    return None


def _kind(author: Author) -> str:
    if not author.country:
        return "presenter"
    return "contact" if author.id == contact_id(author.country) else "person"


def _doers(task: Task) -> tuple[str, ...]:
    return ("person",) if task.per == "delegation" else (task.per,)


def _subjects(seminar: Seminar, task: Task, author: Author) -> list[str]:
    if task.per == "presenter":
        return [s for s in task.subjects if s in _cases_by_presenter(seminar).get(author.id, ())]
    return task.subjects or [""]


def _cases_by_presenter(seminar: Seminar) -> dict[str, set[str]]:
    cases: dict[str, set[str]] = {}
    for session in seminar.sessions:
        for part in (*session.parts, *(p for group in session.groups for p in group.parts)):
            if part.person and part.case and role_of(seminar, part.role).presents_case:
                cases.setdefault(part.person, set()).add(part.case)
    return cases
