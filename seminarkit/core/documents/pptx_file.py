"""Slides that a team can edit: the one door to python-pptx. The same slides give the same bytes.

What would run over a slide goes on to the next (slide_fit.py).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Inches, Pt

from seminarkit.core.clean_text import letters
from seminarkit.core.disk.files import without_clock
from seminarkit.core.documents.docx_xml import is_rtl
from seminarkit.core.documents.slide_fit import (
    GAP,
    Picture,
    Slide,
    SlideTable,
    column_widths,
    cut_title,
    fitting,
    points_height,
    title_fits,
)
from seminarkit.core.documents.slide_style import BODY, CELL_SIZE, FIRST_SIZES, TITLE_SIZES, dress

_NO_SIGN = '<a:buNone xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'


@dataclass(frozen=True)
class Deck:
    """What slides belong to: title, subtitle and notes of the first, and the foot of all others."""

    title: str
    subtitle: str = ""
    foot: str = ""
    lang: str = "en"
    notes: str = ""


def write_slides(deck: Deck, slides: Sequence[Slide]) -> bytes:
    """Return the .pptx file of a deck; slides that hold too much become several."""
    file: Any = Presentation(io.BytesIO(_template()))
    core = file.core_properties
    core.title, core.language, core.author = letters(deck.title)[:255], deck.lang, ""
    first = file.slides.add_slide(file.slide_layouts[0])
    _write_title(first.shapes.title, cut_title(deck.title), FIRST_SIZES)
    _write(first.placeholders[1].text_frame, [deck.subtitle])
    if deck.notes:
        first.notes_slide.notes_text_frame.text = letters(deck.notes)
    for slide in (part for each in slides for part in fitting(each)):
        _add(file, slide, deck.foot)
    made = io.BytesIO()
    file.save(made)
    return without_clock(made)


def _add(file: Any, slide: Slide, foot: str) -> None:
    """Append one slide that fits."""
    layout = file.slide_layouts[1 if slide.points else 2]
    made = file.slides.add_slide(layout)
    _write_title(made.shapes.title, slide.title, TITLE_SIZES)
    below = BODY.top
    if slide.points:
        body = made.placeholders[1]
        texts = [point.text for point in slide.points]
        _write(body.text_frame, texts, listed=len(texts) > 1)
        if slide.picture or slide.table:
            height = points_height(slide.points)
            body.left, body.top = Inches(BODY.left), Inches(BODY.top)
            body.width, body.height = Inches(BODY.width), Inches(height)
            below += height + GAP
    if slide.picture:
        _place(made, slide.picture, below)
    if slide.table:
        _place_table(made, slide.table, below)
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


def _place_table(slide: Any, table: SlideTable, below: float) -> None:
    """Put a table on what is left of a slide, its columns as wide as their texts ask for."""
    rows, columns = len(table.rows) + 1, len(table.heads)
    place = Inches(BODY.left), Inches(below), Inches(BODY.width), Inches(0.3 * rows)
    made = slide.shapes.add_table(rows, columns, *place).table
    widths = column_widths(table)
    for number, width in enumerate(widths):
        made.columns[number].width = Inches(width)
    for line, texts in enumerate((table.heads, *table.rows)):
        made.rows[line].height = Inches(0.3)
        for number, text in enumerate(texts):
            frame = made.cell(line, number).text_frame
            _write(frame, [text])
            paragraph = frame.paragraphs[0]
            paragraph.font.size = Pt(CELL_SIZE)
            if number in table.ends:
                paragraph.alignment = PP_ALIGN.RIGHT


def _write_title(shape: Any, title: str, sizes: Sequence[int]) -> None:
    """Write a title in the largest of these sizes that fits; the first is its layout's own."""
    _write(shape.text_frame, [title])
    fits = [size for size in sizes if title_fits(title, size)] or sizes[-1:]
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
