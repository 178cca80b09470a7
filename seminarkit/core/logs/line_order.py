"""The one order of the lines of several logs: by cause, then by time, then by id.

A line says how far its writer knew every other log when it was written (``after``). What was known
comes before it, whatever the clocks say. So the order is the same on every computer that has the
same lines, and a clock that is wrong changes the order only among lines that do not know each
other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from seminarkit.core.logs.hash_log import Line

AFTER = "after"  # the key of a line: the end of each other log that was known, where it is new
ON = "on"  # the key of a line: which writer wrote it
PARTED = "+"  # between the id of a writer and the hash of the line from which another log goes on
_MOST = 10**9  # lines that a log can have
_FIRST = "first"  # how the first writer is called there
Known = Mapping[str, int]  # how many lines of each writer's log


@dataclass(frozen=True)
class Entry:
    """A line of one of the logs: what it says, who wrote it, and the how-many-eth it is there.

    ``known`` counts the lines of each log that its writer knew, and its own up to this one.
    """

    values: dict[str, object]
    writer: str
    line: int
    id: str
    known: Known = field(repr=False)
    redacted: bool = False

    @property
    def place(self) -> str:
        """Which line it is, as ``writer:line``; the first writer has no name."""
        return f"{self.writer}:{self.line}"

    def follows(self, other: Entry) -> bool:
        """Say whether the other was known when this was written, or is this."""
        return self.known.get(other.writer, 0) >= other.line


@dataclass(frozen=True)
class Gap:
    """Lines of a writer's log that somebody knew, and that are not here: ``here`` of ``known``."""

    writer: str
    here: int
    known: int
    known_to: str


def in_order(logs: Mapping[str, Sequence[Line]], moment: str) -> list[Entry]:
    """Return the lines of all logs in their one order; ``moment`` is the key that says when.

    What a log that was parted (``parted_name``) has in common with the other is one line.
    """
    if len(logs) == 1:
        ((writer, lines),) = logs.items()
        return [entry_of(writer, n, line, {writer: n}) for n, line in enumerate(lines, start=1)]
    common = {w: common_lines(logs[w], logs.get(base_of(w), ())) for w in logs if PARTED in w}
    keyed: dict[str, list[tuple[str, int]]] = {writer: [] for writer in logs}
    known: dict[str, dict[str, int]] = {writer: {} for writer in logs}
    placed: list[tuple[str, int, str, Entry]] = []
    while any(len(keyed[w]) < len(logs[w]) for w in logs):
        before = sum(map(len, keyed.values()))
        for writer in sorted(logs):
            for line in logs[writer][len(keyed[writer]) :]:
                if len(keyed[writer]) < common.get(writer, 0):
                    if len(keyed[base_of(writer)]) <= len(keyed[writer]):
                        break
                    _share(writer, keyed, known)
                elif _is_ready(line, logs, keyed):
                    _take(writer, line, moment, logs, keyed, known, placed)
                else:
                    break
        if sum(map(len, keyed.values())) == before:  # each waits for another: no kit wrote that
            waiting = [w for w in logs if len(keyed[w]) < len(logs[w])]
            writer = min(waiting, key=lambda w: (PARTED in w, w))
            _take(writer, logs[writer][len(keyed[writer])], moment, logs, keyed, known, placed)
    placed.sort(key=lambda each: each[:3])
    return [entry for *_, entry in placed]


def gaps(logs: Mapping[str, Sequence[Line]]) -> list[Gap]:
    """Return which logs go less far here than some line says."""
    furthest: dict[str, Gap] = {}
    for writer, lines in logs.items():
        for line in lines:
            for other, (count, chain) in after_of(line).items():
                here = len(logs.get(other, ()))
                known = furthest.get(other, Gap(other, 0, 0, "")).known
                if count > max(here, known) and _holder(other, count, chain, logs) is None:
                    furthest[other] = Gap(other, here, count, writer)
    return [furthest[writer] for writer in sorted(furthest)]


def strangers(logs: Mapping[str, Sequence[Line]]) -> list[str]:
    """Return each writer whose log is not the one that another knew: two wrote under one id."""
    return sorted(
        {
            writer
            for lines in logs.values()
            for line in lines
            for writer, (count, chain) in after_of(line).items()
            if 0 < count <= len(logs.get(writer, ()))
            and _holder(writer, count, chain, logs) is None
        }
    )


def after_of(line: Line) -> dict[str, tuple[int, str]]:
    """Return how far other logs were known: lines, and how the hash of the last begins.

    Nothing of what no kit has written so.
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
    """Return from whose log a log was parted."""
    return writer.partition(PARTED)[0].removeprefix(_FIRST)


def parted_name(writer: str, line: Line) -> str:
    """Return the name of a log that goes on otherwise than that of the writer, from a line on."""
    return f"{writer or _FIRST}{PARTED}{line.chain[:8]}"


def _share(
    writer: str, keyed: dict[str, list[tuple[str, int]]], known: dict[str, dict[str, int]]
) -> None:
    """Pass over a line that a parted log has in common with the other."""
    base, number = base_of(writer), len(keyed[writer])
    keyed[writer].append(keyed[base][number])
    known[writer] = {**known[writer], base: number + 1, writer: number + 1}


def common_lines(one: Sequence[Line], other: Sequence[Line]) -> int:
    """Return how many lines two logs begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    least = min(len(one), len(other))
    return next((number for number, (a, b) in pairs if a.chain != b.chain), least)


def _take(
    writer: str,
    line: Line,
    moment: str,
    logs: Mapping[str, Sequence[Line]],
    keyed: dict[str, list[tuple[str, int]]],
    known: dict[str, dict[str, int]],
    placed: list[tuple[str, int, str, Entry]],
) -> None:
    """Give the next line of a log its place: later than all that it knew."""
    mine, number = keyed[writer], len(keyed[writer]) + 1
    after = {w: min(n, len(keyed[w])) for w, n in _after(line, logs).items()}
    before = [*mine[-1:], *(keyed[w][n - 1] for w, n in after.items() if n)]
    last = max(before, default=("", -1))
    at = str(line.entry.get(moment, ""))
    key = (at, 0) if at > last[0] else (last[0], last[1] + 1)
    mine.append(key)
    seen = known[writer] = {**known[writer], **after, writer: number}
    placed.append((*key, line.chain, entry_of(writer, number, line, seen)))


def _is_ready(
    line: Line, logs: Mapping[str, Sequence[Line]], keyed: Mapping[str, Sequence[object]]
) -> bool:
    return all(
        len(keyed[writer]) >= min(count, len(logs[writer]))
        for writer, count in _after(line, logs).items()
    )


def entry_of(writer: str, number: int, line: Line, known: Known = MappingProxyType({})) -> Entry:
    """Return a line of a writer's log as an entry; ``number`` counts from 1."""
    values = {k: v for k, v in line.entry.items() if k not in (ON, AFTER)}
    return Entry(values, writer, number, line.chain, known, line.redacted)


def _after(line: Line, logs: Mapping[str, Sequence[Line]]) -> dict[str, int]:
    """Return how far each log was known, of those that are here; also one that was parted since."""
    known = {}
    for writer, (count, chain) in after_of(line).items():
        holder = _holder(writer, count, chain, logs)
        name = writer if holder is None else holder
        if name in logs:
            known[name] = count
    return known


def _holder(writer: str, count: int, chain: str, logs: Mapping[str, Sequence[Line]]) -> str | None:
    """Return which log holds a line of a writer: their own, or one that was parted from it."""
    for name in (writer, *(each for each in logs if PARTED in each and base_of(each) == writer)):
        lines = logs.get(name, ())
        if 0 < count <= len(lines) and lines[count - 1].chain.startswith(chain):
            return name
    return None
