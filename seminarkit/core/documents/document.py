"""The document: the pieces of one executed notebook in order, as input of all writers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal, get_args

from seminarkit.core.documents.pieces import Cell, Fold, Group, Piece, Rows, Table, Title

Format = Literal["page", "docx", "pdf", "pptx", "tables"]
FORMATS: tuple[Format, ...] = get_args(Format)
MOST_ROWS = 200  # of a table on a page or in a document; the table's file has all rows


@dataclass(frozen=True)
class Part:
    """A piece, the number of its cell, and the formats that skip it.

    A ``spoken`` part goes to the speaker's notes of slides.
    """

    piece: Piece
    cell: int
    skipped: frozenset[str] = frozenset()
    spoken: bool = False


@dataclass(frozen=True)
class Document:
    """The content of an executed notebook; ``remarks`` name outputs that no document can show.

    ``name`` is the notebook's file name, for messages. ``audience`` may read it. ``pieceless`` is
    0, or in a notebook without any piece the number of its first cell that has HTML only.
    """

    name: str
    title: str
    audience: str
    language: str
    parts: tuple[Part, ...]
    remarks: tuple[str, ...] = ()
    pieceless: int = 0

    def pieces(self, form: Format) -> list[Piece]:
        """Return the pieces that a format shows, in order."""
        return [part.piece for part in self.parts if form not in part.skipped]


def flat(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield all pieces in order, with groups and folds replaced by their contents."""
    for piece in pieces:
        if isinstance(piece, Group | Fold):
            yield from flat(piece.pieces)
        else:
            yield piece


def head(pieces: Sequence[Piece]) -> Title | None:
    """Return the title piece of a document, if it has one."""
    return next((piece for piece in pieces if isinstance(piece, Title)), None)


def is_compact(pieces: Sequence[Piece]) -> bool:
    """Return whether a document is typeset small on paper."""
    title = head(pieces)
    return title is not None and title.compact


def tables(document: Document) -> list[Table]:
    """Return all tables of a document in order, with all their rows."""
    return [piece for piece in flat(document.pieces("tables")) if isinstance(piece, Table)]


def shortened(table: Table, most: int = MOST_ROWS) -> Table:
    """Return a table cut to its first ``most`` rows, with a note that says so."""
    total = sum(len(group.rows) for group in table.groups)
    if total <= most:
        return table
    places = iter(range(most))
    groups = [Rows(_first_rows(group.rows, places), group.title) for group in table.groups]
    words = f"The first {most} of {total:,} rows. All are in the table file."
    return replace(
        table,
        groups=tuple(group for group in groups if group.rows),
        note=" ".join(filter(None, [table.note, words])),
    )


def _first_rows(
    rows: tuple[tuple[Cell, ...], ...], places: Iterator[int]
) -> tuple[tuple[Cell, ...], ...]:
    """Return the first rows, as many as ``places`` still yields."""
    return rows[: len(list(islice(places, len(rows))))]
