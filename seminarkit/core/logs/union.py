"""Brings the logs of two copies of a seminar together: a union of whole lines.

A log has one writer, so of two copies one goes on where the other ends. Where it does not, two have
written under one id (a copied account, a log of an older kit): both logs are kept, and which of
them keeps its name does not depend on which copy was merged into which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from seminarkit.core.disk.rights import make_folder
from seminarkit.core.errors import SeminarError
from seminarkit.core.logs.hash_log import ChainedLog, Line
from seminarkit.core.logs.last_seen import LARGEST, LOGS, is_log, logs_in, note_log
from seminarkit.core.logs.line_order import common_lines, parted_name
from seminarkit.core.logs.redactions import FORGOTTEN, less
from seminarkit.core.logs.writers import new_writer, writer_of

_TELLING = ("forgotten", "decisions")
_CURE = "Take the file from another copy: it cannot be merged as it is."


def read_log(path: Path) -> list[Line]:
    """Return the whole lines of a log from elsewhere; raises DamageError where one was changed.

    SeminarError for what is no log at all.
    """
    if path.exists() and not is_log(path):
        raise SeminarError(
            f"{path.name} is not an ordinary file, or is larger than the log of any seminar "
            f"({LARGEST >> 20} MB). The kit does not read it; ask the person it is from, and "
            "delete it."
        )
    return list(ChainedLog(path, _CURE).read())


def explained_lines(
    received: Path, others: Mapping[Path, Sequence[Line]] = MappingProxyType({})
) -> frozenset[str]:
    """Return the hashes of lines and files that were changed as somebody was forgotten.

    Nothing where nobody was, here or there; but an older version of the kit told of no decision
    where somebody without an id was. ``others`` are the logs of another copy, by their place.
    """
    ours = {log.relative_to(received): log for log in logs_in(received) if log.stem in _TELLING}
    logs = [*others.items(), *((place, read_log(log)) for place, log in ours.items())]
    told = any(line.entry.get("kind") == FORGOTTEN for _, lines in logs for line in lines)
    older = Path("arrivals.jsonl") in others or (received / "arrivals.jsonl").exists()
    return frozenset(
        str(line.entry.get("sha256"))
        for place, lines in logs
        for line in lines
        if (told or (older and place == Path("forgotten.jsonl")))
        and line.entry.get("what") in ("line", "file")
    )


def merge_log(
    root: Path, place: Path, theirs: Sequence[Line], explained: frozenset[str] = frozenset()
) -> list[Line]:
    """Take the lines of a log that are not here; return them. ``place`` is below received/.

    A line out of which somebody was taken wins over the line as it was, if it is ``explained``
    (redactions.py).
    """
    received = root / "received"
    target = received / place
    ours = list(ChainedLog(target, _CURE).read())
    shared = common_lines(ours, theirs)
    begin = [
        less(a, b, place.stem, explained)
        for a, b in zip(ours[:shared], theirs[:shared], strict=True)
    ]
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


def _put(root: Path, target: Path, lines: Sequence[Line], before: Sequence[Line]) -> None:
    """Write a log anew, if that changes it: whole or not at all."""
    if [line.text for line in lines] == [line.text for line in before]:
        return
    make_folder(target.parent)
    ChainedLog(target, _CURE).put(line.text for line in lines)
    note_log(root, target)
