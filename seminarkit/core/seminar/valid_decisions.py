"""Decide which decisions are valid.

A later decision replaces earlier decisions on the same subject. Two decisions are in conflict if
neither author knew of the other decision. Until somebody settles a conflict, the later decision
counts. For public words, seats and nominations, the state before the conflict remains.

A revoked revocation has no effect. So undoing a choice opens the conflict again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from seminarkit.core.logs.line_order import LogEntry
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.delegation_decisions import Revocation


@dataclass(frozen=True)
class Logged:
    """A decision and its line in the logs."""

    decision: Decision
    entry: LogEntry


def valid_lines(lines: Sequence[Logged]) -> list[Logged]:
    """Return the valid decisions in order."""
    remaining = list(lines)
    while waiting := _ids_awaiting_choice(
        remaining
    ):  # without these lines, an older conflict may appear
        remaining = [line for line in remaining if line.entry.id not in waiting]
    # of two revocations in conflict, only the later one counts
    earlier = {
        side.entry.id
        for sides in conflicts(remaining)
        for side in sides[:-1]
        if isinstance(side.decision, Revocation)
    }
    remaining = [line for line in remaining if line.entry.id not in earlier]
    return [line for line in in_force(remaining) if not isinstance(line.decision, Revocation)]


def in_force(lines: Sequence[Logged]) -> list[Logged]:
    """Return all decisions that were not revoked, including revocations."""
    revoked: set[str] = set()
    valid = []
    for line in reversed(lines):  # a revoked line revokes nothing
        if line.entry.id not in revoked:
            revoked.update(line.decision.revokes)
            valid.append(line)
    return valid[::-1]


def conflicts(lines: Sequence[Logged]) -> list[tuple[Logged, ...]]:
    """Return the newest decisions of each conflict, grouped by subject."""
    sides_by_subject = (_sides(group, lines) for group in _by_subject(in_force(lines)))
    return [sides for sides in sides_by_subject if len(sides) > 1]


def later_decisions(lines: Sequence[Logged], chosen: Logged) -> list[Logged]:
    """Return later decisions on the same subject that were made with knowledge of ``chosen``.

    Revocations are included only if ``chosen`` is a revocation.
    """
    subject, is_revocation = chosen.decision.decides_on, isinstance(chosen.decision, Revocation)
    return [
        line
        for line in in_force(lines)
        if subject
        and line.entry.id != chosen.entry.id
        and line.decision.decides_on == subject
        and line.entry.follows(chosen.entry)
        and (is_revocation or not isinstance(line.decision, Revocation))
    ]


def independent_decisions(lines: Sequence[Logged], chosen: Logged) -> list[Logged]:
    """Return decisions on the same subject that were made without knowledge of ``chosen``."""
    return [
        line
        for line in in_force(lines)
        if line.decision.decides_on == chosen.decision.decides_on and _are_independent(line, chosen)
    ]


def decided_next(lines: Sequence[Logged], decision: Decision) -> list[Logged]:
    """Return the lines and a new decision whose author knows all of them."""
    known: dict[str, int] = {}
    for line in lines:
        known[line.entry.writer] = max(line.entry.line, known.get(line.entry.writer, 0))
    last = LogEntry({}, "next", 1, "next", {**known, "next": 1})
    return [*lines, Logged(decision, last)]


def _by_subject(lines: Iterable[Logged]) -> list[list[Logged]]:
    """Return the decisions on each subject that has several writers."""
    subjects: dict[tuple[str, ...], list[Logged]] = {}
    for line in lines:
        if subject := line.decision.decides_on:
            subjects.setdefault(subject, []).append(line)
    return [group for group in subjects.values() if len({line.entry.writer for line in group}) > 1]


def _sides(decisions: Sequence[Logged], lines: Sequence[Logged]) -> tuple[Logged, ...]:
    """Return the newest decisions in conflict on a subject. Equal decisions occur once."""
    newest = [
        line
        for line in decisions
        if not any(
            other is not line
            and other.entry.follows(line.entry)
            and not isinstance(other.decision, Revocation)
            for other in decisions
        )
    ]
    distinct: dict[str, Logged] = {}
    for line in newest:
        distinct.setdefault(_content(line.decision), line)
    by_id = {line.entry.id: line for line in lines}
    sides = [*distinct.values()]
    return tuple(line for line in sides if any(_in_conflict(line, other, by_id) for other in sides))


def _in_conflict(one: Logged, other: Logged, by_id: dict[str, Logged]) -> bool:
    if not _are_independent(one, other):
        return False
    for revoking, knowing in ((one, other), (other, one)):
        revoked = [by_id[id_] for id_ in revoking.decision.revokes if id_ in by_id]
        if revoked and not any(knowing.entry.follows(line.entry) for line in revoked):
            return False
    return True


def _are_independent(one: Logged, other: Logged) -> bool:
    return not (one.entry.follows(other.entry) or other.entry.follows(one.entry))


def _ids_awaiting_choice(lines: Sequence[Logged]) -> set[str]:
    waiting: set[str] = set()
    for sides in conflicts(lines):
        subject = sides[0].decision.decides_on
        same_subject = [line for line in lines if line.decision.decides_on == subject]
        if any(line.decision.waits for line in same_subject):
            waiting |= {
                line.entry.id
                for line in same_subject
                if not all(side.entry.follows(line.entry) for side in sides)
            }
    return waiting


def _content(decision: Decision) -> str:
    return repr((type(decision), replace(decision, at="", by="", id="")))
