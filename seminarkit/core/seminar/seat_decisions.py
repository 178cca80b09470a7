"""Kinds of decisions on one person's seat: moved by hand, freed, absent, present."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from seminarkit.core.seminar.decision import Decision


@dataclass(frozen=True)
class Moved(Decision):
    """A person is put into a group by hand; later plans keep them there."""

    kind = "moved"
    topic = "place"
    about = ("person", "session")
    waits = True
    person: str
    session: str
    group: str


@dataclass(frozen=True)
class Freed(Decision):
    """A person who was put into a group by hand may be moved again by later plans."""

    kind = "freed"
    topic = "place"
    about = ("person", "session")
    waits = True
    person: str
    session: str


@dataclass(frozen=True)
class Absent(Decision):
    """A person does not attend a session, whatever their registration says."""

    kind = "absent"
    topic = "presence"
    about = ("person", "session")
    person: str
    session: str


@dataclass(frozen=True)
class Present(Decision):
    """A person who was absent attends a session after all."""

    kind = "present"
    topic = "presence"
    about = ("person", "session")
    person: str
    session: str


def pins_after(
    pins: Mapping[str, Mapping[str, str]], decisions: Iterable[Decision]
) -> dict[str, dict[str, str]]:
    """Return the groups chosen by hand after these decisions, by session and person."""
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
    """Return the absent people after these decisions, by session."""
    after = {session: list(people) for session, people in absent.items()}
    for decision in decisions:
        if isinstance(decision, Absent | Present):
            people = after.setdefault(decision.session, [])
            if decision.person in people:
                people.remove(decision.person)
            if isinstance(decision, Absent):
                people.append(decision.person)
    return after
