"""Read the form definitions of templates/forms/ and compile them to JSON.

``read_form`` checks a file, ``compile_form`` makes the *compiled form*: JSON with expressions
parsed and choice lists written out. Only this shape is read by form.js, by the checks of answers
and by the collector.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, cast

from seminarkit.core.errors import FileError, did_you_mean
from seminarkit.core.forms.audiences import is_within
from seminarkit.core.forms.expressions import ExpressionError, parse, references
from seminarkit.core.forms.form_yaml import Form, Question
from seminarkit.core.forms.question_kinds import KINDS
from seminarkit.core.forms.renamed_questions import earlier_names
from seminarkit.core.forms.shapes import Audience, CompiledForm, Field, Tree, fields_in
from seminarkit.core.yaml.yaml_file import Loc, YamlFile

ChoiceLists = Mapping[str, Sequence[tuple[str, str]]]


class Offered(NamedTuple):
    """Data of a seminar that its forms use.

    ``lists`` are choice lists (cases, sessions …) of (name, label) pairs; ``links`` web addresses
    of choices, by list and choice; ``terms`` the short explanations of glossary terms, by id.
    """

    lists: ChoiceLists
    links: Mapping[str, Mapping[str, str]]
    terms: Mapping[str, str]


def read_form(path: Path, offered: Offered) -> CompiledForm:
    """Return a form of templates/forms/ compiled.

    Raises FileError with the line of every mistake.
    """
    source = YamlFile(path)
    form = source.parse(Form)
    if form.form != path.stem:
        raise FileError(
            path,
            [(source.line(("form",)), f"the form '{form.form}' must be in {form.form}.yml.")],
        )
    return compile_form(form, offered, source)


def compile_form(form: Form, offered: Offered, source: YamlFile) -> CompiledForm:
    """Return the compiled form: plain JSON, with expressions as trees and choices written out."""
    lists = {name: [(c.name, c.label) for c in choices] for name, choices in form.choices.items()}
    return _Compiler(form, offered._replace(lists={**offered.lists, **lists}), source).compile()


class _Compiler:
    def __init__(self, form: Form, offered: Offered, source: YamlFile) -> None:
        self.form, self.offered, self.source = form, offered, source
        self.problems: list[tuple[int, str]] = []
        self.names: set[str] = set()
        self.answered: set[str] = set()  # the names of fields with an answer
        self.audiences: dict[str, Audience] = {}  # by question, of the fields compiled so far

    def compile(self) -> CompiledForm:
        self._collect_names(self.form.fields, ("fields",))
        was, problems = earlier_names(self.form.fields, self.names, self.answered)
        for loc, words in problems:
            self._problem(loc, words)
        for name, choices in self.form.choices.items():
            self._check_choices(name, [choice.name for choice in choices])
        audience = self.form.audience
        fields = [self._field(q, ("fields", i), audience) for i, q in enumerate(self.form.fields)]
        self._check_relevance(fields, ("fields",))
        consent, totals = self._consent(), self._totals()
        if self.problems:
            raise FileError(self.source.path, self.problems)
        head = {"form": self.form.form, "version": self.form.version, "title": self.form.title}
        optional = {"intro": self.form.intro.strip(), "rooms": self.form.rooms}
        compiled = {
            **head,
            **{k: v for k, v in optional.items() if v},
            "audience": audience,
            **consent,
            **totals,
            **({"was": was} if was else {}),
            "lang": self.form.lang,
            "fields": fields,
        }
        return cast(CompiledForm, compiled)

    def _totals(self) -> dict[str, object]:
        if not self.form.totals:
            if self.form.totals_by:
                self._problem(
                    ("totals_by",), "'totals_by' needs 'totals: core' or 'totals: public'."
                )
            return {}
        return {"totals": self.form.totals, "totals_by": self.form.totals_by}

    def _consent(self) -> dict[str, object]:
        consent = self.form.consent
        if not consent:
            return {}
        for name in (consent.question, *consent.shows):
            if name not in self.answered:
                line = ("consent", "question" if name == consent.question else "shows")
                hint = did_you_mean(name, self.answered)
                self._problem(line, f"'{name}' is not a question of this form.{hint}")
        shows = {"consent_shows": consent.shows} if consent.shows else {}
        return {"consent": [consent.question, consent.answer], **shows}

    def _collect_names(self, fields: Sequence[Question], loc: Loc) -> None:
        for i, question in enumerate(fields):
            if question.name in self.names:
                self._problem((*loc, i, "name"), f"the name '{question.name}' is used twice.")
            self.names.add(question.name)
            if question.type not in ("note", "group"):
                self.answered.add(question.name)
            self._collect_names(question.fields, (*loc, i, "fields"))

    def _check_choices(self, name: str, choices: Sequence[str]) -> None:
        for number, choice in enumerate(choices):
            if choice in choices[:number]:
                words = f"the choice '{choice}' is written twice in '{name}'."
                self._problem(("choices", name, number, "name"), words)

    def _field(self, q: Question, loc: Loc, outer: Audience, parent_type: str = "") -> Field:
        field: dict[str, object] = {"type": q.type, "name": q.name, "label": q.label.strip()}
        audience = self.audiences[q.name] = self._audience(q, (*loc, "audience"), outer)
        if audience != outer:
            field["audience"] = audience
        for key in (
            "hint",
            "example",
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
        if q.terms:
            field["hint"] = "\n".join(filter(None, [q.hint.strip(), *self._terms(q, loc)]))
        for key in ("relevant", "constraint"):
            if text := getattr(q, key):
                field[key] = self._tree(text, (*loc, key))
        if q.unique and (q.appearance, parent_type) != ("url", "repeat"):
            self._problem((*loc, "unique"), f"'{q.name}': only a link in a repeat can be unique.")
        if q.fill and q.type not in ("note", "select_multiple"):
            self._problem(
                (*loc, "fill"), f"'{q.name}': only a note or a select_multiple can have 'fill'."
            )
        if q.constraint:
            field["message"] = q.constraint_message.strip() or "This answer does not fit."
        if q.type in KINDS and KINDS[q.type].choices:
            field["choices"] = self._choices(q, loc)
            if links := self.offered.links.get(q.choices):
                field["links"] = dict(links)
        if q.type == "repeat" and q.max_rows < q.min_rows:
            words = f"'{q.name}' asks for at least {q.min_rows} rows and at most {q.max_rows}."
            self._problem((*loc, "min_rows"), words)
        if q.type == "repeat":
            field |= {"row": q.row_label or q.label, "min": q.min_rows, "max": q.max_rows}
        if q.type in ("group", "repeat"):
            if not q.fields:
                self._problem(loc, f"'{q.name}' contains no questions; write 'fields:' below it.")
            if q.type == "repeat" and any(f.type in ("group", "repeat") for f in q.fields):
                self._problem(loc, f"'{q.name}' is a repeat: it may contain only questions.")
            field["fields"] = [
                self._field(f, (*loc, "fields", i), audience, q.type)
                for i, f in enumerate(q.fields)
            ]
        elif q.fields:
            words = f"'{q.name}' contains questions: write 'type: group' or 'type: repeat'."
            self._problem((*loc, "type"), words)
        return cast(Field, field)

    def _audience(self, q: Question, loc: Loc, outer: Audience) -> Audience:
        """Return the audience of a question, which must be within that of its form or group."""
        if q.audience and not is_within(q.audience, outer):
            self._problem(
                loc,
                f"'{q.name}' is for {q.audience}, but its form or group is for {outer} only; "
                "a question can have fewer readers than its form, but not other readers.",
            )
        if q.audience and q.name in (self.form.consent.shows if self.form.consent else ()):
            self._problem(loc, f"'{q.name}' is published with consent: remove its audience.")
        return q.audience or outer

    def _check_relevance(self, fields: Sequence[Field], loc: Loc) -> None:
        """Refuse questions whose relevance would disclose an answer meant for fewer readers."""
        for i, field in enumerate(fields):
            for name in references(field.get("relevant", "")):
                other, own = self.audiences.get(name), self.audiences[field["name"]]
                if other and not is_within(own, other):
                    self._problem(
                        (*loc, i, "relevant"),
                        f"'{field['name']}' is asked because of '{name}', which is for {other}: "
                        f"people who read the answer to '{field['name']}' also learn the answer "
                        f"to '{name}'. Make '{field['name']}' for {other} as well.",
                    )
            self._check_relevance(fields_in(field), (*loc, i, "fields"))

    def _tree(self, text: str, loc: Loc) -> Tree:
        try:
            tree = parse(text)
        except ExpressionError as error:
            self._problem(loc, f"{error}.")
            return ""
        for name in references(tree):
            if name not in self.names:
                hint = did_you_mean(name, self.names)
                self._problem(loc, f"${{{name}}} is not a question of this form.{hint}")
        return tree

    def _terms(self, q: Question, loc: Loc) -> Iterator[str]:
        """Yield the explanations of a question's terms; none if the seminar has no glossary."""
        for i, term in enumerate(q.terms):
            if explanation := self.offered.terms.get(term):
                yield explanation
            elif self.offered.terms:
                hint = did_you_mean(term, [t for t, s in self.offered.terms.items() if s])
                words = f"'{term}' is not a term with a short: explanation in glossary.yml.{hint}"
                self._problem((*loc, "terms", i), words)

    def _choices(self, q: Question, loc: Loc) -> list[list[str]]:
        if q.fill and not q.choices:
            return []  # filled in when the form is made for a person
        lists = self.offered.lists
        if q.choices not in lists:
            hint = did_you_mean(q.choices, lists)
            self._problem((*loc, "choices"), f"'{q.name}' has no choice list '{q.choices}'.{hint}")
            return []
        return [[name, label] for name, label in lists[q.choices]]

    def _problem(self, loc: Loc, text: str) -> None:
        self.problems.append((self.source.line(loc), text))
