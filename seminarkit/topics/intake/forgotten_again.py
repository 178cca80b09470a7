"""Recognise forgotten data that is sent again: the same file, answers or author."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from seminarkit.core.forms.shapes import is_object, object_of
from seminarkit.core.seminar.assignments import assignments, former_assignments
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.shown_names import shown_name
from seminarkit.core.store.tombstones import Tombstones, answers_hash, author_hash
from seminarkit.topics.intake.notebook_opener import open_notebook
from seminarkit.topics.intake.refusal import Refusal
from seminarkit.topics.intake.unpack import leaves


class Forgotten:
    """A filter for data that was forgotten. ``people`` are the present authors of forms."""

    def __init__(self, received: Path, seminar: str, people: frozenset[str]) -> None:
        self._tombstones = Tombstones(received)
        self._seminar, self._people = seminar, people

    def problem(self, data: bytes) -> str:
        """Return why a file must not be stored, or '' if it may be."""
        if not (self._files or self._authors):
            return ""
        if hashlib.sha256(data).hexdigest() in self._files:
            return (
                "It contains words of somebody who was forgotten, so the file was not stored. "
                "Delete it, and the mail that it was attached to."
            )
        for name, content in leaves(data):
            if self._is_forgotten(content):
                subject = f"'{shown_name(name)}' in it" if name else "It"
                return (
                    f"{subject} is by somebody who was forgotten, so the file was not stored. If "
                    "it also contains what others sent, take that out and collect it; delete the "
                    "rest."
                )
        return ""

    def _is_forgotten(self, data: bytes) -> bool:
        if hashlib.sha256(data).hexdigest() in self._files:
            return True
        return any(
            answers_hash(payload) in self._answers or self._is_by_forgotten_author(payload)
            for payload in _payloads_in(data)
        )

    def _is_by_forgotten_author(self, payload: dict[str, object]) -> bool:
        author = object_of(payload["author"]).get("id")
        if not isinstance(author, str) or author in self._people:
            return False
        return author_hash(self._seminar, author) in self._authors

    @cached_property
    def _files(self) -> frozenset[str]:
        return self._tombstones.all("file")

    @cached_property
    def _answers(self) -> frozenset[str]:
        return self._tombstones.all("answers")

    @cached_property
    def _authors(self) -> frozenset[str]:
        return self._tombstones.all("person")


def forgotten(folder: SeminarFolder) -> Forgotten:
    """Return the filter for the data forgotten in this seminar."""
    all_assignments = (*assignments(folder.seminar), *former_assignments(folder.seminar))
    people = frozenset(assignment.author.id for assignment in all_assignments)
    return Forgotten(folder.received, folder.seminar.id, people)


def _payloads_in(data: bytes) -> Iterator[dict[str, object]]:
    try:
        nodes: list[object] = [open_notebook(data).book]
    except (Refusal, RecursionError, MemoryError):
        return
    while nodes:
        node = nodes.pop()
        if is_object(node):
            if "author" in node and "answers" in node:
                yield node
            nodes += list(node.values())
        elif isinstance(node, list):
            nodes += node
