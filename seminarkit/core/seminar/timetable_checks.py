"""Check the timetable for people with parallel sessions, wrong durations and empty time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Literal

from seminarkit.core.seminar.clock import day_words
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.sessions import Part, Session, minutes_between

Kind = Literal[
    "clash",
    "error",
    "access",
    "time",
    "date",
    "role",
    "open",
    "delegation",
    "address",
    "reader",
    "answer",
    "notebook",
    "content",
]
MUST_BE_MENDED: tuple[Kind, ...] = ("clash", "error")


@dataclass(frozen=True)
class CheckFinding:
    """A problem or open point: its kind, its session or country, and a sentence."""

    kind: Kind
    where: str
    text: str


def clashes(seminar: Seminar) -> Iterator[CheckFinding]:
    """Yield people who have duties in two sessions at the same time."""
    rooms: dict[str, list[tuple[Session, str]]] = defaultdict(list)
    for session in seminar.sessions:
        for person in _people(session.parts):
            rooms[person].append((session, session.id))
        for group in session.groups:
            for person in _people(group.parts):
                rooms[person].append((session, group.id))
    for person, places in rooms.items():
        for (one, room), (other, second) in combinations(places, 2):
            in_two_groups = one is other and room != second and one.id not in (room, second)
            if in_two_groups or (one is not other and _overlap(one, other)):
                yield CheckFinding(
                    "clash",
                    room,
                    f"{seminar.people[person].name} is in {room} and in {second} at the same time, "
                    f"{day_words(one.date)} {one.start:%H:%M}–{one.end:%H:%M}.",
                )


def times(seminar: Seminar) -> Iterator[CheckFinding]:
    """Yield wrong durations, overlapping sessions and empty time."""
    for session in seminar.sessions:
        yield from _minutes(session)
    for earlier, later in pairwise(sorted(seminar.sessions, key=lambda s: (s.date, s.start))):
        if earlier.date != later.date:
            continue
        gap = minutes_between(earlier.end, later.start)
        if gap < 0:
            yield CheckFinding("time", later.id, f"It begins before {earlier.id} ends.")
        elif gap:
            yield CheckFinding(
                "time",
                earlier.id,
                f"{earlier.end:%H:%M}–{later.start:%H:%M} on {day_words(earlier.date)} is empty: "
                f"{gap} minutes without a session or a break.",
            )


def _minutes(session: Session) -> Iterator[CheckFinding]:
    starts = [item.start for item in session.items]
    for i, item in enumerate(session.items):
        if not item.start or not item.minutes:
            continue
        end = next((s for s in starts[i + 1 :] if s), session.end)
        slot = minutes_between(item.start, end)
        if slot != item.minutes:
            yield CheckFinding(
                "time",
                session.id,
                f"{item.minutes} minutes are planned in a slot of {slot} "
                f"({item.start:%H:%M}–{end:%H:%M}): {item.title.split(':')[0]}.",
            )
    timed = [item.minutes for item in session.items if item.minutes and not item.start]
    loose = sum(1 for item in session.items if not item.minutes and not item.start)
    if timed and sum(timed) != session.minutes:
        rest = f"; items without minutes: {loose}" if loose else ""
        yield CheckFinding(
            "time",
            session.id,
            f"{sum(timed)} of its {session.minutes} minutes are planned{rest}.",
        )
    elif loose > 1:
        yield CheckFinding(
            "time",
            session.id,
            f"{loose} items share {session.minutes} minutes; none has its own.",
        )


def _people(parts: Sequence[Part]) -> set[str]:
    return {part.person for part in parts if part.person}


def _overlap(one: Session, other: Session) -> bool:
    return one.date == other.date and one.start < other.end and other.start < one.end
