"""The words of an answer in a dossier, also of one that is a list of rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def answer_words(answer: Mapping[str, Any]) -> str:
    """Return an answer in words; of a list of rows, one line per row.

    >>> answer_words({"rows": [[{"shown": "Data"}, {"shown": 6}], [{"shown": "Law"}]]})
    'Data; 6\\nLaw'
    """
    if "shown" in answer:
        return str(answer["shown"])
    rows = answer.get("rows", ())
    return "\n".join("; ".join(answer_words(each) for each in row) for row in rows)
