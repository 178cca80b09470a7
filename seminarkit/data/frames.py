"""Build DataFrames with the same types on every supported version of pandas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import pandas as pd

from seminarkit.core.errors import UsageError, did_you_mean

Kind = Literal["text", "integer", "number", "boolean", "moment", "list", "category"]
Row = Mapping[str, object]
TEXT = pd.StringDtype("python")  # the same whether pyarrow is installed or not
_DTYPES: Mapping[Kind, Any] = {
    "text": TEXT,
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "moment": "datetime64[us, UTC]",
    "list": object,
}


@dataclass(frozen=True)
class Column:
    """A column: its name, the type of its values, and its categories in order.

    A ``named`` column says who wrote something, or when; tables for the public do not have it.
    """

    name: str
    kind: Kind = "text"
    categories: tuple[str, ...] = ()
    named: bool = False


def frame(
    columns: Sequence[Column],
    rows: Iterable[Row],
    *,
    index: str = "",
    attrs: Mapping[str, object] | None = None,
) -> pd.DataFrame:
    """Return rows as a DataFrame with these columns, also if there are no rows.

    ``rows`` are mappings by column; an absent key is a missing value. ``index`` is the column that
    becomes the index, '' for a RangeIndex. ``attrs`` become ``DataFrame.attrs``.
    """
    listed = list(rows)
    data = {c.name: series(c, [row.get(c.name) for row in listed]) for c in columns}
    made = pd.DataFrame(data, index=pd.RangeIndex(len(listed)))
    made.columns = pd.Index([c.name for c in columns], dtype=object)
    if index:
        made = made.set_index(index)
    made.attrs = dict(attrs or {})
    return made


def series(column: Column, values: Sequence[object]) -> pd.Series:
    """Return the values of one column as a Series of its type; None is missing."""
    if column.kind == "category":
        kinds = pd.CategoricalDtype(pd.Index(column.categories, dtype=object), ordered=True)
        return pd.Series(pd.Categorical(list(values), dtype=kinds))
    if column.kind == "moment":
        moments = [datetime.fromisoformat(str(value)) if value else None for value in values]
        return pd.Series(pd.to_datetime(pd.Series(moments, dtype=object), utc=True)).astype(
            _DTYPES["moment"]
        )
    if column.kind == "list":
        # copy each list, so that changing a frame changes nothing else
        lists = [list(value) if isinstance(value, list | tuple) else None for value in values]
        return pd.Series(lists, dtype=object)
    return pd.Series(list(values), dtype=_DTYPES[column.kind])


def is_missing(value: object) -> bool:
    """Say whether a cell is a missing value; an empty list is not."""
    return not isinstance(value, list) and bool(pd.isna(value))


def with_labels(data: pd.DataFrame) -> pd.DataFrame:
    """Return a copy with the labels of choices instead of their codes.

    The labels are in ``attrs``, which a merge drops: raises UsageError then.
    """
    labels = data.attrs.get("labels")
    if not isinstance(labels, Mapping):
        raise UsageError(
            "This table has lost its labels, as happens in a merge by pandas. Ask for labels "
            "before the merge: data.answers(…, labels=True)"
        )
    made = data.copy()
    for name, words in labels.items():
        if name in made.columns and isinstance(words, Mapping):
            made[name] = _labelled(made[name], words)
    return made


def _labelled(values: pd.Series, words: Mapping[str, str]) -> pd.Series:
    if isinstance(values.dtype, pd.CategoricalDtype):
        order = [str(words.get(code, code)) for code in values.cat.categories]
        shown = [None if is_missing(v) else words.get(v, v) for v in values]
        kept = tuple(dict.fromkeys(order))
        return series(Column("", "category", kept), shown).set_axis(values.index)
    shown = [[words.get(v, v) for v in cell] if isinstance(cell, list) else cell for cell in values]
    return pd.Series(shown, index=values.index, dtype=object)


def exploded(data: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return one row per entry of a column of lists; an empty list is one row without a value.

    The column becomes ordered ``category`` if its codes are known, else ``string``. Raises
    UsageError if there is no such column of lists.
    """
    lists = [name for name in data.columns if any(isinstance(cell, list) for cell in data[name])]
    if column not in data.columns or (len(data) and column not in lists):
        raise UsageError(f"'{column}' is not a column of lists.{did_you_mean(column, lists)}")
    made = data.explode(column, ignore_index=True)
    labels = data.attrs.get("labels", {})
    codes = labels.get(column) if isinstance(labels, Mapping) else None
    kind: Kind = "category" if codes else "text"
    values = [None if is_missing(cell) else cell for cell in made[column]]
    made[column] = series(Column(column, kind, tuple(codes or ())), values)
    made.attrs = dict(data.attrs)
    return made


def records(data: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows of a table as plain values: text, numbers and lists, None if missing.

    A named index is the first column.
    """
    table = data.reset_index() if data.index.name else data
    names = [str(name) for name in table.columns]
    return [
        {n: _value(v) for n, v in zip(names, row, strict=True)}
        for row in table.itertuples(index=False, name=None)
    ]


def column_names(data: pd.DataFrame) -> list[str]:
    """Return the names of a table's columns; a named index comes first."""
    return [*([str(data.index.name)] if data.index.name else []), *map(str, data.columns)]


def _value(value: Any) -> object:
    if isinstance(value, list):
        return [_value(entry) for entry in value]
    if is_missing(value):
        return None
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.item() if hasattr(value, "item") else value


def register_accessor(name: str) -> Callable[[type], type]:
    """Return the decorator that makes a class the accessor ``DataFrame.<name>``."""
    register: Callable[[type], type] = pd.api.extensions.register_dataframe_accessor(name)
    return register
