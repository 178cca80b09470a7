"""DataFrames on questions: the dictionary, and a search in open answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from seminarkit.core.errors import UsageError
from seminarkit.core.forms.answers import is_blank
from seminarkit.core.forms.shapes import (
    AnswerField,
    CompiledForm,
    Field,
    choices_of,
    is_group,
    is_note,
    is_repeat,
    questions,
    row_questions,
)
from seminarkit.data.answer_frames import (
    STATES,
    Row,
    Selection,
    countries_by_code,
    filled_forms,
    key_columns,
    key_row,
    list_rows,
)
from seminarkit.data.frames import Column
from seminarkit.data.lookup_errors import NotCollected
from seminarkit.data.make_table import table
from seminarkit.data.one_form import FormVersion
from seminarkit.data.question_lookup import find_form
from seminarkit.data.source import Source

_TYPES = ("text", "select_one", "select_multiple", "integer", "repeat")
_KINDS = ("open", "link", "closed", "several", "number", "list")
_KIND_OF = dict(zip(_TYPES, ("open", "closed", "several", "number", "list"), strict=True))
_AUDIENCES = ("public", "core", "delegation", "group", "presenter", "chairs", "organisers")


def dictionary(source: Source, name: str | None) -> Any:
    """Return one row per question that the reader may read."""
    forms = [find_form(source, name)] if name else list(source.forms.values())
    rows: list[Row] = []
    for form in forms:
        try:
            came = list(source.filled(form["form"], "current", "instead"))
        except NotCollected:
            came = None
        rows += _form_rows(source, form, came)
    columns = [
        *map(Column, ("form", "question", "inside", "part")),
        Column("type", "category", _TYPES),
        Column("kind", "category", _KINDS),
        *map(Column, ("label", "hint")),
        Column("choices", "list"),
        Column("required", "boolean"),
        Column("audience", "category", _AUDIENCES),
        Column("version"),
        Column("asked_of", "integer"),
        Column("answered", "integer"),
    ]
    return table(source, "dictionary", columns, rows, {"form": name})


def _form_rows(
    source: Source, form: CompiledForm, came: Sequence[FormVersion] | None
) -> Iterator[Row]:
    for part, inside, audience, field in _fields(form["fields"], "", "", form["audience"]):
        link = field["type"] == "text" and field.get("appearance") == "url"
        answered = None
        if came is not None:
            answered = sum(_is_answered(filled, inside, field["name"]) for filled in came)
        yield {
            "form": form["form"],
            "question": field["name"],
            "inside": inside or None,
            "part": part or None,
            "type": field["type"],
            "kind": "link" if link else _KIND_OF.get(field["type"]),
            "label": field["label"],
            "hint": field.get("hint"),
            "choices": [code for code, _ in choices_of(field)],
            "required": bool(field.get("required") or field.get("min")),
            "audience": audience,
            "version": form["version"],
            "asked_of": source.asked_of(form["form"]),
            "answered": answered,
        }


def _fields(
    fields: Sequence[Field], part: str, inside: str, around: str
) -> Iterator[tuple[str, str, str, AnswerField]]:
    """Yield each question with its part, its repeated question and its audience."""
    for field in fields:
        audience = field.get("audience", around)
        if is_group(field):
            yield from _fields(field["fields"], field["label"], inside, audience)
            continue
        if is_note(field):
            continue
        yield part, inside, audience, field
        if is_repeat(field):
            yield from _fields(field["fields"], part, field["name"], audience)


def _is_answered(filled: FormVersion, inside: str, name: str) -> bool:
    if inside:
        return any(not is_blank(row.get(name)) for row in list_rows(filled, inside))
    return not is_blank(filled.answers.get(name))


def search(source: Source, words: str, forms: Sequence[str] | None) -> Any:
    """Return the open answers that contain all of these words, ignoring case."""
    wanted = words.casefold().split()
    if not wanted:
        raise UsageError("Name the words to search for: data.search('fees students')")
    names = [find_form(source, name)["form"] for name in forms] if forms else list(source.forms)
    countries, found = countries_by_code(source), list[Row]()
    for name in names:
        for form in filled_forms(source, name, Selection()):
            for question, number, text in _texts(source, form):
                if all(word in text.casefold() for word in wanted):
                    row = key_row(form, countries) | {"question": question, "text": text}
                    found.append(row | {"row": number})
    columns = [
        *key_columns(source),
        Column("question"),
        Column("row", "integer"),
        Column("text"),
        Column("state", "category", STATES),
        Column("joint", "boolean"),
    ]
    return table(source, "search", columns, found, {"question": words})


def _texts(source: Source, filled: FormVersion) -> Iterator[tuple[str, int | None, str]]:
    """Yield the open answers of a form, each with the question's name and the row in its list."""
    for field in questions(source.forms[filled.form]["fields"]):
        if is_repeat(field):
            for number, row in enumerate(list_rows(filled, field["name"]), start=1):
                for inner in row_questions(field):
                    yield from _text(filled.form, inner, number, row)
        else:
            yield from _text(filled.form, field, None, filled.answers)


def _text(
    form: str, field: AnswerField, number: int | None, answers: Mapping[str, object]
) -> Iterator[tuple[str, int | None, str]]:
    value = answers.get(field["name"])
    if field["type"] == "text" and not is_blank(value):
        yield f"{form}.{field['name']}", number, str(value)
