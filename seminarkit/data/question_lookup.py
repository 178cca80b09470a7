"""Finds the question that is meant by a name, and the country; says what is near where none is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from seminarkit.core.errors import did_you_mean
from seminarkit.core.forms.shapes import (
    AnswerField,
    Audience,
    CompiledForm,
    RepeatField,
    is_repeat,
    questions,
    row_questions,
)
from seminarkit.data.lookup_errors import (
    AmbiguousQuestion,
    AudienceError,
    UnknownCountry,
    UnknownQuestion,
)
from seminarkit.data.source import Reader, Source

# who reads what is for an audience, beside organisers
_OTHERS: Mapping[Audience, str] = {
    "organisers": "",
    "chairs": " and chairs",
    "presenter": ", chairs and the presenter",
    "group": " and the people of the discussion groups",
    "delegation": " and the people of the country",
}


@dataclass(frozen=True)
class Question:
    """A question of a form; ``repeat`` is the list that it is asked in, if it is in one."""

    form: CompiledForm
    field: AnswerField
    repeat: RepeatField | None = None

    @property
    def name(self) -> str:
        """Its name, such as ``opportunity``."""
        return str(self.field["name"])

    @property
    def full_name(self) -> str:
        """Its name with its form, such as ``country_report.opportunity``."""
        return f"{self.form['form']}.{self.name}"


def each_question(form: CompiledForm) -> Iterator[Question]:
    """Yield the questions of a form; a repeated question comes before the questions inside it."""
    for field in questions(form["fields"]):
        yield Question(form, field)
        if is_repeat(field):
            for inner in row_questions(field):
                yield Question(form, inner, field)


def find_question(source: Source, name: str, form: str | None = None) -> Question:
    """Return a question by its name, or by form and name with a dot.

    Raises UnknownQuestion, AmbiguousQuestion, or AudienceError if this reader may not read it.
    """
    _must_be_text(name)
    source.must_hold_forms()
    before, _, own = name.rpartition(".")
    form = form or before or None
    if form:
        find_form(source, form)
    found = _named(source.forms, own, form)
    if len(found) > 1:
        forms = " and ".join(question.form["form"] for question in found)
        raise AmbiguousQuestion(
            f"'{own}' is asked by {forms}: write {found[0].full_name}, for instance."
        )
    if not found:
        _raise_for_others(source, own, form)
        known = {q.name for f in source.forms.values() for q in each_question(f)}
        raise UnknownQuestion(
            f"No form in {source.where} asks '{name}'.{did_you_mean(own, known)} "
            f"{source.lacks_words}All questions: data.dictionary()"
        )
    return found[0]


def find_form(source: Source, name: str) -> CompiledForm:
    """Return a form by its name, with only the questions that the reader may read.

    Raises UnknownQuestion, or AudienceError if this reader may not read the form.
    """
    _must_be_text(name)
    source.must_hold_forms()
    if name in source.forms:
        return source.forms[name]
    if name in source.every_form:
        raise AudienceError(_for_others(source.every_form[name], source.audience))
    hint = did_you_mean(name, source.forms)
    raise UnknownQuestion(
        f"There is no form '{name}' in {source.where}.{hint} {source.lacks_words}".rstrip()
    )


def find_countries(source: Source, wanted: Collection[str] | str | None) -> list[str] | None:
    """Return the codes of countries given by code or name (None: all); raises UnknownCountry."""
    if wanted is None:
        return None
    entries = source.countries()
    known = {e.code.casefold(): e.code for e in entries}
    known |= {e.name.rstrip("*").casefold(): e.code for e in entries}
    codes = []
    for item in [wanted] if isinstance(wanted, str) else wanted:
        code = known.get(str(item).rstrip("*").casefold())
        if code is None:
            names = [e.name for e in entries] if len(str(item)) > 2 else [e.code for e in entries]
            hint = did_you_mean(str(item), names)
            raise UnknownCountry(f"'{item}' is not a country in {source.where}.{hint}")
        codes.append(code)
    return codes


def _named(forms: Mapping[str, CompiledForm], name: str, form: str | None) -> list[Question]:
    return [
        question
        for filled in forms.values()
        if form in (None, filled["form"])
        for question in each_question(filled)
        if question.name == name
    ]


def _raise_for_others(source: Source, name: str, form: str | None) -> None:
    """Raise AudienceError if the question exists but this reader may not read it."""
    for question in _named(source.every_form, name, form):
        if question.form["form"] not in source.forms:
            raise AudienceError(_for_others(question.form, source.audience))
        around: Audience = question.form["audience"]
        if question.repeat:
            around = question.repeat.get("audience", around)
        around_it = question.repeat.get("private") if question.repeat else False
        private = question.field.get("private") or around_it
        raise AudienceError(
            f"'{question.full_name}' is private: it stays in the file of the person who wrote it."
            if private
            else _sentence(f"'{question.full_name}'", question.field.get("audience", around))
        )


def _for_others(form: CompiledForm, reader: Reader) -> str:
    """Return the sentence on a form that a reader may not read."""
    totals = form.get("totals")
    shown = totals == "public" or (totals == "core" and reader == "core")
    return _sentence(form["form"], form["audience"], "For totals: data.survey(). " * bool(shown))


def _sentence(what: str, audience: Audience, more: str = "") -> str:
    if audience in ("core", "public"):
        return (
            f"{what} is not published: it is for core participants. {more}For the answers: "
            "data.read(audience='core')."
        )
    return (
        f"{what} is only for organisers{_OTHERS[audience]}. {more}For the answers: "
        "data.read(audience='organisers')."
    )


def _must_be_text(name: object) -> None:
    if not isinstance(name, str):
        raise UnknownQuestion(f"The name of a question or form is a text, not {name!r}.")
