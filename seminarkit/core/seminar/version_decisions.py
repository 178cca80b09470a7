"""Kinds of decisions on the versions of a form: chosen, and confirmed by mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from seminarkit.core.seminar.decision import Decision

Seen = Mapping[str, int]  # how many lines of each writer's arrival log were known


def has_seen(seen: Seen, places: str) -> bool:
    """Return whether an arrival was known, by its places in the logs (``Arrival.places``)."""
    for place in places.split():
        writer, _, line = place.rpartition(":")
        if int(line) <= seen.get(writer, 0):
            return True
    return False


def seen_of(value: object) -> Seen:
    """Return ``seen`` from a log line; earlier kits logged the number of the last arrival."""
    return value if isinstance(value, dict) else {"": int(str(value))}


@dataclass(frozen=True)
class VersionChosen(Decision):
    """The version of a form that counts from now on, until a descendant of it arrives.

    ``seen`` are the arrivals that were known at that time.
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
    """A mail was written to a person on what counts of the arrivals so far (``seen``)."""

    kind = "confirmed"
    person: str
    to: str
    seen: Seen
