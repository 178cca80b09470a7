"""Tables as files that a spreadsheet opens: CSV and XLSX, in which every text stays a text.

A spreadsheet takes a cell for a formula by its first sign, and a formula can call programs and
send away what stands beside it. What people wrote is never one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from seminarkit.core.clean_text import Text, letters
from seminarkit.core.disk.files import NEVER

Value = str | int | float

# Where a cell may begin. Not at its start alone: a spreadsheet set to semicolons, as in most of
# Europe, does not see that a line break or a semicolon stands within quotation marks. Spaces, signs
# that nobody sees and quotation marks before a formula do not save from it.
_FORMULA = re.compile(
    r"(?:^|(?<=[\r\n\t;]))"
    r"(?=(?:[^\S\r\n\t]|[\x00-\x08\x0e-\x1f\"])*+"
    r"(?:[=+\-@\uff1d\uff0b\uff0d\uff20\t]|\r(?!\n)))"
)
_LONGEST = 32_000  # signs of one cell; a workbook holds 32,767
_CUT = " … [cut here: a cell holds no more, the CSV file has it all]"
_WIDEST = 60
_SHEET_NAME = 31  # letters, as spreadsheets allow


@dataclass(frozen=True)
class Sheet:
    """One table: its name, its heads, and rows of as many values."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Value]]


def as_text(value: Value) -> Value:
    """Return a value that no spreadsheet takes for a formula: an apostrophe is put before it.

    >>> as_text("=1+1"), as_text("1 = 1"), as_text(-1)
    ("'=1+1", '1 = 1', -1)
    """
    return _FORMULA.sub("'", value) if isinstance(value, str) else value


def csv_file(sheet: Sheet) -> bytes:
    """Return a table as CSV, in UTF-8 with the mark by which Excel knows it."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    for row in (sheet.heads, *sheet.rows):
        writer.writerow([_cell(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def xlsx_file(sheets: Sequence[Sheet]) -> bytes:
    """Return tables as one workbook; the same tables give the same bytes.

    A text is stored as a text there, so that nothing is put before it.
    """
    from xlsxwriter import Workbook  # slow to load

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": _day(NEVER)})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        words = book.add_format({"text_wrap": True, "valign": "top"})
        used: set[str] = set()
        for sheet in sheets:
            page = book.add_worksheet(_sheet_name(sheet.name, used))
            page.freeze_panes(1, 0)
            for column, title in enumerate(sheet.heads):
                page.write_string(0, column, _short(title), head)
                page.set_column(column, column, _width(sheet, column))
            for number, row in enumerate(sheet.rows, start=1):
                for column, value in enumerate(row):
                    if isinstance(value, int | float):
                        page.write_number(number, column, value, words)
                    elif value:
                        page.write_string(number, column, _short(value), words)
    return file.getvalue()


def _cell(value: Value) -> Text | int | float:
    return value if isinstance(value, int | float) else letters(str(as_text(letters(value))))


def _day(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


def _short(text: str) -> Text:
    whole = letters(text)
    # two places for a sign beyond the first 65,536, as a workbook counts them
    if len(whole) + sum(sign > "\uffff" for sign in whole) <= _LONGEST:
        return whole
    return letters(whole.encode("utf-16-le")[: 2 * _LONGEST].decode("utf-16-le", "ignore") + _CUT)


def _width(sheet: Sheet, column: int) -> int:
    longest = max((len(str(row[column])) for row in sheet.rows), default=0)
    return max(12, min(_WIDEST, longest + 2))


def _sheet_name(name: str, used: set[str]) -> Text:
    """Return a name that a workbook may have, and has not yet."""
    plain = re.sub(r"[\[\]:*?/\\'\n\t]", " ", letters(name))[:_SHEET_NAME]
    number = 1
    while plain.casefold() in used:
        number += 1
        plain = f"{plain[: _SHEET_NAME - 4]} {number}"
    used.add(plain.casefold())
    return letters(plain)
