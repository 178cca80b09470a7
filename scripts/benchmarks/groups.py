"""How long discussion groups take: made-up delegations of three, two rounds, all rules.

81 people in five cases, 300 people in twenty groups and 1,000 in sixty; then one late change. Each
has a limit of 60 s, as `seminar groups --seconds 60` sets it, and is to answer within 75 s.

Example:
    python scripts/benchmarks/groups.py
"""

from __future__ import annotations

import random
import time

from measuring import print_table

from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.topics.groups.seating.rules import Person, Round
from seminarkit.topics.groups.seating.timed_process import Problem, seat_within

CASES = 5
SIZE = (15, 20)
PROFILES = ("neo", "policy", "institution", "quality assurance")
SECONDS, REACH = 60.0, 75.0


def people(number: int) -> tuple[Person, ...]:
    """Return delegations of three from five regions; profiles and two wishes are drawn."""
    chance = random.Random(number)
    return tuple(
        Person(
            f"{i // 3:03}-{i % 3}",
            f"{i // 3:03}",
            f"region {i // 3 % 5}",
            PROFILES[3 if chance.random() < 0.1 else i % 3],
            tuple(chance.sample([f"case {c}" for c in range(CASES)], 2)),
        )
        for i in range(number)
    )


def rounds(who: tuple[Person, ...], groups: int, chairs: int) -> list[Round]:
    """Return two rounds in which chairs and discussants move on by one group."""
    return [
        Round(
            name,
            tuple(
                DiscussionGroup(
                    id=f"{name}-{i}",
                    title=f"Group {i}",
                    case=f"case {i % CASES}",
                    chair=f"chair {(i + shift) % groups}"
                    if (i + shift) % groups < chairs
                    else None,
                    discussant=f"discussant {(i + shift) % groups}",
                )
                for i in range(groups)
            ),
            who,
            SIZE,
        )
        for shift, name in enumerate(("one", "two"))
    ]


def main() -> None:
    """Measure, and print a table."""
    rows: list[tuple[str, str, str]] = []
    for number, groups, chairs in ((81, 5, 3), (300, 20, 20), (1000, 60, 60)):
        who = people(number)
        start = time.monotonic()
        (made,) = seat_within(SECONDS, [Problem(rounds(who, groups, chairs), {})])
        first = time.monotonic() - start
        newcomer = Person("new-1", "new", "region 0", "policy")
        start = time.monotonic()
        later = Problem(rounds((*who[1:], newcomer), groups, chairs), made.groups)
        (late,) = seat_within(SECONDS, [later])
        change = time.monotonic() - start
        what = f"{number} people, 2 rounds of {groups} groups"
        wishes = len({p for got in made.wishes.values() for p in got[0]})
        moved = sum(map(len, late.moved.values()))
        rows += [
            (f"{what}: seconds", f"{first:.1f}", f"<= {REACH:.0f}"),
            (f"{what}: gap", f"{made.gap:.2%}", "printed"),
            (f"{what}: rules broken", str(len(made.violations)), "0"),
            (f"{what}: first wish granted", f"{wishes} of {number}", "as many as can be"),
            (f"{what}: one leaves, one comes", f"{change:.1f} s, {moved} moved", "0 moved"),
        ]
    print_table("Discussion groups", rows)


if __name__ == "__main__":
    main()
