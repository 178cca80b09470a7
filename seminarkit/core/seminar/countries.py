"""The countries of a seminar, and the descriptions of its audiences."""

from __future__ import annotations

from seminarkit.core.seminar.roles import CORE_PARTICIPANT
from seminarkit.core.seminar.values import Id, Strict, Words, Zone


class Region(Strict):
    """A region to which several countries belong."""

    id: Id
    name: Words


class Country(Strict):
    """A country that may send a delegation.

    ``in_text`` is the name inside a sentence: "the Russian Federation". ``tile`` is the column and
    row of the country on the map.
    """

    name: Words
    in_text: Words | None = None
    region: str
    time_zone: Zone
    footnote: str | None = None
    tile: tuple[int, int]


class WhoMayCome(Strict):
    """The printed descriptions of the audiences of public and of core sessions."""

    public: Words = "everybody"
    core: Words = CORE_PARTICIPANT.plural
