"""The document model shared by the Word and OpenDocument readers: blocks, lines, pieces.

With one model, the same code matches answers to questions and reports what is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote

TICKED, OPEN = "☒", "☐"
_SCHEMES = ("http://", "https://", "ftp://")


class Piece(NamedTuple):
    """A piece of a paragraph, by its ``kind``.

    ``text``: plain text. ``number``: the list number before it. ``note``: a footnote or endnote
    (``tag`` says which). ``link``: the target of the text before it, ``shown`` if the text is the
    address itself. ``box``: a check box. ``placeholder``: the prompt of an empty content control.
    ``left``: content left out, with the reason in ``tag`` (remarks.py has the wording).
    """

    kind: str
    text: str = ""
    tag: str = ""
    ticked: bool = False
    shown: bool = False


Line = list[Piece]


@dataclass(frozen=True)
class Block:
    """A table row, or a paragraph outside tables: its cells, each a list of lines."""

    cells: Sequence[list[Line]]
    row: bool = False
    tags: Sequence[str] = ()
    bookmarks: Sequence[str] = ()
    style: str = ""

    @property
    def lines(self) -> list[Line]:
        """The lines of all cells."""
        return [line for cell in self.cells for line in cell]

    @property
    def row_lines(self) -> list[Line]:
        """The lines read across the row: several non-empty cells make one line."""
        cells = [cell for cell in self.cells if any(is_visible(line) for line in cell)]
        return [joined_cells(self.cells)] if len(cells) > 1 else self.lines


@dataclass(frozen=True)
class Document:
    """A received document: blocks, custom properties, and time of the last change.

    ``aside`` are remarks on what is outside the text: comments, macros, page headers and footers.
    """

    blocks: Sequence[Block]
    custom: Mapping[str, str] = field(default_factory=dict)
    modified: str = ""
    aside: Sequence[str] = ()


def text_of(line: Iterable[Piece]) -> str:
    """Return the typed text of a line, for comparing."""
    return "".join(piece.text for piece in line if piece.kind == "text")


def shown_text(line: Sequence[Piece]) -> str:
    """Return a line as displayed, with its number, notes and link targets."""
    words = ""
    for piece in line:
        if piece.kind in ("text", "box"):
            words += piece.text
        elif piece.kind == "number":
            words += f"{piece.text} "
        elif piece.kind == "note":
            space = "" if not words or words[-1].isspace() else " "
            words += f"{space}[{piece.tag}: {piece.text}]"
        elif piece.kind == "link" and not piece.shown:
            bare = words.rstrip()
            words = f"{bare}{' ' if bare else ''}({piece.text}){words[len(bare) :]}"
    return words if is_visible(line) else text_of(line)


def is_visible(line: Iterable[Piece]) -> bool:
    """Return whether a line shows anything; a list number alone does not count."""
    kinds = ("text", "note", "link", "box")
    return any(piece.kind in kinds and piece.text.strip() for piece in line)


def joined_cells(cells: Iterable[list[Line]]) -> Line:
    """Return the cells of a row as one line: ``5 | 10``, lines within a cell as ``a / b``."""
    row: Line = []
    cells = list(cells)
    has_content = any(is_visible(line) for cell in cells for line in cell)
    for number, cell in enumerate(cells):
        row += [Piece("text", " | ")] if number and has_content else []
        visible_lines = [line for line in cell if is_visible(line)]
        invisible = [piece for line in cell if line not in visible_lines for piece in line]
        for at, line in enumerate(visible_lines):
            row += [Piece("text", " / ")] if at else []
            row += [_on_one_line(piece) for piece in line]
        row += invisible
    return row


def _on_one_line(piece: Piece) -> Piece:
    if "\n" not in piece.text or piece.kind != "text":
        return piece
    return piece._replace(text=" / ".join(part.strip() for part in piece.text.split("\n")))


def link_piece(address: str, words: str) -> list[Piece]:
    """Return the piece for the link target of a text; none for a target in the same document."""
    address = "".join(address.split())
    if not address or address.startswith("#"):
        return []
    is_mail = address.lower().startswith("mailto:")
    if not is_mail and not address.lower().startswith(_SCHEMES):
        return [Piece("left", address, "link")]
    if is_mail:
        address = unquote(address[7:].partition("?")[0])
    return [Piece("link", address, shown=_core_of_address(address) in _core_of_address(words))]


def _core_of_address(address: str) -> str:
    """Return an address without the parts that people omit, for comparing."""
    text = unquote("".join(address.split())).casefold()
    for prefix in (*_SCHEMES, "www."):
        text = text.removeprefix(prefix)
    return text.rstrip("/")


def left_out_pieces(pieces: Iterable[Piece], reason: str) -> list[Piece]:
    """Return one piece for text left out for this reason, and the pieces already left out."""
    originals = list(pieces)
    words = "".join(
        piece.text for piece in originals if piece.kind in ("text", "note", "link", "placeholder")
    )
    already_left_out = [piece for piece in originals if piece.kind == "left"]
    return [*([Piece("left", words, reason)] if words.strip() else []), *already_left_out]


def note_pieces(lines: Sequence[Line], kind: str) -> list[Piece]:
    """Return a foot- or endnote as one piece, and the pieces left out of it."""
    words = " / ".join(text for line in lines if (text := shown_text(line).strip()))
    left_out = [piece for line in lines for piece in line if piece.kind == "left"]
    return [*([Piece("note", " ".join(words.split()), kind)] if words else []), *left_out]


def merge_left_out(pieces: Iterable[Piece]) -> Line:
    """Return the pieces with adjacent ones left out for the same reason merged."""
    line: Line = []
    for piece in pieces:
        last = line[-1] if line else None
        if last and last.kind == piece.kind == "left" and last.tag == piece.tag and piece.text:
            line[-1] = last._replace(text=last.text + piece.text)
        else:
            line.append(piece)
    return line
