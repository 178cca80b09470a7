"""The received answers by form, for organisers; private answers are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from seminarkit.core.forms.answers import is_blank, relevant_fields
from seminarkit.core.forms.bundle import answer_text
from seminarkit.core.forms.shapes import (
    AnswerField,
    Answers,
    AnyAnswerField,
    CompiledForm,
    Field,
    is_repeat,
    questions,
    row_questions,
    rows_of,
)
from seminarkit.core.seminar.assignments import contact_id
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.store.submission import Submission

PROGRAMME = "Programme"  # in place of the country, for presenters


@dataclass(frozen=True)
class Answer:
    """One answer to one question: its codes and its text.

    The answer to a repeated question is in ``rows``; ``row`` is the word for one of them.
    """

    name: str
    label: str
    kind: str
    codes: tuple[str | int, ...]
    shown: str
    row: str = ""
    rows: tuple[tuple[Answer, ...], ...] = ()


@dataclass(frozen=True)
class FilledForm:
    """The version of one filled form that counts, with its author.

    ``unasked`` lists the names of answers whose question was removed from the form. They are not
    shown, since it is unknown whether they were private.
    """

    form: str
    country: str
    country_name: str
    person: str
    name: str
    role: str
    subject: str
    about: str
    state: str
    answered: int
    total: int
    saved_at: str
    late: bool
    receipt: str
    arrival: int
    places: str
    answers: tuple[Answer, ...]
    unasked: tuple[str, ...] = ()


def filled_forms(
    folder: SeminarFolder, form: CompiledForm, submissions: Sequence[Submission]
) -> list[FilledForm]:
    """Return the filled forms of one kind: by country as in seminar.yml, person and subject."""
    order = {code: number for number, code in enumerate(folder.seminar.countries)}
    of_form = [s for s in submissions if s.form == form["form"]]
    of_form.sort(key=lambda s: (order.get(s.country, len(order)), s.person, s.subject))
    return [_filled_form(folder, form, submission) for submission in of_form]


def read_questions(form: CompiledForm) -> list[AnswerField]:
    """Return the questions of a form that organisers may read, with those in repeats."""
    return [
        {**field, "fields": [*_without_private(row_questions(field))]}
        if is_repeat(field)
        else field
        for field in _without_private(questions(form["fields"]))
    ]


def who(seminar: Seminar, person: str) -> tuple[str, str]:
    """Return the name and the role of an author, former members included."""
    if person in seminar.people:
        return seminar.people[person].name, "programme"
    contact = seminar.contacts.get(person[:2])
    if contact and person == contact_id(person[:2]):
        return contact.name, "NEO"
    for people in (seminar.delegations, seminar.former):
        for participant in people.get(person[:2], []):
            if participant.id == person:
                return participant.name, participant.role
    return person, "no longer in the seminar"


def _filled_form(folder: SeminarFolder, form: CompiledForm, submission: Submission) -> FilledForm:
    seminar = folder.seminar
    task = seminar.task(form["form"], submission.subject)
    name, role = who(seminar, submission.person)
    saved, question_names = (
        submission.saved_at,
        {field["name"] for field in questions(form["fields"])},
    )
    deadline = seminar.deadline(task, submission.country)
    return FilledForm(
        form=form["form"],
        country=submission.country,
        country_name=seminar.display_name(submission.country) if submission.country else PROGRAMME,
        person=submission.person,
        name=name,
        role=role,
        subject=submission.subject,
        about=folder.subject_name(task, submission.subject) or submission.subject,
        state="complete" if submission.complete else "draft",
        answered=submission.answered,
        total=submission.total,
        saved_at=saved,
        late=bool(saved) and datetime.fromisoformat(saved) >= deadline,
        receipt=submission.receipt,
        arrival=submission.arrival,
        places=submission.logged_at,
        answers=tuple(_answers(form["fields"], submission.answers, submission.answers)),
        unasked=tuple(sorted(name for name in submission.answers if name not in question_names)),
    )


def _answers(fields: Sequence[Field], answers: Answers, scope: Answers) -> Iterator[Answer]:
    """Yield the relevant answers that organisers may read, in the form's order."""
    for field in _without_private(relevant_fields(fields, scope)):
        value = answers.get(field["name"])
        if is_blank(value):
            continue
        head = (field["name"], field["label"], field["type"])
        if is_repeat(field):
            rows = (row for row in rows_of(value) if not is_blank(row))
            inner = tuple(tuple(_answers(field["fields"], row, {**scope, **row})) for row in rows)
            yield Answer(*head, (), "", field["row"], inner)
        else:
            codes = tuple(value) if isinstance(value, list) else (value,)
            yield Answer(*head, codes, answer_text(field, value))


def _without_private(fields: Iterable[AnyAnswerField]) -> Iterator[AnyAnswerField]:
    """Yield the questions that are not private."""
    return (field for field in fields if not field.get("private"))
