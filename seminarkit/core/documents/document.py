"""A document: the pieces of one executed notebook in their order, for all writers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal, get_args

from seminarkit.core.documents.pieces import Cell, Fold, Group, Piece, Rows, Table, Title

Format = Literal["page", "docx", "pdf", "pptx", "tables"]
FORMATS: tuple[Format, ...] = get_args(Format)
MOST_ROWS = 200  # of a table that a page or a document shows; its file has all


@dataclass(frozen=True)
class Part:
    """A piece, the number of the cell that shows it, and the formats that leave it out.

    What is ``spoken`` is for the speaker's notes of slides.
    """

    piece: Piece
    cell: int
    skipped: frozenset[str] = frozenset()
    spoken: bool = False


@dataclass(frozen=True)
class Document:
    """What an executed notebook shows. ``remarks`` say what of it no document can show.

    ``name`` is the notebook's file name, for messages. ``audience`` is who may read it.
    ``pieceless`` is the number of a cell with HTML alone in a notebook without any piece, else 0.
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
    """Yield pieces and all that are in groups and folds, in order."""
    for piece in pieces:
        if isinstance(piece, Group | Fold):
            yield from flat(piece.pieces)
        else:
            yield piece


def head(pieces: Sequence[Piece]) -> Title | None:
    """Return the head of a document, if it has one."""
    return next((piece for piece in pieces if isinstance(piece, Title)), None)


def is_compact(pieces: Sequence[Piece]) -> bool:
    """Say whether a document is set small on paper."""
    title = head(pieces)
    return title is not None and title.compact


def tables(document: Document) -> list[Table]:
    """Return all tables of a document, whole, in order."""
    return [piece for piece in flat(document.pieces("tables")) if isinstance(piece, Table)]


def shortened(table: Table, most: int = MOST_ROWS) -> Table:
    """Return a table with its first rows, and a note that names the file of all."""
    total = sum(len(group.rows) for group in table.groups)
    if total <= most:
        return table
    left = iter(range(most))
    groups = [Rows(_taken(group.rows, left), group.title) for group in table.groups]
    words = f"The first {most} of {total:,} rows. All are in the table file."
    return replace(
        table,
        groups=tuple(group for group in groups if group.rows),
        note=" ".join(filter(None, [table.note, words])),
    )


def _taken(
    rows: tuple[tuple[Cell, ...], ...], places: Iterator[int]
) -> tuple[tuple[Cell, ...], ...]:
    """Return as many of the rows as there are places left."""
    return rows[: len(list(islice(places, len(rows))))]
