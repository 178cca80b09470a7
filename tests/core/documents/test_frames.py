"""Frames of pandas as tables: numbers as people write them, and nothing cut (J02 J07)."""

from __future__ import annotations

import pandas as pd
import pytest

from seminarkit.core.documents.dataframe_tables import frame_bundle, table_of
from seminarkit.core.documents.pieces import MIME, Table
from seminarkit.core.documents.text_lines import line_text, shown_lines


def cells(table: Table) -> list[list[str]]:
    rows = [row for group in table.groups for row in group.rows]
    return [["; ".join(map(line_text, shown_lines(cell))) for cell in row] for row in rows]


def heads(table: Table) -> list[str]:
    return [column.label for column in table.columns]


FRAME = pd.DataFrame(
    {
        "country": ["GE", "AM"],
        "credits": pd.array([4, None], dtype="Int64"),
        "hours": [4.0, None],
        "share": [1 / 3, 1e-9],
        "open": [True, False],
        "day": pd.to_datetime(["2020-11-26", None]),
        "many": [["a", "b"], []],
        "words": [None, "=1+1"],
    }
)


def test_what_a_person_reads_of_a_frame() -> None:
    """No NaN, no 4.0 credits, no clock at midnight; a missing value is a dash."""
    table = table_of(FRAME)
    assert heads(table) == list(FRAME.columns)
    assert cells(table) == [
        ["GE", "4", "4", "0.333", "yes", "2020-11-26", "a; b", "–"],
        ["AM", "–", "–", "1e-09", "no", "–", "", "=1+1"],
    ]
    assert [c.name for c in table.columns if c.align == "end"] == ["credits", "hours", "share"]
    values = [cell.value for cell in table.groups[0].rows[0]]
    assert values[1:5] == [4, 4, 1 / 3, True] and type(values[2]) is int


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (FRAME[["credits"]], ["credits"]),
        (FRAME.set_index("country")[["credits"]], ["country", "credits"]),
        (FRAME[FRAME.open][["credits"]], ["credits"]),
        (FRAME.groupby(["country", "open"]).hours.agg(["mean"]), ["country", "open", "mean"]),
        (FRAME.country.value_counts(), ["country", "count"]),
        (FRAME.hours.describe(), ["", "hours"]),
        (FRAME.pivot_table(index="country", columns="open", values=["hours"]), ["country", "hours – True"]),
        (pd.Series([1, 2]), ["value"]),
        (pd.DataFrame(), []),
        (FRAME.iloc[:0][["hours"]], ["hours"]),
    ],
)  # fmt: skip
def test_an_index_is_shown_if_it_says_something(frame: object, expected: list[str]) -> None:
    assert heads(table_of(frame)) == expected


def test_long_texts_and_many_rows_are_whole_in_the_piece() -> None:
    """A frame of 10,000 rows: the page shows 200, the piece holds all, and nothing is shortened."""
    long = "a very long answer " * 50
    frame = pd.DataFrame({"n": range(10_000), "words": long})
    bundle = frame_bundle(frame)
    piece = bundle[MIME]
    assert isinstance(piece, dict) and len(piece["groups"][0]["rows"]) == 10_000
    html = bundle["text/html"]
    assert isinstance(html, str) and html.count("<tr>") == 201 and long.strip() in html
    assert "The first 200 of 10,000 rows" in html
    assert bundle["text/plain"] == repr(frame)


def test_a_styler_is_its_data() -> None:
    styled = frame_bundle(FRAME.style.highlight_max(subset=["hours"]))
    assert styled[MIME] == frame_bundle(FRAME)[MIME]


def test_a_frame_may_name_itself() -> None:
    frame = FRAME[["country"]].copy()
    frame.attrs = {"caption": "Countries", "name": "countries"}
    assert (table_of(frame).name, table_of(frame).caption) == ("countries", "Countries")
