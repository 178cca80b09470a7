"""``DataFrame.seminar``: labels, lists, and pieces of a report, for any table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from seminarkit.core.documents.pieces import Piece, Table
from seminarkit.data.as_piece import bars_piece, table_piece
from seminarkit.data.frames import exploded, register_accessor, with_labels


@register_accessor("seminar")
class SeminarTable:
    """What can be done with a table of the kit, or with one that was made from some."""

    def __init__(self, data: Any) -> None:
        self._data = data

    def labels(self) -> Any:
        """Return a copy with closed answers in words in place of their codes.

        Raises UsageError where pandas has lost the labels, as after a merge.
        """
        return with_labels(self._data)

    def explode(self, column: str) -> Any:
        """Return a row per entry of a column of lists; an empty list is one row without a value.

        The column becomes ``string``, or ordered ``category`` where its codes are known. Raises
        UsageError where there is no such column.
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
        """Return the table as a piece of a report, closed answers in words.

        ``name`` is that of its file, ``columns`` are those to show; with ``index`` an index without
        a name is shown as well. Raises UsageError for a column that is not there.
        """
        return table_piece(self._data, caption, name=name, columns=columns, index=index)

    def bars(self, label: str, value: str, *, caption: str, unit: str = "") -> Piece:
        """Return a chart of a report: a bar for each row, in the order of the table.

        ``label`` and ``value`` are columns, or the name of the index; values are numbers of zero or
        more. Rows without a value get no bar, and are counted below. ``caption`` is the sentence
        above the chart, ``unit`` what is counted, such as "credits". Raises UsageError for a column
        that is not there or holds no such numbers.
        """
        return bars_piece(self._data, label, value, caption=caption, unit=unit)
