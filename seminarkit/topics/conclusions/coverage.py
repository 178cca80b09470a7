"""Bar chart of the learning outcomes: the number of statements that name each outcome."""

from __future__ import annotations

from textwrap import shorten

from seminarkit.core.documents.bar_charts import Bar, Column, bars
from seminarkit.core.documents.pieces import EMPTY, Chart, Piece
from seminarkit.topics.conclusions.dossier import Summary, for_public


def coverage(dossier: Summary) -> Piece:
    """Draw a bar chart of the learning outcomes: the number of statements that name each of them.

    The codes attached to statements are counted. Return ``EMPTY`` for a public dossier, or if no
    statement names any outcome.
    """
    rows = [] if for_public(dossier) else dossier.data["outcomes"]
    if not any(row["statements"] for row in rows):
        return EMPTY
    sizes = [len(row["statements"]) for row in rows]
    counts = [
        f"{size}, in {row['groups']} group{'s' * (row['groups'] != 1)}" if size else "none"
        for row, size in zip(rows, sizes, strict=True)
    ]
    labels = [shorten(f"{row['id']} {row['text']}", 58, placeholder=" …") for row in rows]
    bar_list = [Bar(word, size) for word, size in zip(counts, sizes, strict=True)]
    sheet = bars(labels, [Column(bar_list)], line=34, size=9)
    uncovered = [row["id"] for row in rows if not row["statements"]]
    finding = (
        f"No statement names {', '.join(uncovered)}." if uncovered else "Every outcome is named."
    )
    alt = "; ".join(f"{row['id']}: {word}" for row, word in zip(rows, counts, strict=True))
    return Chart(finding, alt, sheet.drawing())
