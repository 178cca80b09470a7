"""What Jupyter shows of a piece: its HTML, its text, and the piece itself for the kit's writers."""

from __future__ import annotations

from seminarkit.core.documents.html import html
from seminarkit.core.documents.piece_json import piece_json
from seminarkit.core.documents.pieces import MIME, Group, Piece
from seminarkit.core.documents.plain_text import plain_text


def is_empty(piece: Piece) -> bool:
    """Say whether there is nothing to show: a group without a piece that shows something."""
    return isinstance(piece, Group) and all(is_empty(part) for part in piece.pieces)


def bundle(piece: Piece) -> dict[str, object]:
    """Return a piece in the formats of Jupyter, by their names; none for an empty piece."""
    if is_empty(piece):
        return {}
    return {"text/html": html(piece), "text/plain": plain_text(piece), MIME: piece_json(piece)}
