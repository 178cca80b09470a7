"""Names of the tables of one document: each its own, as a file may be called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from seminarkit.core.documents.document import Document, Part, tables
from seminarkit.core.documents.pieces import Fold, Group, Heading, Piece, Table, Title

UNNAMED = "table"
_LONGEST = 40
_NO_NAME = re.compile(r"[^a-z0-9_]+")


class Names:
    """Gives each table a name of its own: its own one, else that of the heading above it."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._heading = ""

    def named(self, parts: Sequence[Part]) -> Iterator[Part]:
        """Yield the parts of a document with their tables named."""
        for part in parts:
            yield replace(part, piece=self._with_names(part.piece))

    def _with_names(self, piece: Piece) -> Piece:
        if isinstance(piece, Heading | Title):
            self._heading = piece.text
        if isinstance(piece, Group | Fold):
            return replace(piece, pieces=tuple(self._with_names(each) for each in piece.pieces))
        if isinstance(piece, Table):
            own = "" if piece.name == UNNAMED else piece.name
            name = self._unique(file_name(own) or file_name(self._heading) or UNNAMED)
            return replace(piece, name=name, caption=piece.caption or self._heading)
        return piece

    def _unique(self, name: str) -> str:
        number, unique = 1, name
        while unique in self._used:
            number += 1
            unique = f"{name}-{number}"
        self._used.add(unique)
        return unique


def note_tables(book: Any, document: Document) -> None:
    """Write the names of a document's tables into its notebook: they are read without the rest."""
    named = {table.name: table.caption for table in tables(document)}
    book["metadata"].setdefault("seminarkit", {})["tables"] = named


def tables_named_in(book: Mapping[str, object]) -> dict[str, str]:
    """Return the captions of the tables of a notebook that the kit has run, by their names."""
    named: object = book
    for key in ("metadata", "seminarkit", "tables"):
        named = named.get(key) if isinstance(named, Mapping) else None
    pairs = named.items() if isinstance(named, Mapping) else ()
    return {str(name): str(caption) for name, caption in pairs if name == file_name(str(name))}


def file_name(words: str) -> str:
    """Return words as a name that every file system takes; '' if nothing is left of them.

    >>> file_name("Tableau n° 1: crédits / ECTS"), file_name("აღიარება")
    ('tableau-n-1-credits-ects', '')
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return _NO_NAME.sub("-", plain).strip("-_")[:_LONGEST].strip("-_")
