"""Can a team edit the slides, does nothing run over, and do all scripts stand right?"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib
import pytest
from PIL import Image, ImageFont
from pptx import Presentation
from pptx.enum.text import PP_ALIGN

from seminarkit.core.documents.document import Document, Part
from seminarkit.core.documents.pieces import Cell, Column, Rows, Table
from seminarkit.core.documents.pptx_file import Deck, write_slides
from seminarkit.core.documents.slide_fit import (
    Picture,
    Point,
    Slide,
    SlideTable,
    fitting_rows,
    split_slide,
)
from seminarkit.core.documents.slides import pptx
from seminarkit.core.seminar.folder import SeminarFolder

DECK = Deck("A seminar", "Of two days", "Not for the public.")
ARABIC = "الاعتراف بالتعلم السابق شرط لكل شيء آخر"
LONG = "Recognition needs a register that everybody can read, and an office that answers. " * 4
ACCENTS = "\u0301" * 70  # no font draws so many on one letter: they are spelt out
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
REGULAR = ImageFont.truetype(str(FONTS / "DejaVuSans.ttf"), 100)
BOLD = ImageFont.truetype(str(FONTS / "DejaVuSans-Bold.ttf"), 100)


def picture(width: int = 900, height: int = 400) -> Picture:
    made = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(made, "PNG")
    return Picture(made.getvalue(), "Two bars: 3 and 5")


def slide_of(
    title: str, points: tuple[str, ...] = (), shown: Picture | None = None, notes: str = ""
) -> Slide:
    return Slide(title, tuple(Point(text) for text in points), shown, notes=notes)


def read(data: bytes) -> Any:
    return Presentation(io.BytesIO(data))


def inches_needed(shape: Any, size: float, font: ImageFont.FreeTypeFont) -> float:
    """Return the height of a frame's text, in a font wider than any that slides are shown in."""
    needed = 0.0
    for paragraph in shape.text_frame.paragraphs:
        points = paragraph.font.size.pt if paragraph.font.size else size
        room, lines, used = shape.width / 914400 * 72 / points * 100 - 100, 1, 0.0
        for word in paragraph.text.split():
            long = font.getlength(word + " ")
            lines, used = (lines + 1, long) if used + long > room and used else (lines, used + long)
            while used > room:
                lines, used = lines + 1, used - room
        needed += lines * points * 1.2 / 72
    return needed


def running_over(data: bytes) -> Iterator[str]:
    """Yield what does not fit: by conservative font metrics, for every text and picture."""
    file = read(data)
    for slide in file.slides:
        for shape in slide.shapes:
            if shape.left + shape.width > file.slide_width or shape.left < 0:
                yield f"{shape.name} is too wide"
            if shape.top + shape.height > file.slide_height or shape.top < 0:
                yield f"{shape.name} is too tall"
            if shape.is_placeholder and shape.placeholder_format.idx < 2:
                kind = shape.placeholder_format.idx
                first = slide.slide_layout.name == "Title Slide"
                size = (40 if kind == 0 else 20) if first else (30 if kind == 0 else 22)
                if (
                    inches_needed(shape, size, REGULAR if kind else BOLD)
                    > shape.height / 914400 + 0.01
                ):
                    yield shape.text_frame.text


def test_titles_notes_and_pictures_are_real_ones() -> None:
    """X09, V04: what an editor shows in its outline, its notes, and reads out."""
    slide = slide_of("What we heard", ("One thing", "Another"), picture(), "Say it slowly.")
    first, second = read(write_slides(DECK, [slide])).slides
    assert first.shapes.title.text_frame.text == "A seminar"
    assert second.shapes.title.text_frame.text == "What we heard"
    assert [p.text for p in second.placeholders[1].text_frame.paragraphs] == [
        "One thing",
        "Another",
    ]
    assert second.notes_slide.notes_text_frame.text == "Say it slowly."
    (image,) = [s for s in second.shapes if s.shape_type == 13]
    assert image._element.nvPicPr.cNvPr.get("descr") == "Two bars: 3 and 5"
    assert "Not for the public." in [s.text_frame.text for s in second.shapes if s.has_text_frame]


@pytest.mark.parametrize(
    "slide",
    [
        slide_of("Short", ("One",)),
        slide_of("Many points", tuple(f"{i}: {LONG[:90]}" for i in range(30))),
        slide_of("Long points", (LONG * 3, LONG)),
        slide_of("Without an end", (LONG * 12,)),
        slide_of("A picture below much text", (LONG, LONG, LONG), picture()),
        slide_of("A tall picture", ("One sentence.",), picture(300, 2000)),
        slide_of("A picture alone", (), picture(2000, 100)),
        slide_of(LONG.strip(), ("A title that is far too long",)),
        slide_of("A" * 400, ("B" * 900,)),
        slide_of(ARABIC * 3, (ARABIC * 9, ARABIC)),
        slide_of("", ("",)),
    ],
    ids=lambda slide: slide.title[:20] or "nothing",
)
def test_nothing_runs_over_a_slide(slide: Slide) -> None:
    """X09, V04: what is too much goes on to the next slide, and nothing is lost."""
    assert list(running_over(write_slides(DECK, [slide]))) == []
    parts = list(split_slide(slide))
    said = "".join(point.text for part in parts for point in part.points)
    assert "".join(said.split()) == "".join("".join(point.text for point in slide.points).split())
    assert slide.title in (parts[0].title, parts[0].notes)
    assert [part.picture for part in parts if part.picture] == [slide.picture] * bool(slide.picture)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("shown", [None, picture()], ids=["words", "picture"])
@pytest.mark.parametrize(
    "text", [f"a{ACCENTS}", f"One. a{ACCENTS} Two.", ACCENTS * 9, "W" * 3_000, ""]
)
def test_every_text_ends_on_some_slide(text: str, shown: Picture | None) -> None:
    """P09: also one that is measured as taller than a slide, as its signs are spelt out."""
    parts = list(split_slide(Slide(text, (Point(text), Point("The end")), shown)))
    points = [point.text for part in parts for point in part.points]
    assert "".join(points).replace(" ", "") == f"{text}The end".replace(" ", "")
    assert all(part.points or part.picture for part in parts)


@pytest.mark.timeout(20)
def test_a_long_text_and_a_long_title_are_split_at_once() -> None:
    """P09: 20,000 different words; each prefix measured anew would take minutes."""
    words = " ".join(f"word{number}" for number in range(20_000))
    parts = list(split_slide(Slide(words, (Point(words),))))
    assert len(parts) > 100 and " ".join(p.text for part in parts for p in part.points) == words


@pytest.mark.parametrize("title", ["Short", LONG[:120], LONG, ARABIC * 9])
def test_the_first_slide_holds_any_title(title: str) -> None:
    assert list(running_over(write_slides(Deck(title, LONG[:150]), []))) == []


def test_the_measure_can_fail() -> None:
    """So that the test above can."""
    file = read(write_slides(DECK, [slide_of("x", ("y",))]))
    file.slides[1].placeholders[1].text_frame.text = LONG * 9
    made = io.BytesIO()
    file.save(made)
    assert list(running_over(made.getvalue()))


def test_arabic_stands_on_the_right_and_english_on_the_left() -> None:
    """X09: each paragraph in the direction of its own script."""
    _, slide = read(write_slides(DECK, [slide_of(ARABIC, ("In English", ARABIC))])).slides
    english, arabic = slide.placeholders[1].text_frame.paragraphs
    for paragraph in (slide.shapes.title.text_frame.paragraphs[0], arabic):
        assert paragraph.alignment == PP_ALIGN.RIGHT
        assert paragraph._p.pPr.get("rtl") == "1"
    assert english.alignment == PP_ALIGN.LEFT
    assert english._p.pPr.get("rtl") == "0"


def test_the_same_slides_give_the_same_bytes() -> None:
    slides = [slide_of("One", ("Point",), picture(), "Note")]
    assert write_slides(DECK, slides) == write_slides(DECK, slides)


def test_what_is_written_is_text_alone() -> None:
    """Markup, control signs and formulas stay what they are."""
    words = "<b>&amp;</b> =1+1 \x07\x0b _x0041_"
    _, slide = read(write_slides(DECK, [slide_of(words, (words,))])).slides
    assert "<b>&amp;</b> =1+1" in slide.placeholders[1].text_frame.text


def test_the_surveys_slides_fit_seven_minutes(demo: SeminarFolder) -> None:
    """V04: about five slides, each with one chart in words too, a sentence, and notes."""
    data = (demo.site("core") / "documents" / "survey.pptx").read_bytes()
    assert list(running_over(data)) == []
    _, *slides = read(data).slides
    assert 4 <= len(slides) <= 6
    for slide in slides:
        (image,) = [shape for shape in slide.shapes if shape.shape_type == 13]
        assert len(image._element.nvPicPr.cNvPr.get("descr")) > 20
        assert slide.notes_slide.notes_text_frame.text
        assert slide.placeholders[1].text_frame.text.endswith(".")


def test_the_notes_of_a_point_go_where_the_point_goes() -> None:
    """X09: who speaks to a slide finds the sources of what is on it, and of nothing else."""
    points = tuple(Point(f"{i}: {LONG[:90]}", f"source {i}") for i in range(12))
    parts = list(split_slide(Slide("Many", points, notes="first")))
    assert len(parts) > 1 and parts[0].notes.startswith("first")
    for part in parts:
        shown = [point.text.partition(":")[0] for point in part.points]
        assert all(f"source {number}" in part.notes.split("\n\n") for number in shown)
        assert part.notes.count("source") == len(shown)


@pytest.mark.parametrize("text", ["4", LONG[:150], ARABIC, "W" * 150])
def test_a_table_stays_on_its_slide(text: str) -> None:
    """X09: as many rows as there is room for; their heights are of their texts."""
    table = SlideTable(
        ("Name", "Credits"), tuple((text, str(i)) for i in range(40)), frozenset({1})
    )
    shown = fitting_rows(table)
    assert 1 <= len(shown.rows) < 40
    _, slide = read(write_slides(DECK, [Slide("A table", table=shown)])).slides
    (frame,) = [shape for shape in slide.shapes if shape.has_table]
    needed = sum(
        max(
            lines(cell.text, column.width / 914400 - 0.2) * 14 * 1.2 / 72 + 0.1
            for cell, column in zip(row.cells, frame.table.columns, strict=True)
        )
        for row in frame.table.rows
    )
    assert frame.top / 914400 + needed <= 7.5


def test_what_a_cell_has_no_room_for_is_in_the_notes() -> None:
    """X09 J02: whole, with its row and column; nothing is cut in silence."""
    long = " ".join(f"word{number}" for number in range(900))
    rows = Rows(((Cell("First"), Cell(long)), (Cell("Second"), Cell("short"))))
    table = Table("t", "All", (Column("a", "Name"), Column("b", "Words")), (rows,))
    _, slide = read(pptx(Document("own.ipynb", "Own", "core", "en", (Part(table, 1),)))).slides
    notes = slide.notes_slide.notes_text_frame.text
    assert f"First, Words: {long}" in notes and "short" not in notes


def lines(text: str, width: float) -> int:
    return max(1, -int(-REGULAR.getlength(text) * 14 / 100 // (72 * width)))
