"""Nominations: the people of a delegation, problems with the rule, and changes to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from seminarkit.core.errors import did_you_mean
from seminarkit.core.mail_addresses import RULE, one_address
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.delegation_decisions import Nominated, NominationUndone
from seminarkit.core.seminar.model import CoreParticipant, Seminar
from seminarkit.core.store.submission import Submission
from seminarkit.topics.progress.nominees import (
    NO_ANSWERS,
    Answers,
    Question,
    identify,
    ids_of,
    named_rows,
)
from seminarkit.topics.progress.same_name import name_words, without_sample

FORM = "nomination"


@dataclass(frozen=True)
class Leaver:
    """A person who would leave: the tasks they have sent, and what would no longer count."""

    person: CoreParticipant
    sent: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """Changes to a person who stays: (before, after) pairs, each a name, function or the like."""

    person: CoreParticipant
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Nomination:
    """One country's nomination. ``people`` have the ids that they would get.

    An organiser must answer ``questions`` first. ``undone`` if it was accepted and that was undone.
    ``wrong`` are answers of the organiser that match nobody in it. ``beside`` is the receipt of the
    nomination in force if this one is not based on it. ``back`` are the ids of former members who
    return.
    """

    country: str
    receipt: str
    people: tuple[CoreParticipant, ...]
    problems: tuple[str, ...]
    comes: tuple[CoreParticipant, ...]
    leaves: tuple[CoreParticipant, ...]
    changes: tuple[Change, ...] = ()
    questions: tuple[Question, ...] = ()
    leavers: tuple[Leaver, ...] = ()
    undone: bool = False
    wrong: tuple[str, ...] = ()
    beside: str = ""
    back: frozenset[str] = frozenset()

    @property
    def has_news(self) -> bool:
        """Whether accepting it would change anything."""
        return bool(self.comes or self.leaves or self.changes or self.questions)

    @property
    def waits(self) -> bool:
        """Whether an organiser has to accept or check it."""
        return self.has_news and not self.undone

    @property
    def losing(self) -> list[Leaver]:
        """The people who would leave although they have sent something."""
        return [leaver for leaver in self.leavers if leaver.sent]

    @property
    def is_clear(self) -> bool:
        """Whether it can be accepted without a decision by an organiser."""
        return not (
            self.problems or self.questions or self.losing or self.undone or self.passes_over
        )

    @property
    def passes_over(self) -> bool:
        """Whether it would override a nomination in force that its author may not have seen."""
        return bool(self.beside and (self.comes or self.leaves))


def nominations(
    seminar: Seminar,
    submissions: Sequence[Submission],
    decisions: Iterable[Decision] = (),
    answers: Answers = NO_ANSWERS,
    beside: Mapping[str, str] = MappingProxyType({}),
) -> list[Nomination]:
    """Return the nominations that count, in the order of the countries.

    ``decisions`` say which were undone; ``answers`` are an organiser's, on the identity of people.
    ``beside`` maps countries to the receipt in force that their nomination is not based on
    (parallel_nominations.py).
    """
    received = {s.country: s for s in submissions if s.form == FORM}
    undone = _undone(decisions)
    return [
        replace(
            _nomination(seminar, received[code], submissions, undone, answers),
            beside=beside.get(code, ""),
        )
        for code in seminar.countries
        if code in received
    ]


def _undone(decisions: Iterable[Decision]) -> set[tuple[str, str]]:
    """Return (country, receipt) of the nominations that were accepted and then undone."""
    undone: set[tuple[str, str]] = set()
    for decision in decisions:
        if isinstance(decision, Nominated):
            undone.discard((decision.country, decision.receipt))
        elif isinstance(decision, NominationUndone):
            undone.add((decision.country, decision.receipt))
    return undone


def _nomination(
    seminar: Seminar,
    submission: Submission,
    submissions: Sequence[Submission],
    undone: set[tuple[str, str]],
    answers: Answers,
) -> Nomination:
    code = submission.country
    delegation = seminar.delegations.get(code, [])
    own_answers = Answers(
        {new: known for new, known in answers.same.items() if new.startswith(f"{code}-")},
        frozenset(new for new in answers.new if new.startswith(f"{code}-")),
    )
    rows = list(named_rows(submission.answers))
    titles = seminar.profile_titles
    default_profile = "policy" if "policy" in titles else next(iter(titles), "")
    identified = identify(
        code, rows, delegation, seminar.former.get(code, []), own_answers, default_profile
    )
    people = identified.people
    leaves = tuple(p for p in delegation if p.id not in ids_of(people))
    before = {person.id: person for person in delegation}
    return Nomination(
        country=code,
        receipt=submission.receipt,
        people=people,
        problems=tuple(_problems(seminar, code, people)),
        comes=tuple(p for p in people if p.id not in before),
        leaves=leaves,
        changes=tuple(_changes(before, people)),
        questions=identified.questions,
        leavers=tuple(leaver_of(seminar, person, submissions) for person in leaves),
        undone=(code, submission.receipt) in undone,
        wrong=identified.wrong,
        back=frozenset(ids_of(seminar.former.get(code, [])) & ids_of(people)),
    )


def _changes(
    before: dict[str, CoreParticipant], people: Sequence[CoreParticipant]
) -> Iterator[Change]:
    for person in people:
        old = before.get(person.id)
        if old and old != person:
            pairs = zip(_facts(old), _facts(person), strict=True)
            yield Change(person, tuple(pair for pair in pairs if pair[0] != pair[1]))


def _facts(person: CoreParticipant) -> tuple[str, ...]:
    return person.name, person.function or "", person.profile, person.email or ""


def leaver_of(
    seminar: Seminar, person: CoreParticipant, submissions: Sequence[Submission]
) -> Leaver:
    """Return what a leaving person has sent; tasks of the delegation still count."""
    forms = [s.form for s in submissions if s.person == person.id]
    tasks = [task for task in seminar.tasks if task.form in forms]
    lost = [task.title for task in tasks if task.per != "delegation"]
    seats = [
        f"the seat in {group.id}"
        for groups in seminar.seating.values()
        for group in groups
        if person.id in group.people
    ]
    sent = dict.fromkeys(task.title for task in tasks)
    return Leaver(person, tuple(sent), (*dict.fromkeys(lost), *seats))


def _problems(seminar: Seminar, code: str, people: Sequence[CoreParticipant]) -> Iterator[str]:
    rule = seminar.delegation
    if len(people) != rule.size:
        yield f"{len(people)} are named, {rule.size} are asked for."
    if rule.must_include and rule.must_include not in {p.profile for p in people}:
        yield f"Nobody of its {rule.must_include.upper()} is among them."
    for person in people:
        if person.profile not in seminar.profile_titles:
            hint = did_you_mean(person.profile, seminar.profile_titles)
            yield (
                f"{person.name} has the profile '{person.profile}', which is not one of this "
                f"seminar. Write it under profiles: in seminar.yml.{hint}"
            )
        if person.email and not one_address(person.email):
            yield f"{person.name} has no address that a mail can go to ('{person.email}'). {RULE}."
    for name, times in Counter(_key(p.name) for p in people).items():
        if times > 1:
            spelled = _names(p for p in people if _key(p.name) == name)
            yield f"{' or '.join(spelled)} is named twice."
    for address, times in Counter(_mail(p.email) for p in people if p.email).items():
        if times > 1:
            twins = _names(p for p in people if _mail(p.email) == address)
            verb = "is named twice" if len(twins) == 1 else "are named"
            yield f"{' and '.join(twins)} {verb} with the same address."
    for other, delegation in seminar.delegations.items():
        if other != code:
            other_names = {_key(p.name) for p in delegation}
            for person in people:
                if _key(person.name) in other_names:
                    yield f"{person.name} is nominated by {seminar.in_text(other)} too."


def _names(people: Iterable[CoreParticipant]) -> list[str]:
    return list(dict.fromkeys(without_sample(person.name) for person in people))


def _key(name: str) -> str:
    return " ".join(sorted(name_words(name)))


def _mail(address: str | None) -> str:
    return (address or "").casefold()
