"""How long hiding small numbers takes: on sparse made-up surveys of three sizes.

python scripts/benchmarks/protection.py
"""

from __future__ import annotations

import random
import time

from seminarkit.topics.survey.disclosure.counts import AnsweredQuestion, People, Table, unprotected
from seminarkit.topics.survey.disclosure.suppression import protected

SIZES = [(49, 5, 4), (81, 27, 5), (300, 27, 5)]  # people, regions, choices
PROFILES = 4


def made_up(number: int, regions: int, choices: int) -> tuple[AnsweredQuestion, People]:
    """Return a question and who answered it; three people a delegation, answers skewed."""
    dice = random.Random(number)
    people = [f"{i // 3:03}-{i % 3}" for i in range(number)]
    delegations = [frozenset(people[i : i + 3]) for i in range(0, number, 3)]
    groups = {"all": frozenset(people)}
    for region in range(regions):
        groups[f"region {region}"] = frozenset(p for p in people if int(p[:3]) % regions == region)
    of = {person: dice.randrange(PROFILES) for person in people}
    for profile in range(PROFILES):
        groups[f"profile {profile}"] = frozenset(p for p in people if of[p] == profile)
    names = tuple(f"choice {i}" for i in range(choices))
    weights = [2.0**-i for i in range(choices)]
    picked = {person: frozenset(dice.choices(names, weights)) for person in people}
    return AnsweredQuestion(names, (1, 1), picked), People(groups, delegations, frozenset(["all"]))


def shares(table: Table, first: Table) -> tuple[int, int, int]:
    """Return how many cells are as told first, told more roughly, and not told."""
    same = sum(table[place] == cell for place, cell in first.items())
    hidden = sum(c.least == 0 and c.most is None and first[p] != c for p, c in table.items())
    return same, len(table) - same - hidden, hidden


def main() -> None:
    """Print a line for each size."""
    print("people  regions x choices  seconds   cells: as they are, rougher, not shown")
    for number, regions, choices in SIZES:
        asked, people = made_up(number, regions, choices)
        begin = time.monotonic()
        table = protected(asked, people)
        seconds = time.monotonic() - begin
        same, rougher, hidden = shares(table, unprotected(asked, people))
        print(
            f"{number:6}  {regions:7} x {choices:<7}  {seconds:7.1f}   {same}, {rougher}, {hidden}"
        )


if __name__ == "__main__":
    main()
