"""The countries of a seminar, and the words for who may attend."""

from __future__ import annotations

from seminarkit.core.seminar.roles import CORE_PARTICIPANT
from seminarkit.core.seminar.values import Id, Strict, Words, Zone


class Region(Strict):
    """A group of countries."""

    id: Id
    name: Words


class Country(Strict):
    """A country that may send a delegation.

    ``in_text`` is its name inside a sentence, if that differs: "the Russian Federation". ``tile``
    is its (column, row) on the tile-grid map.
    """

    name: Words
    in_text: Words | None = None
    region: str
    time_zone: Zone
    footnote: str | None = None
    tile: tuple[int, int]


class WhoMayCome(Strict):
    """The printed words for the audiences of public and of core sessions."""

    public: Words = "everybody"
    core: Words = CORE_PARTICIPANT.plural
