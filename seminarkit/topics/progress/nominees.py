"""Record linkage: matches each row of a nomination to a known person, a new one, or a question.

A name alone is not enough, since titles and spellings vary. So the id in the form's row, the
address and the name are compared together. If they are not conclusive, an organiser is asked.
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
ROW_ID = "nominee_id"  # hidden: the person a row was prefilled with

_Evidence = Literal["sure", "address", "row", "name", "exchange"]
_WHY: Mapping[_Evidence, str] = {
    "address": "the address is the same, the name is another",
    "row": "the row and one of the names are the same",
    "name": "the names are alike",
    "exchange": "the name is theirs, the address or the row another one’s: ask the NEO",
}


@dataclass(frozen=True)
class NomineeRow:
    """One row of the form with a name."""

    id: str
    name: str
    function: str
    profile: str
    email: str


@dataclass(frozen=True)
class Question:
    """The question whether ``row``, with the id ``new``, is the same person as ``known``."""

    new: str
    row: NomineeRow
    known: CoreParticipant
    why: str


@dataclass(frozen=True)
class Answers:
    """An organiser's answers by the id of a row: the same person as a known id, or a new person."""

    same: Mapping[str, str]
    new: frozenset[str] = frozenset()


NO_ANSWERS = Answers({})


@dataclass(frozen=True)
class Identified:
    """The people of a nomination with their ids, and the open questions.

    ``wrong`` are answers of the organiser for unknown rows, or with a person who is not available.
    """

    people: tuple[CoreParticipant, ...]
    questions: tuple[Question, ...]
    wrong: tuple[str, ...]


def named_rows(answers: Mapping[str, object]) -> Iterator[NomineeRow]:
    """Yield the rows of a nomination that have a name."""
    for row in rows_of(answers.get(ROWS)):
        words = {key: " ".join(str(value).split()) for key, value in row.items()}
        if name := words.get("nominee_name", ""):
            yield NomineeRow(
                words.get(ROW_ID, ""),
                name,
                words.get("nominee_function", ""),
                words.get("nominee_profile", "").replace("_", " "),
                words.get("nominee_email", ""),
            )


def identify(
    country: str,
    rows: Sequence[NomineeRow],
    now: Sequence[CoreParticipant],
    former: Sequence[CoreParticipant],
    answers: Answers = NO_ANSWERS,
    profile: str = "policy",
) -> Identified:
    """Return the people of the rows, with the ids that they have or would get.

    ``profile`` is the default for new people.

    New people get numbers that were never used, so that drafts, receipts and files of two people
    never mix; the numbers do not change when a question is answered.
    """
    people_by_id = {person.id: person for person in (*former, *now)}
    matches = _matches(rows, [*now, *former])
    for i, (match, why) in matches.items():
        if why == "sure" and _is_exchanged(rows, i, match, now):
            matches[i] = match, "exchange"
    sure = {i: person for i, (person, why) in matches.items() if why == "sure"}
    new_ids = (f"{country}-{n}" for n in count(1) if f"{country}-{n}" not in people_by_id)
    ids = {i: next(new_ids) for i in range(len(rows)) if i not in sure}
    row_ids = {i: ids.get(i) or sure[i].id for i in range(len(rows))}
    wrong = {*answers.same, *answers.new} - set(row_ids.values())
    for i, id_ in row_ids.items():
        if id_ in answers.same:
            person = people_by_id.get(answers.same[id_])
            if person is None or person.id in {p.id for j, p in sure.items() if j != i}:
                wrong.add(f"{id_}={answers.same[id_]}")
            else:
                sure[i] = person
        elif id_ in answers.new and i in sure:
            del sure[i]
            ids[i] = next(new_ids)
    questions = [
        Question(ids[i], rows[i], person, _WHY[why])
        for i, (person, why) in sorted(matches.items())
        if why != "sure" and i not in sure and row_ids[i] not in answers.new
    ]
    taken = {person.id for person in sure.values()}
    people = [_person(row, sure.get(i), ids.get(i, ""), profile) for i, row in enumerate(rows)]
    open_ = tuple(question for question in questions if question.known.id not in taken)
    return Identified(tuple(people), open_, tuple(sorted(wrong)))


def _matches(
    rows: Sequence[NomineeRow], candidates: Sequence[CoreParticipant]
) -> dict[int, tuple[CoreParticipant, _Evidence]]:
    """Return the best match of each row, assigned greedily by rank; nobody is matched twice."""
    pairs = sorted(
        (
            (rank, i, k)
            for i, row in enumerate(rows)
            for k, person in enumerate(candidates)
            if (rank := _rank(row, person)) is not None
        ),
    )
    matches: dict[int, tuple[CoreParticipant, _Evidence]] = {}
    used: set[int] = set()
    for rank, i, k in pairs:
        if i not in matches and k not in used:
            used.add(k)
            matches[i] = candidates[k], _RANKS[rank]
    return matches


def _is_exchanged(
    rows: Sequence[NomineeRow], place: int, person: CoreParticipant, now: Sequence[CoreParticipant]
) -> bool:
    """Say whether a row has the address, or the profile or function, of another member.

    An address in two rows is reported as another problem.
    """
    row = rows[place]
    others = [other for other in now if other.id != person.id]
    shared = [other for other in rows if is_same_address(row.email, other.email) and other.email]
    is_new_address = len(shared) == 1 and not is_same_address(person.email, row.email)
    owners = [other for other in others if other.id == row.id]
    if is_new_address and any(is_same_address(other.email, row.email) for other in others):
        return True
    return any(
        (row.profile == owner.profile and row.profile != person.profile)
        or (bool(row.function) and row.function == owner.function != person.function)
        for owner in owners
    )


# From the surest down. An address alone may be an office's, a row alone may have been overwritten,
# and a similar name may be a colleague's: each of these is a question.
_RANKS: tuple[_Evidence, ...] = ("sure",) * 4 + ("address", "row", "name")


def _rank(row: NomineeRow, person: CoreParticipant) -> int | None:
    same_address = bool(row.email) and row.email.casefold() == (person.email or "").casefold()
    same_row = row.id == person.id
    is_similar = is_near_name(row.name, person.name)
    grades = (
        is_same_name(row.name, person.name) and (same_address or same_row),
        is_same_name(row.name, person.name),
        is_similar and same_address,
        is_similar and same_row,
        same_address,
        same_row and has_common_word(row.name, person.name),
        is_similar,
    )
    return grades.index(True) if True in grades else None


def _person(
    row: NomineeRow, old: CoreParticipant | None, id_: str, default: str
) -> CoreParticipant:
    """Return the person of a row; blank cells leave the old values."""
    if old is None:
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
    profile = row.profile or old.profile
    role = old.role if profile == old.profile else role_of_profile(profile).name
    return CoreParticipant.model_validate(
        {
            "id": old.id,
            "name": _updated(old.name, row.name),
            "role": role,
            "function": _updated(old.function, row.function),
            "profile": profile,
            "email": old.email if is_same_address(old.email, row.email) else row.email,
        }
    )


def is_same_address(old: str | None, new: str | None) -> bool:
    """Say whether a new address is the same as the old one, or blank."""
    return not new or (old or "").casefold() == new.casefold()


def _updated(old: str | None, new: str) -> str | None:
    """Return the new text, or the old one if only the sample mark differs or it is blank."""
    if not new or without_sample(new) == without_sample(old or ""):
        return old
    return new


def ids_of(people: Iterable[CoreParticipant]) -> set[str]:
    """Return the ids of people."""
    return {person.id for person in people}
