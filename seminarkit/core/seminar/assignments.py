"""List the forms that each person is asked to fill in, and the subject of each form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from seminarkit.core.seminar.model import JOINT, Seminar, Task
from seminarkit.core.seminar.roles import CASE_PRESENTER, CHAIR, role_of
from seminarkit.core.seminar.sessions import DiscussionGroup


@dataclass(frozen=True)
class Author:
    """A person who fills in forms. ``country`` is empty for people who belong to no delegation."""

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
        """The key of the form: author, form name and subject."""
        return self.author.id, self.task.form, self.subject


def assignments(seminar: Seminar) -> Iterator[Assignment]:
    """Yield every assignment, sorted by person and then by task."""
    for country in seminar.countries:
        for author in _of_country(seminar, country):
            yield from _assignments_of(seminar, author)
    for author in _of_programme(seminar):
        yield from _assignments_of(seminar, author)


def former_assignments(seminar: Seminar) -> Iterator[Assignment]:
    """Yield past assignments of people who left a delegation, and of groups that changed."""
    for country, people in seminar.former.items():
        for person in people:
            yield from _assignments_of(
                seminar, Author(person.id, person.name, person.role, country)
            )
    for task in seminar.tasks:
        for session in task.sessions:
            for group in seminar.seated_before.get(session, []):
                if author := _author(seminar, note_taker(task, group)):
                    yield Assignment(task, author, group.id)


def everybody(seminar: Seminar) -> dict[str, Author]:
    """Return current and former people of the programme and the delegations, by id."""
    people = {
        person: Author(person, entry.name, "of the programme", "")
        for person, entry in seminar.people.items()
    }
    for delegations in (seminar.former, seminar.delegations):
        for country, participants in delegations.items():
            people |= {
                participant.id: Author(participant.id, participant.name, participant.role, country)
                for participant in participants
            }
    return people


def note_taker(task: Task, group: DiscussionGroup) -> str | None:
    """Return the id of the person who writes a group's notes for this task, or None."""
    return group.rapporteur if task.per == "rapporteur" else group.notes_by


def contact_id(country: str) -> str:
    """Return the author id of a country's NEO contact, such as ``GE-NEO``."""
    return f"{country}-NEO"


def presenters_missing(seminar: Seminar) -> list[str]:
    """Return the subjects of presenters' forms for which seminar.yml names no presenter."""
    presented = set().union(*_cases_by_presenter(seminar).values())
    wanted = [s for task in seminar.tasks if task.per == "presenter" for s in task.subjects]
    return [subject for subject in wanted if subject not in presented]


def _of_country(seminar: Seminar, country: str) -> Iterator[Author]:
    if contact := seminar.contacts.get(country):
        yield Author(contact_id(country), contact.name, "NEO", country)
    for person in seminar.delegations.get(country, []):
        yield Author(person.id, person.name, person.role, country)


def _of_programme(seminar: Seminar) -> Iterator[Author]:
    presenters = _cases_by_presenter(seminar)
    notes = [g.notes_by for groups in seminar.seating.values() for g in groups]
    for person in dict.fromkeys([*presenters, *filter(None, notes)]):
        role = CASE_PRESENTER if person in presenters else CHAIR
        yield Author(person, seminar.people[person].name, role.name, "")


def _assignments_of(seminar: Seminar, author: Author) -> Iterator[Assignment]:
    for task in seminar.tasks:
        if task.sessions:
            for group in _note_groups(seminar, task, author):
                yield Assignment(task, author, group)
        elif _kind_of_author(author) in _doers(task):
            for subject in _subjects(seminar, task, author):
                yield Assignment(task, author, subject)
        elif task.joint and _kind_of_author(author) == "contact":
            yield Assignment(task, author, JOINT)


def _note_groups(seminar: Seminar, task: Task, author: Author) -> list[str]:
    return [
        group.id
        for session in task.sessions
        for group in seminar.seating.get(session, [])
        if author.id == note_taker(task, group)
    ]


def _author(seminar: Seminar, person: str | None) -> Author | None:
    if person in seminar.people:
        return Author(person, seminar.people[person].name, CHAIR.name, "")
    for people in (seminar.delegations, seminar.former):
        for country, participants in people.items():
            for participant in participants:
                if participant.id == person:
                    return Author(participant.id, participant.name, participant.role, country)
    return None


def _kind_of_author(author: Author) -> str:
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
