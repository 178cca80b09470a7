"""Markdown as pieces: what is no markup stays text, letter by letter (P09)."""

from __future__ import annotations

import pytest

from seminarkit.core.documents.document import Document, Part
from seminarkit.core.documents.markdown import as_pieces
from seminarkit.core.documents.pieces import Heading, Items, Piece, Quote, Table, Text
from seminarkit.core.documents.table_export import csv_files
from seminarkit.core.documents.text_lines import line_text


def words(pieces: list[Piece]) -> str:
    parts: list[str] = []
    for piece in pieces:
        match piece:
            case Heading():
                parts.append(piece.text)
            case Text():
                parts.append(line_text(piece.line))
            case Items() | Quote():
                parts += map(line_text, piece.lines)
            case Table():
                parts += [column.label for column in piece.columns]
                parts += [str(c.value) for group in piece.groups for row in group.rows for c in row]
    return "\n".join(parts)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("$x^2$ and <b>tag</b> & #5", "$x^2$ and <b>tag</b> & #5"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("![a picture](https://example.org/a.png)", "a picture"),
        ("![x](file:///etc/passwd)", "![x](file:///etc/passwd)"),
        ("- a\n  - b\n    - c\n\n  d", "a\n– b\n– – c\nd"),
        ("> one\n>\n> - two", "one\ntwo"),
        ("```python\nx = 1\n\ny\n```", "x = 1\n\ny"),
        ("| a | b |\n|---|---|\n| =1+1 | **2** |", "a\nb\n=1+1\n2"),
        ("العربية **خط** 1", "العربية خط 1"),
        ("# \n\n***\n\n", ""),
        ("a  \nb\nc", "a\nb c"),
    ],
)
def test_every_word_is_there(text: str, shown: str) -> None:
    assert words(as_pieces(text)) == shown


def test_a_table_has_its_heads_in_its_file_too() -> None:
    """J07: as one of pandas has."""
    (piece,) = as_pieces("| Course | |\n|---|---|\n| =1+1 | 2 |")
    (file,) = csv_files(Document("", "", "core", "en", (Part(piece, 1),))).values()
    assert file.decode("utf-8-sig").splitlines()[0] == '"Course","column_2"'


def test_links_lead_to_the_web_alone() -> None:
    (text,) = as_pieces(
        "[a](https://example.org) [b](data:text/html,x) [c](file:///x) <https://e.org>"
    )
    assert isinstance(text, Text)
    assert [span.href for span in text.line if span.href] == [
        "https://example.org",
        "https://e.org",
    ]
