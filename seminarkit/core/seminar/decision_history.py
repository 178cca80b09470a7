"""Show the log of decisions as a history with the current state of each line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from seminarkit.core.errors import UsageError
from seminarkit.core.logs.line_order import LogEntry
from seminarkit.core.logs.redactions import GONE
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.valid_decisions import Logged, conflicts, in_force, valid_lines

State = Literal["counts", "replaced", "undone", "waits", "forgotten", "unknown"]
_MIN_LENGTH = 6  # characters of an id
Everything = Sequence[tuple[LogEntry, Decision | None]]


@dataclass(frozen=True)
class HistoryLine:
    """A line of the log of decisions with its current state.

    ``because`` contains the ids of the decisions that replaced or revoked it. ``against`` contains
    the ids of the decisions in conflict with it.
    """

    entry: LogEntry
    decision: Decision | None
    state: State
    because: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


def history(everything: Everything) -> list[HistoryLine]:
    """Return every line of the log in order, each with its current state."""
    lines = logged(everything)
    valid = in_force(lines)
    valid_ids = {line.entry.id for line in valid}
    counting_ids = {line.entry.id for line in valid_lines(lines)}
    newest = {
        line.decision.decides_on: line.entry.id for line in lines if line.entry.id in counting_ids
    }
    revoked_by = {
        revoked_id: line.entry.id for line in valid for revoked_id in line.decision.revokes
    }
    against = {
        side.entry.id: tuple(other.entry.id for other in sides if other is not side)
        for sides in conflicts(lines)
        for side in sides
    }

    def with_state(entry: LogEntry, decision: Decision | None) -> HistoryLine:
        if decision is None:
            is_redacted = entry.values.get("kind") == GONE
            return HistoryLine(entry, None, "forgotten" if is_redacted else "unknown")
        if entry.id not in valid_ids:
            because = revoked_by.get(entry.id)
            return HistoryLine(entry, decision, "undone", (because,) if because else ())
        others = against.get(entry.id, ())
        if decision.revokes:
            return HistoryLine(entry, decision, "waits" if others else "counts", (), others)
        if entry.id not in counting_ids:
            return HistoryLine(entry, decision, "waits", (), others)
        last = newest[decision.decides_on]
        if decision.decides_on and last != entry.id:
            return HistoryLine(entry, decision, "replaced", (last,), others)
        return HistoryLine(entry, decision, "counts", (), others)

    return [with_state(entry, decision) for entry, decision in everything]


def logged(everything: Everything) -> list[Logged]:
    """Return the log lines whose kind of decision is known to this version of the kit."""
    return [Logged(decision, entry) for entry, decision in everything if decision]


def short_ids(ids: Collection[str]) -> dict[str, str]:
    """Return each id cut to the shortest unique length, at least 6."""
    length = _MIN_LENGTH
    while len({id_[:length] for id_ in ids}) < len(set(ids)):
        length += 1
    return {id_: id_[:length] for id_ in ids}


def find_id(text: str, ids: Iterable[str]) -> str:
    """Return the only id that begins with ``text``, or raise UsageError."""
    start = text.strip().casefold()
    matching = [id_ for id_ in ids if id_.startswith(start)] if start else []
    if not matching:
        raise UsageError(f"No decision has an id that begins with '{text}'. See: seminar log")
    if len(matching) > 1:
        candidates = ", ".join(short_ids(matching).values())
        raise UsageError(f"Several ids begin with '{text}': {candidates}. Write more of the id.")
    return matching[0]
