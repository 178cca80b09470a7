"""What a document's reader hands on: rows and paragraphs, as lines of plain pieces.

The readers of Word and of OpenDocument both give these, so that one rule places the answers and
reports what is not taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote

TICKED, OPEN = "☒", "☐"
_WEB = ("http://", "https://", "ftp://")


class Piece(NamedTuple):
    """A piece of a paragraph, by its ``kind``.

    ``text``: words. ``number``: what automatic numbering shows before them. ``note``: a footnote or
    endnote (``tag`` says which). ``link``: the address behind the words before it; ``shown`` where
    they say it already. ``box``: a box to tick. ``placeholder``: what a control shows before
    anybody writes. ``left``: what is not taken, and ``tag`` why (remarks.py has the words).
    """

    kind: str
    text: str = ""
    tag: str = ""
    ticked: bool = False
    shown: bool = False


Line = list[Piece]


@dataclass(frozen=True)
class Block:
    """A row of a table, or a paragraph outside of tables: its cells, with the lines of each."""

    cells: Sequence[list[Line]]
    row: bool = False
    tags: Sequence[str] = ()
    bookmarks: Sequence[str] = ()
    style: str = ""

    @property
    def lines(self) -> list[Line]:
        """The lines of all its cells."""
        return [line for cell in self.cells for line in cell]

    @property
    def row_lines(self) -> list[Line]:
        """The lines as they are read across: cells beside each other make one line."""
        cells = [cell for cell in self.cells if any(is_seen(line) for line in cell)]
        return [joined_cells(self.cells)] if len(cells) > 1 else self.lines


@dataclass(frozen=True)
class Document:
    """A text document that was received: blocks, properties, and time of the last change.

    ``aside`` are sentences on what is beside the text: comments, heads and feet of pages.
    """

    blocks: Sequence[Block]
    custom: Mapping[str, str] = field(default_factory=dict)
    modified: str = ""
    aside: Sequence[str] = ()


def text_of(line: Iterable[Piece]) -> str:
    """Return the words of a line as they were typed, to compare them."""
    return "".join(piece.text for piece in line if piece.kind == "text")


def shown_text(line: Sequence[Piece]) -> str:
    """Return a line as a reader sees it: with its number, notes and addresses."""
    words = ""
    for piece in line:
        if piece.kind in ("text", "box"):
            words += piece.text
        elif piece.kind == "number":
            words += f"{piece.text} "
        elif piece.kind == "note":
            blank = "" if not words or words[-1].isspace() else " "
            words += f"{blank}[{piece.tag}: {piece.text}]"
        elif piece.kind == "link" and not piece.shown:
            bare = words.rstrip()
            words = f"{bare}{' ' if bare else ''}({piece.text}){words[len(bare) :]}"
    return words if is_seen(line) else text_of(line)


def is_seen(line: Iterable[Piece]) -> bool:
    """Say whether a line shows anything; a number before nothing is nothing."""
    kinds = ("text", "note", "link", "box")
    return any(piece.kind in kinds and piece.text.strip() for piece in line)


def joined_cells(cells: Iterable[list[Line]]) -> Line:
    """Return the cells of a row as one line: ``5 | 10``, and lines within a cell as ``a / b``."""
    row: Line = []
    cells = list(cells)
    shown = any(is_seen(line) for cell in cells for line in cell)
    for number, cell in enumerate(cells):
        row += [Piece("text", " | ")] if number and shown else []
        seen = [line for line in cell if is_seen(line)]
        rest = [piece for line in cell if line not in seen for piece in line]
        for at, line in enumerate(seen):
            row += [Piece("text", " / ")] if at else []
            row += [_on_one_line(piece) for piece in line]
        row += rest
    return row


def _on_one_line(piece: Piece) -> Piece:
    if "\n" not in piece.text or piece.kind != "text":
        return piece
    return piece._replace(text=" / ".join(part.strip() for part in piece.text.split("\n")))


def link_piece(address: str, words: str) -> list[Piece]:
    """Return the piece for a link behind these words: none for a place in the same document."""
    address = "".join(address.split())
    if not address or address.startswith("#"):
        return []
    mail = address.lower().startswith("mailto:")
    if not mail and not address.lower().startswith(_WEB):
        return [Piece("left", address, "link")]
    if mail:
        address = unquote(address[7:].partition("?")[0])
    return [Piece("link", address, shown=_bare(address) in _bare(words))]


def _bare(address: str) -> str:
    """Return an address without what may be left away when it is written."""
    text = unquote("".join(address.split())).casefold()
    for beginning in (*_WEB, "www."):
        text = text.removeprefix(beginning)
    return text.rstrip("/")


def left_out(pieces: Iterable[Piece], reason: str) -> list[Piece]:
    """Return pieces of which nothing is taken: their words, and for what reason."""
    held = list(pieces)
    words = "".join(p.text for p in held if p.kind in ("text", "note", "link", "placeholder"))
    rest = [piece for piece in held if piece.kind == "left"]
    return [*([Piece("left", words, reason)] if words.strip() else []), *rest]


def note_pieces(lines: Sequence[Line], kind: str) -> list[Piece]:
    """Return a footnote or endnote as one piece, and what in it is not taken."""
    words = " / ".join(text for line in lines if (text := shown_text(line).strip()))
    left = [piece for line in lines for piece in line if piece.kind == "left"]
    return [*([Piece("note", " ".join(words.split()), kind)] if words else []), *left]


def joined_left(pieces: Iterable[Piece]) -> Line:
    """Return pieces with words that were left out for one reason as one piece."""
    line: Line = []
    for piece in pieces:
        last = line[-1] if line else None
        if last and last.kind == piece.kind == "left" and last.tag == piece.tag and piece.text:
            line[-1] = last._replace(text=last.text + piece.text)
        else:
            line.append(piece)
    return line
