"""Write slides that people can edit: the only module that imports python-pptx.

The same slides give the same bytes. Content that does not fit a slide continues on the next one
(slide_fit.py).
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

from seminarkit.core.clean_text import clean_text
from seminarkit.core.disk.files import without_clock
from seminarkit.core.documents.docx_xml import is_rtl
from seminarkit.core.documents.slide_fit import (
    GAP,
    Picture,
    Slide,
    SlideTable,
    column_widths,
    cut_title,
    points_height,
    split_slide,
    title_fits,
)
from seminarkit.core.documents.slide_style import (
    BODY,
    CELL_SIZE,
    FIRST_SIZES,
    TITLE_SIZES,
    apply_style,
)

_NO_BULLET = '<a:buNone xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'


@dataclass(frozen=True)
class Deck:
    """The title slide (title, subtitle, notes), the footer of all other slides, the language."""

    title: str
    subtitle: str = ""
    foot: str = ""
    lang: str = "en"
    notes: str = ""


def write_slides(deck: Deck, slides: Sequence[Slide]) -> bytes:
    """Return a deck as a .pptx file; slides with too much content are split."""
    file: Any = Presentation(io.BytesIO(_template()))
    core = file.core_properties
    core.title, core.language, core.author = clean_text(deck.title)[:255], deck.lang, ""
    first = file.slides.add_slide(file.slide_layouts[0])
    _write_title(first.shapes.title, cut_title(deck.title), FIRST_SIZES)
    _write(first.placeholders[1].text_frame, [deck.subtitle])
    if deck.notes:
        first.notes_slide.notes_text_frame.text = clean_text(deck.notes)
    for part in (part for slide in slides for part in split_slide(slide)):
        _add(file, part, deck.foot)
    buffer = io.BytesIO()
    file.save(buffer)
    return without_clock(buffer)


def _add(file: Any, slide: Slide, foot: str) -> None:
    """Append a slide whose content fits."""
    layout = file.slide_layouts[1 if slide.points else 2]
    new_slide = file.slides.add_slide(layout)
    _write_title(new_slide.shapes.title, slide.title, TITLE_SIZES)
    top = BODY.top
    if slide.points:
        body = new_slide.placeholders[1]
        texts = [point.text for point in slide.points]
        _write(body.text_frame, texts, bullets=len(texts) > 1)
        if slide.picture or slide.table:
            height = points_height(slide.points)
            body.left, body.top = Inches(BODY.left), Inches(BODY.top)
            body.width, body.height = Inches(BODY.width), Inches(height)
            top += height + GAP
    if slide.picture:
        _place(new_slide, slide.picture, top)
    if slide.table:
        _place_table(new_slide, slide.table, top)
    if slide.notes:
        new_slide.notes_slide.notes_text_frame.text = clean_text(slide.notes)
    for shape in layout.placeholders:
        kind = shape.placeholder_format.type
        if kind in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            copy = deepcopy(shape._element)
            new_slide.shapes._spTree.append(copy)
            if kind == PP_PLACEHOLDER.FOOTER:
                new_slide.placeholders[shape.placeholder_format.idx].text_frame.text = clean_text(
                    foot
                )


def _place(slide: Any, picture: Picture, top: float) -> None:
    """Centre a picture in the free space of a slide, as large as possible."""
    image = slide.shapes.add_picture(io.BytesIO(picture.png), 0, 0)
    room = Inches(BODY.top + BODY.height - top)
    scale = min(Inches(BODY.width) / image.width, room / image.height)
    image.width, image.height = int(image.width * scale), int(image.height * scale)
    image.left = Inches(BODY.left) + (Inches(BODY.width) - image.width) // 2
    image.top = Inches(top) + (room - image.height) // 2
    image._element.nvPicPr.cNvPr.set("descr", clean_text(picture.alt))


def _place_table(slide: Any, table: SlideTable, top: float) -> None:
    """Put a table in the free space of a slide, with columns as wide as their texts need."""
    rows, columns = len(table.rows) + 1, len(table.heads)
    place = Inches(BODY.left), Inches(top), Inches(BODY.width), Inches(0.3 * rows)
    pptx_table = slide.shapes.add_table(rows, columns, *place).table
    widths = column_widths(table)
    for column, width in enumerate(widths):
        pptx_table.columns[column].width = Inches(width)
    for row, texts in enumerate((table.heads, *table.rows)):
        pptx_table.rows[row].height = Inches(0.3)
        for column, text in enumerate(texts):
            frame = pptx_table.cell(row, column).text_frame
            _write(frame, [text])
            paragraph = frame.paragraphs[0]
            paragraph.font.size = Pt(CELL_SIZE)
            if column in table.ends:
                paragraph.alignment = PP_ALIGN.RIGHT


def _write_title(shape: Any, title: str, sizes: Sequence[int]) -> None:
    """Write a title in the largest of the sizes that fits; the first is the layout's own."""
    _write(shape.text_frame, [title])
    fits = [size for size in sizes if title_fits(title, size)] or sizes[-1:]
    if fits[0] != sizes[0]:
        shape.text_frame.paragraphs[0].font.size = Pt(fits[0])


def _write(frame: Any, texts: Sequence[str], *, bullets: bool = False) -> None:
    """Fill a text frame; each paragraph runs in the direction of its script."""
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = clean_text(text)
        settings = paragraph._p.get_or_add_pPr()
        rtl = is_rtl(text)
        paragraph.alignment = PP_ALIGN.RIGHT if rtl else PP_ALIGN.LEFT
        # set for every paragraph, as some programs copy it from the one before
        settings.set("rtl", str(int(rtl)))
        if not bullets:
            settings.set("marL", "0")
            settings.set("indent", "0")
            settings.insert(0, parse_xml(_NO_BULLET))


@cache
def _template() -> bytes:
    file = Presentation()
    apply_style(file, parse_xml)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()
