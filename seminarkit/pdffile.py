"""PDF files as the kit writes them, with the same bytes each time: the one door to typst.

Whatever a document says reaches typst as data beside a fixed template (pdffile.typ), never as its
markup: nothing that was received can be read as a command, or reach a file. The letters are those
of matplotlib's own DejaVu Sans, so that each machine makes the same pages, in all scripts that the
seminar's countries write. Files are tagged (PDF/UA-1): headings, header rows, alternative texts.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

from seminarkit.files import NEVER
from seminarkit.text import letters
from seminarkit.wordparts import address, is_rtl

_LONG = re.compile(r"\S{41,}")  # an address, say: longer than a narrow column
_LOOK = Path(__file__).with_suffix(".typ")


class PdfFile:
    """A document being written, from top to bottom, with the words that WordFile knows."""

    def __init__(self, title: str, lang: str, changed: datetime = NEVER) -> None:
        day = [changed.year, changed.month, changed.day]
        self._given = {"title": letters(title), "lang": lang, "day": day, "heading": _words(title)}
        self._blocks: list[dict[str, Any]] = []
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


def _words(text: str, link: str = "") -> dict[str, Any]:
    shown = letters(text).replace("\t", "    ")  # pages have no tabs
    shown = _LONG.sub(lambda word: "\u200b".join(word.group()), shown)  # may be broken anywhere
    return {"text": shown, "rtl": is_rtl(text), "link": address(text, link)}


@cache
def _fonts() -> typst.Fonts:
    matplotlib = find_spec("matplotlib")  # without loading it
    assert matplotlib and matplotlib.origin
    folder = Path(matplotlib.origin).parent / "mpl-data" / "fonts" / "ttf"
    return typst.Fonts(False, False, [folder])
