"""Turn a DataFrame into a piece of a report: a table or a bar chart."""

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
    """Return a DataFrame as a Table with all its rows: closed answers in words, lists joined.

    ``name`` is the name of its file; ``columns`` are the columns to show, in order, None for all.
    A named index is always shown, one without a name with ``index``. Raises UsageError for an
    unknown column.
    """
    shown = _in_words(data)
    if index and not shown.index.name:
        shown = shown.rename_axis("row")
    names = column_names(shown)
    _must_hold(names, columns or ())
    flat = shown.reset_index() if shown.index.name else shown
    heads = data.attrs.get("heads", {})
    piece = table_of(flat[list(columns or names)])
    return replace(
        piece,
        name=name or str(data.attrs.get("question") or data.attrs.get("frame") or "table"),
        caption=caption,
        columns=tuple(replace(c, label=_label(c.name, heads)) for c in piece.columns),
    )


def bars_piece(data: Any, label: str, value: str, *, caption: str, unit: str) -> Piece:
    """Return a Chart with one bar per row, or EMPTY if no row has a value.

    Raises UsageError for an unknown column, or for values that are not numbers of 0 or more.
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
    """Return a DataFrame with closed answers in words, if it has labels."""
    return with_labels(data) if "labels" in data.attrs else data


def _must_hold(names: Sequence[str], wanted: Sequence[str]) -> None:
    for column in wanted:
        if column not in names:
            raise UsageError(f"The table has no column '{column}'.{did_you_mean(column, names)}")


def _number(size: float) -> str:
    """Return a number with at most two decimal places."""
    return str(int(size)) if size == int(size) else f"{size:.2f}".rstrip("0").rstrip(".")


def _size(value: object, column: str) -> float | None:
    """Return the length of a bar, or None for a missing value."""
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
