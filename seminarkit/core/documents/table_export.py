"""Export the tables of a document: all in one workbook, and each as a CSV file.

The files have all rows, also of tables that pages and documents cut. Text is never read as a
formula (table_files.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from seminarkit.core.documents import document as documents
from seminarkit.core.documents.document import Document
from seminarkit.core.documents.pieces import Cell, Table
from seminarkit.core.documents.table_files import TableSheet, Value, csv_file, xlsx_file
from seminarkit.core.documents.text_lines import MISSING, column_head, line_text, shown_lines

_GROUP = ("group", "Group")  # name and label of the column with the titles of groups


def xlsx(document: Document) -> bytes:
    """Return all tables of a document as a workbook, one sheet per table."""
    tables = documents.tables(document)
    return xlsx_file([_sheet(table, labels=True) for table in tables])


def csv_files(document: Document) -> dict[str, bytes]:
    """Return the tables of a document as CSV, by their names."""
    tables = documents.tables(document)
    return {table.name: csv_file(_sheet(table, labels=False)) for table in tables}


def _sheet(table: Table, *, labels: bool) -> TableSheet:
    """Return a table as a sheet, with labels for people or names for programs as heads."""
    heads = [column_head(column) if labels else column.name for column in table.columns]
    grouped = any(group.title for group in table.groups)
    if grouped:
        heads.insert(0, _GROUP[labels])
    return TableSheet(table.name, heads, list(_rows(table, grouped=grouped)))


def _rows(table: Table, *, grouped: bool) -> Iterator[list[Value]]:
    for group in table.groups:
        first_cells: list[Value] = [group.title] if grouped else []
        for row in group.rows:
            yield first_cells + [_value(cell) for cell in row]


def _value(cell: Cell) -> Value:
    """Return the value of a cell in a file: empty if a page shows a dash for a missing value."""
    if cell.value is None:
        words = "\n".join(map(line_text, cell.lines))
        return "" if words == MISSING else words
    if isinstance(cell.value, bool):
        return "\n".join(map(line_text, shown_lines(cell)))
    return cell.value
