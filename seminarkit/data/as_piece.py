"""A DataFrame as a piece of a report: a table that every writer shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from seminarkit.core.documents.lines import own_lines
from seminarkit.core.documents.pieces import Cell, Column, Rows, Table, Value
from seminarkit.data.frames import are_numbers, column_names, records, with_labels
from seminarkit.errors import UsageError, did_you_mean


def table_piece(
    data: Any,
    caption: str,
    *,
    name: str = "",
    columns: Sequence[str] | None = None,
    index: bool = False,
) -> Table:
    """Return a DataFrame as a Table: closed answers in words, lists joined, all of its rows.

    ``name`` is that of its file; ``columns`` are those to show, in their order, or None for all;
    with ``index`` an index without a name is shown too, one with a name always. Raises UsageError
    for a column that is not there.
    """
    shown = with_labels(data) if "labels" in data.attrs else data
    if index and not shown.index.name:
        shown = shown.rename_axis("row")
    names = column_names(shown)
    for column in columns or ():
        if column not in names:
            raise UsageError(f"The table has no column '{column}'.{did_you_mean(column, names)}")
    wanted = list(columns or names)
    heads, numbers = data.attrs.get("heads", {}), are_numbers(shown)
    return Table(
        name=name or str(data.attrs.get("question") or data.attrs.get("frame") or "table"),
        caption=caption,
        columns=tuple(_column(each, heads, each in numbers) for each in wanted),
        groups=(Rows(tuple(tuple(_cell(row[each]) for each in wanted) for row in records(shown))),),
    )


def _column(name: str, heads: Mapping[str, str], is_number: bool) -> Column:
    words = name.replace("_", " ")
    label = heads.get(name) or f"{words[:1].upper()}{words[1:]}"
    return Column(name=name, label=label, align="end" if is_number else "start")


def _cell(value: object) -> Cell:
    if isinstance(value, list):
        value = "; ".join(str(each) for each in value)
    if isinstance(value, str):
        return Cell(value, own_lines(value))
    plain: Value = value if isinstance(value, int | float) else None
    return Cell(plain)
