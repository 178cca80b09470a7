"""Forgets here who was forgotten on another copy of the seminar's folder.

Hashes of what was forgotten come with the logs. They tell who it was only to who still has their
name: this copy. So it searches itself through, as ``seminar forget`` does, and says so in its log.
"""

from __future__ import annotations

from dataclasses import dataclass

from seminarkit.forgetting.gathering import everybody
from seminarkit.forgetting.run import forget, look
from seminarkit.forgetting.searching import Step
from seminarkit.seminar.applied import person_hash
from seminarkit.seminar.clock import now
from seminarkit.seminar.decisions import ForgettingPlanned, PersonForgotten
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.store.received import Received
from seminarkit.store.tombstones import Tombstones
from seminarkit.team.writers import Writer, known_writer, writer_of


@dataclass(frozen=True)
class LetGo:
    """Who was forgotten here, with the number of files; ``by_hand`` has ids of others by now."""

    people: dict[str, int]
    by_hand: tuple[str, ...] = ()


def let_go(folder: SeminarFolder, step: Step = lambda done, total, name: None) -> LetGo:
    """Forget whoever was forgotten elsewhere and is still known here."""
    open_marks = pending(folder)
    if not open_marks:
        return LetGo({})
    met: dict[str, int] = {}
    others: list[str] = []
    for person, names in sorted(everybody(folder).items()):
        marks = {person_hash(person, name) for name, _ in names} & open_marks
        if not marks:
            continue
        if _is_somebody_else(folder, person, open_marks):
            others.append(person)
            continue
        found = look(folder, person, is_id=True, step=step)
        forget(folder, found, step=step)
        met[person] = sum(action != "own" for action in found.actions.values())
    Tombstones(folder.received).let_go(open_marks)
    return LetGo(met, tuple(others))


def forget_when_due(
    folder: SeminarFolder, step: Step = lambda done, total, name: None
) -> dict[str, int]:
    """Forget each person whose time of grace is over; return in how many files they were."""
    met = {}
    for each in due(folder):
        found = look(folder, each.person, is_id=each.is_id, step=step)
        forget(folder, found, step=step)
        met[each.person] = len(found.search.hits)
        folder = SeminarFolder(folder.root)
    return met


def due(folder: SeminarFolder) -> list[ForgettingPlanned]:
    """Return what was planned and is to be done now."""
    planned = [each for each in folder.decisions if isinstance(each, ForgettingPlanned)]
    return [each for each in planned if each.due <= now()]


def pending(folder: SeminarFolder) -> frozenset[str]:
    """Return the marks of people who were forgotten, and that this copy has not let go."""
    marks = {e.sha256 for e in folder.decisions if isinstance(e, PersonForgotten)}
    ours = writer_of(folder.root).id
    return frozenset(marks) - Tombstones(folder.received).who_let_go().get(ours, frozenset())


def not_yet(folder: SeminarFolder) -> dict[Writer, int]:
    """Return the other copies that have not let go of people yet, with how many."""
    marks = {e.sha256 for e in folder.decisions if isinstance(e, PersonForgotten)}
    gone = Tombstones(folder.received).who_let_go()
    logs = folder.received / "logs"
    writers = {*Received(folder.received).log.ends(), *folder.decisions.log.ends()} - {""}
    return {
        known_writer(logs / writer): len(left)
        for writer in sorted(writers)
        if (left := marks - gone.get(writer, frozenset()))
    }


def _is_somebody_else(folder: SeminarFolder, person: str, marks: frozenset[str]) -> bool:
    """Say whether an id has been given to another person since."""
    now = folder.seminar.participant(person)
    return now is not None and person_hash(person, now.name) not in marks
