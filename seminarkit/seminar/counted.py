"""Which decisions count: not those that were undone, nor those that wait for a choice.

Decisions on one subject follow each other. Where two people decided without knowing of each other,
on two copies of the folder, nobody can say which of the two is meant: that is a conflict, until
somebody who has both decides again. Until then the later one counts. Of words for the public, seats
and nominations none of them counts, but what held before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from seminarkit.seminar.decision import Decision
from seminarkit.seminar.decisions import Undone
from seminarkit.team.order import Entry


@dataclass(frozen=True)
class Logged:
    """A line of the log: the decision it holds, and where it stands among all lines."""

    decision: Decision
    entry: Entry


def counting(lines: Sequence[Logged]) -> list[Logged]:
    """Return the lines that count, in their order."""
    waiting = {id(each) for newest in conflicts(lines) for each in _only_on_one_side(newest, lines)}
    left = [each for each in lines if id(each) not in waiting]
    undone: set[str] = set()
    counted = []
    for each in reversed(left):  # what was undone may itself have undone another
        if each.entry.id in undone:
            continue
        if isinstance(each.decision, Undone):
            undone.add(each.decision.of)
        else:
            counted.append(each)
    return counted[::-1]


def conflicts(lines: Sequence[Logged]) -> list[tuple[Logged, ...]]:
    """Return, for each subject in conflict, the newest decisions that do not know each other."""
    return [newest for of in _by_subject(lines) if len(newest := _newest(of)) > 1]


def later_on(lines: Sequence[Logged], chosen: Logged) -> list[Logged]:
    """Return the decisions on the same subject that were made knowing of this one, and count."""
    subject = chosen.decision.decides_on
    counted = {each.entry.id for each in counting(lines)}
    return [
        each
        for each in lines
        if subject
        and each is not chosen
        and each.decision.decides_on == subject
        and each.entry.follows(chosen.entry)
        and each.entry.id in counted
    ]


def _by_subject(lines: Iterable[Logged]) -> list[list[Logged]]:
    """Return the decisions on each subject that more than one wrote about."""
    subjects: dict[tuple[str, ...], list[Logged]] = {}
    for each in lines:
        if subject := each.decision.decides_on:
            subjects.setdefault(subject, []).append(each)
    return [of for of in subjects.values() if len({each.entry.writer for each in of}) > 1]


def _newest(lines: Sequence[Logged]) -> tuple[Logged, ...]:
    """Return the decisions that no other on the subject follows; one of those that say the same."""
    last = [
        each
        for each in lines
        if not any(other is not each and other.entry.follows(each.entry) for other in lines)
    ]
    different: dict[str, Logged] = {}
    for each in last:
        different.setdefault(_said(each.decision), each)
    return tuple(different.values())


def _only_on_one_side(newest: Sequence[Logged], lines: Iterable[Logged]) -> list[Logged]:
    """Return what does not count as long as somebody has to choose: what not all sides knew."""
    subject = newest[0].decision.decides_on
    on_it = [each for each in lines if each.decision.decides_on == subject]
    if not any(each.decision.waits for each in on_it):
        return []
    return [e for e in on_it if not all(side.entry.follows(e.entry) for side in newest)]


def _said(decision: Decision) -> str:
    return repr((type(decision), replace(decision, at="", by="", id="")))
