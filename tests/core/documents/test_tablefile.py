"""Does every text stay a text, whatever a spreadsheet makes of the file?"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seminarkit.core.clean_text import clean_text
from seminarkit.core.documents.table_files import TableSheet, as_text, csv_file, xlsx_file

HIDDEN = ' \u00a0"\x0b'
FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
DANGEROUS = st.text(
    st.sampled_from(list("=+-@;,\t\r\n\"' ab|!\u00a0＝\x00\x0b\ufeff")), max_size=12
)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(data: bytes, separator: str) -> list[str]:
    text = data.decode("utf-8-sig").replace("\x00", "")  # as spreadsheets drop what nobody sees
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return [cell for row in reader for cell in row]


@settings(max_examples=400)
@given(st.lists(DANGEROUS, min_size=1, max_size=4))
def test_no_cell_of_a_csv_file_is_a_formula(texts: list[str]) -> None:
    """O36: read with commas, semicolons or tabs, as the language of a computer has it."""
    data = csv_file(TableSheet("x", [f"h{i}" for i in range(len(texts))], [texts, texts[::-1]]))
    for separator in ",;\t":
        for cell in cells(data, separator):
            assert not cell.lstrip(HIDDEN).startswith(FORMULAS), (separator, cell)
            # an end of a line that was taken into a cell begins none
            assert not cell.removeprefix("\r\n").startswith(("\t", "\r")), (separator, cell)


@given(st.lists(DANGEROUS, min_size=1, max_size=4))
def test_nothing_but_apostrophes_is_put_into_a_text(texts: list[str]) -> None:
    """O36"""
    for text in texts:
        assert str(as_text(text)).replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize(
    "text", ["Who pays?", "GE-2", "a = b", "1-2", "https://a.org/?x=1", "ქართ"]
)
def test_an_ordinary_text_is_left_alone(text: str) -> None:
    """O36"""
    assert as_text(text) == text


def test_excel_knows_the_letters_of_a_csv_file() -> None:
    """O36: the mark of UTF-8 comes first; a number is a number."""
    data = csv_file(TableSheet("x", ["name", "credits"], [["ქართული", -5]]))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == '"name","credits"\r\n"ქართული",-5\r\n'


def workbook(*sheets: TableSheet) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(xlsx_file(sheets))) as archive:
        names = [n for n in archive.namelist() if n.endswith(".xml")]
        return {name: ElementTree.fromstring(archive.read(name)) for name in names}


@given(st.lists(DANGEROUS, min_size=1, max_size=4))
def test_no_cell_of_a_workbook_is_a_formula(texts: list[str]) -> None:
    """O36: nothing is put before it there, either."""
    parts = workbook(TableSheet("x", [f"h{i}" for i in range(len(texts))], [texts]))
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert not list(sheet.iter(f"{MAIN}f"))
    strings = [
        "".join(t.text or "" for t in si.iter(f"{MAIN}t")) for si in parts["xl/sharedStrings.xml"]
    ]
    stored = {re.sub(r"_x00([0-9A-F]{2})_", lambda m: chr(int(m[1], 16)), s) for s in strings}
    assert set(filter(None, map(clean_text, texts))) <= stored


def test_a_workbook_holds_any_text_and_any_name() -> None:
    """O36: too long for a cell, half a sign, two sheets whose names begin alike."""
    name = "What [is] wrong: old/missing * here, and where? And more"
    parts = workbook(
        TableSheet(name, ["a"], [["x" * 50_000]]), TableSheet(name, ["a"], [["\ud800"]])
    )
    names = [e.get("name", "") for e in parts["xl/workbook.xml"].iter(f"{MAIN}sheet")]
    assert len(set(names)) == 2
    assert all(0 < len(n) <= 31 and not set(n) & set("[]:*?/\\") for n in names)
    (long,) = (
        t.text or ""
        for t in parts["xl/sharedStrings.xml"].iter(f"{MAIN}t")
        if "xx" in (t.text or "")
    )
    assert len(long) < 32_768
    assert long.endswith("the whole text is in the CSV file]")


def test_the_same_tables_give_the_same_bytes() -> None:
    """O36"""
    sheet = TableSheet("x", ["a", "b"], [["=1", 2]])
    assert xlsx_file([sheet]) == xlsx_file([sheet])
    assert csv_file(sheet) == csv_file(sheet)
