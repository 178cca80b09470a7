"""Which version of a form an organiser chose, as a kind of decision in the log."""

from __future__ import annotations

from dataclasses import dataclass

from seminarkit.seminar.decision import Decision


@dataclass(frozen=True)
class VersionChosen(Decision):
    """The version of a form that counts from now on, until one that descends from it comes.

    ``seen`` is the number of the last file that had arrived when this was decided.
    """

    kind = "version chosen"
    country: str
    person: str
    form: str
    subject: str
    instance: str
    version: str
    receipt: str
    seen: int


@dataclass(frozen=True)
class Confirmed(Decision):
    """A mail was written that tells a person what counts of all that came up to a file."""

    kind = "confirmed"
    person: str
    to: str
    seen: int
