"""Forgets here who was forgotten on another copy of the seminar's folder.

Hashes of what was forgotten come with the logs. They tell who it was only to who still has their
name: this copy. So it searches itself through, as ``seminar forget`` does, and says so in its log.
"""

from __future__ import annotations

from dataclasses import dataclass

from seminarkit.core.logs.line_order import base_of
from seminarkit.core.logs.team_log import FIRST
from seminarkit.core.logs.writers import writer_of
from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.delegation_decisions import ForgettingPlanned, PersonForgotten
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.seminar_today import person_hash
from seminarkit.core.store.received_files import Received
from seminarkit.core.store.tombstones import Tombstones
from seminarkit.forgetting.forget import forget, look
from seminarkit.forgetting.gather_traces import everybody
from seminarkit.forgetting.search import Step


@dataclass(frozen=True)
class LetGo:
    """Who was forgotten here, with the number of files; ``by_hand`` has ids of others by now."""

    people: dict[str, int]
    by_hand: tuple[str, ...] = ()


def let_go(
    folder: SeminarFolder,
    step: Step = lambda done, total, name: None,
    *,
    again: bool = False,
) -> LetGo:
    """Forget whoever was forgotten elsewhere and is still known here.

    ``again``: files came from a copy that may not know it yet, so also who was let go before.
    """
    open_marks = pending(folder)
    searched = _marks(folder) if again else open_marks
    if not searched:
        return LetGo({})
    met: dict[str, int] = {}
    others: list[str] = []
    for person, names in sorted(everybody(folder).items()):
        marks = {person_hash(person, name) for name, _ in names} & searched
        if not marks:
            continue
        if _is_somebody_else(folder, person, searched):
            others += [person] if marks & open_marks else []
            continue
        looked_at = look(folder, person, is_id=True, step=step)
        came = any(path.is_relative_to(folder.received) for path in looked_at.actions)
        if not (came or marks & open_marks):
            continue
        forget(folder, looked_at, step=step)
        met[person] = sum(action != "own" for action in looked_at.actions.values())
    if open_marks:
        Tombstones(folder.received).let_go(open_marks)
    return LetGo(met, tuple(others))


def forget_when_due(
    folder: SeminarFolder, step: Step = lambda done, total, name: None
) -> dict[str, int]:
    """Forget each person whose time of grace is over; return in how many files they were."""
    met = {}
    for each in due(folder):
        looked_at = look(folder, each.person, is_id=each.is_id, step=step)
        forget(folder, looked_at, step=step)
        met[each.person] = len(looked_at.search.hits)
        folder = SeminarFolder(folder.root)
    return met


def due(folder: SeminarFolder) -> list[ForgettingPlanned]:
    """Return what was planned and is to be done now."""
    planned = [each for each in folder.decisions if isinstance(each, ForgettingPlanned)]
    return [each for each in planned if each.due <= now()]


def pending(folder: SeminarFolder) -> frozenset[str]:
    """Return the marks of people who were forgotten, and that this copy has not let go."""
    ours = writer_of(folder.root).id
    return _marks(folder) - Tombstones(folder.received).who_let_go().get(ours, frozenset())


def not_yet(folder: SeminarFolder) -> dict[str, int]:
    """Return the writers whose copies have not let go of people yet, with how many."""
    marks = _marks(folder)
    gone = Tombstones(folder.received).who_let_go()
    logs = {*Received(folder.received).log.ends(), *folder.decisions.log.ends()}
    writers = {base_of(writer) for writer in logs} - {FIRST}
    return {
        writer: len(left)
        for writer in sorted(writers)
        if (left := marks - gone.get(writer, frozenset()))
    }


def _marks(folder: SeminarFolder) -> frozenset[str]:
    return frozenset(e.sha256 for e in folder.decisions if isinstance(e, PersonForgotten))


def _is_somebody_else(folder: SeminarFolder, person: str, marks: frozenset[str]) -> bool:
    """Say whether an id has been given to another person since."""
    now = folder.seminar.participant(person)
    return now is not None and person_hash(person, now.name) not in marks
