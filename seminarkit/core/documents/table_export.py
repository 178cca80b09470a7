"""The tables of a document as files: one workbook of all, and a CSV file of each.

Tables are whole there, also where pages and documents show their first rows alone. Every text stays
a text (table_files.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from seminarkit.core.documents import document as documents
from seminarkit.core.documents.document import Document
from seminarkit.core.documents.pieces import Cell, Table
from seminarkit.core.documents.table_files import Sheet, Value, csv_file, xlsx_file
from seminarkit.core.documents.text_lines import MISSING, column_head, line_text, shown_lines

_GROUP = ("group", "Group")  # the column that holds the titles of groups of rows


def xlsx(document: Document) -> bytes:
    """Return all tables of a document as one workbook, a sheet each."""
    tables = documents.tables(document)
    return xlsx_file([_sheet(table, labels=True) for table in tables])


def csv_files(document: Document) -> dict[str, bytes]:
    """Return each table of a document as CSV, by its name."""
    tables = documents.tables(document)
    return {table.name: csv_file(_sheet(table, labels=False)) for table in tables}


def _sheet(table: Table, *, labels: bool) -> Sheet:
    """Return a table for a file: heads are labels for people, or names for programs."""
    heads = [column_head(column) if labels else column.name for column in table.columns]
    grouped = any(group.title for group in table.groups)
    if grouped:
        heads.insert(0, _GROUP[labels])
    return Sheet(table.name, heads, list(_rows(table, grouped=grouped)))


def _rows(table: Table, *, grouped: bool) -> Iterator[list[Value]]:
    for group in table.groups:
        before: list[Value] = [group.title] if grouped else []
        for row in group.rows:
            yield before + [_value(cell) for cell in row]


def _value(cell: Cell) -> Value:
    """Return what a file holds of a cell: nothing where a page has a dash for what is missing."""
    if cell.value is None:
        words = "\n".join(map(line_text, cell.lines))
        return "" if words == MISSING else words
    if isinstance(cell.value, bool):
        return "\n".join(map(line_text, shown_lines(cell)))
    return cell.value
