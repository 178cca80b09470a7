"""Is whoever is nominated again known again, and is nobody new or gone without a word?"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seminarkit.core.seminar.model import CoreParticipant
from seminarkit.topics.progress.nominees import Answers, NomineeRow, identify, named_rows
from seminarkit.topics.progress.same_name import is_near_name, is_same_name

FIRST = ["Nino", "Giorgi", "Ana", "Levan", "Şule", "Łukasz", "Мария", "ნინო"]
LAST = ["Beridze", "Kapanadze", "O’Neill", "García-López", "Ivanova", "Öztürk", "Петрова"]
TITLES = ["Dr ", "Prof. Dr. ", "Mr ", "Assoc. Prof. ", "", "Г-жа "]


def person(number: int, name: str, email: str | None = None) -> CoreParticipant:
    return CoreParticipant(
        id=f"GE-{number}", name=name, profile="policy", email=email or f"ge-{number}@example.org"
    )


def row(name: str, email: str = "", own: str = "") -> NomineeRow:
    return NomineeRow(own, name, "Adviser", "policy", email)


@st.composite
def delegations(draw: st.DrawFn) -> list[CoreParticipant]:
    names = draw(st.lists(st.tuples(st.sampled_from(FIRST), st.sampled_from(LAST)),
                          min_size=3, max_size=3, unique_by=(lambda n: n[0], lambda n: n[1])))  # fmt: skip
    return [person(i, f"{first} {last}") for i, (first, last) in enumerate(names, start=1)]


def harmless(draw: st.DrawFn, known: CoreParticipant) -> NomineeRow:
    """A row in which the same person is named, as people write: title, capitals, order, address."""
    first, last = known.name.split()
    spelled = draw(
        st.sampled_from([f"{first} {last}", f"{last}, {first}", f"{first}  {last.upper()}"])
    )
    title = draw(st.sampled_from(TITLES))
    tail = draw(st.sampled_from(["", " [sample]", ", PhD"]))
    email = draw(st.sampled_from([known.email or "", "another@example.org", ""]))
    own = draw(st.sampled_from([known.id, "", "GE-1"]))
    return row(f"{title}{spelled}{tail}", email, own)  # fmt: skip


@given(st.data())
@settings(max_examples=300)
def test_the_same_people_are_the_same_however_they_are_written(data: st.DataObject) -> None:
    """P05 E03: title before the name, other address, swapped rows, empty rows, foreign row ids."""
    known = data.draw(delegations())
    rows = [data.draw(st.composite(harmless)(each)) for each in known]
    rows = list(data.draw(st.permutations(rows)))
    kept = data.draw(st.integers(1, 3))  # rows left empty are no rows: those people leave
    named = identify("GE", rows[:kept], known, [])
    assert not named.questions
    for given_row, got in zip(rows[:kept], named.people, strict=True):
        (meant,) = [p for p in known if is_same_name(p.name, given_row.name)]
        assert got.id == meant.id


@given(st.data())
@settings(max_examples=300)
def test_nobody_is_silently_new_or_somebody_else(data: st.DataObject) -> None:
    """P05 E03: an address, a row or a name that is alike asks; both answers can be given."""
    known = data.draw(delegations())
    number = data.draw(st.integers(0, 2))
    old = known[number]
    first, last = old.name.split()
    other = data.draw(st.sampled_from(["Tamar Lomidze", "Zurab Gelashvili"]))
    kind = data.draw(st.sampled_from(["initials", "address", "married", "replaced", "fourth"]))
    rows = [row(p.name, p.email or "", p.id) for p in known]
    fresh = "fresh@example.org"
    if kind == "initials":
        rows[number] = row(f"Dr {first[0]}. {last}", fresh)
    elif kind == "address":
        rows[number] = row(other, old.email or "")
    elif kind == "married":
        rows[number] = row(f"{first} {other.split()[1]}", fresh, old.id)
    elif kind == "replaced":
        rows[number] = row(other, fresh, old.id)
    else:
        rows.append(row(other, fresh))
    rows = list(data.draw(st.permutations(rows)))
    named = identify("GE", rows, known, [])
    others = [p for p in known if p is not old]
    assert {p.id for p in others} <= {p.id for p in named.people}, "the others stay"
    assert len({p.id for p in named.people}) == len(rows)
    if kind in ("replaced", "fourth"):
        assert not named.questions
        assert [p.name for p in named.people if p.id == "GE-4"] == [other]
        return
    (question,) = named.questions
    assert (question.new, question.known.id) == ("GE-4", old.id)
    same = identify("GE", rows, known, [], Answers({"GE-4": old.id}))
    assert not same.questions
    assert {p.id for p in same.people} == {p.id for p in known}
    new = identify("GE", rows, known, [], Answers({}, frozenset(["GE-4"])))
    assert not new.questions
    assert {p.id for p in new.people} == {p.id for p in others} | {"GE-4"}


@pytest.mark.parametrize(
    ("one", "other", "same", "near"),
    [
        ("Dr. Nino Beridze", "nino  BERIDZE [sample]", True, True),
        ("Beridze, Nino", "Nino Beridze, Ph.D.", True, True),
        ("N. Beridze", "Nino Beridze", False, True),
        ("Nino Berідze"[:8], "Nino Beridze", False, False),
        ("José García", "Jose Garcia", True, True),
        ("Nino Beridse", "Nino Beridze", False, True),
        ("Core participant 2, Georgia", "Core participant 3, Georgia", False, False),
        ("Dr", "Dr", True, True),
        ("", "Nino", False, False),
        ("N B", "Nino Beridze", False, False),
    ],
)
def test_names(one: str, other: str, same: bool, near: bool) -> None:
    """P05: what is a name's own, and what is only how it is written."""
    assert is_same_name(one, other) is same
    assert is_near_name(one, other) is near


def test_somebody_who_left_gets_the_old_id_back_and_numbers_are_never_given_twice() -> None:
    """E03 P05: also when a second person comes; wrong answers of an organiser are named."""
    now, former = [person(1, "Nino Beridze")], [person(2, "Ana Ivanova")]
    named = identify("GE", [row("Dr Ana Ivanova"), row("Zurab Gelashvili")], now, former)
    assert [p.id for p in named.people] == ["GE-2", "GE-3"]
    wrong = Answers({"GE-9": "GE-1", "GE-3": "GE-2"}, frozenset(["GE-8"]))
    named = identify("GE", [row("Dr Ana Ivanova"), row("Zurab Gelashvili")], now, former, wrong)
    assert named.wrong == ("GE-3=GE-2", "GE-8", "GE-9")


def test_rows_of_a_form_are_read_whatever_is_in_them() -> None:
    """E01: an emptied row, of which only the hidden id is left, names nobody."""
    given_rows: list[Any] = [{"nominee_id": "GE-1"}, {"nominee_name": " Nino\u00a0Beridze "}, {}]
    assert [r.name for r in named_rows({"nominees": given_rows})] == ["Nino Beridze"]
    assert list(named_rows({})) == []
