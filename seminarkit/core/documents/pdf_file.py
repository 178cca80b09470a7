"""PDF files as the kit writes them, with the same bytes each time: the one door to typst.

Whatever a document says reaches typst as data beside a fixed template (pdffile.typ), never as its
markup: nothing that was received can be read as a command, or reach a file. The letters are those
that the kit brings (fonts), so that each machine makes the same pages, in all scripts that people
write; a sign that none of them holds is written out. Files are tagged (PDF/UA-1): headings, header
rows, alternative texts.
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
from seminarkit.core.clean_text import letters
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

_LONG = re.compile(r"\S{41,}")  # an address, say: longer than a narrow column
# words that a program has joined by blanks at which no line may end
_TIED = re.compile(r"[^ \t\n\u2000-\u2006\u2008-\u200b\u2028-\u2029\u205f\u3000]{41,}")
_UNTIED = str.maketrans("\u00a0\u202f\u2007", "   ")
# Scripts whose letters change with their neighbours, or that break by their own rules: there a word
# is parted only where it would leave the paper.
_JOINED = re.compile(
    "[\u0600-\u08ff\u0900-\u109f\u1780-\u18af\u2e80-\uabff\uac00-\ud7ff\uf900-\uffff]"
)
_JOINED_MOST = 20
DOTS = 200  # an inch, of a picture of lines where dots are needed
_BROKEN = "A picture cannot be drawn: {}. Let the cell that made it return a PNG"
_LOOK = Path(__file__).with_suffix(".typ")


class PdfFile:
    """A document being written, from top to bottom, with the words that WordFile knows."""

    def __init__(
        self, title: str, lang: str, changed: datetime = NEVER, *, compact: bool = False
    ) -> None:
        """A ``compact`` file has small letters and margins."""
        day = [changed.year, changed.month, changed.day]
        self._given = {
            "title": letters(title),
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
        """Append a paragraph of words with their looks and links."""
        self._blocks.append({"kind": "text", "style": style, "line": _line(line)})

    def items(self, items: Sequence[Box], *, ordered: bool, look: str = "plain") -> None:
        """Append a list, with "boxes" to tick; of "names" or "texts" small ones in two columns."""
        marker = OPEN if look == "boxes" else "•"
        halves = self._given["compact"] and look in ("names", "texts")
        block = {"kind": "items", "items": [*map(_box, items)], "ordered": ordered}
        self._blocks.append({**block, "marker": marker, "halves": halves})

    def grid(self, grid: Grid) -> None:
        """Append a table. Its head is named as such and comes on each page."""
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
        """Append a picture (PNG, JPEG or SVG) of this width; ``alt`` says what it shows."""
        file = f"{len(self._pictures)}.{_kind(data)}"
        self._pictures[file] = data
        block = {"kind": "picture", "file": file, "alt": letters(alt), "width": centimetres}
        self._blocks.append(block)

    def save(self) -> bytes:
        """Return the file's bytes."""
        with tempfile.TemporaryDirectory() as root:
            for name, picture in self._pictures.items():
                (Path(root) / name).write_bytes(picture)
            try:
                made = self._made(root, ["ua-1"])
            except typst.TypstError as error:
                if "PDF/UA-1" not in error.message:
                    raise SeminarError(_BROKEN.format(error.message)) from None
                made = self._made(root, [])  # where a letter is missing, say: a box stands for it
        assert isinstance(made, bytes)  # one file, whatever the number of pages
        return made

    def _made(self, root: str, standards: list[Any]) -> Any:
        given = {"document": json.dumps({**self._given, "blocks": self._blocks})}
        return typst.Compiler(_LOOK.read_bytes(), root, _fonts(), True, given).compile(
            format="pdf", timestamp=0, pdf_standards=standards
        )


def as_png(svg: bytes) -> bytes:
    """Return a picture of lines as one of DOTS an inch; nothing outside of it is read."""
    with tempfile.TemporaryDirectory() as root:
        (Path(root) / "picture.svg").write_bytes(svg)
        page = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("picture.svg")'
        try:
            made = typst.Compiler(page, root, _fonts(), True).compile(format="png", ppi=DOTS)
        except typst.TypstError as error:
            raise SeminarError(_BROKEN.format(error.message)) from None
    assert isinstance(made, bytes)
    return made


def _kind(picture: bytes) -> str:
    """Return how the name of a picture's file ends, by its first bytes."""
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
    """Return a text as it is drawn: without tabs, which pages lack; long words may be broken.

    It is parted by fonts: typst would look for each sign of a picture that is made of several.
    """
    drawn = fonts.drawable(text).text.replace("\t", "    ")
    drawn = drawn.replace("\ufeff", "\u2060")  # means the same, and typst looks for no letter of it
    drawn = _TIED.sub(lambda words: words.group().translate(_UNTIED), drawn)
    return fonts.runs(_LONG.sub(lambda word: _breakable(word.group()), drawn))


def _breakable(word: str) -> str:
    if word.isascii():
        return "\u200b".join(word)
    pieces, since = [], 0
    for piece in fonts.clusters(word):
        since += 1
        if since > (_JOINED_MOST if _JOINED.match(piece) else 1):
            pieces.append("\u200b")
            since = 1
        pieces.append(piece)
    return "".join(pieces)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(False, False, fonts.folders())
