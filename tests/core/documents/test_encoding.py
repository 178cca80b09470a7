"""Pieces as JSON: nothing is lost, and what is broken is refused with its place (J02)."""

import json

import pytest

from seminarkit.core.documents.drawing import Bar, Dot, Drawing, Label, Stroke
from seminarkit.core.documents.piece_json import piece_json, read_piece
from seminarkit.core.documents.pieces import (
    Answer,
    Cell,
    Chart,
    Column,
    Fold,
    Group,
    Heading,
    Items,
    Picture,
    Piece,
    Quote,
    Rows,
    Span,
    Table,
    Text,
    Title,
)
from seminarkit.core.documents.text_lines import line, person_lines
from seminarkit.core.errors import SeminarError

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="

DRAWING = Drawing(
    5.6,
    2,
    (
        Label(0, 0.25, "Zażółć $x$", 11),
        Bar(1, 0.5, 2.5, 0.22, "#1f4e8c"),
        Dot(1, 1, 0.1, "white", "#1f4e8c"),
        Stroke(0, 0, 1, 1, "#565b66", True),
    ),
)
EVERY: list[Piece] = [
    Title("Georgia", "SPHERE", "From three forms.", (line("* a footnote"),), compact=True),
    Heading("Legislation", 3, "law"),
    Text((Span("drafts", "draft"), Span("a link", href="https://example.org", hint="there"))),
    Items((line("one"), line("two")), ordered=True, anchors=("a", "b")),
    Items((line("one", "mark"),), look="boxes"),
    Answer("Which?", person_lines("Erste Zeile\nhttps://example.org"), "GE-1"),
    Quote(person_lines("= 1 + 1"), "credits", "GE-2"),
    Table(
        "examples",
        "Examples",
        (Column("name", "Name"), Column("credits", "Credits", "end", "ECTS")),
        (Rows(((Cell("x"), Cell(4)), (Cell(True), Cell(None)), (Cell(1.5), Cell("–"))), "Day 1"),),
        "a note",
        "stack",
    ),
    Chart("One country carries 4.", "x: 4", DRAWING),
    Picture(DOT, "image/png", "a plot"),
]
EVERY += [Group(tuple(EVERY), "card"), Fold("More", (Group((Heading("In it"),)),))]


@pytest.mark.parametrize("piece", EVERY, ids=lambda piece: piece.kind)
def test_a_piece_comes_back_from_json_as_it_was(piece: Piece) -> None:
    """Is every field of every kind of piece kept, also through the text of a notebook?"""
    written = json.loads(json.dumps(piece_json(piece)))
    assert read_piece(written, "x") == piece
    assert piece_json(read_piece(written, "x")) == written


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"kind": "texts", "line": []}, "does not know the kind 'texts'. Did you mean 'text'?"),
        ({"line": []}, "does not know the kind None"),
        ([], "it is not an object"),
        ("<b>", "it is not an object"),
        ({"kind": "text"}, "text has no 'line'"),
        ({"kind": "text", "line": "words"}, "text.line is not a list"),
        ({"kind": "text", "line": [{"text": 3}]}, "text.line[0].text has the wrong type"),
        ({"kind": "text", "line": [], "html": "<b>"}, "has an unknown field 'html'"),
        ({"kind": "heading", "text": "x", "level": 9}, "heading.level is not one of 2, 3, 4"),
        ({"kind": "group", "pieces": [{"kind": "?"}]}, "does not know the kind '?'"),
        ({"kind": ["text"], "line": []}, "does not know the kind"),
        (
            {"kind": "chart", "finding": "", "alt": "", "drawing": {"width": True}},
            "chart.drawing has no 'height'",
        ),
    ],
)
def test_a_broken_piece_is_named_with_its_place(data: object, words: str) -> None:
    """Does a piece that nobody can read say where it is, what is wrong, and what to do?"""
    with pytest.raises(SeminarError) as error:
        read_piece(data, "own.ipynb, cell 3")
    assert str(error.value).startswith("own.ipynb, cell 3: ")
    assert words in str(error.value)
    assert str(error.value).endswith("seminar report")


def test_pieces_nested_without_end_are_refused() -> None:
    """Is a notebook refused that nests pieces deeper than any page could show them?"""
    nested: object = {"kind": "heading", "text": "x"}
    for _ in range(2000):
        nested = {"kind": "group", "pieces": [nested]}
    with pytest.raises(SeminarError, match="nested too deeply"):
        read_piece(nested, "own.ipynb, cell 3")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({"kind": "table", "name": "t", "caption": "", "columns": [{"name": "a", "label": "A"}], "groups": [{"rows": [[{"value": 1}, {"value": 2}]]}]}, "a row with more or fewer cells than its head"),
        ({"kind": "table", "name": "t", "caption": "", "columns": [{"name": "a", "label": "A"}], "groups": [{"rows": [[{"value": float("nan")}]]}]}, "not a number that a table can show"),
        ({"kind": "table", "name": "t", "caption": "", "columns": [{"name": "a", "label": "A"}], "groups": [{"rows": [[{"value": 10**400}]]}]}, "not a number that a table can show"),
        ({"kind": "picture", "data": "%%%", "type": "image/png"}, "does not contain a picture"),
        ({"kind": "picture", "data": "PHN2Zy8+", "type": "image/png"}, "does not contain a picture of the type image/png"),
        ({"kind": "picture", "data": "iVBORw0KGgo=", "type": "image/png"}, "contains a picture that is damaged or too large"),
    ],
)  # fmt: skip
def test_what_no_writer_could_show_is_refused(data: dict[str, object], problem: str) -> None:
    """J03: with the place, before any format is made."""
    with pytest.raises(SeminarError, match=problem):
        read_piece(data, "own.ipynb, cell 3")
