"""What is proven of a plan of groups, in words: among which other plans it is the best."""

from __future__ import annotations

from seminarkit.topics.groups.seating.rules import PROFILE_POINTS, WISH_POINTS, Seating

POINTS = (
    f"{WISH_POINTS[0]} points for a first wish, {WISH_POINTS[1]} for another, "
    f"{PROFILE_POINTS} for a group made for one's profile"
)
_PROVEN = 0.0005  # a smaller gap is that of the solver's numbers


ACCEPTED = 0.02  # a larger gap is decided on by a person


def proof(seating: Seating, *, decided: bool, named: bool) -> str:
    """Return the sentence on how good a plan is.

    ``decided`` says that people sat in groups before, who then leave them as seldom as can be.
    ``named`` says that some seats were given by hand.
    """
    if seating.gap > _PROVEN:
        why = "Time ran out" if seating.ended else "Not proven"
        return f"{why}: another plan might be better by up to {seating.gap:.1%}; see --seconds"
    number = sum(map(len, seating.moved.values()))
    among = " that moves nobody" if decided and not number else ""
    if decided and number:
        among = f" that moves no more than {number} {'person' if number == 1 else 'people'}"
    if named:
        among += f" {'and' if among else 'that'} keeps the seats given by hand"
    best = f"keeps the rules as well and fits the wishes better ({POINTS})."
    return f"Proven: with these groups and chairs, no other plan{among} {best}"
