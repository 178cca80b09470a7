"""The text of an answer in a dossier, also of an answer with rows."""

from __future__ import annotations

from collections.abc import Mapping

from seminarkit.core.forms.shapes import is_object

# the value in tables, and the words, if the members of a delegation gave different answers
DIFFER, DIFFER_WORDS = "differ", "The delegation differs"


def answer_words(answer: Mapping[str, object]) -> str:
    """Return the text of an answer; one with rows has one line per row.

    >>> answer_words({"rows": [[{"shown": "Data"}, {"shown": 6}], [{"shown": "Law"}]]})
    'Data; 6\\nLaw'
    """
    if "shown" in answer:
        return str(answer["shown"])
    rows = answer.get("rows")
    return "\n".join(
        "; ".join(answer_words(cell) for cell in row if is_object(cell))
        for row in (rows if isinstance(rows, list) else ())
    )
