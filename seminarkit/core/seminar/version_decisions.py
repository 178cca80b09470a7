"""Kinds of decisions on the versions of a form: chosen, and confirmed by mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from seminarkit.core.seminar.decision import Decision

Seen = Mapping[str, int]  # how many lines of each writer's arrival log were known


def has_seen(seen: Seen, places: str) -> bool:
    """True if ``seen`` includes the arrival at these positions in the logs."""
    for place in places.split():
        writer, _, line = place.rpartition(":")
        if int(line) <= seen.get(writer, 0):
            return True
    return False


def seen_of(value: object) -> Seen:
    """Return ``seen`` from a log line. Older versions logged the number of the last arrival."""
    return value if isinstance(value, dict) else {"": int(str(value))}


@dataclass(frozen=True)
class VersionChosen(Decision):
    """The choice of a form version, valid until a newer version is based on this version."""

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
    """A mail that confirmed to a person which versions of the forms are valid."""

    kind = "confirmed"
    person: str
    to: str
    seen: Seen
