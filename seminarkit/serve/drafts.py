"""Keeps every draft that a person's browser sends, in a log that is only added to.

A draft counts as kept when it is on the disk; then, and only then, the browser is told so. The
newest draft of each form is at hand, also after the server was killed and started again.
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
    """One state of one form, and the window that it was typed in."""

    window: str
    filled: Payload


def draft_of(entry: Mapping[str, object]) -> Draft:
    """Return the draft of a line of the log, which holds what ``Drafts.add`` wrote."""
    return Draft(str(entry["window"]), cast(Payload, entry["filled"]))


def supersedes(new: Draft, old: Draft) -> bool:
    """Say whether nothing is lost when ``new`` alone is shown: it was made from ``old``."""
    if is_contained(old.filled, new.filled):
        return True
    # of one page of an older version of the kit the number of changes tells
    return new.window == old.window and bool(new.filled["rev"] >= old.filled["rev"])


def beside(drafts: Sequence[Draft], new: Draft) -> list[Draft]:
    """Return the drafts of a form that still stand once ``new`` has come, in their order.

    More than one where windows went on from the same words: the person has to choose.
    """
    if any(supersedes(old, new) and not supersedes(new, old) for old in drafts):
        return list(drafts)
    return [*(old for old in drafts if not supersedes(new, old)), new]


class DraftsFailedError(SeminarError):
    """The disk did not take a draft. Nothing more is said to be kept until the next start."""


class Drafts:
    """The log of drafts."""

    def __init__(self, path: Path) -> None:
        """Open the log; raises DamageError where it was changed."""
        make_private(path)
        self._log = ChainedLog(path, CURE)
        self._log.mend()
        self._standing: dict[str, list[Draft]] = {}
        self._failed = False
        for entry in self._log.entries():
            self._take(draft_of(entry))

    def newest(self, instance: str) -> Payload | None:
        """Return the newest draft of a form instance."""
        standing = self._standing.get(instance)
        return newest(draft.filled for draft in standing) if standing else None

    def add(self, drafts: Sequence[Draft]) -> list[Payload | None]:
        """Keep drafts, and return when they are on the disk.

        For each the answers that another window has sent, where it was not made from these; both
        are kept, and the person decides. Raises DraftsFailedError.
        """
        if self._failed:
            raise DraftsFailedError("The log of drafts cannot be written to.")
        try:
            self._log.append({"window": d.window, "filled": d.filled} for d in drafts)
        except OSError as error:
            # what a failed write or fsync left on the disk is known at the next start only
            self._failed = True
            raise DraftsFailedError(f"The log of drafts cannot be written to: {error}.") from error
        return [self._take(draft) for draft in drafts]

    def _take(self, draft: Draft) -> Payload | None:
        instance = draft.filled["instance"]
        standing = beside(self._standing.get(instance, ()), draft)
        self._standing[instance] = standing
        others = [d.filled for d in standing if d is not draft and not supersedes(draft, d)]
        others = [d for d in others if d["answers"] != draft.filled["answers"]]
        if draft not in standing and any(d.window == draft.window for d in standing):
            return None  # it was on its way longer than the one written after it
        return newest(others) if others else None
