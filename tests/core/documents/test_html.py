"""Does every piece hold any text letter by letter, as HTML, as text and in a cell, and no more?"""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.formatters import DisplayFormatter

from seminarkit.core.clean_text import clean_text
from seminarkit.core.documents.drawing_sheet import DrawingSheet
from seminarkit.core.documents.html import html
from seminarkit.core.documents.mime_bundle import bundle
from seminarkit.core.documents.piece_json import read_piece
from seminarkit.core.documents.pieces import (
    EMPTY,
    MIME,
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
    section,
)
from seminarkit.core.documents.plain_text import plain_text
from seminarkit.core.documents.text_lines import is_link, line, person_lines, person_span

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="

EVIL = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</summary></details><h1>",
    "javascript:alert(1)",
    "data:text/html,<script>1</script>",
    "//example.org/x.html",
    "https://example.org/'onmouseover=alert(1)//",
    "&lt;b&gt; &amp; <b>",
    "سؤال\nשאלה",
]
ANY = st.one_of(st.sampled_from(EVIL), st.text(max_size=40)).map(clean_text)
MAKE: dict[str, Callable[[str], Piece]] = {
    "title": lambda t: Title(t, t, t, (line(t), (person_span(t),)), seminar="s", readers="r"),
    "heading": lambda t: Heading(t, 3, anchor=t),
    "text": lambda t: Text((Span(t, href=t, hint=t), Span(t, own=True), Span(t, "code")), "by", t),
    "items": lambda t: Items((line(t), (person_span(t),)), ordered=True, anchors=("a", t)),
    "boxes": lambda t: Items((line(t, "mark"), (Span(t, "strong", t),)), look="boxes"),
    "answer": lambda t: Answer(t, person_lines(t), t),
    "quote": lambda t: Quote((line(t, "quiet"),), t, t),
    "table": lambda t: Table(
        t,
        t,
        (Column("a", t, unit=t), Column("b", t)),
        (Rows(((Cell(t), Cell(t, ((person_span(t),), line(t, "missing")), t)),), t),),
        note=t,
        look="stack",
    ),
    "chart": lambda t: Chart(t, t, DrawingSheet(1).drawing()),
    "picture": lambda t: Picture(DOT, "image/png", t),
    "group": lambda t: Group((Heading(t), Text(line(t, "strong"))), "together"),
    "pair": lambda t: Group((Text(line(t)), Text(line(t))), "pair"),
    "fold": lambda t: Fold(t, (Text(line(t, "ref", t)),)),
}
TAGS = """a article b blockquote br caption details div figcaption figure h1 h2 h3 h4 header img li
    ol p span strong summary sup table tbody td th thead tr ul"""
ATTRIBUTES = """alt aria-label class colspan data-head dir height href id rel role scope src style
    tabindex title width"""


class Reader(HTMLParser):
    """Reads HTML as a browser does: its text, its elements and where they lead."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.places: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS.split()
        for name, value in attrs:
            assert name in ATTRIBUTES.split()
            if name in ("href", "src"):
                self.places.append(str(value))
            if name in ("alt", "title", "aria-label"):
                self.words.append(str(value))
        self.words += ["\n"] if tag == "br" else []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def squeezed(words: str) -> str:
    return "".join(words.split())


@pytest.mark.parametrize("kind", MAKE)
@given(words=ANY)
def test_any_text_stands_there_letter_by_letter_and_nothing_runs(kind: str, words: str) -> None:
    """C22 C23 O25: escaped once; only the web, pages of the site and anchors are linked."""
    piece = MAKE[kind](words)
    read = Reader(html(piece))
    assert squeezed(words) in squeezed("".join(read.words))
    for place in read.places:
        assert is_link(place) or place.startswith("data:image/")
    assert squeezed(words) in squeezed(plain_text(piece))
    assert read_piece(bundle(piece)[MIME], "here") == piece


@pytest.mark.parametrize(
    ("place", "is_one"),
    [
        ("https://example.org/a?b=1#c", True),
        ("countries/GE.html#source-1", True),
        ("../core/questions.html", True),
        ("#GE-1-q2", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)//.html", False),
        ("data:text/html,x", False),
        ("//example.org/a.html", False),
        ("file:///etc/passwd.html", False),
        ("/etc/passwd", False),
        ("https://a b", False),
        ("", False),
    ],
)
def test_what_is_linked(place: str, is_one: bool) -> None:
    assert is_link(place) is is_one
    assert ("<a " in html(Text((Span("x", href=place),)))) is is_one


def test_no_list_of_definitions_and_cells_at_the_start() -> None:
    """F12: JupyterLab's own look moves neither an answer to the next question nor a cell."""
    shown = html(Group(tuple(make("words") for make in MAKE.values()), "sheet"))
    assert "<dl" not in shown and "<dt" not in shown
    assert "text-align:start" in shown
    assert "<td" in shown and "<td>" not in shown


def test_a_cell_shows_a_piece_in_three_ways_and_nothing_of_an_empty_one() -> None:
    """X02: what IPython, and so every kernel of it, makes of a cell that returns a piece."""
    display = DisplayFormatter()
    for make in MAKE.values():
        data, _ = display.format(make("words"))
        assert set(data) == {"text/html", "text/plain", MIME}
        assert "words" in data["text/plain"]
    for empty in (EMPTY, section("A heading", []), Group((EMPTY, Group((EMPTY,), "card")))):
        assert display.format(empty) == ({}, {})


def test_plain_text_is_easy_to_read() -> None:
    table = Table(
        "people",
        "Who comes",
        (Column("name", "Name"), Column("credits", "Credits", unit="ECTS")),
        (Rows(((Cell("Ana"), Cell(6)), (Cell("Bo"), Cell())), "Day 1"),),
        note="As asked.",
    )
    assert plain_text(table) == (
        "Who comes\nName  Credits (ECTS)\n----  --------------\n[Day 1]\nAna   6\nBo\nAs asked."
    )
    linked = Text((Span("Law", href="https://example.org"), Span(" "), Span("1", "ref", "#s")))
    assert plain_text(linked) == "Law <https://example.org> [1]"
    assert plain_text(Heading("Sources")) == "Sources\n======="
    quote = Quote((line("Yes."), line("No.")), "Zadar", "GE")
    assert plain_text(quote) == "Zadar\n> Yes.\n> No.\n— GE"
    assert str(quote) == plain_text(quote)
