"""Divides the minutes of a session among the speakers, and puts the speakers in order."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

OPENING = 5  # minutes for a welcome
CLOSING = 5  # minutes to read out the notes
DISCUSSION_SHARE = Fraction(1, 4)  # least part of the session for open discussion
MIN_SHARE = 2  # minutes; less is too short to say anything
Speaker = TypeVar("Speaker")


@dataclass(frozen=True)
class Shares:
    """Minutes of a session: ``per_speaker`` for each of ``number`` speakers.

    ``talk`` are the minutes of open discussion between the last speaker and the closing.
    """

    opening: int
    per_speaker: int
    number: int
    talk: int
    closing: int


def share_minutes(minutes: int, speakers: int, most: int, opening: int = OPENING) -> Shares:
    """Divide ``minutes`` equally among the speakers, each having at most ``most`` minutes.

    Shares are whole minutes. If a share would be less than ``MIN_SHARE``, fewer people speak. The
    remainder goes to the discussion. A very short session has no opening or closing.
    """
    short = minutes < 2 * (OPENING + CLOSING)
    opening, closing = (0, 0) if short else (opening, CLOSING)
    available = minutes - opening - closing
    for_speakers = available - round(DISCUSSION_SHARE * minutes) if speakers else 0
    per_speaker = min(most, max(MIN_SHARE, for_speakers // speakers)) if speakers else 0
    number = min(speakers, max(0, for_speakers) // per_speaker) if per_speaker else 0
    return Shares(
        opening, per_speaker if number else 0, number, available - number * per_speaker, closing
    )


def in_fair_order(speakers: Sequence[tuple[str, Speaker]], seed: str) -> list[tuple[str, Speaker]]:
    """Order (country, speaker) pairs fairly: one of each country before a second of any.

    Countries are in order of their codes, from a starting point that ``seed`` determines by a hash.
    So the order differs from group to group, is reproducible, and is nobody's choice.
    """
    countries = sorted({country for country, _ in speakers})
    if countries:
        first = int(hashlib.sha256(seed.encode()).hexdigest(), 16) % len(countries)
        countries = countries[first:] + countries[:first]
    waiting, ordered = list(speakers), list[tuple[str, Speaker]]()
    while waiting:
        for country in countries:
            next_pair = next((pair for pair in waiting if pair[0] == country), None)
            if next_pair:
                waiting.remove(next_pair)
                ordered.append(next_pair)
    return ordered
