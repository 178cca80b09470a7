"""The log of decisions as its history: each line, and whether it counts today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from seminarkit.core.errors import UsageError
from seminarkit.core.logs.line_order import Entry
from seminarkit.core.logs.redactions import GONE
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.valid_decisions import Logged, conflicts, counting, in_force

State = Literal["counts", "replaced", "undone", "waits", "forgotten", "unknown"]
_LEAST = 6  # signs of an id
Everything = Sequence[tuple[Entry, Decision | None]]


@dataclass(frozen=True)
class Past:
    """A line of the log. ``because`` are the ids of those for which it does not count.

    ``against`` are the ids of those that stand against it until somebody chooses.
    """

    entry: Entry
    decision: Decision | None
    state: State
    because: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


def history(everything: Everything) -> list[Past]:
    """Return every line of the log with how it stands, in order."""
    lines = logged(everything)
    kept = in_force(lines)
    force = {each.entry.id for each in kept}
    counts = {each.entry.id for each in counting(lines)}
    newest = {e.decision.decides_on: e.entry.id for e in lines if e.entry.id in counts}
    takers = {of: each.entry.id for each in kept for of in each.decision.takes_back}
    against = {
        side.entry.id: tuple(other.entry.id for other in sides if other is not side)
        for sides in conflicts(lines)
        for side in sides
    }

    def past(entry: Entry, decision: Decision | None) -> Past:
        if decision is None:
            gone = entry.values.get("kind") == GONE
            return Past(entry, None, "forgotten" if gone else "unknown")
        if entry.id not in force:
            because = takers.get(entry.id)
            return Past(entry, decision, "undone", (because,) if because else ())
        others = against.get(entry.id, ())
        if decision.takes_back:
            return Past(entry, decision, "waits" if others else "counts", (), others)
        if entry.id not in counts:
            return Past(entry, decision, "waits", (), others)
        last = newest[decision.decides_on]
        if decision.decides_on and last != entry.id:
            return Past(entry, decision, "replaced", (last,), others)
        return Past(entry, decision, "counts", (), others)

    return [past(entry, decision) for entry, decision in everything]


def logged(everything: Everything) -> list[Logged]:
    """Return the lines whose kind is known here."""
    return [Logged(decision, entry) for entry, decision in everything if decision]


def short_ids(ids: Collection[str]) -> dict[str, str]:
    """Return each id by as many of its first signs as tell all apart, at least 6."""
    signs = _LEAST
    while len({each[:signs] for each in ids}) < len(set(ids)):
        signs += 1
    return {each: each[:signs] for each in ids}


def find_id(text: str, ids: Iterable[str]) -> str:
    """Return the one id that begins with some signs; raises UsageError."""
    start = text.strip().casefold()
    matching = [each for each in ids if each.startswith(start)] if start else []
    if not matching:
        raise UsageError(f"'{text}' is the beginning of no decision's id. See: seminar log")
    if len(matching) > 1:
        known = ", ".join(short_ids(matching).values())
        raise UsageError(f"'{text}' is the beginning of several ids: {known}. Give more signs.")
    return matching[0]
