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

from seminarkit import fonts
from seminarkit.files import NEVER
from seminarkit.text import letters
from seminarkit.wordparts import address, is_rtl

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
_LOOK = Path(__file__).with_suffix(".typ")


class PdfFile:
    """A document being written, from top to bottom, with the words that WordFile knows."""

    def __init__(self, title: str, lang: str, changed: datetime = NEVER) -> None:
        day = [changed.year, changed.month, changed.day]
        self._given = {"title": letters(title), "lang": lang, "day": day, "heading": _words(title)}
        self._blocks: list[dict[str, object]] = []
        self._pictures: list[bytes] = []

    def heading(self, text: str, level: int) -> None:
        """Append a heading, level 1 to 3."""
        self._blocks.append({"kind": "heading", "level": level, **_words(text)})

    def text(self, text: str, style: str = "Normal", link: str = "") -> None:
        """Append a paragraph; with a link, or one whose text is an address, it leads there."""
        self._blocks.append({"kind": "text", "style": style, **_words(text, link)})

    def rows(self, rows: Sequence[Sequence[str]], widths: Sequence[int], *, head: bool) -> None:
        """Append a table. With ``head``, its first row is named as such and comes on each page."""
        cells = [[_words(text) for text in row] for row in rows]
        self._blocks.append({"kind": "rows", "rows": cells, "widths": [*widths], "head": head})

    def picture(self, png: bytes, alt: str, centimetres: float) -> None:
        """Append a picture of this width; ``alt`` is what it shows, for who cannot see it."""
        file = f"{len(self._pictures)}.png"
        self._pictures.append(png)
        block = {"kind": "picture", "file": file, "alt": letters(alt), "width": centimetres}
        self._blocks.append(block)

    def save(self) -> bytes:
        """Return the file's bytes."""
        with tempfile.TemporaryDirectory() as root:
            for number, png in enumerate(self._pictures):
                (Path(root) / f"{number}.png").write_bytes(png)
            try:
                made = self._made(root, ["ua-1"])
            except typst.TypstError as error:
                if "PDF/UA-1" not in error.message:
                    raise
                made = self._made(root, [])  # where a letter is missing, say: a box stands for it
        assert isinstance(made, bytes)  # one file, whatever the number of pages
        return made

    def _made(self, root: str, standards: list[Any]) -> Any:
        given = {"document": json.dumps({**self._given, "blocks": self._blocks})}
        return typst.Compiler(_LOOK.read_bytes(), root, _fonts(), True, given).compile(
            format="pdf", timestamp=0, pdf_standards=standards
        )


def _words(text: str, link: str = "") -> dict[str, object]:
    return {"runs": _runs(text), "rtl": is_rtl(text), "link": address(text, link)}


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
