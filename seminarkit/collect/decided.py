"""Holds the log of decisions against what the index knew of it: a second note beside its anchor."""

from __future__ import annotations

import json
from contextlib import closing

from seminarkit.anchor import End
from seminarkit.errors import DamageError
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.store.index import Index, OutdatedIndexError


def note_decisions(index: Index, folder: SeminarFolder) -> None:
    """Note in the index how far the log of decisions goes, when it goes as far as before."""
    check_decisions(index, folder)
    end = folder.decisions.end()
    index.set_meta("decisions", json.dumps([end.lines, end.chain]))


def check_decisions(index: Index, folder: SeminarFolder) -> None:
    """Raise DamageError where decisions are missing that the index knew of."""
    if noted := index.meta("decisions"):
        lines, chain = json.loads(noted)
        folder.decisions.check_reaches(End(lines, chain))


def check_old_index(folder: SeminarFolder) -> None:
    """Hold the decisions against what the old index knew of them, where it can be read."""
    if not folder.database.exists():
        return
    try:
        index = Index(folder.database)
    except (DamageError, OutdatedIndexError):
        return
    with closing(index):
        try:
            index.meta("decisions")
        except DamageError:
            return
        check_decisions(index, folder)
