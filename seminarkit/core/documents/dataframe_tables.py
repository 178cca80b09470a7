"""Convert a pandas DataFrame, Series or Styler to a table piece.

pandas is not imported here: the caller has loaded it. Files get the values unchanged; documents
show them without "NaN", ``4.0`` credits and times at midnight. Numbers are aligned at the end of
their cells. An index is shown if it has a name or contains text.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from math import isfinite
from numbers import Integral, Real
from typing import Any

from seminarkit.core.documents.mime_bundle import bundle
from seminarkit.core.documents.pieces import Cell, Column, Line, Rows, Table, Value
from seminarkit.core.documents.table_names import UNNAMED
from seminarkit.core.documents.text_lines import MISSING, line, person_lines

_DIGITS = 3  # decimals on a page


def frame_bundle(value: Any) -> dict[str, object]:
    """Return the MIME bundle of a DataFrame; its plain text is pandas' own."""
    frame = getattr(value, "data", value)  # a Styler's look is for the screen alone
    caption = getattr(value, "caption", None)
    if isinstance(caption, str) and caption:
        frame = frame.copy(deep=False)
        frame.attrs = {**frame.attrs, "caption": caption}
    return {**bundle(table_of(frame)), "text/plain": repr(frame)}


def table_of(frame: Any) -> Table:
    """Return a DataFrame or Series as a table piece with all its rows.

    Its ``attrs`` may contain a ``caption`` and a ``name``.
    """
    if not hasattr(frame, "columns"):
        frame = frame.to_frame(name=frame.name if frame.name is not None else "value")
    columns = [*_index_columns(frame), *_columns(frame)]
    cells = [list(_cells(values)) for _, values in columns]
    heads = tuple(
        Column(_name(label, number), label, "end" if _is_number(values) else "start")
        for number, (label, values) in enumerate(columns, start=1)
    )
    words = {key: str(frame.attrs.get(key) or "") for key in ("caption", "name")}
    rows = tuple(zip(*cells, strict=True)) if cells else ()
    return Table(words["name"] or UNNAMED, words["caption"], heads, (Rows(rows),))


def _index_columns(frame: Any) -> Iterator[tuple[str, Any]]:
    for number, name in enumerate(frame.index.names):
        level = frame.index.get_level_values(number)
        if name is not None:
            yield str(name), level
        elif not _is_number(level) and len(level):
            yield "", level


def _columns(frame: Any) -> Iterator[tuple[str, Any]]:
    for number, name in enumerate(frame.columns):
        parts = name if isinstance(name, tuple) else (name,)
        yield " – ".join(str(part) for part in parts if str(part)), frame.iloc[:, number]


def _is_number(values: Any) -> bool:
    return getattr(values.dtype, "kind", "O") in "iufc"


def _cells(values: Any) -> Iterator[Cell]:
    """Yield the cells of one column; floats become integers if all are whole numbers."""
    pairs = zip(values, values.isna(), strict=True)
    python_values = [None if missing else _value(value) for value, missing in pairs]
    integers = all(value.is_integer() for value in python_values if isinstance(value, float))
    for value in python_values:
        exact = int(value) if isinstance(value, float) and integers else value
        yield Cell(exact, _lines(exact))


def _value(value: Any) -> Value:
    """Return a pandas or numpy value as a plain Python value."""
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return bool(value)
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real) and isfinite(value):
        return float(value)
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, list | tuple | set | frozenset):
        parts = sorted(map(str, value)) if isinstance(value, set | frozenset) else map(str, value)
        return "; ".join(parts)
    return str(value)


def _lines(value: Value) -> tuple[Line, ...]:
    """Return the lines that documents show for a value; none if they show the value itself."""
    if value is None:
        return (line(MISSING),)
    if isinstance(value, float):
        digits = f"{value:.{_DIGITS}f}".rstrip("0").rstrip(".")
        return (line(digits if float(digits) or not value else f"{value:.{_DIGITS}g}"),)
    return person_lines(value) if isinstance(value, str) else ()


def _name(label: str, number: int) -> str:
    """Return the name of a column in files: its label, else ``column_`` and its number."""
    return label or f"column_{number}"
