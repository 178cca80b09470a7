"""Keeps every draft that a person's browser sends, in a log that is only added to.

A draft counts as kept when it is on the disk; then, and only then, the browser is told so. The
newest draft of each form is at hand, also after the server was killed and started again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from seminarkit.chainlog import ChainedLog
from seminarkit.errors import SeminarError
from seminarkit.files import make_private
from seminarkit.forms.bundle import Payload

CURE = "Put back the file from a copy, or put it aside: what was submitted is not in it alone."


@dataclass(frozen=True)
class Draft:
    """One state of one form, and the window that it was typed in."""

    window: str
    filled: Payload


class DraftsFailedError(SeminarError):
    """The disk did not take a draft. Nothing more is said to be kept until the next start."""


class Drafts:
    """The log of drafts."""

    def __init__(self, path: Path) -> None:
        """Open the log; raises DamageError where it was changed."""
        make_private(path)
        self._log = ChainedLog(path, CURE)
        self._log.mend()
        self._newest: dict[str, Draft] = {}
        self._failed = False
        for entry in self._log.entries():
            self._take(Draft(entry["window"], entry["filled"]))

    def newest(self, instance: str) -> Payload | None:
        """Return the newest draft of a form instance."""
        draft = self._newest.get(instance)
        return draft.filled if draft else None

    def add(self, drafts: Sequence[Draft]) -> list[Payload | None]:
        """Keep drafts, and return when they are on the disk.

        For each the answers that another window has sent, where these are as new and not the same;
        both are kept, and the person decides. Raises DraftsFailedError.
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
        filled = draft.filled
        other = self._newest.get(filled["instance"])
        if other is None or other.filled["rev"] < filled["rev"]:
            self._newest[filled["instance"]] = draft
            return None
        if other.window == draft.window or other.filled["answers"] == filled["answers"]:
            return None
        return other.filled
