"""The MIME bundle of a piece: HTML, plain text, and the piece as JSON for the kit's writers."""

from __future__ import annotations

from seminarkit.core.documents.html import html
from seminarkit.core.documents.piece_json import piece_json
from seminarkit.core.documents.pieces import MIME, Group, Piece
from seminarkit.core.documents.plain_text import plain_text


def is_empty(piece: Piece) -> bool:
    """Return whether a piece shows nothing: a group whose pieces are all empty."""
    return isinstance(piece, Group) and all(is_empty(part) for part in piece.pieces)


def bundle(piece: Piece) -> dict[str, object]:
    """Return the MIME bundle of a piece, without any type if the piece is empty."""
    if is_empty(piece):
        return {}
    return {"text/html": html(piece), "text/plain": plain_text(piece), MIME: piece_json(piece)}
