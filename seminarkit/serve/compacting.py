"""Makes the log of drafts small again: at a start of the server, and only where it is worth it.

A draft stays until a later one of the same form takes its place, or it was submitted. The log is
written anew beside the old one and takes its name when it is whole on the disk, so that a kill at
any moment leaves one of the two, each a chain that ``seminar verify`` can follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from seminarkit.core.disk.files import sweep
from seminarkit.core.forms.answer_versions import version_id
from seminarkit.core.forms.shapes import Payload
from seminarkit.core.forms.word_form import is_clock_rev
from seminarkit.core.logs.hash_log import ChainedLog
from seminarkit.core.store.submission import Submission
from seminarkit.serve.drafts import Draft, beside, draft_of

_LEAST = 2**20  # bytes; a smaller log is read in no time
_WORTH = 2  # at least so many lines for each that stays


def compact(path: Path, cure: str, submitted: Mapping[str, Submission]) -> bool:
    """Leave out of a log of drafts what nobody needs any more; return whether that was done.

    ``submitted`` holds what counts of each form instance. Nobody else may write to the log
    meanwhile. Raises DamageError where the log was changed.
    """
    sweep(path.parent, below=False)  # what a start that was killed has left
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
        self.entries: dict[int, dict[str, object]] = {}
        self._submitted = submitted
        self._standing: dict[str, dict[int, Draft]] = {}  # of each form instance

    def take(self, line: int, entry: dict[str, object]) -> None:
        """Take the next entry of the log."""
        draft = draft_of(entry)
        filled = draft.filled
        if _came(filled, self._submitted.get(filled["instance"])):
            return
        before = self._standing.get(filled["instance"], {})
        lines = {id(old): number for number, old in before.items()} | {id(draft): line}
        after = {lines[id(each)]: each for each in beside(list(before.values()), draft)}
        self._standing[filled["instance"]] = after
        self.entries[line] = entry
        for number in {*before, line} - set(after):
            del self.entries[number]


def _came(filled: Payload, submission: Submission | None) -> bool:
    """Say whether a draft, or what was written after it, has been submitted."""
    if submission is None or is_clock_rev(submission.rev):
        return False
    if filled.get("salt"):
        is_before = filled["window"] == submission.written_in and filled["rev"] < submission.rev
        return is_before or version_id(filled) in (submission.version, *submission.ancestors)
    if submission.rev == filled["rev"]:
        return bool(submission.answers == filled["answers"])
    return bool(submission.rev > filled["rev"])
