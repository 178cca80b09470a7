"""The common order of the lines of several logs: causal, then by time, then by hash.

Each line records the ends of the other logs that its writer had seen (``after``), like a vector
clock. Lines that were seen come first, whatever the clocks say. So the order is the same on every
computer with the same lines, and a wrong clock affects only the order of concurrent lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from seminarkit.core.logs.hash_log import Line

AFTER = "after"  # the key of a line: the ends of other logs that its writer had newly seen
ON = "on"  # the key of a line: the id of its writer
PARTED = "+"  # in the name of a fork: between the writer's id and the hash of its first own line
_MOST = 10**9  # the largest number of lines that is believed
_FIRST = "first"  # the first writer's id in the name of a fork
LineCounts = Mapping[str, int]  # the number of lines seen of each writer's log


@dataclass(frozen=True)
class LogEntry:
    """A line of one of the logs: its values, its writer, and its number there, from 1.

    ``known`` counts the lines of each log that its writer had seen, this one included.
    """

    values: dict[str, object]
    writer: str
    line: int
    id: str
    known: LineCounts = field(repr=False)
    redacted: bool = False

    @property
    def place(self) -> str:
        """The position of the line as ``writer:line``; the first writer's id is empty."""
        return f"{self.writer}:{self.line}"

    def follows(self, other: LogEntry) -> bool:
        """Say whether this entry's writer had seen the other one; true of the entry itself."""
        return self.known.get(other.writer, 0) >= other.line


@dataclass(frozen=True)
class MissingLines:
    """A log that is shorter here (``here`` lines) than another writer saw it (``known`` lines)."""

    writer: str
    here: int
    known: int
    known_to: str


def in_order(logs: Mapping[str, Sequence[Line]], moment: str) -> list[LogEntry]:
    """Return the lines of all logs in their common order; ``moment`` is the key of their time.

    The lines that a fork (``fork_name``) shares with its base log appear once.
    """
    if len(logs) == 1:
        ((writer, lines),) = logs.items()
        return [entry_of(writer, n, line, {writer: n}) for n, line in enumerate(lines, start=1)]
    common = {
        w: common_prefix_length(logs[w], logs.get(base_of(w), ())) for w in logs if PARTED in w
    }
    keyed: dict[str, list[tuple[str, int]]] = {writer: [] for writer in logs}
    seen: dict[str, dict[str, int]] = {writer: {} for writer in logs}
    placed: list[tuple[str, int, str, LogEntry]] = []
    while any(len(keyed[w]) < len(logs[w]) for w in logs):
        before = sum(map(len, keyed.values()))
        for writer in sorted(logs):
            for line in logs[writer][len(keyed[writer]) :]:
                if len(keyed[writer]) < common.get(writer, 0):
                    if len(keyed[base_of(writer)]) <= len(keyed[writer]):
                        break
                    _share_key(writer, keyed, seen)
                elif _is_ready(line, logs, keyed):
                    _take(writer, line, moment, logs, keyed, seen, placed)
                else:
                    break
        if sum(map(len, keyed.values())) == before:  # a cycle, which no kit has written
            waiting = [w for w in logs if len(keyed[w]) < len(logs[w])]
            writer = min(waiting, key=lambda w: (PARTED in w, w))
            _take(writer, logs[writer][len(keyed[writer])], moment, logs, keyed, seen, placed)
    placed.sort(key=lambda item: item[:3])
    return [entry for *_, entry in placed]


def missing_lines(logs: Mapping[str, Sequence[Line]]) -> list[MissingLines]:
    """Return the logs of which other writers had seen more lines than there are here."""
    furthest: dict[str, MissingLines] = {}
    for writer, lines in logs.items():
        for line in lines:
            for other, (count, chain) in after_of(line).items():
                here = len(logs.get(other, ()))
                furthest_seen = furthest.get(other, MissingLines(other, 0, 0, "")).known
                if (
                    count > max(here, furthest_seen)
                    and _log_with(other, count, chain, logs) is None
                ):
                    furthest[other] = MissingLines(other, here, count, writer)
    return [furthest[writer] for writer in sorted(furthest)]


def strangers(logs: Mapping[str, Sequence[Line]]) -> list[str]:
    """Return the ids under which two writers wrote: another writer saw other lines of the log."""
    return sorted(
        {
            writer
            for lines in logs.values()
            for line in lines
            for writer, (count, chain) in after_of(line).items()
            if 0 < count <= len(logs.get(writer, ()))
            and _log_with(writer, count, chain, logs) is None
        }
    )


def after_of(line: Line) -> dict[str, tuple[int, str]]:
    """Return how far the other logs were when a line was written: (lines, start of the last hash).

    Malformed ends are ignored.
    """
    after = line.entry.get(AFTER)
    if not isinstance(after, dict):
        return {}
    return {
        writer: (end[0], end[1])
        for writer, end in after.items()
        if isinstance(end, list)
        and len(end) == 2
        and type(end[0]) is int
        and end[0] < _MOST
        and isinstance(end[1], str)
    }


def base_of(writer: str) -> str:
    """Return the id of the writer whose log a fork comes from."""
    return writer.partition(PARTED)[0].removeprefix(_FIRST)


def fork_name(writer: str, line: Line) -> str:
    """Return the name of a fork of a writer's log that begins with ``line``."""
    return f"{writer or _FIRST}{PARTED}{line.chain[:8]}"


def _share_key(
    writer: str, keyed: dict[str, list[tuple[str, int]]], seen: dict[str, dict[str, int]]
) -> None:
    """Give a line that a fork shares with its base log the same key."""
    base, number = base_of(writer), len(keyed[writer])
    keyed[writer].append(keyed[base][number])
    seen[writer] = {**seen[writer], base: number + 1, writer: number + 1}


def common_prefix_length(one: Sequence[Line], other: Sequence[Line]) -> int:
    """Return the number of lines at the start that two logs have in common."""
    pairs = enumerate(zip(one, other, strict=False))
    least = min(len(one), len(other))
    return next((number for number, (a, b) in pairs if a.chain != b.chain), least)


def _take(
    writer: str,
    line: Line,
    moment: str,
    logs: Mapping[str, Sequence[Line]],
    keyed: dict[str, list[tuple[str, int]]],
    seen: dict[str, dict[str, int]],
    placed: list[tuple[str, int, str, LogEntry]],
) -> None:
    """Give the next line of a log its key: later than all lines that its writer had seen."""
    mine, number = keyed[writer], len(keyed[writer]) + 1
    after = {w: min(n, len(keyed[w])) for w, n in _after(line, logs).items()}
    before = [*mine[-1:], *(keyed[w][n - 1] for w, n in after.items() if n)]
    last = max(before, default=("", -1))
    at = str(line.entry.get(moment, ""))
    key = (at, 0) if at > last[0] else (last[0], last[1] + 1)
    mine.append(key)
    line_counts = seen[writer] = {**seen[writer], **after, writer: number}
    placed.append((*key, line.chain, entry_of(writer, number, line, line_counts)))


def _is_ready(
    line: Line, logs: Mapping[str, Sequence[Line]], keyed: Mapping[str, Sequence[object]]
) -> bool:
    return all(
        len(keyed[writer]) >= min(count, len(logs[writer]))
        for writer, count in _after(line, logs).items()
    )


def entry_of(
    writer: str, number: int, line: Line, seen: LineCounts = MappingProxyType({})
) -> LogEntry:
    """Return the entry for a line of a writer's log; ``number`` counts from 1."""
    values = {k: v for k, v in line.entry.items() if k not in (ON, AFTER)}
    return LogEntry(values, writer, number, line.chain, seen, line.redacted)


def _after(line: Line, logs: Mapping[str, Sequence[Line]]) -> dict[str, int]:
    """Return how many lines of each log here the writer of ``line`` had seen, forks included."""
    counts = {}
    for writer, (count, chain) in after_of(line).items():
        holder = _log_with(writer, count, chain, logs)
        name = writer if holder is None else holder
        if name in logs:
            counts[name] = count
    return counts


def _log_with(
    writer: str, count: int, chain: str, logs: Mapping[str, Sequence[Line]]
) -> str | None:
    """Return the log with a line of a writer: the writer's own log or a fork of it."""
    for name in (writer, *(fork for fork in logs if PARTED in fork and base_of(fork) == writer)):
        lines = logs.get(name, ())
        if 0 < count <= len(lines) and lines[count - 1].chain.startswith(chain):
            return name
    return None
