"""The log of the decisions that organisers made after seminar.yml was written."""

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
from seminarkit.core.logs.line_order import LogEntry
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
from seminarkit.core.seminar.valid_decisions import Logged, conflicts, valid_lines
from seminarkit.core.seminar.version_decisions import Confirmed, VersionChosen, seen_of

_CURE = (
    "It contains your decisions, such as nominations. Restore it from another copy of the "
    "seminar's folder: seminar merge PATH"
)
KINDS: dict[str, type[Decision]] = {
    cls.kind: cls
    for cls in (
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
    """The decisions of all organisers, read from their logs."""

    def __init__(self, path: Path) -> None:
        self.log = TeamLog(path, _CURE, anchored=True)

    def __iter__(self) -> Iterator[Decision]:
        """Yield the valid decisions in order. Raise DamageError if the log was changed.

        Revoked decisions are left out, and those that wait for a choice (``conflicts``).
        """
        yield from (line.decision for line in valid_lines(self.lines()))

    def lines(self) -> list[Logged]:
        """Return every decision in order, valid or not."""
        return [Logged(decision, entry) for entry, decision in self.everything() if decision]

    def everything(self) -> list[tuple[LogEntry, Decision | None]]:
        """Return every log line with its decision, or None if the decision is unreadable."""
        return [(entry, decision_of(entry.values, entry.id)) for entry in self.log.entries()]

    def unknown(self) -> list[str]:
        """Return the unknown kinds of decisions, one for each log line."""
        entries = (entry.values for entry in self.log.entries())
        return [
            str(line.get("kind"))
            for line in entries
            if not decision_of(line) and line.get("kind") != GONE
        ]

    def conflicts(self) -> list[tuple[Logged, ...]]:
        """Return the decisions of each conflict that is not settled yet."""
        return conflicts(self.lines())

    def redact(self, person: str, blacken: Callable[[Any], Any]) -> list[str]:
        """Remove a person from the log and return the hashes of the changed lines.

        ``blacken`` removes the person's data from any value.
        """

        def change(line: LogEntry) -> dict[str, object]:
            entry = line.values
            if decision_of(entry) is None:  # of a newer kit, or redacted before
                return dict(blacken(entry))
            if person and _is_about(entry, person):
                return {"kind": GONE}
            if person and entry.get("kind") == Nominated.kind:
                people = rows_of(entry["people"])
                entry["people"] = [nominee for nominee in people if nominee["id"] != person]
            if person and entry.get("kind") == Seated.kind:
                groups = rows_of(entry["groups"])
                entry["groups"] = [_without(group, person) for group in groups]
            changed: dict[str, object] = blacken(entry)
            return changed

        return self.log.redact(change)

    def redacted(self) -> list[str]:
        """Return the hash of each redacted line."""
        return self.log.redacted()

    def add(self, decisions: Iterable[Decision]) -> None:
        """Append decisions to the log and write them to the disk."""
        self.log.append(cleaned(_line_of(decision)) for decision in decisions)


def _line_of(decision: Decision) -> dict[str, object]:
    values = {name: value for name, value in asdict(decision).items() if name not in ("by", "id")}
    return {"kind": decision.kind, **values}


def decision_of(values: Mapping[str, object], line: str = "") -> Decision | None:
    """Return the decision in a log line, or None if this version does not know its kind."""
    kind = KINDS.get(str(values.get("kind")))
    if kind is None:
        return None
    names = {field.name for field in fields(kind)} - {"id"}
    data = {key: value for key, value in values.items() if key in names}
    try:
        datetime.fromisoformat(str(data.get("at")))
        if "seen" in data:
            data["seen"] = seen_of(data["seen"])
        decision = _adapter(kind.kind).validate_python({**cleaned(data), "id": line})
        _check_nested(decision)
        return decision
    except (TypeError, ValueError):  # another version's kind of the same name
        return None


def _check_nested(decision: Decision) -> None:
    if isinstance(decision, Nominated):
        for person in decision.people:
            CoreParticipant(**person)
    elif isinstance(decision, Seated):
        for group in decision.groups:
            DiscussionGroup(**group)


@cache
def _adapter(kind: str) -> TypeAdapter[Decision]:
    return TypeAdapter(KINDS[kind])


def _is_about(entry: dict[str, object], person: str) -> bool:
    questions = (str(entry.get(key, "")) for key in ("question", "other"))
    return entry.get("person") == person or any(q.startswith(f"{person}-q") for q in questions)


def _without(group: dict[str, object], person: str) -> dict[str, object]:
    removed = ("rapporteur", "confirmed") if group.get("rapporteur") == person else ()
    left = {key: value for key, value in group.items() if key not in removed}
    people = group["people"]
    assert isinstance(people, list)  # decision_of has checked it
    return {**left, "people": [other for other in people if other != person]}
