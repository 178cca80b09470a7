"""What is proven of a plan of groups, in words: among which other plans it is the best."""

from __future__ import annotations

from seminarkit.discuss.rounds import PROFILE_POINTS, WISH_POINTS

POINTS = (
    f"{WISH_POINTS[0]} points for a first wish, {WISH_POINTS[1]} for another, "
    f"{PROFILE_POINTS} for a group made for one's profile"
)
_PROVEN = 0.0005  # a smaller gap is that of the solver's numbers


def proof(gap: float, *, decided: bool, moved: int, named: bool) -> str:
    """Return the sentence on how good a plan is.

    ``decided`` says that people sat in groups before, who then leave them as seldom as can be:
    ``moved`` had to. ``named`` says that some seats were given by hand.
    """
    if gap > _PROVEN:
        return f"Time ran out: another plan might be better by up to {gap:.1%}; see --seconds"
    among = " that moves nobody" if decided and not moved else ""
    if decided and moved:
        among = f" that moves no more than {moved} {'person' if moved == 1 else 'people'}"
    if named:
        among += f" {'and' if among else 'that'} keeps the seats you named"
    best = f"keeps the rules as well and fits the wishes better ({POINTS})."
    return f"Proven: no other plan{among} {best}"
