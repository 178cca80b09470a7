"""Which decisions count: not those that were taken back, nor those that wait for a choice.

Decisions on one subject follow each other. Where two people decided without knowing of each other,
on two copies of the folder, nobody can say which of the two is meant: that is a conflict, until
somebody who has both decides again. Until then the later one counts. Of words for the public, seats
and nominations none of them counts, but what held before.

What was taken back is as if it had never been, and so is what took it back: a conflict that was
ended by a decision is there again when that decision is undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from seminarkit.core.logs.line_order import Entry
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.delegation_decisions import TakesBack


@dataclass(frozen=True)
class Logged:
    """A line of the log: the decision it holds, and where it stands among all lines."""

    decision: Decision
    entry: Entry


def counting(lines: Sequence[Logged]) -> list[Logged]:
    """Return the lines that count, in their order."""
    left = list(lines)
    while waiting := _waiting(left):  # below a conflict that waits may lie an older one
        left = [each for each in left if each.entry.id not in waiting]
    # of two choices that stand against each other the later one counts, and takes back alone
    earlier = {
        side.entry.id
        for sides in conflicts(left)
        for side in sides[:-1]
        if isinstance(side.decision, TakesBack)
    }
    left = [each for each in left if each.entry.id not in earlier]
    return [each for each in in_force(left) if not isinstance(each.decision, TakesBack)]


def in_force(lines: Sequence[Logged]) -> list[Logged]:
    """Return the lines that were not taken back; also those that take back others."""
    taken_back: set[str] = set()
    kept = []
    for each in reversed(lines):  # what was taken back may itself have taken back another
        if each.entry.id not in taken_back:
            taken_back.update(each.decision.takes_back)
            kept.append(each)
    return kept[::-1]


def conflicts(lines: Sequence[Logged]) -> list[tuple[Logged, ...]]:
    """Return, for each subject in conflict, the newest decisions that do not know each other."""
    each_subject = (_sides(of, lines) for of in _by_subject(in_force(lines)))
    return [sides for sides in each_subject if len(sides) > 1]


def later_on(lines: Sequence[Logged], chosen: Logged) -> list[Logged]:
    """Return what was decided on the same subject knowing of this one, and was not taken back.

    What takes back a decision builds on no decision, but on what was taken back before.
    """
    subject, takes_back = chosen.decision.decides_on, isinstance(chosen.decision, TakesBack)
    return [
        each
        for each in in_force(lines)
        if subject
        and each.entry.id != chosen.entry.id
        and each.decision.decides_on == subject
        and each.entry.follows(chosen.entry)
        and (takes_back or not isinstance(each.decision, TakesBack))
    ]


def beside(lines: Sequence[Logged], chosen: Logged) -> list[Logged]:
    """Return what was decided on the same subject without one knowing of the other."""
    return [
        each
        for each in in_force(lines)
        if each.decision.decides_on == chosen.decision.decides_on and _are_apart(each, chosen)
    ]


def decided_next(lines: Sequence[Logged], decision: Decision) -> list[Logged]:
    """Return the lines with one more, as if it were decided now by somebody who has them all."""
    known: dict[str, int] = {}
    for each in lines:
        known[each.entry.writer] = max(each.entry.line, known.get(each.entry.writer, 0))
    last = Entry({}, "next", 1, "next", {**known, "next": 1})
    return [*lines, Logged(decision, last)]


def _by_subject(lines: Iterable[Logged]) -> list[list[Logged]]:
    """Return the decisions on each subject that more than one wrote about."""
    subjects: dict[tuple[str, ...], list[Logged]] = {}
    for each in lines:
        if subject := each.decision.decides_on:
            subjects.setdefault(subject, []).append(each)
    return [of for of in subjects.values() if len({each.entry.writer for each in of}) > 1]


def _sides(on_it: Sequence[Logged], lines: Sequence[Logged]) -> tuple[Logged, ...]:
    """Return the newest decisions on a subject that stand against another of them.

    Of those that say the same, one.
    """
    last = [
        each
        for each in on_it
        if not any(
            other is not each
            and other.entry.follows(each.entry)
            and not isinstance(other.decision, TakesBack)
            for other in on_it
        )
    ]
    different: dict[str, Logged] = {}
    for each in last:
        different.setdefault(_said(each.decision), each)
    by_id = {each.entry.id: each for each in lines}
    sides = [*different.values()]
    return tuple(e for e in sides if any(_stand_against(e, other, by_id) for other in sides))


def _stand_against(one: Logged, other: Logged, by_id: dict[str, Logged]) -> bool:
    """Say whether two do not know each other, and do not agree.

    Who takes back what the other never knew of agrees with them.
    """
    if not _are_apart(one, other):
        return False
    for taker, knower in ((one, other), (other, one)):
        taken = [by_id[each] for each in taker.decision.takes_back if each in by_id]
        if taken and not any(knower.entry.follows(each.entry) for each in taken):
            return False
    return True


def _are_apart(one: Logged, other: Logged) -> bool:
    return not (one.entry.follows(other.entry) or other.entry.follows(one.entry))


def _waiting(lines: Sequence[Logged]) -> set[str]:
    """Return the ids of what does not count as long as somebody has to choose."""
    waiting: set[str] = set()
    for sides in conflicts(lines):
        subject = sides[0].decision.decides_on
        on_it = [each for each in lines if each.decision.decides_on == subject]
        if any(each.decision.waits for each in on_it):
            waiting |= {
                each.entry.id
                for each in on_it
                if not all(side.entry.follows(each.entry) for side in sides)
            }
    return waiting


def _said(decision: Decision) -> str:
    return repr((type(decision), replace(decision, at="", by="", id="")))
