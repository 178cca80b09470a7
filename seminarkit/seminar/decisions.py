"""What organisers decided since seminar.yml was written: a log beside what was received.

A decision is never changed or taken back, only followed by another, so that its history stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from seminarkit.anchor import End
from seminarkit.chainlog import ChainedLog
from seminarkit.seminar.decision import Decision
from seminarkit.seminar.discussed import (
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
from seminarkit.seminar.moves import Absent, Freed, Moved, Present
from seminarkit.seminar.versioned import Confirmed, VersionChosen
from seminarkit.text import cleaned

_GONE = "forgotten"  # the kind of a line of which only its place in the chain is left
_CURE = "Put back the file from a copy; it holds what you decided, such as nominations."


@dataclass(frozen=True)
class Nominated(Decision):
    """A country's core participants from now on, and the receipt of the form that named them."""

    kind = "nominated"
    country: str
    people: list[dict[str, Any]]
    receipt: str


@dataclass(frozen=True)
class NominationUndone(Decision):
    """The last nomination taken, that with this receipt, was taken back: as it was before it."""

    kind = "nomination undone"
    country: str
    receipt: str


@dataclass(frozen=True)
class Extended(Decision):
    """Another day by which one country owes a form."""

    kind = "extended"
    country: str
    form: str
    due: str


@dataclass(frozen=True)
class Asked(Decision):
    """A question back to a person about an answer; settled by the next version of the form.

    ``receipt`` is that of the version that was asked about.
    """

    kind = "asked"
    country: str
    person: str
    form: str
    subject: str
    text: str
    receipt: str

    @property
    def key(self) -> tuple[str, str, str]:
        """Which form it is about, as ``Assignment.key`` says it."""
        return self.person, self.form, self.subject


@dataclass(frozen=True)
class Reminded(Decision):
    """A reminder was written: for what (``form`` names), and to which address."""

    kind = "reminded"
    country: str
    owes: list[str]
    to: str


@dataclass(frozen=True)
class Seated(Decision):
    """Who sits in which group of a session from now on, and who leads each."""

    kind = "seated"
    session: str
    groups: list[dict[str, Any]]


@dataclass(frozen=True)
class FileSettled(Decision):
    """Nothing is to be done about a file that was set aside; ``name`` is the one it came under."""

    kind = "file settled"
    sha256: str
    name: str


@dataclass(frozen=True)
class PersonForgotten(Decision):
    """Who is in seminar.yml under this hash of id and name was forgotten, and counts no more."""

    kind = "person forgotten"
    sha256: str


_KINDS: dict[str, type[Decision]] = {
    each.kind: each
    for each in (
        Nominated,
        NominationUndone,
        Extended,
        Asked,
        Reminded,
        Seated,
        FileSettled,
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
    """The log of decisions."""

    def __init__(self, path: Path) -> None:
        self._log = ChainedLog(path, _CURE, anchored=True)

    def __iter__(self) -> Iterator[Decision]:
        """Yield all decisions in order; raises DamageError where the log was changed."""
        for position, entry in enumerate(self._log.entries(), start=1):
            if entry.get("kind") == _GONE:
                continue
            try:
                yield _KINDS[entry.pop("kind")](**cleaned(entry))
            except (KeyError, TypeError):
                raise self._log.damage(position) from None

    def end(self) -> End:
        """Return how far the log goes; raises DamageError where it was changed."""
        return self._log.end()

    def check_reaches(self, end: End) -> None:
        """Raise DamageError unless the log goes as far as it once did."""
        if not self._log.reaches(end):
            raise self._log.cut_off(self._log.end().lines)

    def redact(self, person: str, blacken: Callable[[Any], Any]) -> list[str]:
        """Take a person out of the log, with what was decided on their questions alone.

        ``blacken`` takes a person's traces out of any value. Returns the hash of each line that was
        changed.
        """

        def change(entry: dict[str, Any]) -> dict[str, Any]:
            if person and _is_of(entry, person):
                return {"kind": _GONE}
            if person and entry.get("kind") == Nominated.kind:
                entry["people"] = [p for p in entry["people"] if p["id"] != person]
            if person and entry.get("kind") == Seated.kind:
                entry["groups"] = [_without(group, person) for group in entry["groups"]]
            changed: dict[str, Any] = blacken(entry)
            return changed

        return self._log.redact(change)

    def redacted(self) -> list[str]:
        """Return the hash of each line that a person was taken out of."""
        return self._log.redacted()

    def add(self, decisions: Iterable[Decision]) -> None:
        """Add decisions, and return when they are on the disk."""
        self._log.mend()
        self._log.append(cleaned({"kind": each.kind, **asdict(each)}) for each in decisions)


def _is_of(entry: dict[str, Any], person: str) -> bool:
    questions = (str(entry.get(key, "")) for key in ("question", "other"))
    return entry.get("person") == person or any(q.startswith(f"{person}-q") for q in questions)


def _without(group: dict[str, Any], person: str) -> dict[str, Any]:
    """Return a decided group without one of its people."""
    gone = ("rapporteur", "confirmed") if group.get("rapporteur") == person else ()
    left = {key: value for key, value in group.items() if key not in gone}
    return {**left, "people": [p for p in group["people"] if p != person]}
