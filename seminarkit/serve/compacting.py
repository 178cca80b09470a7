"""Makes the log of drafts small again: at a start of the server, and only where it is worth it.

A draft stays until a later one of the same form takes its place, or it was submitted. The log is
written anew beside the old one and takes its name when it is whole on the disk, so that a kill at
any moment leaves one of the two, each a chain that ``seminar verify`` can follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from seminarkit.chainlog import ChainedLog
from seminarkit.forms.bundle import Payload
from seminarkit.forms.later import is_contained
from seminarkit.forms.versions import version_id
from seminarkit.forms.word import is_clock_rev
from seminarkit.store.index import Submission

_LEAST = 2**20  # bytes; a smaller log is read in no time
_WORTH = 2  # at least so many lines for each that stays


def compact(path: Path, cure: str, submitted: Mapping[str, Submission]) -> bool:
    """Leave out of a log of drafts what nobody needs any more; return whether that was done.

    ``submitted`` holds what counts of each form instance. Nobody else may write to the log
    meanwhile. Raises DamageError where the log was changed.
    """
    for half in path.parent.glob(f".{path.name}.*.tmp"):  # of a start that was killed
        half.unlink()
    if not path.exists() or path.stat().st_size < _LEAST:
        return False
    log = ChainedLog(path, cure)
    log.mend()
    lines, needed = 0, _Needed(submitted)
    for entry in log.entries():
        needed.take(lines, entry)
        lines += 1
    if len(needed.entries) * _WORTH > lines:
        return False
    log.replace(needed.entries[line] for line in sorted(needed.entries))
    return True


class _Needed:
    """The entries that are still needed, by their line; of each form the last few at most."""

    def __init__(self, submitted: Mapping[str, Submission]) -> None:
        self.entries: dict[int, dict[str, Any]] = {}
        self._submitted = submitted
        self._lines: dict[str, list[int]] = {}  # of each form instance

    def take(self, line: int, entry: dict[str, Any]) -> None:
        """Take the next entry of the log."""
        filled = entry["filled"]
        if _came(filled, self._submitted.get(filled["instance"])):
            return
        before = self._lines.setdefault(filled["instance"], [])
        for old in list(before):
            if _is_superseded(self.entries[old], entry):
                before.remove(old)
                del self.entries[old]
        before.append(line)
        self.entries[line] = entry


def _is_superseded(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Say whether a later draft takes the place of an earlier one.

    Two windows that went on from the same words may give both the same number: both stay.
    """
    one, other = old["filled"], new["filled"]
    if one.get("window") and other.get("window") and one["window"] != other["window"]:
        return is_contained(one, other)
    if one["rev"] == other["rev"]:
        return bool(old["window"] == new["window"] or one["answers"] == other["answers"])
    return bool(one["rev"] < other["rev"])


def _came(filled: Payload, submission: Submission | None) -> bool:
    """Say whether a draft, or what was written after it, has been submitted."""
    if submission is None or is_clock_rev(submission.rev):
        return False
    if filled.get("salt"):
        went_on = filled["window"] == submission.written_in and filled["rev"] <= submission.rev
        return went_on or version_id(filled) in (submission.version, *submission.ancestors)
    if submission.rev == filled["rev"]:
        return bool(submission.answers == filled["answers"])
    return bool(submission.rev > filled["rev"])
