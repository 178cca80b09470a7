"""Write PDF files, with the same bytes each time: the only module that imports typst.

The content of a document reaches typst as data for a fixed template (pdf_file.typ), never as
typst markup: received text cannot run a command or read a file. Only the kit's own fonts are used,
so that every machine makes the same pages in all scripts; a character that no font has is written
out. Files are tagged (PDF/UA-1): headings, header rows, alternative texts.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from seminarkit.core import fonts
from seminarkit.core.clean_text import clean_text
from seminarkit.core.disk.files import NEVER
from seminarkit.core.documents.docx_xml import (
    OPEN,
    Box,
    Grid,
    Line,
    Words,
    address,
    is_rtl,
    line_text,
)
from seminarkit.core.errors import SeminarError

_LONG_WORD = re.compile(r"\S{41,}")  # such as a URL: wider than a narrow column
# words that a program has joined with no-break spaces
_NO_BREAK_WORDS = re.compile(r"[^ \t\n\u2000-\u2006\u2008-\u200b\u2028-\u2029\u205f\u3000]{41,}")
_WITH_SPACES = str.maketrans("\u00a0\u202f\u2007", "   ")
# Scripts whose letters change with their neighbours, or that have their own rules for line breaks:
# their words are broken only after so many clusters, where they would leave the paper.
_UNBREAKABLE = re.compile(
    "[\u0600-\u08ff\u0900-\u109f\u1780-\u18af\u2e80-\uabff\uac00-\ud7ff\uf900-\uffff]"
)
_MAX_UNBROKEN = 20
DOTS = 200  # dots per inch of an SVG that is rendered as PNG
_BROKEN = "A picture cannot be drawn: {}. Change its cell so that it returns a PNG"
_TEMPLATE = Path(__file__).with_suffix(".typ")


class PdfFile:
    """A PDF that is written from top to bottom, with the same methods as WordFile."""

    def __init__(
        self, title: str, lang: str, changed: datetime = NEVER, *, compact: bool = False
    ) -> None:
        """Begin a file; a ``compact`` one has small letters and margins."""
        day = [changed.year, changed.month, changed.day]
        self._settings = {
            "title": clean_text(title),
            "lang": lang,
            "day": day,
            "compact": compact,
            "heading": _line([Words(title)]),
        }
        self._blocks: list[dict[str, object]] = []
        self._pictures: dict[str, bytes] = {}

    def heading(self, line: Line, level: int) -> None:
        """Append a heading, level 1 to 3."""
        self._blocks.append({"kind": "heading", "level": level, "line": _line(line)})

    def line(self, line: Line, style: str = "Normal") -> None:
        """Append a paragraph of words, with their styles and links."""
        self._blocks.append({"kind": "text", "style": style, "line": _line(line)})

    def items(self, items: Sequence[Box], *, ordered: bool, look: str = "plain") -> None:
        """Append a list: "boxes" has check boxes, "names" and "texts" two columns if compact."""
        marker = OPEN if look == "boxes" else "•"
        halves = self._settings["compact"] and look in ("names", "texts")
        block = {"kind": "items", "items": [*map(_box, items)], "ordered": ordered}
        self._blocks.append({**block, "marker": marker, "halves": halves})

    def grid(self, grid: Grid) -> None:
        """Append a table; its header row is marked as one and repeated on each page."""
        body: list[dict[str, object]] = []
        for title, rows in grid.groups:
            if title:
                body.append({"title": _line([Words(title)])})
            body += [{"cells": [_box(box) for box in row]} for row in rows]
        heads = [_line([Words(head)]) for head in grid.heads]
        ends = [number in grid.ends for number in range(len(heads))]
        block = {"heads": heads, "rows": body, "widths": [*grid.widths], "ends": ends}
        self._blocks.append({"kind": "grid", **block})

    def picture(self, data: bytes, alt: str, centimetres: float) -> None:
        """Append a picture (PNG, JPEG, SVG) of a width in centimetres, with its alt text."""
        file = f"{len(self._pictures)}.{_kind(data)}"
        self._pictures[file] = data
        block = {"kind": "picture", "file": file, "alt": clean_text(alt), "width": centimetres}
        self._blocks.append(block)

    def save(self) -> bytes:
        """Return the file's bytes."""
        with tempfile.TemporaryDirectory() as root:
            for name, picture in self._pictures.items():
                (Path(root) / name).write_bytes(picture)
            try:
                pdf = self._compiled(root, ["ua-1"])
            except typst.TypstError as error:
                if "PDF/UA-1" not in error.message:
                    raise SeminarError(_BROKEN.format(error.message)) from None
                pdf = self._compiled(root, [])  # such as a missing glyph, which is drawn as a box
        assert isinstance(pdf, bytes)  # a PDF is one file; other formats are one per page
        return pdf

    def _compiled(self, root: str, standards: list[Any]) -> Any:
        inputs = {"document": json.dumps({**self._settings, "blocks": self._blocks})}
        return typst.Compiler(_TEMPLATE.read_bytes(), root, _fonts(), True, inputs).compile(
            format="pdf", timestamp=0, pdf_standards=standards
        )


def as_png(svg: bytes) -> bytes:
    """Return an SVG as a PNG of ``DOTS`` dots per inch; files that it refers to are not read."""
    with tempfile.TemporaryDirectory() as root:
        (Path(root) / "picture.svg").write_bytes(svg)
        page = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("picture.svg")'
        try:
            png = typst.Compiler(page, root, _fonts(), True).compile(format="png", ppi=DOTS)
        except typst.TypstError as error:
            raise SeminarError(_BROKEN.format(error.message)) from None
    assert isinstance(png, bytes)
    return png


def _kind(picture: bytes) -> str:
    """Return the file extension of a picture, by its first bytes."""
    if picture.startswith(b"\x89PNG"):
        return "png"
    return "jpg" if picture.startswith(b"\xff\xd8") else "svg"


def _line(line: Line) -> dict[str, object]:
    spans = [
        {
            "runs": _runs(words.text),
            "look": words.look,
            "link": address(words.link),
            "place": words.place,
            "anchor": words.anchor,
        }
        for words in line
    ]
    return {"spans": spans, "rtl": is_rtl(line_text(line))}


def _box(box: Box) -> list[dict[str, object]]:
    return [_line(line) for line in box]


def _runs(text: str) -> list[tuple[str, str]]:
    """Return a text as (font, text) runs, with tabs as spaces and long words breakable.

    The runs are split by font here, as typst would choose a font for each character of an emoji
    that consists of several.
    """
    drawn = fonts.drawable(text).text.replace("\t", "    ")
    drawn = drawn.replace("\ufeff", "\u2060")  # the same meaning, but typst needs no glyph for it
    drawn = _NO_BREAK_WORDS.sub(lambda words: words.group().translate(_WITH_SPACES), drawn)
    return fonts.runs(_LONG_WORD.sub(lambda word: _breakable(word.group()), drawn))


def _breakable(word: str) -> str:
    if word.isascii():
        return "\u200b".join(word)
    parts, unbroken = [], 0
    for piece in fonts.clusters(word):
        unbroken += 1
        if unbroken > (_MAX_UNBROKEN if _UNBREAKABLE.match(piece) else 1):
            parts.append("\u200b")
            unbroken = 1
        parts.append(piece)
    return "".join(parts)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(False, False, fonts.folders())
