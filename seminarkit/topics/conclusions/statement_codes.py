"""Resolves the codes attached to a statement: countries, questions, outcomes, cases, groups."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from seminarkit.core.seminar.model import Seminar
from seminarkit.topics.questions.posted_questions import Question

_CODE = re.compile(r"[\w-]+")


@dataclass(frozen=True)
class Reference:
    """A resolved code with its title. Sessions have the kind ``group``."""

    kind: Literal["country", "question", "outcome", "case", "group"]
    code: str
    words: str


class Codes:
    """All codes of a seminar, matched without regard to case because they are typed in haste."""

    def __init__(self, seminar: Seminar, questions: Iterable[Question]) -> None:
        known: list[Reference] = []
        for code in seminar.countries:
            name = seminar.display_name(code)
            known.append(Reference("country", code, name))
        known += [Reference("outcome", outcome.id, outcome.text) for outcome in seminar.outcomes]
        for session in seminar.sessions:
            known += [Reference("case", case, case) for case in session.cases]
            known.append(Reference("group", session.id, session.title))
            groups = seminar.seating.get(session.id, [])
            known += [Reference("group", group.id, group.title) for group in groups]
        self._known = {reference.code.casefold(): reference for reference in known}
        for question in questions:
            reference = Reference("question", question.id, question.text)
            self._known |= {code.casefold(): reference for code in (*question.former, question.id)}
        # a person's code is resolved to the country alone, for privacy
        for code, people in (*seminar.delegations.items(), *seminar.former.items()):
            country = self._known[code.casefold()]
            self._known |= {person.id.casefold(): country for person in people}

    def read(self, text: str) -> tuple[tuple[Reference, ...], tuple[str, ...]]:
        """Return the references in a text without repetition, and the codes that are unknown."""
        references: dict[str, Reference] = {}
        unknown: dict[str, None] = {}
        for typed in _CODE.findall(text):
            if reference := self._known.get(typed.casefold()):
                references[reference.code] = reference
            else:
                unknown[typed] = None
        return tuple(references.values()), tuple(unknown)
