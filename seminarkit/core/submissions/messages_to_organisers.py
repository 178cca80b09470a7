"""Messages to the organisers in forms: needs, refusals, remarks, corrections of facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeGuard

from seminarkit.core.forms.answers import is_blank
from seminarkit.core.forms.shapes import (
    Audience,
    CompiledForm,
    Field,
    QuestionField,
    is_group,
    is_question,
)
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import may_read, signed
from seminarkit.core.submissions.dossier_parts import Correction
from seminarkit.core.submissions.received_answers import FilledForm, filled_forms, who
from seminarkit.core.submissions.sign_off import refusal

Kind = Literal["need", "refusal", "remark", "correction"]


@dataclass(frozen=True)
class Message:
    """One free text for the organisers, and the question it answers.

    ``arrival`` is the number of the received file, ``places`` are its lines in the logs.
    """

    kind: Kind
    form: str
    title: str
    question: str
    label: str
    country: str
    country_name: str
    person: str
    name: str
    text: str
    saved_at: str
    arrival: int
    places: str

    @property
    def place(self) -> str:
        """The question as ``form.question``."""
        return f"{self.form}.{self.question}"


def messages(folder: SeminarFolder, submissions: Sequence[Submission]) -> list[Message]:
    """Return all messages, the newest first."""
    kinds = message_questions(folder)
    result = [
        message
        for name, form in folder.forms.items()
        for entry in filled_forms(folder, form, submissions)
        for message in _messages_of(form, entry, kinds)
    ]
    result += _refusals(folder, submissions)
    return sorted(result, key=lambda m: (m.saved_at, m.arrival), reverse=True)


def message_questions(folder: SeminarFolder) -> dict[str, Kind]:
    """Return the questions whose answers are messages, as ``form.question``, with their kind.

    These are the optional texts for organisers only: no other audience reads them, and they are
    not counted. In a registration form they are needs; directly below the known facts of a country
    they are corrections; otherwise remarks.
    """
    kinds: dict[str, Kind] = {}
    for name, form in folder.forms.items():
        kind: Kind = "need" if name in _registration_forms(folder.seminar) else "remark"
        offered = _optional_texts(form["fields"], form["audience"])
        kinds |= {f"{name}.{field['name']}": kind for field in offered}
        kinds |= {f"{name}.{question}": "correction" for question in corrections_asked(form)}
    return kinds


def corrections_asked(form: CompiledForm) -> list[str]:
    """Return the questions for corrections: texts directly below the known facts of a country."""
    return list(_below_facts(form["fields"]))


def corrections(folder: SeminarFolder, submissions: Sequence[Submission]) -> list[Correction]:
    """Return the corrections of a country's facts by its delegation, as core may read them.

    Corrections in individual forms are included even if there is a joint form: a source is wrong
    or right whoever reports it.
    """
    people: dict[str, list[str]] = {}  # by the stripped text
    texts: dict[str, str] = {}
    for submission in submissions:
        if form := folder.forms.get(submission.form):
            answers = may_read(form, submission, "core")
            for question in corrections_asked(form):
                if not is_blank(text := answers.get(question)):
                    words = str(text).strip()
                    texts.setdefault(words, str(text))
                    name = signed(folder.seminar, submission.person, "core")
                    people.setdefault(words, []).append(name)
    return [{"text": texts[words], "by": list(dict.fromkeys(by))} for words, by in people.items()]


def _messages_of(
    form: CompiledForm, entry: FilledForm, kinds: dict[str, Kind]
) -> Iterator[Message]:
    for answer in entry.answers:
        if kind := kinds.get(f"{entry.form}.{answer.name}"):
            yield Message(
                kind=kind,
                form=entry.form,
                title=form["title"],
                question=answer.name,
                label=answer.label,
                country=entry.country,
                country_name=entry.country_name,
                person=entry.person,
                name=entry.name,
                text=answer.shown,
                saved_at=entry.saved_at,
                arrival=entry.arrival,
                places=entry.places,
            )


def _refusals(folder: SeminarFolder, submissions: Sequence[Submission]) -> Iterator[Message]:
    for submission in submissions:
        if (question_and_text := refusal(submission)) and submission.form in folder.forms:
            form, seminar = folder.forms[submission.form], folder.seminar
            question, text = question_and_text
            yield Message(
                kind="refusal",
                form=submission.form,
                title=form["title"],
                question=question,
                label="Does not sign",
                country=submission.country,
                country_name=seminar.display_name(submission.country),
                person=submission.person,
                name=who(seminar, submission.person)[0],
                text=text,
                saved_at=submission.saved_at,
                arrival=submission.arrival,
                places=submission.logged_at,
            )


def _registration_forms(seminar: Seminar) -> set[str]:
    """Return the forms that register people for a session."""
    answers = (session.seats.comes for session in seminar.sessions if session.seats)
    return {answer.partition(".")[0] for answer in answers if answer}


def _optional_texts(fields: Sequence[Field], audience: Audience) -> Iterator[QuestionField]:
    """Yield the optional texts that only organisers read, including those in groups of fields."""
    for field in fields:
        own = field.get("audience", audience)
        if is_group(field) and "relevant" not in field:
            yield from _optional_texts(field["fields"], own)
        elif own == "organisers" and _is_optional_text(field):
            yield field


def _is_optional_text(field: Field) -> TypeGuard[QuestionField]:
    return (
        is_question(field)
        and field["type"] == "text"
        and not any(key in field for key in ("required", "private", "constraint"))
        and "relevant" not in field
    )


def _below_facts(fields: Sequence[Field]) -> Iterator[str]:
    for field, following in zip(fields, [*fields[1:], None], strict=True):
        if is_group(field):
            yield from _below_facts(field["fields"])
        elif field.get("fill") == "country_facts" and following and _is_optional_text(following):
            yield following["name"]
