"""A DataFrame as a piece of a report: a table or bars that every writer shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import inf
from typing import Any

from seminarkit.core.documents.bar_charts import Bar, Column, bars
from seminarkit.core.documents.dataframe_tables import table_of
from seminarkit.core.documents.pieces import EMPTY, Chart, Piece, Table
from seminarkit.core.documents.text_lines import MISSING
from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.data.frames import column_names, records, with_labels


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
    shown = _in_words(data)
    if index and not shown.index.name:
        shown = shown.rename_axis("row")
    names = column_names(shown)
    _must_hold(names, columns or ())
    whole = shown.reset_index() if shown.index.name else shown
    heads = data.attrs.get("heads", {})
    made = table_of(whole[list(columns or names)])
    return replace(
        made,
        name=name or str(data.attrs.get("question") or data.attrs.get("frame") or "table"),
        caption=caption,
        columns=tuple(replace(each, label=_label(each.name, heads)) for each in made.columns),
    )


def bars_piece(data: Any, label: str, value: str, *, caption: str, unit: str) -> Piece:
    """Return a bar for each row as a Chart, EMPTY where no row has a value.

    Raises UsageError for a column that is not there, or for values that are no numbers of zero or
    more.
    """
    shown = _in_words(data)
    _must_hold(column_names(shown), (label, value))
    rows = records(shown)
    labels = (MISSING if row[label] is None else str(row[label]) for row in rows)
    sizes = [(name, _size(row[value], value)) for name, row in zip(labels, rows, strict=True)]
    pairs = [(name, size) for name, size in sizes if size is not None]
    if not pairs:
        return EMPTY
    words = [f"{_number(number)} {unit}".rstrip() for _, number in pairs]
    drawn = [Bar(word, number) for word, (_, number) in zip(words, pairs, strict=True)]
    sheet = bars([name for name, _ in pairs], [Column(drawn)])
    alt = "; ".join(f"{name}: {word}" for word, (name, _) in zip(words, pairs, strict=True))
    without = len(rows) - len(pairs)
    rest = f" {without} without a number." if without else ""
    return Chart(f"{caption}{rest}", f"{alt}{rest and '.'}{rest}", sheet.drawing())


def _in_words(data: Any) -> Any:
    """Return a DataFrame with closed answers in words, where it knows them."""
    return with_labels(data) if "labels" in data.attrs else data


def _must_hold(names: Sequence[str], wanted: Sequence[str]) -> None:
    for column in wanted:
        if column not in names:
            raise UsageError(f"The table has no column '{column}'.{did_you_mean(column, names)}")


def _number(size: float) -> str:
    """Return a number as people write it, with two places at most."""
    return str(int(size)) if size == int(size) else f"{size:.2f}".rstrip("0").rstrip(".")


def _size(value: object, column: str) -> float | None:
    """Return how long a bar is, None for a missing value."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < inf:
        raise UsageError(
            f"The column '{column}' contains {value!r}: bars need numbers of 0 or more."
        )
    return value


def _label(name: str, heads: Mapping[str, str]) -> str:
    words = name.replace("_", " ")
    return heads.get(name) or f"{words[:1].upper()}{words[1:]}"
