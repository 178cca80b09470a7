"""The log of decisions: what organisers decided since seminar.yml was written, whoever did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from seminarkit.core.clean_text import cleaned
from seminarkit.core.forms.shapes import rows_of
from seminarkit.core.logs.line_order import Entry
from seminarkit.core.logs.redactions import GONE
from seminarkit.core.logs.team_log import TeamLog
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.delegation_decisions import (
    Asked,
    Chosen,
    Extended,
    FileGivenUp,
    FileSettled,
    ForgettingPlanned,
    Nominated,
    NominationUndone,
    PersonForgotten,
    Reminded,
    Seated,
    Undone,
)
from seminarkit.core.seminar.model import CoreParticipant
from seminarkit.core.seminar.question_decisions import (
    ChatTaken,
    QuestionMarked,
    QuestionOwned,
    QuestionParted,
    QuestionPublished,
    QuestionReworded,
    QuestionsJoined,
    StatementLeft,
    StatementParted,
    StatementReworded,
    StatementsJoined,
    StatementTaken,
)
from seminarkit.core.seminar.seat_decisions import Absent, Freed, Moved, Present
from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.core.seminar.valid_decisions import Logged, conflicts, counting
from seminarkit.core.seminar.version_decisions import Confirmed, VersionChosen, seen_of

_CURE = (
    "It holds what you decided, such as nominations. Put it back from another copy of the "
    "seminar's folder: seminar merge PATH"
)
KINDS: dict[str, type[Decision]] = {
    each.kind: each
    for each in (
        Nominated,
        NominationUndone,
        Extended,
        Asked,
        Reminded,
        Seated,
        FileSettled,
        FileGivenUp,
        Undone,
        Chosen,
        ForgettingPlanned,
        Moved,
        Freed,
        Absent,
        Present,
        PersonForgotten,
        VersionChosen,
        Confirmed,
        QuestionMarked,
        QuestionOwned,
        QuestionsJoined,
        QuestionParted,
        QuestionPublished,
        QuestionReworded,
        ChatTaken,
        StatementsJoined,
        StatementParted,
        StatementReworded,
        StatementTaken,
        StatementLeft,
    )
}


class Decisions:
    """The log of decisions, of all who write to the seminar."""

    def __init__(self, path: Path) -> None:
        self.log = TeamLog(path, _CURE, anchored=True)

    def __iter__(self) -> Iterator[Decision]:
        """Yield the decisions that count, in order; raises DamageError where the log was changed.

        Not those that were undone, nor those that wait for a choice (``conflicts``).
        """
        yield from (each.decision for each in counting(self.lines()))

    def lines(self) -> list[Logged]:
        """Return every decision that was made, in order, whether it counts or not."""
        return [Logged(decision, entry) for entry, decision in self.everything() if decision]

    def everything(self) -> list[tuple[Entry, Decision | None]]:
        """Return every line with its decision: none in one that nobody here knows, or a rest."""
        return [(entry, decision_of(entry.values, entry.id)) for entry in self.log.entries()]

    def unknown(self) -> list[str]:
        """Return the kind of each line that this version of the kit does not know."""
        told = (entry.values for entry in self.log.entries())
        return [str(e.get("kind")) for e in told if not decision_of(e) and e.get("kind") != GONE]

    def conflicts(self) -> list[tuple[Logged, ...]]:
        """Return decisions on one subject that do not know each other, as long as none follows."""
        return conflicts(self.lines())

    def redact(self, person: str, blacken: Callable[[Any], Any]) -> list[str]:
        """Take a person out of the log, with what was decided on their questions alone.

        ``blacken`` takes a person's traces out of any value. Returns the hash of each line that was
        changed.
        """

        def change(line: Entry) -> dict[str, object]:
            entry = line.values
            if decision_of(entry) is None:  # of a newer version, or of none
                return dict(blacken(entry))
            if person and _is_of(entry, person):
                return {"kind": GONE}
            if person and entry.get("kind") == Nominated.kind:
                people = rows_of(entry["people"])
                entry["people"] = [named for named in people if named["id"] != person]
            if person and entry.get("kind") == Seated.kind:
                groups = rows_of(entry["groups"])
                entry["groups"] = [_without(group, person) for group in groups]
            changed: dict[str, object] = blacken(entry)
            return changed

        return self.log.redact(change)

    def redacted(self) -> list[str]:
        """Return the hash of each line that a person was taken out of."""
        return self.log.redacted()

    def add(self, decisions: Iterable[Decision]) -> None:
        """Add decisions, and return when they are on the disk."""
        self.log.append(cleaned(_written(each)) for each in decisions)


def _written(decision: Decision) -> dict[str, object]:
    values = {name: value for name, value in asdict(decision).items() if name not in ("by", "id")}
    return {"kind": decision.kind, **values}


def decision_of(values: Mapping[str, object], line: str = "") -> Decision | None:
    """Return the decision of a line; none for one that is of no kind that this kit knows.

    What a newer version of the kit says besides is left out here; the log keeps it.
    """
    kind = KINDS.get(str(values.get("kind")))
    if kind is None:
        return None
    names = {field.name for field in fields(kind)} - {"id"}
    known = {key: value for key, value in values.items() if key in names}
    try:
        datetime.fromisoformat(str(known.get("at")))
        if "seen" in known:
            known["seen"] = seen_of(known["seen"])
        decision = _checked(kind.kind).validate_python({**cleaned(known), "id": line})
        _check_within(decision)
        return decision
    except (TypeError, ValueError):  # a kind of the same name that says other things
        return None


def _check_within(decision: Decision) -> None:
    """Raise a ValueError or TypeError where people or groups are not such as a seminar has."""
    if isinstance(decision, Nominated):
        for person in decision.people:
            CoreParticipant(**person)
    elif isinstance(decision, Seated):
        for group in decision.groups:
            DiscussionGroup(**group)


@cache
def _checked(kind: str) -> TypeAdapter[Decision]:
    """Return what makes a decision of a line whose values are of the types it has."""
    return TypeAdapter(KINDS[kind])


def _is_of(entry: dict[str, object], person: str) -> bool:
    questions = (str(entry.get(key, "")) for key in ("question", "other"))
    return entry.get("person") == person or any(q.startswith(f"{person}-q") for q in questions)


def _without(group: dict[str, object], person: str) -> dict[str, object]:
    """Return a decided group without one of its people."""
    gone = ("rapporteur", "confirmed") if group.get("rapporteur") == person else ()
    left = {key: value for key, value in group.items() if key not in gone}
    people = group["people"]
    assert isinstance(people, list)  # decision_of has checked it
    return {**left, "people": [other for other in people if other != person]}
