"""Decisions on a person's group or attendance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from seminarkit.core.seminar.decision import Decision


@dataclass(frozen=True)
class Moved(Decision):
    """A decision to put a person into a group. Automatic planning keeps this choice."""

    kind = "moved"
    topic = "place"
    about = ("person", "session")
    waits = True
    person: str
    session: str
    group: str


@dataclass(frozen=True)
class Freed(Decision):
    """A decision that automatic planning may again choose the group of a person."""

    kind = "freed"
    topic = "place"
    about = ("person", "session")
    waits = True
    person: str
    session: str


@dataclass(frozen=True)
class Absent(Decision):
    """A decision that a person does not attend a session, despite any registration."""

    kind = "absent"
    topic = "presence"
    about = ("person", "session")
    person: str
    session: str


@dataclass(frozen=True)
class Present(Decision):
    """A decision that a person marked as absent attends the session after all."""

    kind = "present"
    topic = "presence"
    about = ("person", "session")
    person: str
    session: str


def pins_after(
    pins: Mapping[str, Mapping[str, str]], decisions: Iterable[Decision]
) -> dict[str, dict[str, str]]:
    """Return manually chosen groups, by session and person, after these decisions."""
    after = {session: dict(people) for session, people in pins.items()}
    for decision in decisions:
        if isinstance(decision, Moved):
            after.setdefault(decision.session, {})[decision.person] = decision.group
        elif isinstance(decision, Freed):
            after.get(decision.session, {}).pop(decision.person, None)
    return after


def absent_after(
    absent: Mapping[str, Iterable[str]], decisions: Iterable[Decision]
) -> dict[str, list[str]]:
    """Return the absent people, by session, after these decisions."""
    after = {session: list(people) for session, people in absent.items()}
    for decision in decisions:
        if isinstance(decision, Absent | Present):
            people = after.setdefault(decision.session, [])
            if decision.person in people:
                people.remove(decision.person)
            if isinstance(decision, Absent):
                people.append(decision.person)
    return after
