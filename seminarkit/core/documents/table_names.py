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


def note_document(book: Any, document: Document) -> None:
    """Write a document's tables and remarks into its notebook: they are read without the rest."""
    noted = book["metadata"].setdefault("seminarkit", {})
    noted["tables"] = {table.name: table.caption for table in tables(document)}
    noted["remarks"] = list(document.remarks)


def tables_named_in(book: Mapping[str, object]) -> dict[str, str]:
    """Return the captions of the tables of a notebook that the kit has run, by their names."""
    named = _noted(book, "tables")
    pairs = named.items() if isinstance(named, Mapping) else ()
    return {str(name): str(caption) for name, caption in pairs if name == file_name(str(name))}


def remarks_in(book: Mapping[str, object]) -> list[str]:
    """Return what no document shows of a notebook that the kit has run."""
    remarks = _noted(book, "remarks")
    return list(map(str, remarks)) if isinstance(remarks, list) else []


def _noted(book: Mapping[str, object], name: str) -> object:
    noted: object = book
    for key in ("metadata", "seminarkit", name):
        noted = noted.get(key) if isinstance(noted, Mapping) else None
    return noted


def file_name(words: str) -> str:
    """Return words as a name that every file system takes; '' if nothing is left of them.

    >>> file_name("Tableau n° 1: crédits / ECTS"), file_name("აღიარება")
    ('tableau-n-1-credits-ects', '')
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return _NO_NAME.sub("-", plain).strip("-_")[:_LONGEST].strip("-_")
