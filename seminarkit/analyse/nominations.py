"""Nominations: whom a country named, whether that keeps the rule, and what it changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from seminarkit.addresses import RULE, one_address
from seminarkit.seminar.model import CoreParticipant, Seminar
from seminarkit.store.index import Submission

FORM = "nomination"


@dataclass(frozen=True)
class Nomination:
    """What one country's nomination says. ``people`` have the ids they would get."""

    country: str
    receipt: str
    people: tuple[CoreParticipant, ...]
    problems: tuple[str, ...]
    comes: tuple[CoreParticipant, ...]
    leaves: tuple[CoreParticipant, ...]


def nominations(seminar: Seminar, submissions: Sequence[Submission]) -> list[Nomination]:
    """Return the nominations that count, in the order of the countries.

    Who is named again keeps their id; who is new gets a number that nobody had, so that drafts,
    receipts and files of two people never mix.
    """
    received = {s.country: s for s in submissions if s.form == FORM}
    return [_nomination(seminar, received[code]) for code in seminar.countries if code in received]


def _nomination(seminar: Seminar, submission: Submission) -> Nomination:
    code = submission.country
    now = seminar.delegations.get(code, [])
    people = tuple(_people(seminar, submission))
    ids = {person.id for person in people}
    return Nomination(
        country=code,
        receipt=submission.receipt,
        people=people,
        problems=tuple(_problems(seminar, code, people)),
        comes=tuple(p for p in people if p.id not in {each.id for each in now}),
        leaves=tuple(p for p in now if p.id not in ids),
    )


def _people(seminar: Seminar, submission: Submission) -> Iterator[CoreParticipant]:
    code = submission.country
    known = [*seminar.delegations.get(code, []), *seminar.former.get(code, [])]
    by_name = {_key(person.name): person.id for person in known}
    taken = {person.id for person in known}
    fresh = (f"{code}-{n}" for n in count(1) if f"{code}-{n}" not in taken)
    for row in submission.answers.get("nominees", []):
        name = " ".join(str(row.get("nominee_name", "")).split())
        if not name:
            continue
        profile = str(row.get("nominee_profile", "policy")).replace("_", " ")
        yield CoreParticipant.model_validate(
            {
                "id": by_name.pop(_key(name), None) or next(fresh),
                "name": name,
                "role": "NEO representative" if profile == "neo" else "core participant",
                "function": row.get("nominee_function"),
                "profile": profile,
                "email": row.get("nominee_email"),
            }
        )


def _problems(seminar: Seminar, code: str, people: Sequence[CoreParticipant]) -> Iterator[str]:
    rule = seminar.delegation
    if len(people) != rule.size:
        yield f"{len(people)} are named, {rule.size} are asked for."
    if rule.must_include and rule.must_include not in {p.profile for p in people}:
        yield f"Nobody of its {rule.must_include.upper()} is among them."
    for person in people:
        if person.email and not one_address(person.email):
            yield f"{person.name} has no address that a mail can go to ('{person.email}'). {RULE}."
    for kind, values in (
        ("named", [_key(p.name) for p in people]),
        ("reached under one address", [_key(p.email) for p in people if p.email]),
    ):
        twice = [value for value, times in Counter(values).items() if times > 1]
        for value in twice:
            names = [p.name for p in people if value in (_key(p.name), _key(p.email or ""))]
            yield f"{names[0]} is {kind} twice."
    for other, delegation in seminar.delegations.items():
        if other != code:
            there = {_key(p.name) for p in delegation}
            for person in people:
                if _key(person.name) in there:
                    yield f"{person.name} is nominated by {seminar.display_name(other)} too."


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
