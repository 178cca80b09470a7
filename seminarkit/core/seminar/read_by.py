"""Describe the readers of a form in one sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from seminarkit.core.forms.audiences import is_read_by, narrower_fields
from seminarkit.core.forms.shapes import (
    AnswerField,
    Audience,
    CompiledForm,
    is_repeat,
    labels_of,
    questions,
    row_questions,
)
from seminarkit.core.seminar.clock import day_words
from seminarkit.core.seminar.model import Seminar

SIGN_OFF = "sign_off"
_READERS: Mapping[Audience, str] = {
    "organisers": "only the organisers",
    "chairs": "the organisers, and the chairs of {rooms}",
    "presenter": "the organisers, the chairs of {rooms}, and the presenter of the case study",
    "group": "the organisers, and the chairs, presenters and participants of {rooms}",
    "delegation": "the organisers, and the people of your own country",
    "core": "the organisers, all core participants, and the people who chair or present",
    "public": "everybody",
}


def read_by(seminar: Seminar, form: CompiledForm, cases: Collection[str]) -> str:
    """Return a description of the readers of a form, and of questions with fewer readers."""
    return " ".join(_sentences(seminar, form, cases))


def form_rooms(seminar: Seminar, form: CompiledForm) -> list[str]:
    """Return the existing sessions and groups in the ``rooms`` setting of a form."""
    if not form.get("rooms"):
        return []
    ids = {session.id for session in seminar.sessions}
    ids |= {group.id for session in seminar.sessions for group in session.groups}
    ids |= {group.id for groups in seminar.seating.values() for group in groups}
    return [room for room in form.get("rooms", ()) if room in ids]


def _sentences(seminar: Seminar, form: CompiledForm, cases: Collection[str]) -> Iterator[str]:
    rooms = _rooms_in_words(seminar, form, cases)
    audience: Audience = form["audience"]
    if audience == "public" and "consent" not in form:
        yield "Everybody: this form is published."
    else:
        readers = _READERS["core" if audience == "public" else audience].format(rooms=rooms)
        yield f"{readers[0].upper()}{readers[1:]}."
    if audience == "group":
        yield "Before the groups are decided, only organisers and chairs can read this form."
    yield from _publication_words(seminar, form)
    yield from _questions_with_fewer_readers(form, rooms)
    yield from _totals_words(form)
    if form["form"] == SIGN_OFF:
        yield (
            "All core participants see whether the report is signed off. This is also "
            "shown next to a public report."
        )
    yield from _status_table_words(seminar, form)
    yield from _seat_warnings(seminar, form)


def _seat_warnings(seminar: Seminar, form: CompiledForm) -> Iterator[str]:
    deciding = {name for s in seminar.sessions if s.seats for name in s.seats.answers}
    labels = [f["label"] for f in leaves(form) if f"{form['form']}.{f['name']}" in deciding]
    if labels:
        answers = (
            f"your answer to “{labels[0]}”" if len(labels) == 1 else "some of your answers here"
        )
        yield f"All core participants see which group you sit in, and may guess {answers} from it."


def _status_table_words(seminar: Seminar, form: CompiledForm) -> Iterator[str]:
    if is_read_by(form["audience"], "core"):
        return
    tasks = [task for task in seminar.tasks if task.form == form["form"]]
    if any(task in seminar.board_tasks for task in tasks) and form["form"] != SIGN_OFF:
        which = ", for which subjects" if any(task.subjects for task in tasks) else ""
        yield f"All core participants see whether you sent this form{which}, and whether late."


def _rooms_in_words(seminar: Seminar, form: CompiledForm, cases: Collection[str]) -> str:
    rooms = form_rooms(seminar, form)
    if rooms:
        groups = {g.id: g.title for s in seminar.sessions for g in s.groups}
        titles = [f"the group “{groups[room]}”" for room in rooms if room in groups]
        days = [day_words(s.date) for s in seminar.sessions if s.id in rooms]
        return " and ".join([*titles, *(f"your discussion group of {day}" for day in days)])
    subjects = {s for task in seminar.tasks if task.form == form["form"] for s in task.subjects}
    if subjects & set(cases):
        return "the discussion groups on this case study"
    return "your discussion groups"


def _questions_with_fewer_readers(form: CompiledForm, rooms: str) -> Iterator[str]:
    labels: dict[str, list[str]] = {}
    for field, audience in narrower_fields(form["fields"], form["audience"]):
        readers = "this is never published" if audience == "core" else _READERS[audience]
        labels.setdefault(readers.format(rooms=rooms), []).append(f"“{field['label']}”")
    for readers, names in labels.items():
        yield f"{_listed(names)}: {readers}."
    private = [f"“{field['label']}”" for field in leaves(form) if field.get("private")]
    if private:
        yield f"{_listed(private)}: nobody is shown this; it stays in the file that you send."


def _publication_words(seminar: Seminar, form: CompiledForm) -> Iterator[str]:
    has_notes = any(task.sessions for task in seminar.tasks if task.form == form["form"])
    if "consent" in form:
        question, answer = form["consent"]
        fields = {field["name"]: field for field in leaves(form)}
        label, text = fields[question]["label"], labels_of(fields[question]).get(answer)
        shown = [f"“{fields[name]['label']}”" for name in form.get("consent_shows", ())]
        what = f"your answers to {_listed(shown)} are" if shown else "it is"
        yield (
            f"If you answer “{label}” with “{text or answer}”, {what} also published, signed with "
            "your role, not your name, and without e-mail addresses."
        )
    elif has_notes:
        yield (
            "A sentence from this form is published only if the organisers choose the sentence, "
            "without names and countries."
        )
    elif form["audience"] != "public":
        yield "Your own answers are not published."


def _totals_words(form: CompiledForm) -> Iterator[str]:
    by = " and ".join(form.get("totals_by", ()))
    if form.get("totals") == "core":
        also = f", also by {by}" if by else ""
        yield f"All core participants see totals over all countries{also}."
    if form.get("totals") == "public":
        also = f", core participants also by {by}" if by else ""
        yield f"Everybody sees totals over all countries{also}."
    if form.get("totals"):
        yield "Small numbers are hidden, because they could show who gave which answer."


def leaves(form: CompiledForm) -> Iterator[AnswerField]:
    """Yield the questions of a form that have an answer, including those inside repeats."""
    for field in questions(form["fields"]):
        yield field
        if is_repeat(field):
            yield from row_questions(field)


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
