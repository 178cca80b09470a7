"""Which version of a form an organiser chose, as a kind of decision in the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from seminarkit.core.seminar.decision import Decision

Seen = Mapping[str, int]  # how many arrivals of each writer's log had been there


def has_seen(seen: Seen, places: str) -> bool:
    """Say whether an arrival had been there, by its places in the logs (``Arrival.places``)."""
    for place in places.split():
        writer, _, line = place.rpartition(":")
        if int(line) <= seen.get(writer, 0):
            return True
    return False


def seen_of(value: object) -> Seen:
    """Return what a decision says of it; earlier versions of the kit gave the last number."""
    return value if isinstance(value, dict) else {"": int(str(value))}


@dataclass(frozen=True)
class VersionChosen(Decision):
    """The version of a form that counts from now on, until one that descends from it comes.

    ``seen`` says which files had arrived when this was decided.
    """

    kind = "version chosen"
    about = ("instance",)
    country: str
    person: str
    form: str
    subject: str
    instance: str
    version: str
    receipt: str
    seen: Seen


@dataclass(frozen=True)
class Confirmed(Decision):
    """A mail was written that tells a person what counts of all that had come (``seen``)."""

    kind = "confirmed"
    person: str
    to: str
    seen: Seen
