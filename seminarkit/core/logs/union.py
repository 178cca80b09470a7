"""Merges the logs of two copies of a seminar: the union of their lines.

A log has one writer, so one of two copies is the start of the other. If not, two writers used one
id (a copied account, a log of an older kit): both logs are stored, and which of them keeps its name
does not depend on the direction of the merge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from seminarkit.core.disk.rights import make_folder
from seminarkit.core.errors import SeminarError
from seminarkit.core.logs.hash_log import ChainedLog, Line
from seminarkit.core.logs.last_seen import LARGEST, LOGS, is_log, logs_in, note_log
from seminarkit.core.logs.line_order import common_prefix_length, fork_name
from seminarkit.core.logs.redactions import FORGOTTEN, merged_line
from seminarkit.core.logs.writers import new_writer, writer_of

_LOGS_WITH_HASHES = ("forgotten", "decisions")
_CURE = "Take the file from another copy: it cannot be merged as it is."


def read_log(path: Path) -> list[Line]:
    """Return the complete lines of a log of another copy.

    Raises DamageError if a line was changed, and SeminarError if the file is not a log.
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
    """Return the hashes of the lines and files that were redacted when somebody was forgotten.

    Empty if no decision records it, here or in the other copy; but older versions of the kit wrote
    no decision for a person without an id. ``others`` are the logs of the other copy, by path.
    """
    ours = {
        log.relative_to(received): log for log in logs_in(received) if log.stem in _LOGS_WITH_HASHES
    }
    logs = [*others.items(), *((place, read_log(log)) for place, log in ours.items())]
    is_recorded = any(line.entry.get("kind") == FORGOTTEN for _, lines in logs for line in lines)
    older = Path("arrivals.jsonl") in others or (received / "arrivals.jsonl").exists()
    return frozenset(
        str(line.entry.get("sha256"))
        for place, lines in logs
        for line in lines
        if (is_recorded or (older and place == Path("forgotten.jsonl")))
        and line.entry.get("what") in ("line", "file")
    )


def merge_log(
    root: Path, place: Path, theirs: Sequence[Line], explained: frozenset[str] = frozenset()
) -> list[Line]:
    """Merge a log of another copy into ours; return the new lines. ``place`` is below received/.

    A redacted line replaces the original if its hash is ``explained`` (redactions.py).
    """
    received = root / "received"
    target = received / place
    ours = list(ChainedLog(target, _CURE).read())
    shared = common_prefix_length(ours, theirs)
    begin = [
        merged_line(a, b, place.stem, explained)
        for a, b in zip(ours[:shared], theirs[:shared], strict=True)
    ]
    if shared in (len(ours), len(theirs)):
        longer = ours if shared == len(theirs) else theirs
        _put(root, target, [*begin, *longer[shared:]], ours)
        return list(theirs[shared:])
    first, second = sorted((ours, theirs), key=lambda lines: lines[shared].chain)
    writer = place.parent.name
    if writer and writer == writer_of(root).id:
        new_writer(root)  # that id has two logs now: use another one here
    name = fork_name(writer, second[shared])
    fork = received / LOGS / name / place.name
    fork_lines = list(ChainedLog(fork, _CURE).read())
    _put(root, fork, max([*begin, *second[shared:]], fork_lines, key=len), fork_lines)
    _put(root, target, [*begin, *first[shared:]], ours)
    return list(theirs[shared:]) if len(fork_lines) <= shared else []


def _put(root: Path, target: Path, lines: Sequence[Line], before: Sequence[Line]) -> None:
    """Rewrite a log atomically, if its lines differ from ``before``."""
    if [line.text for line in lines] == [line.text for line in before]:
        return
    make_folder(target.parent)
    ChainedLog(target, _CURE).put(line.text for line in lines)
    note_log(root, target)
