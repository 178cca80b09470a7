"""Slides that a team can edit: the one door to python-pptx. The same slides give the same bytes.

What would run over a slide goes on to the next. Text is measured with the charts' own font, which
is wider than those that programs for slides use, so what fits here fits there.
"""

from __future__ import annotations

import io
from bisect import bisect
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Inches, Pt

from seminarkit.core.documents.canvas import lines_of
from seminarkit.files import without_clock
from seminarkit.publish.slidelook import (
    BODY,
    BODY_SIZE,
    FIRST_SIZES,
    INDENT,
    PICTURE_LEAST,
    TITLE,
    TITLE_SIZES,
    dress,
)
from seminarkit.text import letters
from seminarkit.wordparts import is_rtl

_LINE = 1.2 / 72  # inches a line takes for each point of its letters
_GAP = 0.12  # inches between two points
_NO_SIGN = '<a:buNone xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
_TITLE_LINES = 2
_LONGEST_WORD = 200  # letters; an address may be long


@dataclass(frozen=True)
class Picture:
    """A picture as PNG, and what it shows in words."""

    png: bytes
    alt: str


@dataclass(frozen=True)
class Slide:
    """One slide: its title, points or a sentence, a picture below them, and the speaker's notes."""

    title: str
    points: tuple[str, ...] = ()
    picture: Picture | None = None
    notes: str = ""


@dataclass(frozen=True)
class Deck:
    """What slides belong to: the first slide's title and subtitle, and the foot of all others."""

    title: str
    subtitle: str = ""
    foot: str = ""
    lang: str = "en"


def write_slides(deck: Deck, slides: Sequence[Slide]) -> bytes:
    """Return the .pptx file of a deck; slides that hold too much become several."""
    file: Any = Presentation(io.BytesIO(_template()))
    core = file.core_properties
    core.title, core.language, core.author = letters(deck.title)[:255], deck.lang, ""
    first = file.slides.add_slide(file.slide_layouts[0])
    _write_title(first.shapes.title, _cut_title(deck.title), FIRST_SIZES)
    _write(first.placeholders[1].text_frame, [deck.subtitle])
    for slide in (part for each in slides for part in fitting(each)):
        _add(file, slide, deck.foot)
    made = io.BytesIO()
    file.save(made)
    return without_clock(made)


def fitting(slide: Slide) -> Iterator[Slide]:
    """Yield a slide in parts that fit, one after the other; only the first has picture and notes.

    A title longer than two lines is cut, and stands whole in the notes.
    """
    points, room = list(_short_enough(slide.points)), BODY.height
    if slide.picture:
        room -= PICTURE_LEAST
    parts: list[list[str]] = []
    while points or not parts:
        here: list[str] = []
        while points and _height([*here, points[0]]) <= room:
            here.append(points.pop(0))
        parts.append(here)
        room = BODY.height
    title, notes = _cut_title(slide.title), slide.notes
    if title != slide.title:
        notes = f"{slide.title}\n{notes}".strip()
    for number, part in enumerate(parts):
        first = number == 0
        yield replace(
            slide,
            title=title if first else _cut_title(title, f" ({number + 1})"),
            points=tuple(part),
            picture=slide.picture if first else None,
            notes=notes if first else "",
        )


def _short_enough(points: Sequence[str]) -> Iterator[str]:
    """Yield points; one that would fill more than half a slide goes on in another."""
    for point in points:
        words = [part for word in point.split() for part in _pieces(word)]
        while words:
            most = range(1, len(words) + 1)
            taken = bisect(most, BODY.height / 2, key=lambda n: _height([" ".join(words[:n])])) or 1
            yield " ".join(words[:taken])
            words = words[taken:]


def _pieces(word: str) -> Iterator[str]:
    for begin in range(0, len(word), _LONGEST_WORD):
        yield word[begin : begin + _LONGEST_WORD]


def _height(points: Sequence[str]) -> float:
    lines = sum(lines_of(point, BODY_SIZE, BODY.width - INDENT) for point in points)
    return lines * BODY_SIZE * _LINE + len(points) * _GAP


def _cut_title(title: str, more: str = "") -> str:
    """Return a title with what follows it, cut to two lines in the smallest of its sizes."""
    if _title_lines(title + more, TITLE_SIZES[-1]) <= _TITLE_LINES:
        return title + more
    words, more = title.removesuffix(" …").split(), f" …{more}"
    while _title_lines(" ".join(words) + more, TITLE_SIZES[-1]) > _TITLE_LINES:
        words.pop()
    return " ".join(words) + more


def _title_lines(title: str, size: int) -> int:
    return lines_of(title, size, TITLE.width, "bold")


def _add(file: Any, slide: Slide, foot: str) -> None:
    """Append one slide that fits."""
    layout = file.slide_layouts[1 if slide.points else 2]
    made = file.slides.add_slide(layout)
    _write_title(made.shapes.title, slide.title, TITLE_SIZES)
    below = BODY.top
    if slide.points:
        body = made.placeholders[1]
        _write(body.text_frame, slide.points, listed=len(slide.points) > 1)
        if slide.picture:
            height = _height(slide.points)
            body.left, body.top = Inches(BODY.left), Inches(BODY.top)
            body.width, body.height = Inches(BODY.width), Inches(height)
            below += height + _GAP
    if slide.picture:
        _place(made, slide.picture, below)
    if slide.notes:
        made.notes_slide.notes_text_frame.text = letters(slide.notes)
    for shape in layout.placeholders:
        kind = shape.placeholder_format.type
        if kind in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            copied = deepcopy(shape._element)
            made.shapes._spTree.append(copied)
            if kind == PP_PLACEHOLDER.FOOTER:
                made.placeholders[shape.placeholder_format.idx].text_frame.text = letters(foot)


def _place(slide: Any, picture: Picture, below: float) -> None:
    """Put a picture in the middle of what is left of a slide, as large as it goes."""
    image = slide.shapes.add_picture(io.BytesIO(picture.png), 0, 0)
    room = Inches(BODY.top + BODY.height - below)
    scale = min(Inches(BODY.width) / image.width, room / image.height)
    image.width, image.height = int(image.width * scale), int(image.height * scale)
    image.left = Inches(BODY.left) + (Inches(BODY.width) - image.width) // 2
    image.top = Inches(below) + (room - image.height) // 2
    image._element.nvPicPr.cNvPr.set("descr", letters(picture.alt))


def _write_title(shape: Any, title: str, sizes: Sequence[int]) -> None:
    """Write a title in the largest of these sizes that fits; the first is its layout's own."""
    _write(shape.text_frame, [title])
    fits = [s for s in sizes if _title_lines(title, s) <= _TITLE_LINES] or sizes[-1:]
    if fits[0] != sizes[0]:
        shape.text_frame.paragraphs[0].font.size = Pt(fits[0])


def _write(frame: Any, texts: Sequence[str], *, listed: bool = False) -> None:
    """Fill a text frame, each paragraph in the direction of its own script."""
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = letters(text)
        settings = paragraph._p.get_or_add_pPr()
        from_right = is_rtl(text)
        paragraph.alignment = PP_ALIGN.RIGHT if from_right else PP_ALIGN.LEFT
        settings.set(
            "rtl", str(int(from_right))
        )  # said of each, as some take it from the one before
        if not listed:
            settings.set("marL", "0")
            settings.set("indent", "0")
            settings.insert(0, parse_xml(_NO_SIGN))


@cache
def _template() -> bytes:
    file = Presentation()
    dress(file, parse_xml)
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()
