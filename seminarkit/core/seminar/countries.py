"""What seminar.yml says of the countries, and of who may come."""

from __future__ import annotations

from seminarkit.core.seminar.roles import CORE_PARTICIPANT
from seminarkit.core.seminar.values import Id, Strict, Words, Zone


class Region(Strict):
    """A group of countries."""

    id: Id
    name: Words


class Country(Strict):
    """A country that may send a delegation.

    ``in_text`` is its name inside a sentence where that is another: "the Russian Federation".
    ``tile`` is its (column, row) on the tile-grid map.
    """

    name: Words
    in_text: Words | None = None
    region: str
    time_zone: Zone
    footnote: str | None = None
    tile: tuple[int, int]


class WhoMayCome(Strict):
    """For whom public and core sessions are, as it is printed."""

    public: Words = "everybody"
    core: Words = CORE_PARTICIPANT.plural
