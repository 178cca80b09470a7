"""Parses and checks the options of ``seminar groups``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.seat_decisions import Absent, Freed, Moved, Present
from seminarkit.core.seminar.sessions import DiscussionGroup, Session


@dataclass(frozen=True)
class Requests:
    """The changes to a plan: groups by person for moves and rapporteurs, else ids of people."""

    sessions: Sequence[Session]
    moves: Mapping[str, str] = field(default_factory=dict)
    rapporteurs: Mapping[str, str] = field(default_factory=dict)
    confirmed: Sequence[str] = ()
    free: Sequence[str] = ()
    absent: Sequence[str] = ()
    present: Sequence[str] = ()
    afresh: bool = False

    @property
    def placed(self) -> dict[str, str]:
        """The requested group of each person."""
        return {**self.rapporteurs, **self.moves}

    def planned(self, seminar: Seminar) -> list[str]:
        """Return the sessions to plan again; none if the requests move nobody.

        Naming a rapporteur, freeing a seat and marking an absence leave all others in place.
        """
        small = [*self.rapporteurs, *self.confirmed, *self.free, *self.absent, *self.present]
        if self.afresh or not (self.moves or small):
            return [session.id for session in self.sessions]
        decided = {g.id: s for s, groups in seminar.seating.items() for g in groups}
        wanted = {decided[group] for group in self.moves.values() if group in decided}
        if any(group not in decided for group in self.placed.values()):
            wanted |= {session.id for session in self.sessions if session.id not in seminar.seating}
        return [session.id for session in self.sessions if session.id in wanted]

    def before_planning(self, seminar: Seminar, at: str) -> list[Decision]:
        """Return the decisions that come before planning; raises UsageError for impossible ones."""
        decisions: list[Decision] = []
        for person in self.free:
            decisions += [
                Freed(person, session.id, at=at)
                for session in self.sessions
                if person in seminar.pins.get(session.id, {})
            ]
            if not any(
                isinstance(decision, Freed) and decision.person == person for decision in decisions
            ):
                raise UsageError(
                    f"No organiser put {person} into a group, so there is nothing to free."
                )
        for person in self.present:
            decisions += [
                Present(person, session.id, at=at)
                for session in self.sessions
                if person in seminar.absent.get(session.id, [])
            ]
            if not any(
                isinstance(decision, Present) and decision.person == person
                for decision in decisions
            ):
                raise UsageError(f"{person} is not marked as absent.")
        return decisions + [
            Absent(person, session.id, at=at)
            for person in self.absent
            for session in self.sessions
            if person not in seminar.absent.get(session.id, [])
        ]

    def moved(
        self, seminar: Seminar, groups: Mapping[str, Sequence[DiscussionGroup]], at: str
    ) -> list[Moved]:
        """Return the moves as decisions, without those already in force."""
        session_of = {group.id: session for session, held in groups.items() for group in held}
        return [
            Moved(person, session_of[group], group, at=at)
            for person, group in self.moves.items()
            if seminar.pins.get(session_of[group], {}).get(person) != group
        ]

    def check(self, seminar: Seminar, groups: Mapping[str, Sequence[DiscussionGroup]]) -> None:
        """Raise UsageError if a person is not in the requested group."""
        known = {group.id: (s, group) for s, held in groups.items() for group in held}
        for person, name in self.placed.items():
            if name not in known:
                hint = did_you_mean(name, known)
                raise UsageError(f"'{name}' is not a group.{hint} Groups: {', '.join(known)}")
            session, group = known[name]
            if person in group.people:
                continue
            if session not in [other_session.id for other_session in self.sessions]:
                raise UsageError(
                    f"{name} is a group of {session}, which is not among the sessions you named. "
                    f"Leave out --session, or write --session {session}"
                )
            other = next((g.id for g in groups[session] if person in g.people), None)
            if other:
                raise UsageError(
                    f"{person} is in {other}, and a rapporteur takes notes in their own group. "
                    f"Move them to {name} first: seminar groups --move {person}={name} --keep"
                )
            raise UsageError(
                f"{person} is not coming to that session, so they cannot be in one of its groups. "
                "See their registration."
            )


def group_sessions_asked(folder: SeminarFolder, asked: Sequence[str]) -> list[Session]:
    """Return the named sessions with groups, or all of them; raises UsageError."""
    from seminarkit.topics.groups.groups_of_session import group_sessions

    known = {session.id: session for session in group_sessions(folder.seminar)}
    if not known:
        raise UsageError(
            "No session has `seats`, so there are no groups to plan. Write under the session in "
            "seminar.yml, for example: seats: {size: [15, 20]}"
        )
    for name in asked:
        if name not in known:
            hint = did_you_mean(name, known)
            raise UsageError(
                f"'{name}' is not a session with groups.{hint} "
                f"Sessions with groups: {', '.join(known)}"
            )
    return [known[name] for name in asked] or list(known.values())


def seats_asked(folder: SeminarFolder, texts: Sequence[str]) -> dict[str, str]:
    """Return groups by person from texts such as ``GE-2=d2-group-1``; raises UsageError."""
    placed: dict[str, str] = {}
    for text in texts:
        person, sign, group = (part.strip() for part in text.partition("="))
        if not sign:
            raise UsageError(f"'{text}' does not name a group. Write it like GE-2=d1-groups-1-dcu.")
        person = person_asked(folder, person)
        if placed.setdefault(person, group) != group:
            raise UsageError(
                f"{person} is put into two groups, {placed[person]} and {group}. For two sessions, "
                "move and keep the person in one session first, then in the other."
            )
    return placed


def person_asked(folder: SeminarFolder, text: str) -> str:
    """Return the id of a core participant; raises UsageError."""
    person = text.strip().upper()
    if folder.seminar.participant(person) is None:
        people = [p.id for delegation in folder.seminar.delegations.values() for p in delegation]
        raise UsageError(f"'{person}' is not a core participant.{did_you_mean(person, people)}")
    return person


def people_asked(folder: SeminarFolder, texts: Iterable[str]) -> list[str]:
    """Return the ids of core participants, each once; raises UsageError."""
    return list(dict.fromkeys(person_asked(folder, text) for text in texts))
