"""The pandas accessor ``DataFrame.seminar``: labels, lists, and pieces of a report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from seminarkit.core.documents.pieces import Piece, Table
from seminarkit.data.as_piece import bars_piece, table_piece
from seminarkit.data.frames import exploded, register_accessor, with_labels


@register_accessor("seminar")
class SeminarTable:
    """Methods for a table of the kit, or for a table made from such tables."""

    def __init__(self, data: Any) -> None:
        self._data = data

    def labels(self) -> Any:
        """Return a copy with the labels of closed answers instead of their codes.

        Raises UsageError if pandas has dropped the labels, as it does in a merge.
        """
        return with_labels(self._data)

    def explode(self, column: str) -> Any:
        """Return one row per entry of a column of lists; an empty list is one row without a value.

        The column becomes ordered ``category`` if its codes are known, else ``string``. Raises
        UsageError if there is no such column.
        """
        return exploded(self._data, column)

    def table(
        self,
        caption: str,
        *,
        name: str = "",
        columns: Sequence[str] | None = None,
        index: bool = False,
    ) -> Table:
        """Return the table as a piece of a report, with closed answers in words.

        ``name`` is the name of its file, ``columns`` are the columns to show, None for all. With
        ``index``, an index without a name is shown too. Raises UsageError for an unknown column.
        """
        return table_piece(self._data, caption, name=name, columns=columns, index=index)

    def bars(self, label: str, value: str, *, caption: str, unit: str = "") -> Piece:
        """Return a bar chart as a piece of a report: one bar per row, in the order of the table.

        ``label`` and ``value`` are columns, or the name of the index; values are numbers of 0 or
        more. Rows without a value have no bar; the caption says how many. ``caption`` is the
        sentence above the chart, ``unit`` the unit of the values, such as "credits". Raises
        UsageError for an unknown column or for other values.
        """
        return bars_piece(self._data, label, value, caption=caption, unit=unit)
