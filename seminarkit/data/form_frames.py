"""DataFrames of answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from seminarkit.core.errors import UsageError
from seminarkit.core.forms.shapes import AnswerField, choices_of, is_repeat, row_questions
from seminarkit.data.answer_frames import (
    STATES,
    VERSION,
    Choices,
    Row,
    Selection,
    answer_rows,
    cell_of,
    countries_by_code,
    filled_forms,
    in_order,
    key_columns,
    key_row,
    list_rows,
    merged_rows,
    not_answered,
    value_column,
)
from seminarkit.data.frames import Column
from seminarkit.data.lookup_errors import UnknownQuestion
from seminarkit.data.make_table import table
from seminarkit.data.one_form import FormVersion
from seminarkit.data.question_lookup import Question, find_form
from seminarkit.data.source import Source

_STATE = Column("state", "category", STATES)


def submissions(source: Source, form: str | None, chosen: Selection) -> Any:
    """Return one row per filled form, of one form or of all that the reader may read."""
    chosen.check(source)
    forms = [find_form(source, form)["form"]] if form else list(source.forms)
    countries, every = countries_by_code(source), list[Row]()
    for name in forms:
        for filled in filled_forms(source, name, chosen):
            every.append(key_row(filled, countries) | _progress(source, filled))
    columns = [
        *key_columns(source),
        _STATE,
        Column("joint", "boolean"),
        Column("late", "boolean", named=True),
        Column("answered", "integer", named=True),
        Column("total", "integer", named=True),
        Column("saved_at", "moment", named=True),
        Column("form_version"),
        Column("lang"),
        Column("receipt", named=True),
        Column("group", named=True),
        *(VERSION if chosen.versions == "all" else ()),
    ]
    return table(source, "submissions", columns, every, {"form": form})


def _progress(source: Source, filled: FormVersion) -> Row:
    return {
        "late": filled.late,
        "answered": filled.answered,
        "total": filled.total,
        "form_version": filled.form_version or None,
        "lang": source.forms[filled.form].get("lang"),
        "receipt": filled.receipt or None,
        "group": filled.group or None,
    }


def answers(
    source: Source,
    question: Question,
    chosen: Selection,
    *,
    missing: str = "drop",
    choices: Choices = "list",
    labels: bool = False,
) -> Any:
    """Return the answers to one question, one row per filled form."""
    if question.field["type"] == "repeat":
        raise UnknownQuestion(
            f"'{question.name}' is a list with rows. Write: data.rows('{question.full_name}')"
        )
    for name, value, known in (
        ("missing", missing, ("drop", "keep")),
        ("choices", choices, ("list", "rows", "columns")),
    ):
        if value not in known:
            raise UsageError(f"{name}={value!r} is not known. Write one of: {', '.join(known)}.")
    came = filled_forms(source, question.form["form"], chosen)
    if missing == "keep":
        came = in_order(source, [*came, *not_answered(source, question.form["form"], chosen, came)])
    lang = str(question.form.get("lang") or "en")
    pairs = list(answer_rows(question, came, countries_by_code(source), lang))
    cells = [cell_of(question.field, value, labels=labels) for _, value in pairs]
    column = value_column(question.field, "value", cells, labels=labels)
    rows = [row | {"value": cell} for (row, _), cell in zip(pairs, cells, strict=True)]
    columns, rows = _multiple(question, column, rows, choices, labels=labels)
    columns = [
        *key_columns(source),
        *([Column("row", "integer")] if question.repeat else ()),
        Column("question"),
        *columns,
        Column("label"),
        _STATE,
        Column("joint", "boolean"),
        Column("writers", "list", named=True),
        Column("asked", "boolean"),
        Column("sample", "boolean"),
        Column("saved_at", "moment", named=True),
        Column("lang"),
        *(VERSION if chosen.versions == "all" else ()),
    ]
    return table(source, "answers", columns, rows, _about(question, came))


def _multiple(
    question: Question, value: Column, rows: list[Row], choices: Choices, *, labels: bool
) -> tuple[list[Column], list[Row]]:
    """Return the columns and rows of several choices, in the layout that ``choices`` names."""
    if value.kind != "list" or choices == "list":
        return [value], rows
    codes = [label if labels else code for code, label in choices_of(question.field)]
    if choices == "columns":
        names = {code: f"{question.name}/{code}" for code in codes}
        for row in rows:
            row |= {names[code]: picked(row["value"], code) for code in codes}
        return [Column(name, "boolean") for name in names.values()], rows
    picks = [
        row | {"choice": code}
        for row in rows
        for code in (row["value"] if isinstance(row["value"], list) else None) or [None]
    ]
    former = sorted({str(p["choice"]) for p in picks if p["choice"] is not None} - set(codes))
    return [Column("choice", "category", (*codes, *former))], picks


def picked(value: object, code: str) -> bool | None:
    """Say whether a choice was picked; None without an answer."""
    return code in value if isinstance(value, list) else None


def rows(source: Source, question: Question, chosen: Selection, *, labels: bool = False) -> Any:
    """Return the rows of a repeated question; equal rows of a delegation are merged."""
    repeat = question.field
    if not is_repeat(repeat):
        raise UnknownQuestion(
            f"'{question.name}' is no list. Write: data.answers('{question.full_name}')"
        )
    countries = countries_by_code(source)
    found: list[tuple[Row, Mapping[str, object]]] = []
    came = filled_forms(source, question.form["form"], chosen)
    for filled in came:
        for number, cells in enumerate(list_rows(filled, question.name)):
            row = key_row(filled, countries) | {"row": number + 1}
            row["writers"] = filled.row_written_by(question.name, number)
            found.append((row, cells))
    whole = [row for row, _ in found] if chosen.versions == "all" else merged_rows(found)
    cells_of = {id(row): cells for row, cells in found}
    asked = list(row_questions(repeat))
    links = [f["name"] for f in asked if f.get("appearance") == "url"]
    columns = list[Column]()
    for field in asked:
        values = [cell_of(field, cells_of[id(r)].get(field["name"]), labels=labels) for r in whole]
        columns.append(value_column(field, field["name"], values, labels=labels))
        for row, value in zip(whole, values, strict=True):
            row[field["name"]] = value
    for row in whole if links else ():
        named = (str(row[name]) for name in links if row[name])
        own = str(row["country"])
        row["others"] = [name for url in named for name in source.named_elsewhere(url, own)]
    return table(
        source,
        "rows",
        [
            *key_columns(source),
            Column("row", "integer"),
            *columns,
            Column("joint", "boolean"),
            Column("writers", "list", named=True),
            _STATE,
            *([Column("others", "list")] if links else ()),
            *(VERSION if chosen.versions == "all" else ()),
        ],
        whole,
        _about(question, came) | in_words({field["name"]: field for field in asked}),
    )


def in_words(fields: Mapping[str, AnswerField]) -> dict[str, object]:
    """Return the labels of columns and of their codes, by column."""
    return {
        "labels": {name: dict(choices_of(field)) for name, field in fields.items()},
        "heads": {name: field["label"] for name, field in fields.items()},
    }


def _about(question: Question, came: Sequence[FormVersion]) -> dict[str, object]:
    labels = dict(choices_of(question.field))
    return {
        "question": question.full_name,
        "form": question.form["form"],
        "form_versions": sorted({filled.form_version for filled in came if filled.form_version}),
        "label": question.field["label"],
        "labels": {"value": labels, "choice": labels},
        "heads": dict.fromkeys(("value", "choice"), question.field["label"]),
    }
