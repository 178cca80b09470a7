"""What organisers decided since seminar.yml was written: a log beside what was received.

A decision is never changed or taken back, only followed by another, so that its history stays. The
seminar that all else sees is seminar.yml with the decisions applied.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from seminarkit.chainlog import ChainedLog
from seminarkit.seminar.decision import Decision
from seminarkit.seminar.discussed import (
    ChatTaken,
    QuestionMarked,
    QuestionOwned,
    QuestionParted,
    QuestionsJoined,
    StatementLeft,
    StatementParted,
    StatementsJoined,
    StatementTaken,
)
from seminarkit.seminar.model import CoreParticipant, Seminar
from seminarkit.seminar.sessions import DiscussionGroup

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
class PersonForgotten(Decision):
    """Who is in seminar.yml under this hash of id and name was forgotten, and counts no more."""

    kind = "person forgotten"
    sha256: str


_KINDS: dict[str, type[Decision]] = {
    each.kind: each
    for each in (
        Nominated,
        Extended,
        Asked,
        Reminded,
        Seated,
        PersonForgotten,
        QuestionMarked,
        QuestionOwned,
        QuestionsJoined,
        QuestionParted,
        ChatTaken,
        StatementsJoined,
        StatementParted,
        StatementTaken,
        StatementLeft,
    )
}


class Decisions:
    """The log of decisions."""

    def __init__(self, path: Path) -> None:
        self._log = ChainedLog(path, _CURE)

    def __iter__(self) -> Iterator[Decision]:
        """Yield all decisions in order; raises DamageError where the log was changed."""
        for position, entry in enumerate(self._log.entries(), start=1):
            if entry.get("kind") == _GONE:
                continue
            try:
                yield _KINDS[entry.pop("kind")](**entry)
            except (KeyError, TypeError):
                raise self._log.damage(position) from None

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
        self._log.append({"kind": each.kind, **asdict(each)} for each in decisions)


def _is_of(entry: dict[str, Any], person: str) -> bool:
    questions = (str(entry.get(key, "")) for key in ("question", "other"))
    return entry.get("person") == person or any(q.startswith(f"{person}-q") for q in questions)


def _without(group: dict[str, Any], person: str) -> dict[str, Any]:
    """Return a decided group without one of its people."""
    gone = ("rapporteur", "confirmed") if group.get("rapporteur") == person else ()
    left = {key: value for key, value in group.items() if key not in gone}
    return {**left, "people": [p for p in group["people"] if p != person]}


def person_hash(person: str, name: str) -> str:
    """Return what is left of somebody who was forgotten; with another name an id is another's."""
    words = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return hashlib.sha256(f"{person}\0{words}".encode("utf-8", "surrogatepass")).hexdigest()


def applied(seminar: Seminar, decisions: Iterable[Decision]) -> Seminar:
    """Return the seminar as the decisions made it.

    Who left a delegation is kept in ``former``, and sits in no group any more. Groups as they were
    decided before are kept in ``seated_before``: who noted one of them may still send the notes.
    """
    delegations = {code: list(people) for code, people in seminar.delegations.items()}
    former = {code: list(people) for code, people in seminar.former.items()}
    extensions = {code: dict(days) for code, days in seminar.extensions.items()}
    seating = dict(seminar.seating)
    seated_before = {session: list(groups) for session, groups in seminar.seated_before.items()}
    forgotten: set[str] = set()
    for each in decisions:
        if isinstance(each, Nominated):
            people = [CoreParticipant(**person) for person in each.people]
            ids = {person.id for person in people}
            left = [p for p in delegations.get(each.country, []) if p.id not in ids]
            back = [p for p in former.get(each.country, []) if p.id not in ids]
            former[each.country] = back + left
            delegations[each.country] = people
        elif isinstance(each, Extended):
            extensions.setdefault(each.country, {})[each.form] = date.fromisoformat(each.due)
        elif isinstance(each, PersonForgotten):
            forgotten.add(each.sha256)
        elif isinstance(each, Seated):
            before = seated_before.setdefault(each.session, [])
            before += [group for group in seating.get(each.session, []) if group not in before]
            seating[each.session] = [DiscussionGroup(**group) for group in each.groups]
    for people_of in (delegations, former):
        for code, named in people_of.items():
            people_of[code] = [p for p in named if person_hash(p.id, p.name) not in forgotten]
    ids = {person.id for people in delegations.values() for person in people}
    contacts = {
        code: contact
        for code, contact in seminar.contacts.items()
        if person_hash(f"{code}-NEO", contact.name) not in forgotten
    }
    return seminar.model_copy(
        update={
            "delegations": delegations,
            "former": former,
            "contacts": contacts,
            "extensions": extensions,
            "seating": {
                session: [_still_there(group, ids) for group in groups]
                for session, groups in seating.items()
            },
            "seated_before": seated_before,
        }
    )


def _still_there(group: DiscussionGroup, ids: set[str]) -> DiscussionGroup:
    gone = group.rapporteur not in ids
    notes = {"rapporteur": None, "confirmed": False} if gone else {}
    return group.model_copy(update={"people": [p for p in group.people if p in ids], **notes})
