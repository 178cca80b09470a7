"""Unique names for the tables of a document, valid as file names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from seminarkit.core.documents.document import Document, Part, tables
from seminarkit.core.documents.pieces import Fold, Group, Heading, Piece, Table, Title

UNNAMED = "table"
_MAX_NAME = 40
_NOT_ALLOWED = re.compile(r"[^a-z0-9_]+")


class Names:
    """Gives each table a unique name: its own, else that of the heading above it."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._heading = ""

    def rename_tables(self, parts: Sequence[Part]) -> Iterator[Part]:
        """Yield the parts of a document, with unique names for their tables."""
        for part in parts:
            yield replace(part, piece=self._with_names(part.piece))

    def _with_names(self, piece: Piece) -> Piece:
        if isinstance(piece, Heading | Title):
            self._heading = piece.text
        if isinstance(piece, Group | Fold):
            return replace(piece, pieces=tuple(self._with_names(part) for part in piece.pieces))
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
    """Store the tables and remarks of a document in its notebook's metadata, for quick access."""
    metadata = book["metadata"].setdefault("seminarkit", {})
    metadata["tables"] = {table.name: table.caption for table in tables(document)}
    metadata["remarks"] = list(document.remarks)


def tables_named_in(book: Mapping[str, object]) -> dict[str, str]:
    """Return the captions of the tables of an executed notebook, by the tables' names."""
    captions = _stored(book, "tables")
    pairs = captions.items() if isinstance(captions, Mapping) else ()
    return {str(name): str(caption) for name, caption in pairs if name == file_name(str(name))}


def remarks_in(book: Mapping[str, object]) -> list[str]:
    """Return remarks about those outputs of an executed notebook that appear in no document."""
    remarks = _stored(book, "remarks")
    return list(map(str, remarks)) if isinstance(remarks, list) else []


def _stored(book: Mapping[str, object], name: str) -> object:
    value: object = book
    for key in ("metadata", "seminarkit", name):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def file_name(words: str) -> str:
    """Return words as a name that every file system allows; '' if nothing remains.

    >>> file_name("Tableau n° 1: crédits / ECTS"), file_name("აღიარება")
    ('tableau-n-1-credits-ects', '')
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return _NOT_ALLOWED.sub("-", plain).strip("-_")[:_MAX_NAME].strip("-_")
