"""The chart of learning outcomes: how many statements of the groups name each."""

from __future__ import annotations

from textwrap import shorten

from seminarkit.core.documents.bar_charts import Bar, Column, bars
from seminarkit.core.documents.pieces import EMPTY, Chart, Piece
from seminarkit.topics.conclusions.dossier import Summary, for_public


def coverage(dossier: Summary) -> Piece:
    """Draw how many statements name each learning outcome; nothing on a public page."""
    rows = [] if for_public(dossier) else dossier.data["outcomes"]
    if not any(each["statements"] for each in rows):
        return EMPTY
    sizes = [len(each["statements"]) for each in rows]
    words = [
        f"{size}, in {each['groups']} group{'s' * (each['groups'] != 1)}" if size else "none"
        for each, size in zip(rows, sizes, strict=True)
    ]
    labels = [shorten(f"{each['id']} {each['text']}", 58, placeholder=" …") for each in rows]
    drawn = [Bar(word, size) for word, size in zip(words, sizes, strict=True)]
    sheet = bars(labels, [Column(drawn)], line=34, size=9)
    bare = [each["id"] for each in rows if not each["statements"]]
    finding = f"No statement names {', '.join(bare)}." if bare else "Every outcome is named."
    alt = "; ".join(f"{each['id']}: {word}" for each, word in zip(rows, words, strict=True))
    return Chart(finding, alt, sheet.drawing())
