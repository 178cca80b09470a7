"""Compact the log of drafts when the server starts, if it is worth the time.

A draft stays until a later one of the same form supersedes it, or until it is submitted. The new
log is written next to the old one and replaces it only when it is complete on the disk. If the
server is killed meanwhile, one of the two remains, and ``seminar verify`` can check its hash chain.
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
from seminarkit.serve.drafts import Draft, current_drafts, draft_of

_LEAST = 2**20  # bytes; a smaller log is read quickly anyway
_WORTH = 2  # lines in the log per line that stays, at least


def compact(path: Path, cure: str, submitted: Mapping[str, Submission]) -> bool:
    """Remove drafts that nobody needs from a log; return whether the log was rewritten.

    ``submitted`` is the submission that counts, by form instance. No other process may write to the
    log meanwhile. Raises DamageError if the log was tampered with.
    """
    sweep(path.parent, below=False)  # leftovers of a start that was killed
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
    """The entries that are still needed, by line number: the last few of each form."""

    def __init__(self, submitted: Mapping[str, Submission]) -> None:
        self.entries: dict[int, dict[str, object]] = {}
        self._submitted = submitted
        self._current: dict[str, dict[int, Draft]] = {}  # by form instance, then line

    def take(self, line: int, entry: dict[str, object]) -> None:
        """Take the next entry of the log."""
        draft = draft_of(entry)
        filled = draft.filled
        if _is_submitted(filled, self._submitted.get(filled["instance"])):
            return
        before = self._current.get(filled["instance"], {})
        lines = {id(old): number for number, old in before.items()} | {id(draft): line}
        after = {lines[id(d)]: d for d in current_drafts(list(before.values()), draft)}
        self._current[filled["instance"]] = after
        self.entries[line] = entry
        for number in {*before, line} - set(after):
            del self.entries[number]


def _is_submitted(filled: Payload, submission: Submission | None) -> bool:
    """Say whether a draft, or a later version of it, has been submitted."""
    if submission is None or is_clock_rev(submission.rev):
        return False
    if filled.get("salt"):
        is_before = filled["window"] == submission.written_in and filled["rev"] < submission.rev
        return is_before or version_id(filled) in (submission.version, *submission.ancestors)
    if submission.rev == filled["rev"]:
        return bool(submission.answers == filled["answers"])
    return bool(submission.rev > filled["rev"])
