"""A DataFrame as a piece of a report: a table that every writer shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from seminarkit.core.documents.frames import table_of
from seminarkit.core.documents.pieces import Table
from seminarkit.data.frames import column_names, with_labels
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
    whole = shown.reset_index() if shown.index.name else shown
    heads = data.attrs.get("heads", {})
    made = table_of(whole[list(columns or names)])
    return replace(
        made,
        name=name or str(data.attrs.get("question") or data.attrs.get("frame") or "table"),
        caption=caption,
        columns=tuple(replace(each, label=_label(each.name, heads)) for each in made.columns),
    )


def _label(name: str, heads: Mapping[str, str]) -> str:
    words = name.replace("_", " ")
    return heads.get(name) or f"{words[:1].upper()}{words[1:]}"
