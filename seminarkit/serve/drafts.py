"""Store every draft that a person's browser sends, in an append-only log.

The browser gets its confirmation only when the draft is on the disk. The newest draft of each form
survives if the server is killed and started again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from seminarkit.core.disk.files import make_private
from seminarkit.core.errors import SeminarError
from seminarkit.core.forms.answer_versions import is_contained, newest
from seminarkit.core.forms.shapes import Payload
from seminarkit.core.logs.hash_log import ChainedLog

CURE = "Put back the file from a copy, or move it away: submitted answers are stored elsewhere too."


@dataclass(frozen=True)
class Draft:
    """One state of one form, and the browser window in which it was typed."""

    window: str
    filled: Payload


def draft_of(entry: Mapping[str, object]) -> Draft:
    """Return the draft in a line of the log, as ``Drafts.add`` wrote it."""
    return Draft(str(entry["window"]), cast(Payload, entry["filled"]))


def supersedes(new: Draft, old: Draft) -> bool:
    """Say whether ``new`` was made from ``old``, so that nothing is lost if ``old`` is dropped."""
    if is_contained(old.filled, new.filled):
        return True
    # a page of an older version of the kit only sends its number of changes
    return new.window == old.window and bool(new.filled["rev"] >= old.filled["rev"])


def current_drafts(drafts: Sequence[Draft], new: Draft) -> list[Draft]:
    """Return the drafts of a form that remain when ``new`` is added, in order.

    There are several if two windows continued from the same draft: the person has to choose.
    """
    if any(supersedes(old, new) and not supersedes(new, old) for old in drafts):
        return list(drafts)
    return [*(old for old in drafts if not supersedes(new, old)), new]


class DraftsFailedError(SeminarError):
    """A draft could not be written. No draft is confirmed until the next start."""


class Drafts:
    """The log of drafts."""

    def __init__(self, path: Path) -> None:
        """Open the log; raises DamageError if it was tampered with."""
        make_private(path)
        self._log = ChainedLog(path, CURE)
        self._log.mend()
        self._current: dict[str, list[Draft]] = {}
        self._failed = False
        for entry in self._log.entries():
            self._take(draft_of(entry))

    def newest(self, instance: str) -> Payload | None:
        """Return the newest draft of a form instance."""
        drafts = self._current.get(instance)
        return newest(draft.filled for draft in drafts) if drafts else None

    def add(self, drafts: Sequence[Draft]) -> list[Payload | None]:
        """Store drafts; return once they are on the disk. Raises DraftsFailedError.

        For each draft, return the conflicting answers from another window, or None: both are kept,
        and the person decides.
        """
        if self._failed:
            raise DraftsFailedError("The log of drafts cannot be written to.")
        try:
            self._log.append({"window": d.window, "filled": d.filled} for d in drafts)
        except OSError as error:
            # only the next start can find out what a failed write or fsync left on the disk
            self._failed = True
            raise DraftsFailedError(f"The log of drafts cannot be written to: {error}.") from error
        return [self._take(draft) for draft in drafts]

    def _take(self, draft: Draft) -> Payload | None:
        instance = draft.filled["instance"]
        drafts = current_drafts(self._current.get(instance, ()), draft)
        self._current[instance] = drafts
        others = [d.filled for d in drafts if d is not draft and not supersedes(draft, d)]
        others = [d for d in others if d["answers"] != draft.filled["answers"]]
        if draft not in drafts and any(d.window == draft.window for d in drafts):
            return None  # a later draft of the same window overtook it
        return newest(others) if others else None
