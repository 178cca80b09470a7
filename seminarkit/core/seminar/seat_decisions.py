"""Decisions on one person's seat: moved by hand, freed again, absent, back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from seminarkit.core.seminar.decision import Decision


@dataclass(frozen=True)
class Moved(Decision):
    """An organiser put a person into a group; no later plan moves them."""

    kind = "moved"
    topic = "place"
    about = ("person", "session")
    waits = True
    person: str
    session: str
    group: str


@dataclass(frozen=True)
class Freed(Decision):
    """Later plans may move a person again who was put into a group by hand."""

    kind = "freed"
    topic = "place"
    about = ("person", "session")
    waits = True
    person: str
    session: str


@dataclass(frozen=True)
class Absent(Decision):
    """A person does not come to a session, whatever their registration says."""

    kind = "absent"
    topic = "presence"
    about = ("person", "session")
    person: str
    session: str


@dataclass(frozen=True)
class Present(Decision):
    """A person who was absent comes to a session after all."""

    kind = "present"
    topic = "presence"
    about = ("person", "session")
    person: str
    session: str


def pins_after(
    pins: Mapping[str, Mapping[str, str]], decisions: Iterable[Decision]
) -> dict[str, dict[str, str]]:
    """Return who was put into which group by hand, by session and person."""
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
    """Return who was said to be absent, by session."""
    after = {session: list(people) for session, people in absent.items()}
    for decision in decisions:
        if isinstance(decision, Absent | Present):
            people = after.setdefault(decision.session, [])
            if decision.person in people:
                people.remove(decision.person)
            if isinstance(decision, Absent):
                people.append(decision.person)
    return after
