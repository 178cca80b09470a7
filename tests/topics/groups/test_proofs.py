"""Is what is said of a plan no more than what is proven?"""

from __future__ import annotations

import pytest

from seminarkit.topics.groups.seating.proof_words import POINTS, proof
from seminarkit.topics.groups.seating.rules import PROFILE_POINTS, WISH_POINTS, Seating


def planned(gap: float, moved: int = 0, *, ended: bool = False) -> Seating:
    return Seating({}, [], {}, {"one": [f"GE-{i}" for i in range(moved)]}, gap, ended)


@pytest.mark.parametrize(
    ("decided", "moved", "named", "words"),
    [
        (
            False,
            0,
            False,
            "Proven: with these groups and chairs, no other plan is better. A better plan would keep the rules as well and fit the wishes better",
        ),
        (True, 0, False, "no other plan that moves nobody is better."),
        (True, 1, False, "no other plan that moves no more than 1 person is better."),
        (
            True,
            3,
            True,
            "that moves no more than 3 people and keeps the seats given by hand is better.",
        ),
        (
            False,
            0,
            True,
            "no other plan that keeps the seats given by hand is better.",
        ),
    ],
)
def test_a_proof_says_among_which_plans(decided: bool, moved: int, named: bool, words: str) -> None:
    """O27: once groups are decided, only plans that move no more people were looked at."""
    sentence = proof(planned(0.0, moved), decided=decided, named=named)
    assert words in sentence and POINTS in sentence
    assert "more wishes" not in sentence, "points are counted, not wishes"
    assert all(str(points) in POINTS for points in (*WISH_POINTS, PROFILE_POINTS))


def test_what_is_not_proven_says_so_and_why() -> None:
    """O27: whether the time ran out, or the work that was to be done is done."""
    assert proof(planned(0.02, ended=True), decided=True, named=False).startswith("Time ran out")
    sentence = proof(planned(0.02), decided=False, named=False)
    assert sentence.startswith("Not proven") and "2.0%" in sentence
