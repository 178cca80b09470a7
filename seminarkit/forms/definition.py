"""A form as an organiser writes it, YAML with XLSForm's words, and as both hosts read it, JSON.

``read_form`` checks a file of templates/forms/; ``compile_form`` makes it the *compiled form*: JSON
with the expressions parsed and every choice list written out, the only shape that form.js, the
answers' checks and the collector know.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from seminarkit.errors import FileError, did_you_mean
from seminarkit.forms.answers import CompiledForm
from seminarkit.forms.expressions import ExpressionError, Tree, parse, references
from seminarkit.yamlfile import Loc, YamlFile

ChoiceLists = Mapping[str, Sequence[tuple[str, str]]]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
CHOICE_TYPES = ("select_one", "select_multiple")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Choice(_Strict):
    """One answer that a person can pick."""

    name: str = Field(pattern=r"^[A-Za-z0-9_-]{1,60}$")
    label: str


class Question(_Strict):
    """One question, or a group or repeat of questions.

    What is ``private`` is kept for who wrote it, and stands in no dossier; what is ``quoted`` is
    laid before who takes notes. ``codes`` holds codes of countries, questions or outcomes. ``fill``
    names what the seminar knows and shows below a note, or offers as choices.
    """

    type: Literal["text", "integer", "select_one", "select_multiple", "note", "group", "repeat"]
    name: Name
    label: str
    hint: str = ""
    required: bool = False
    relevant: str = ""
    constraint: str = ""
    constraint_message: str = ""
    appearance: Literal["", "multiline", "url"] = ""
    max_words: int | None = Field(default=None, ge=1)
    private: bool = False
    quoted: bool = False
    codes: bool = False
    unique: bool = False
    choices: str = ""
    fill: Literal[
        "",
        "country_facts",
        "case",
        "case_questions",
        "group",
        "group_questions",
        "group_five",
        "group_reports",
    ] = ""
    row_label: str = ""
    min_rows: int = Field(default=0, ge=0)
    max_rows: int = Field(default=20, ge=1, le=50)
    fields: list[Question] = []


class Consent(_Strict):
    """The answer that allows a filled form on the public pages.

    Of a form that is not for the public it allows the questions in ``shows``, and no others.
    """

    question: Name
    answer: str
    shows: list[Name] = []


class Form(_Strict):
    """One form: what it asks, and who will read it.

    ``totals`` says who sees how many gave each answer to its closed questions, small numbers
    hidden; with ``totals_by`` core participants see it by region or profile, too.
    """

    form: Name
    version: str = Field(pattern=r"^[0-9]+(\.[0-9]+)*$")
    title: str
    intro: str = ""
    audience: Literal["organisers", "core", "public"] = "core"
    consent: Consent | None = None
    totals: Literal["core", "public"] | None = None
    totals_by: list[Literal["region", "profile"]] = []
    read_by: str
    lang: str = "en"
    choices: dict[str, list[Choice]] = {}
    fields: list[Question] = Field(min_length=1)


def read_form(path: Path, lists: ChoiceLists) -> CompiledForm:
    """Read one form of templates/forms/ and compile it.

    ``lists`` holds the choice lists that come from the seminar (cases, sessions …) as (name, label)
    pairs. Raises FileError with the line of each mistake.
    """
    source = YamlFile(path)
    form = source.parse(Form)
    if form.form != path.stem:
        raise FileError(
            path,
            [(source.line(("form",)), f"the form '{form.form}' must stand in {form.form}.yml.")],
        )
    return compile_form(form, lists, source)


def compile_form(form: Form, lists: ChoiceLists, source: YamlFile) -> CompiledForm:
    """Return the compiled form: plain JSON, expressions as trees, choices written out."""
    own = {name: [(c.name, c.label) for c in choices] for name, choices in form.choices.items()}
    return _Compiler(form, {**lists, **own}, source).compile()


class _Compiler:
    def __init__(self, form: Form, lists: ChoiceLists, source: YamlFile) -> None:
        self.form, self.lists, self.source = form, lists, source
        self.problems: list[tuple[int, str]] = []
        self.names: set[str] = set()

    def compile(self) -> CompiledForm:
        self._collect_names(self.form.fields, ("fields",))
        fields = [self._field(q, ("fields", i)) for i, q in enumerate(self.form.fields)]
        consent, totals = self._consent(), self._totals()
        if self.problems:
            raise FileError(self.source.path, self.problems)
        head = {"form": self.form.form, "version": self.form.version, "title": self.form.title}
        optional = {"intro": self.form.intro.strip(), "read_by": self.form.read_by.strip()}
        return {
            **head,
            **{k: v for k, v in optional.items() if v},
            "audience": self.form.audience,
            **consent,
            **totals,
            "lang": self.form.lang,
            "fields": fields,
        }

    def _totals(self) -> dict[str, Any]:
        if not self.form.totals:
            if self.form.totals_by:
                self._problem(("totals_by",), "'totals_by' needs 'totals: core' or 'public'.")
            return {}
        return {"totals": self.form.totals, "totals_by": self.form.totals_by}

    def _consent(self) -> dict[str, Any]:
        consent = self.form.consent
        if not consent:
            return {}
        for name in (consent.question, *consent.shows):
            if name not in self.names:
                line = ("consent", "question" if name == consent.question else "shows")
                hint = did_you_mean(name, self.names)
                self._problem(line, f"'{name}' is no question of this form.{hint}")
        shows = {"consent_shows": consent.shows} if consent.shows else {}
        return {"consent": [consent.question, consent.answer], **shows}

    def _collect_names(self, fields: Sequence[Question], loc: Loc) -> None:
        for i, question in enumerate(fields):
            if question.name in self.names:
                self._problem((*loc, i, "name"), f"the name '{question.name}' is used twice.")
            self.names.add(question.name)
            self._collect_names(question.fields, (*loc, i, "fields"))

    def _field(self, q: Question, loc: Loc, inside: str = "") -> dict[str, Any]:
        field: dict[str, Any] = {"type": q.type, "name": q.name, "label": q.label.strip()}
        for key in (
            "hint",
            "required",
            "appearance",
            "max_words",
            "private",
            "quoted",
            "codes",
            "unique",
            "fill",
        ):
            if value := getattr(q, key):
                field[key] = value.strip() if isinstance(value, str) else value
        for key in ("relevant", "constraint"):
            if text := getattr(q, key):
                field[key] = self._tree(text, (*loc, key))
        if q.unique and (q.appearance, inside) != ("url", "repeat"):
            self._problem((*loc, "unique"), f"'{q.name}': only a link in a repeat can be unique.")
        if q.fill and q.type not in ("note", "select_multiple"):
            self._problem((*loc, "fill"), f"'{q.name}': only a note or a list of ticks is filled.")
        if q.constraint:
            field["message"] = q.constraint_message.strip() or "This answer does not fit."
        if q.type in CHOICE_TYPES:
            field["choices"] = self._choices(q, loc)
        if q.type == "repeat":
            field |= {"row": q.row_label or q.label, "min": q.min_rows, "max": q.max_rows}
        if q.type in ("group", "repeat"):
            if not q.fields:
                self._problem(loc, f"'{q.name}' holds no questions; write 'fields:' below it.")
            if q.type == "repeat" and any(f.type in ("group", "repeat") for f in q.fields):
                self._problem(loc, f"'{q.name}' is a repeat: it may hold questions only.")
            field["fields"] = [
                self._field(f, (*loc, "fields", i), q.type) for i, f in enumerate(q.fields)
            ]
        return field

    def _tree(self, text: str, loc: Loc) -> Tree:
        try:
            tree = parse(text)
        except ExpressionError as error:
            self._problem(loc, f"{error}.")
            return ""
        for name in references(tree):
            if name not in self.names:
                hint = did_you_mean(name, self.names)
                self._problem(loc, f"${{{name}}} is no question of this form.{hint}")
        return tree

    def _choices(self, q: Question, loc: Loc) -> list[list[str]]:
        if q.fill and not q.choices:
            return []  # the seminar offers them when the form is made out to somebody
        if q.choices not in self.lists:
            hint = did_you_mean(q.choices, self.lists)
            self._problem((*loc, "choices"), f"'{q.name}' has no choice list '{q.choices}'.{hint}")
            return []
        return [[name, label] for name, label in self.lists[q.choices]]

    def _problem(self, loc: Loc, text: str) -> None:
        self.problems.append((self.source.line(loc), text))
