"""Protects a new issue of totals together with all issues before it, as one system of tables.

Who keeps the earlier pages and knows who answered since, or answered anew, could subtract. So all
tables of all issues are looked at as one: an answer that did not change is the same unknown in each
issue that counts it, one that changed is two. That takes the reader to know which answers changed,
which is more than the board shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from seminarkit.topics.survey.disclosure.counts import HIDDEN, Asked, People, Table
from seminarkit.topics.survey.disclosure.suppression import protected

Answer = str  # of one person to one question: the same in all issues in which it did not change
Groups = Mapping[str, frozenset[Answer]]


@dataclass(frozen=True)
class Shown:
    """One question as an earlier issue showed it.

    ``persons`` holds by counted version who gave it, and ``picked`` what; of a person who was
    forgotten neither is known.
    """

    groups: Mapping[str, frozenset[str]]
    persons: Mapping[str, str]
    picked: Mapping[str, frozenset[str]]
    limits: tuple[int, int]
    table: Table


def protected_across(asked: Asked, people: People, earlier: Sequence[Shown]) -> Table:
    """Return what may be told of each count now, besides all that was told before."""
    if not earlier:
        return protected(asked, people)
    now = {person: _answer(person, asked.picked[person]) for person in asked.picked}
    groups: dict[str, frozenset[Answer]] = {
        name: frozenset(now[person] for person in members)
        for name, members in people.groups.items()
    }
    picked = {now[person]: choices for person, choices in asked.picked.items()}
    given_by = {now[person]: person for person in asked.picked}
    shown_before: Table = {}
    for number, shown in enumerate(earlier):
        answers = dict(_answers(shown))
        for version, answer in answers.items():
            if version in shown.picked:
                picked[answer] = shown.picked[version]
                given_by[answer] = shown.persons[version]
        for name, members in shown.groups.items():
            then = f"{number} {name}"  # no group of today has a name that begins with a number
            groups[then] = frozenset(answers[version] for version in members)
            shown_before |= {
                (then, choice): c for (n, choice), c in shown.table.items() if n == name
            }
    choices = tuple(dict.fromkeys([*asked.choices, *(choice for _, choice in shown_before)]))
    for name in groups:
        if name not in people.groups:
            shown_before |= {(name, c): shown_before.get((name, c), HIDDEN) for c in choices}
    shown_before |= _unchanged(people.groups, groups, shown_before, asked.choices)
    limits = [asked.each, *(shown.limits for shown in earlier)]
    together = replace(
        asked,
        choices=choices,
        each=(min(low for low, _ in limits), max(high for _, high in limits)),
        picked=picked,
    )
    table = protected(together, People(groups, _delegations(given_by), people.exact), shown_before)
    return {(n, c): cell for (n, c), cell in table.items() if n in people.groups}


def _answer(person: str, choices: frozenset[str]) -> Answer:
    return " ".join([person, *sorted(choices)])


def _answers(shown: Shown) -> Iterator[tuple[str, Answer]]:
    for version in frozenset().union(*shown.groups.values()):
        known = version in shown.picked
        yield version, _answer(shown.persons[version], shown.picked[version]) if known else version


def _unchanged(
    today: Mapping[str, object], groups: Groups, shown_before: Table, choices: Sequence[str]
) -> Table:
    """Return the cells of groups whose answers are all as they were: these are told as before."""
    before = {members: name for name, members in groups.items() if name not in today}
    return {
        (name, choice): shown_before[before[groups[name]], choice]
        for name in today
        if groups[name] in before
        for choice in choices
    }


def _delegations(given_by: Mapping[Answer, str]) -> list[frozenset[Answer]]:
    together: dict[str, set[Answer]] = {}
    for answer, person in given_by.items():
        together.setdefault(person[:2], set()).add(answer)
    return [frozenset(each) for each in together.values()]
