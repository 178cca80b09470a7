"""Words on the optimality of a plan: what is proven, and the gap if nothing is."""

from __future__ import annotations

from seminarkit.topics.groups.seating.rules import PROFILE_POINTS, WISH_POINTS, Seating

POINTS = (
    f"{WISH_POINTS[0]} points for a first wish, {WISH_POINTS[1]} for another, "
    f"{PROFILE_POINTS} for a group made for one's profile"
)
_PROVEN = 0.0005  # a smaller gap is the solver's numerical tolerance


ACCEPTED = 0.02  # a person has to accept a larger gap


def proof(seating: Seating, *, decided: bool, named: bool) -> str:
    """Return a sentence on the optimality of a plan.

    ``decided`` means that there were groups before, whose people are moved as seldom as possible.
    ``named`` means that some seats were fixed by hand.
    """
    if seating.gap > _PROVEN:
        why = "Time ran out" if seating.ended else "Not proven"
        return f"{why}. Another plan might be up to {seating.gap:.1%} better; see --seconds"
    moved_people = sum(map(len, seating.moved.values()))
    condition = " that moves nobody" if decided and not moved_people else ""
    if decided and moved_people:
        condition = (
            f" that moves no more than {moved_people} {'person' if moved_people == 1 else 'people'}"
        )
    if named:
        condition += f" {'and' if condition else 'that'} keeps the seats given by hand"
    better = f"A better plan would keep the rules as well and fit the wishes better ({POINTS})."
    return f"Proven: with these groups and chairs, no other plan{condition} is better. {better}"
