"""What a server of forms had kept, and not logged yet, when it was killed."""

from __future__ import annotations

import json
from pathlib import Path

from seminarkit.core.logs.writers import writer_of
from seminarkit.core.seminar.clock import now
from seminarkit.core.store.received_files import Kept, Received
from seminarkit.topics.intake.containers import MAX_FILE
from seminarkit.topics.intake.forgotten_again import Forgotten
from seminarkit.topics.intake.inbox import Intake

KEPT_BY = "seminarkit_kept_by"  # in the metadata of a notebook by link: which server kept it
_LEFT = "by link/kept before the server was ended.ipynb"


def take_left(received: Received, forgotten: Forgotten) -> Intake:
    """Log the files that a server of forms had kept here, and not logged when it was killed.

    Not those that a program copied here: their lines are still to come, or were forgotten.
    """
    ours = writer_of(received.root.parent).id
    left = [
        Kept(path.name, _LEFT, path.stat().st_size)
        for path in received.unlogged()
        if _kept_by(path) == ours and not forgotten.problem(path.read_bytes())
    ]
    return Intake(tuple(received.commit(left, now())), 0, ())


def _kept_by(path: Path) -> str:
    """Return which server made a kept file; nothing for one that came in another way."""
    if path.stat().st_size > MAX_FILE:
        return ""
    try:
        metadata = json.loads(path.read_bytes())["metadata"]
        return str(metadata.get(KEPT_BY, ""))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return ""
