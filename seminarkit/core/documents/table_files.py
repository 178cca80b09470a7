"""Write tables as CSV and XLSX in which a spreadsheet reads no text as a formula.

A spreadsheet recognises a formula by the first character of a cell, and a formula can start
programs or send other cells to a server. Text that people wrote must never be one (CSV injection).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from seminarkit.core.clean_text import Text, clean_text
from seminarkit.core.disk.files import NEVER

Value = str | int | float

# A cell may also begin after a line break or a semicolon in a text: a spreadsheet that expects
# semicolons, as in most of Europe, does not recognise the quotation marks around the text. Spaces,
# invisible characters and quotation marks before a formula do not make it harmless.
_FORMULA = re.compile(
    r"(?:^|(?<=[\r\n\t;]))"
    r"(?=(?:[^\S\r\n\t]|[\x00-\x08\x0e-\x1f\"])*+"
    r"(?:[=+\-@\uff1d\uff0b\uff0d\uff20\t]|\r(?!\n)))"
)
_MAX_CELL = 32_000  # characters of a cell; a workbook allows 32,767
_CUT = " … [cut here: a cell cannot hold more; the whole text is in the CSV file]"
_MAX_WIDTH = 60
_MAX_SHEET_NAME = 31  # characters that spreadsheets allow


@dataclass(frozen=True)
class TableSheet:
    """A table for a file: its name, its heads, and rows with one value per head."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Value]]


def as_text(value: Value) -> Value:
    """Return a value with an apostrophe before everything that could be read as a formula.

    >>> as_text("=1+1"), as_text("1 = 1"), as_text(-1)
    ("'=1+1", '1 = 1', -1)
    """
    return _FORMULA.sub("'", value) if isinstance(value, str) else value


def csv_file(sheet: TableSheet) -> bytes:
    """Return a table as CSV in UTF-8 with a byte order mark, for Excel."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    for row in (sheet.heads, *sheet.rows):
        writer.writerow([_cell(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def xlsx_file(sheets: Sequence[TableSheet]) -> bytes:
    """Return tables as a workbook; the same tables give the same bytes.

    Cells have a type there, so that texts need no apostrophe.
    """
    from xlsxwriter import Workbook  # slow to load

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": _day(NEVER)})
        head_format = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        text_format = workbook.add_format({"text_wrap": True, "valign": "top"})
        used: set[str] = set()
        for sheet in sheets:
            worksheet = workbook.add_worksheet(_sheet_name(sheet.name, used))
            worksheet.freeze_panes(1, 0)
            for column, title in enumerate(sheet.heads):
                worksheet.write_string(0, column, _cell_text(title), head_format)
                worksheet.set_column(column, column, _width(sheet, column))
            for number, row in enumerate(sheet.rows, start=1):
                for column, value in enumerate(row):
                    if isinstance(value, int | float):
                        worksheet.write_number(number, column, value, text_format)
                    elif value:
                        worksheet.write_string(number, column, _cell_text(value), text_format)
    return file.getvalue()


def _cell(value: Value) -> Text | int | float:
    return value if isinstance(value, int | float) else clean_text(str(as_text(clean_text(value))))


def _day(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


def _cell_text(text: str) -> Text:
    cleaned = clean_text(text)
    # a workbook counts UTF-16 code units: two for a character above U+FFFF
    if len(cleaned) + sum(sign > "\uffff" for sign in cleaned) <= _MAX_CELL:
        return cleaned
    return clean_text(
        cleaned.encode("utf-16-le")[: 2 * _MAX_CELL].decode("utf-16-le", "ignore") + _CUT
    )


def _width(sheet: TableSheet, column: int) -> int:
    longest = max((len(str(row[column])) for row in sheet.rows), default=0)
    return max(12, min(_MAX_WIDTH, longest + 2))


def _sheet_name(name: str, used: set[str]) -> Text:
    """Return a valid sheet name that is not used yet, and add it to ``used``."""
    plain = re.sub(r"[\[\]:*?/\\'\n\t]", " ", clean_text(name))[:_MAX_SHEET_NAME]
    number = 1
    while plain.casefold() in used:
        number += 1
        plain = f"{plain[: _MAX_SHEET_NAME - 4]} {number}"
    used.add(plain.casefold())
    return clean_text(plain)
