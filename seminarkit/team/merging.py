"""Brings the logs of two copies of a seminar together: a union of whole lines.

A log has one writer, so of two copies one goes on where the other ends. Where it does not, two have
written under one id (a copied account, a log of an older kit): both logs are kept, and which of
them keeps its name does not depend on which copy was merged into which.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from seminarkit.chainlog import ChainedLog, Line
from seminarkit.rights import make_folder
from seminarkit.team.last_seen import LOGS, note_log
from seminarkit.team.order import common_lines, parted_name
from seminarkit.team.writers import new_writer, writer_of

_CURE = "Take it from another copy: it cannot be merged as it is."


def read_log(path: Path) -> list[Line]:
    """Return the whole lines of a log from elsewhere; raises DamageError where one was changed."""
    return list(ChainedLog(path, _CURE).read())


def merge_log(root: Path, place: Path, theirs: Sequence[Line]) -> list[Line]:
    """Take the lines of a log that are not here; return them. ``place`` is below received/.

    A line out of which somebody was taken wins over the line as it was.
    """
    received = root / "received"
    target = received / place
    ours = list(ChainedLog(target, _CURE).read())
    shared = common_lines(ours, theirs)
    begin = [_less(a, b) for a, b in zip(ours[:shared], theirs[:shared], strict=True)]
    if shared in (len(ours), len(theirs)):
        longer = ours if shared == len(theirs) else theirs
        _put(root, target, [*begin, *longer[shared:]], ours)
        return list(theirs[shared:])
    first, second = sorted((ours, theirs), key=lambda lines: lines[shared].chain)
    writer = place.parent.name
    if writer and writer == writer_of(root).id:
        new_writer(root)  # that id has two logs now: nobody goes on with it here
    name = parted_name(writer, second[shared])
    beside = received / LOGS / name / place.name
    known = list(ChainedLog(beside, _CURE).read())
    _put(root, beside, max([*begin, *second[shared:]], known, key=len), known)
    _put(root, target, [*begin, *first[shared:]], ours)
    return list(theirs[shared:]) if len(known) <= shared else []


def _less(one: Line, other: Line) -> Line:
    """Return which of two copies of a line says less: one that somebody was taken out of."""
    if one.redacted != other.redacted:
        return one if one.redacted else other
    return min(one, other, key=lambda line: line.text)


def _put(root: Path, target: Path, lines: Sequence[Line], before: Sequence[Line]) -> None:
    """Write a log anew, if that changes it: whole or not at all."""
    if [line.text for line in lines] == [line.text for line in before]:
        return
    make_folder(target.parent)
    ChainedLog(target, _CURE).put(line.text for line in lines)
    note_log(root, target)
