"""Is what is missing empty in files, and a dash on pages?"""

from __future__ import annotations

import io

import pandas as pd

from seminarkit.core.documents.dataframe_tables import table_of
from seminarkit.core.documents.document import Document, Part
from seminarkit.core.documents.html import html
from seminarkit.core.documents.table_export import csv_files


def test_missing_values_are_empty_in_files() -> None:
    """J07: so that a program reads numbers and days as such."""
    frame = pd.DataFrame({"words": ["a", None], "n": [1.5, None], "day": pd.to_datetime(["2026-03-01", None])})  # fmt: skip
    frame.attrs = {"name": "mine", "caption": "Mine"}
    table = table_of(frame)
    assert html(table).count("–") == 3
    document = Document("own.ipynb", "Own", "core", "en", (Part(table, 1),))
    read = pd.read_csv(io.BytesIO(csv_files(document)["mine"]), parse_dates=["day"])
    assert read["n"].dtype.kind == "f" and read.iloc[1].isna().all()
    assert read["day"].dtype.kind == "M"
