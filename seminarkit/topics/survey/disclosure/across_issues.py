"""Protects a new issue of totals together with all earlier issues, as one system of linked tables.

A reader who has the earlier pages and knows who answered since could subtract. So the tables of all
issues are protected together: an answer that did not change is the same unknown in every issue that
counts it, a changed one is two unknowns. This assumes that the reader knows which answers changed,
which is more than the board shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from seminarkit.topics.survey.disclosure.counts import HIDDEN, AnsweredQuestion, People, Table
from seminarkit.topics.survey.disclosure.suppression import protected

Answer = str  # one person's answer to one question; unchanged answers are equal in all issues
Groups = Mapping[str, frozenset[Answer]]


@dataclass(frozen=True)
class EarlierTable:
    """The table of one question as an earlier issue published it.

    ``persons`` and ``picked`` are by counted version; both leave out people who were forgotten.
    """

    groups: Mapping[str, frozenset[str]]
    persons: Mapping[str, str]
    picked: Mapping[str, frozenset[str]]
    limits: tuple[int, int]
    table: Table


def protected_across(
    question: AnsweredQuestion, people: People, earlier: Sequence[EarlierTable]
) -> Table:
    """Return the protected table of a new issue, given the tables of earlier issues."""
    if not earlier:
        return protected(question, people)
    current = {person: _answer(person, question.picked[person]) for person in question.picked}
    groups: dict[str, frozenset[Answer]] = {
        name: frozenset(current[person] for person in members)
        for name, members in people.groups.items()
    }
    picked = {current[person]: choices for person, choices in question.picked.items()}
    author = {current[person]: person for person in question.picked}
    published: Table = {}
    for number, issue in enumerate(earlier):
        answers = dict(_answers(issue))
        for version, answer in answers.items():
            if version in issue.picked:
                picked[answer] = issue.picked[version]
                author[answer] = issue.persons[version]
        for name, members in issue.groups.items():
            earlier_name = f"{number} {name}"  # no current name begins with a number
            groups[earlier_name] = frozenset(answers[version] for version in members)
            published |= {
                (earlier_name, choice): c for (n, choice), c in issue.table.items() if n == name
            }
    choices = tuple(dict.fromkeys([*question.choices, *(choice for _, choice in published)]))
    for name in groups:
        if name not in people.groups:
            published |= {(name, c): published.get((name, c), HIDDEN) for c in choices}
    published |= _unchanged_cells(people.groups, groups, published, question.choices)
    limits = [question.limits, *(issue.limits for issue in earlier)]
    linked = replace(
        question,
        choices=choices,
        limits=(min(low for low, _ in limits), max(high for _, high in limits)),
        picked=picked,
    )
    table = protected(linked, People(groups, _delegations(author), people.exact), published)
    return {(n, c): cell for (n, c), cell in table.items() if n in people.groups}


def _answer(person: str, choices: frozenset[str]) -> Answer:
    return " ".join([person, *sorted(choices)])


def _answers(earlier: EarlierTable) -> Iterator[tuple[str, Answer]]:
    for version in frozenset().union(*earlier.groups.values()):
        if version in earlier.picked:
            yield version, _answer(earlier.persons[version], earlier.picked[version])
        else:
            yield version, version


def _unchanged_cells(
    current_groups: Mapping[str, object], groups: Groups, published: Table, choices: Sequence[str]
) -> Table:
    """Return the published cells of groups in which no answer has changed."""
    earlier_groups = {
        members: name for name, members in groups.items() if name not in current_groups
    }
    return {
        (name, choice): published[earlier_groups[groups[name]], choice]
        for name in current_groups
        if groups[name] in earlier_groups
        for choice in choices
    }


def _delegations(author: Mapping[Answer, str]) -> list[frozenset[Answer]]:
    by_country: dict[str, set[Answer]] = {}
    for answer, person in author.items():
        by_country.setdefault(person[:2], set()).add(answer)
    return [frozenset(answers) for answers in by_country.values()]
