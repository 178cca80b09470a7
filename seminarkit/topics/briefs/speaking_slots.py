"""Who speaks when, and for how long: the minutes of a session shared out evenly."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

OPENING = 5  # minutes for a welcome
CLOSING = 5  # minutes for what is noted
TALK_SHARE = Fraction(1, 4)  # of the session, kept for everybody at least
LEAST = 2  # minutes below which nobody can say anything
Speaker = TypeVar("Speaker")


@dataclass(frozen=True)
class Shares:
    """How a session's minutes are shared: ``each`` to a speaker, of whom ``number`` have a turn.

    ``talk`` are the minutes for everybody between the last speaker and the closing.
    """

    opening: int
    each: int
    number: int
    talk: int
    closing: int


def shares(minutes: int, speakers: int, most: int, opening: int = OPENING) -> Shares:
    """Return how to share ``minutes`` among speakers, none of whom has more than ``most``.

    All have the same, in whole minutes. Where that would be fewer than two, as many speak as there
    is time for. What is left over goes to the discussion. A very short session has no fixed parts.
    """
    short = minutes < 2 * (OPENING + CLOSING)
    opening, closing = (0, 0) if short else (opening, CLOSING)
    rest = minutes - opening - closing
    free = rest - round(TALK_SHARE * minutes) if speakers else 0
    each = min(most, max(LEAST, free // speakers)) if speakers else 0
    number = min(speakers, max(0, free) // each) if each else 0
    return Shares(opening, each if number else 0, number, rest - number * each, closing)


def in_turns(speakers: Sequence[tuple[str, Speaker]], seed: str) -> list[tuple[str, Speaker]]:
    """Return (country, speaker) pairs in a fair order: one of each country before a second of any.

    Countries stand by the alphabet of their codes, but it begins at another one in every group:
    ``seed`` draws it, so that the order is the same each time and nobody has chosen it.
    """
    countries = sorted({country for country, _ in speakers})
    if countries:
        first = int(hashlib.sha256(seed.encode()).hexdigest(), 16) % len(countries)
        countries = countries[first:] + countries[:first]
    rest, ordered = list(speakers), list[tuple[str, Speaker]]()
    while rest:
        for country in countries:
            own = next((each for each in rest if each[0] == country), None)
            if own:
                rest.remove(own)
                ordered.append(own)
    return ordered
