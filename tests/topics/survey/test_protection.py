"""Can anybody work out from the published numbers what they hide?"""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator, Mapping

import pytest
from attack_tools import ANY, Attack, Bounds, Tables, bounds
from shared import by_day

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.survey.counting import (
    answered_question,
    closed_questions,
    people_of,
    respondents,
)
from seminarkit.topics.survey.disclosure.counts import (
    HIDDEN,
    LEAST_GROUP,
    SMALL,
    AnsweredQuestion,
    People,
    PublishedCell,
    Table,
    unprotected,
)
from seminarkit.topics.survey.disclosure.possible_answers import FeasibleTables
from seminarkit.topics.survey.disclosure.suppression import protected

Groups = Mapping[str, frozenset[str]]


def published(table: Mapping[tuple[str, str], PublishedCell]) -> dict[tuple[str, str], Bounds]:
    return {place: (c.least, ANY if c.most is None else c.most) for place, c in table.items()}


def broken(
    groups: Groups, question: AnsweredQuestion, told: Mapping[tuple[str, str], Bounds]
) -> Iterator[tuple[str, str, int, int]]:
    """Yield what an outsider works out that is promised to be hidden."""
    attack = Attack(groups, question.choices, question.limits, told)
    for (group, choice), (least, most) in told.items():
        size = len(groups[group])
        count = question.count(groups[group], choice)
        if least == most and 0 < size - count < SMALL and size >= LEAST_GROUP:
            yield group, choice, count, count  # so few said something else that they can be told
        if least == most:
            continue
        low, high = attack.range(groups[group], choice)
        wide = SMALL - 1 if count < SMALL and size >= LEAST_GROUP else 1
        if high - low < wide or (most < SMALL and (low, high) != (0, SMALL - 1)):
            yield group, choice, low, high


def found_by_insiders(
    people: People, question: AnsweredQuestion, told: Mapping[tuple[str, str], Bounds]
) -> Iterator[tuple[str, str, int]]:
    """Yield what the people of one delegation work out exactly about all others of a group."""
    attack = Attack(people.groups, question.choices, question.limits, told)
    for insiders in people.delegations:
        attack.know({person: question.picked[person] for person in insiders})
        for (group, choice), (least, most) in told.items():
            others = people.groups[group] - insiders
            if least != most and others and people.groups[group] & insiders:
                low, high = attack.range(others, choice)
                if low == high:
                    yield group, choice, low


def a_seminar(seed: int) -> tuple[AnsweredQuestion, People]:
    """Return a question to a sparse random seminar: few people, skewed answers, small regions."""
    dice = random.Random(seed)
    countries = [f"C{i}" for i in range(dice.randint(8, 20))]
    region = {c: f"region {dice.choice('abcd')}" for c in countries}
    people = [f"{c}-{i}" for c in countries for i in range(dice.randint(0, 3))]
    profile = {p: f"profile {dice.choice('xyz')}" for p in people}
    choices = tuple("pqrst"[: dice.randint(2, 5)])
    weights = [dice.random() ** 3 + 0.01 for _ in choices]
    several = seed % 3 == 0
    picked = {
        p: frozenset(dice.choices(choices, weights, k=dice.randint(1, 2) if several else 1))
        for p in people
    }
    groups = {"all": frozenset(people)}
    for name in sorted({*region.values(), *profile.values()}):
        members = frozenset(p for p in people if name in (region[p.split("-")[0]], profile[p]))
        groups |= {name: members} if members else {}
    delegations = [frozenset(p for p in people if p.startswith(f"{c}-")) for c in countries]
    question = AnsweredQuestion(choices, (1, 2) if several else (1, 1), picked)
    return question, People(groups, [d for d in delegations if d], frozenset(["all"]))


@pytest.mark.parametrize("seed", by_day(range(12), every=4))
def test_no_table_of_any_seminar_gives_away_what_it_hides(seed: int) -> None:
    """V02: on sparse random seminars, outsiders and every delegation recover nothing."""
    question, people = a_seminar(seed)
    told = published(protected(question, people))
    assert list(broken(people.groups, question, told)) == []
    assert list(found_by_insiders(people, question, told)) == []


def test_the_attack_bites() -> None:
    """V02: on tables whose small numbers are hidden alone, the same attack finds hidden ones."""
    found = 0
    for seed in range(12):
        question, people = a_seminar(seed)
        naive: Table = {
            (name, choice): HIDDEN if 0 < count < SMALL else PublishedCell(count, count)
            for name, members in people.groups.items()
            for choice in question.choices
            for count in [question.count(members, choice)]
        }
        attack = Attack(people.groups, question.choices, question.limits, published(naive))
        for (group, choice), cell in naive.items():
            if cell == HIDDEN:
                low, high = attack.range(people.groups[group], choice)
                found += low == high == question.count(people.groups[group], choice)
    assert found > 30


def test_hiding_without_looking_at_all_tables_breaks_the_promise() -> None:
    """V02: ranges alone, which nobody checked against each other, are not enough either."""
    seminars = [a_seminar(seed) for seed in range(12)]
    assert any(list(broken(p.groups, q, published(unprotected(q, p)))) for q, p in seminars)


def test_the_published_pages_of_the_sample_give_nothing_away(demo: SeminarFolder) -> None:
    """V02: every number on both pages together, as it stands there, against the same attack."""
    given = respondents(demo.seminar, submissions(demo.database), "pre_survey")
    people = people_of(demo.seminar, given, ("region", "profile"))
    dossier = json.loads((demo.dossiers / "core" / "survey.json").read_text("utf-8"))
    keys = {group["name"]: group["key"] for group in dossier["groups"]}
    pages = [
        Tables((demo.site(audience) / "survey.html").read_text("utf-8"))
        for audience in ("core", "public")
    ]
    checked = 0
    for field in closed_questions(demo, "pre_survey"):
        names = {label: name for name, label in field["choices"]}
        told: dict[tuple[str, str], Bounds] = {}
        for page in pages:
            for group, label, cell in page.cells(field["label"]):
                place = keys[group], names[label]
                assert told.setdefault(place, bounds(cell)) == bounds(cell)
        question = answered_question(field, given)
        for (group, choice), (least, most) in told.items():
            assert least <= question.count(people.groups[group], choice) <= most
        assert list(broken(people.groups, question, told)) == []
        if field["name"] in ("trust", "day2_group"):
            assert list(found_by_insiders(people, question, told)) == []
        checked += sum(least != most for least, most in told.values())
    assert checked > 100


def test_the_smallest_and_largest_are_those_of_counting_them_all() -> None:
    """V02: on cases small enough to try every answer of everybody."""
    sizes, choices = (2, 1, 2), 3
    groups = [(0, 1, 2), (0, 1), (1, 2)]
    dice = random.Random(1)
    for _ in range(20):
        everybody = [kind for kind, size in enumerate(sizes) for _ in range(size)]
        told = {(g, a): dice.choice([(0, 2), (1, 3), (0, None)]) for g in (0, 1) for a in (0, 1)}
        possible = []
        for answers in itertools.product(range(choices), repeat=len(everybody)):
            count = {
                (g, a): sum(
                    k in groups[g] and x == a for k, x in zip(everybody, answers, strict=True)
                )
                for g in range(3)
                for a in range(choices)
            }
            if all(lo <= count[p] <= (9 if hi is None else hi) for p, (lo, hi) in told.items()):
                possible.append(count[2, 2])
        if possible:
            worlds = FeasibleTables(sizes, choices, (1, 1), groups)
            for (group, answer), (least, most) in told.items():
                worlds.publish(group, answer, least, most)
            found = worlds.feasibility_interval(groups[2], 2, lambda fewest, most: False)
            assert found == (min(possible), max(possible))


def test_what_all_said_is_not_told_as_all() -> None:
    """V02: where everybody of a group agrees, nobody can be sure of it."""
    people = frozenset(f"{c}-{i}" for c in "ABCDEFGH" for i in range(3))
    groups = {"all": people, "region a": frozenset(p for p in people if p[0] in "ABCD")}
    delegations = [frozenset(p for p in people if p[0] == c) for c in "ABCDEFGH"]
    question = AnsweredQuestion(("yes", "no"), (1, 1), {p: frozenset(["yes"]) for p in people})
    everybody = People(groups, delegations, frozenset(["all"]))
    table = protected(question, everybody)
    assert table["all", "no"] == PublishedCell(0, SMALL - 1)
    assert list(broken(groups, question, published(table))) == []
    attack = Attack(groups, question.choices, question.limits, published(table))
    assert attack.range(groups["region a"], "yes")[0] <= 12 - SMALL + 1


def test_a_small_group_has_no_numbers() -> None:
    """V02"""
    question, people = a_seminar(3)
    table = protected(question, people)
    small = [name for name, members in people.groups.items() if len(members) < LEAST_GROUP]
    assert small
    assert all(table[name, c] == HIDDEN for name in small for c in question.choices)


def test_what_was_published_before_stays() -> None:
    """V02, V05: a slice told later changes no number of the page, and breaks none of its promises."""
    question, people = a_seminar(5)
    page = protected(question, people)
    everybody = sorted(people.groups["all"])
    more = {f"group {i}": frozenset(everybody[i::2]) for i in range(2)}
    together = People({**people.groups, **more}, people.delegations, people.exact)
    table = protected(question, together, page)
    assert {place: table[place] for place in page} == page
    assert list(broken(together.groups, question, published(table))) == []
