"""Recover files that a form server stored but had not logged when it was killed."""

from __future__ import annotations

import json
from pathlib import Path

from seminarkit.core.logs.writers import writer_of
from seminarkit.core.seminar.clock import now
from seminarkit.core.store.received_files import ReceivedFiles, StoredFile
from seminarkit.topics.intake.containers import MAX_FILE
from seminarkit.topics.intake.forgotten_again import Forgotten
from seminarkit.topics.intake.inbox import IntakeResult

KEPT_BY = "seminarkit_kept_by"  # notebook metadata: the server that stored it
_NAME = "by link/kept before the server was ended.ipynb"


def log_leftovers(received: ReceivedFiles, forgotten: Forgotten) -> IntakeResult:
    """Log the files that a killed form server of this copy had stored.

    Files copied here by a program are skipped: their log lines are still to come or forgotten.
    """
    own_id = writer_of(received.root.parent).id
    leftovers = [
        StoredFile(path.name, _NAME, path.stat().st_size)
        for path in received.unlogged()
        if _server_of(path) == own_id and not forgotten.problem(path.read_bytes())
    ]
    return IntakeResult(tuple(received.commit(leftovers, now())), 0, ())


def _server_of(path: Path) -> str:
    """Return the id of the server that stored a file, or '' if it came another way."""
    if path.stat().st_size > MAX_FILE:
        return ""
    try:
        metadata = json.loads(path.read_bytes())["metadata"]
        return str(metadata.get(KEPT_BY, ""))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return ""
