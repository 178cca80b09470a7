"""The DataFrame of one form: one row per filled form, one column per question."""

from __future__ import annotations

from typing import Any

from seminarkit.core.errors import UsageError
from seminarkit.core.forms.shapes import choices_of, is_repeat, questions
from seminarkit.data.answer_frames import (
    STATES,
    VERSION,
    Choices,
    Selection,
    cell_of,
    countries_by_code,
    filled_forms,
    key_columns,
    key_row,
    list_rows,
    value_column,
)
from seminarkit.data.form_frames import in_words, picked
from seminarkit.data.frames import Column
from seminarkit.data.make_table import table
from seminarkit.data.question_lookup import find_form
from seminarkit.data.source import Source

_STATE = Column("state", "category", STATES)


def form(
    source: Source,
    name: str,
    chosen: Selection,
    *,
    choices: Choices = "columns",
    labels: bool = False,
) -> Any:
    """Return one form as a table; a repeated question has a column with its number of rows."""
    if choices not in ("list", "columns"):
        raise UsageError(f"choices={choices!r}: a form has one row. Write 'columns' or 'list'.")
    asked = find_form(source, name)
    countries, columns = countries_by_code(source), list[Column]()
    came = filled_forms(source, asked["form"], chosen)
    whole = [key_row(filled, countries) for filled in came]
    for field in questions(asked["fields"]):
        given = [item.answers.get(field["name"]) for item in came]
        if is_repeat(field):
            column = Column(f"{field['name']}_count", "integer")
            values: list[object] = [len(list_rows(filled, field["name"])) for filled in came]
        else:
            values = [cell_of(field, value, labels=labels) for value in given]
            column = value_column(field, _free(field["name"], source), values, labels=labels)
        if column.kind == "list" and choices == "columns":
            codes = [label if labels else code for code, label in choices_of(field)]
            for code in codes:
                picks = Column(f"{field['name']}/{code}", "boolean")
                columns.append(picks)
                for row, value in zip(whole, values, strict=True):
                    row[picks.name] = picked(value, code)
            continue
        columns.append(column)
        for row, value in zip(whole, values, strict=True):
            row[column.name] = value
    by_column = {_free(field["name"], source): field for field in questions(asked["fields"])}
    return table(
        source,
        "form",
        [
            *key_columns(source),
            *columns,
            _STATE,
            Column("joint", "boolean"),
            Column("saved_at", "moment", named=True),
            *(VERSION if chosen.versions == "all" else ()),
        ],
        whole,
        {"form": asked["form"], "label": asked["title"]} | in_words(by_column),
    )


def _free(name: str, source: Source) -> str:
    """Return the name of a question's column, changed if the table already has that name."""
    taken = {column.name for column in (*key_columns(source), *VERSION)}
    return f"{name}_answer" if name in taken | {"state", "joint", "saved_at"} else name
