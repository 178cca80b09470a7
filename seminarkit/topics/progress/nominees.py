"""Who is meant by each row of a nomination: somebody known, somebody new, or a question.

A name alone tells little: it comes with a title once and without it later. So the number that the
form brought along, the address and the name are looked at together. Where they do not settle it,
an organiser is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Literal

from seminarkit.core.forms.shapes import rows_of
from seminarkit.core.seminar.model import CoreParticipant
from seminarkit.core.seminar.roles import role_of_profile
from seminarkit.topics.progress.same_name import (
    has_common_word,
    is_near_name,
    is_same_name,
    without_sample,
)

ROWS = "nominees"  # the repeated question of the form
ROW_ID = "nominee_id"  # whom a row was filled in for when the form was handed out; never asked

_Evidence = Literal["sure", "address", "row", "name", "exchange"]
_WHY: Mapping[_Evidence, str] = {
    "address": "the address is the same, the name is another",
    "row": "the row and one of the names are the same",
    "name": "the names are alike",
    "exchange": "the name is theirs, the address or the row another one’s: ask the NEO",
}


@dataclass(frozen=True)
class Row:
    """One row that names somebody, as the form holds it."""

    id: str
    name: str
    function: str
    profile: str
    email: str


@dataclass(frozen=True)
class Question:
    """Whether ``row``, which would get the id ``new``, is the same person as ``known``."""

    new: str
    row: Row
    known: CoreParticipant
    why: str


@dataclass(frozen=True)
class Answers:
    """What an organiser says of rows, by the ids that they would get: whose they are, or new."""

    same: Mapping[str, str]
    new: frozenset[str] = frozenset()


NO_ANSWERS = Answers({})


@dataclass(frozen=True)
class Identified:
    """The people of a nomination with their ids, and the questions that are open.

    ``wrong`` are answers of the organiser about no row here, or that name nobody who is free.
    """

    people: tuple[CoreParticipant, ...]
    questions: tuple[Question, ...]
    wrong: tuple[str, ...]


def named_rows(answers: Mapping[str, object]) -> Iterator[Row]:
    """Yield the rows of a nomination that hold a name."""
    for row in rows_of(answers.get(ROWS)):
        words = {key: " ".join(str(value).split()) for key, value in row.items()}
        if name := words.get("nominee_name", ""):
            yield Row(
                words.get(ROW_ID, ""),
                name,
                words.get("nominee_function", ""),
                words.get("nominee_profile", "").replace("_", " "),
                words.get("nominee_email", ""),
            )


def identify(
    country: str,
    rows: Sequence[Row],
    now: Sequence[CoreParticipant],
    former: Sequence[CoreParticipant],
    answers: Answers = NO_ANSWERS,
    profile: str = "policy",
) -> Identified:
    """Return the people whom rows name, with the ids that they have or would get.

    ``profile`` is that of somebody new whose row says none.

    Who is new gets a number that nobody had, so that drafts, receipts and files of two people never
    mix; the numbers do not change when a question is answered.
    """
    known = {person.id: person for person in (*former, *now)}
    meant = _meant(rows, [*now, *former])
    for i, (whom, why) in meant.items():
        if why == "sure" and _is_exchanged(rows, i, whom, now):
            meant[i] = whom, "exchange"
    sure = {i: person for i, (person, why) in meant.items() if why == "sure"}
    fresh = (f"{country}-{n}" for n in count(1) if f"{country}-{n}" not in known)
    ids = {i: next(fresh) for i in range(len(rows)) if i not in sure}
    shown = {i: ids.get(i) or sure[i].id for i in range(len(rows))}
    wrong = {*answers.same, *answers.new} - set(shown.values())
    for i, id_ in shown.items():
        if id_ in answers.same:
            person = known.get(answers.same[id_])
            if person is None or person.id in {p.id for j, p in sure.items() if j != i}:
                wrong.add(f"{id_}={answers.same[id_]}")
            else:
                sure[i] = person
        elif id_ in answers.new and i in sure:
            del sure[i]
            ids[i] = next(fresh)
    questions = [
        Question(ids[i], rows[i], person, _WHY[why])
        for i, (person, why) in sorted(meant.items())
        if why != "sure" and i not in sure and shown[i] not in answers.new
    ]
    taken = {person.id for person in sure.values()}
    people = [_person(row, sure.get(i), ids.get(i, ""), profile) for i, row in enumerate(rows)]
    open_ = tuple(each for each in questions if each.known.id not in taken)
    return Identified(tuple(people), open_, tuple(sorted(wrong)))


def _meant(
    rows: Sequence[Row], known: Sequence[CoreParticipant]
) -> dict[int, tuple[CoreParticipant, _Evidence]]:
    """Return whom each row may mean, the surest pairs first; nobody is meant twice."""
    pairs = sorted(
        (
            (rank, i, k)
            for i, row in enumerate(rows)
            for k, person in enumerate(known)
            if (rank := _rank(row, person)) is not None
        ),
    )
    meant: dict[int, tuple[CoreParticipant, _Evidence]] = {}
    used: set[int] = set()
    for rank, i, k in pairs:
        if i not in meant and k not in used:
            used.add(k)
            meant[i] = known[k], _RANKS[rank]
    return meant


def _is_exchanged(
    rows: Sequence[Row], place: int, person: CoreParticipant, now: Sequence[CoreParticipant]
) -> bool:
    """Say whether a row gives somebody what belongs to another one of the delegation.

    Their address, or their row with its profile or function. An address that stands in two rows is
    a problem of its own.
    """
    row = rows[place]
    others = [other for other in now if other.id != person.id]
    shared = [each for each in rows if is_same(row.email, each.email) and each.email]
    moved = len(shared) == 1 and not is_same(person.email, row.email)
    owners = [other for other in others if other.id == row.id]
    if moved and any(is_same(other.email, row.email) for other in others):
        return True
    return any(
        (row.profile == owner.profile and row.profile != person.profile)
        or (bool(row.function) and row.function == owner.function != person.function)
        for owner in owners
    )


# From the surest down. An address alone may be an office's, a row alone may have been written
# over, and a name that is alike may be a colleague's: each of these is a question.
_RANKS: tuple[_Evidence, ...] = ("sure",) * 4 + ("address", "row", "name")


def _rank(row: Row, person: CoreParticipant) -> int | None:
    address = bool(row.email) and row.email.casefold() == (person.email or "").casefold()
    own_row = row.id == person.id
    near = is_near_name(row.name, person.name)
    grades = (
        is_same_name(row.name, person.name) and (address or own_row),
        is_same_name(row.name, person.name),
        near and address,
        near and own_row,
        address,
        own_row and has_common_word(row.name, person.name),
        near,
    )
    return grades.index(True) if True in grades else None


def _person(row: Row, known: CoreParticipant | None, id_: str, default: str) -> CoreParticipant:
    """Return the person of a row; what the row leaves out stays as it is known."""
    if known is None:
        profile = row.profile or default
        return CoreParticipant.model_validate(
            {
                "id": id_,
                "name": row.name,
                "role": role_of_profile(profile).name,
                "function": row.function or None,
                "profile": profile,
                "email": row.email or None,
            }
        )
    profile = row.profile or known.profile
    role = known.role if profile == known.profile else role_of_profile(profile).name
    return CoreParticipant.model_validate(
        {
            "id": known.id,
            "name": _newer(known.name, row.name),
            "role": role,
            "function": _newer(known.function, row.function),
            "profile": profile,
            "email": known.email if is_same(known.email, row.email) else row.email,
        }
    )


def is_same(one: str | None, other: str | None) -> bool:
    """Say whether an address is the known one, or left out."""
    return not other or (one or "").casefold() == other.casefold()


def _newer(known: str | None, given: str) -> str | None:
    """Return the given text, but the known one where only the sample's mark differs."""
    if not given or without_sample(given) == without_sample(known or ""):
        return known
    return given


def ids_of(people: Iterable[CoreParticipant]) -> set[str]:
    """Return the ids of people."""
    return {person.id for person in people}
