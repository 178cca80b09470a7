"""What the codes attached to a statement stand for: countries, questions, outcomes, cases."""

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
    """What one code leads to, and its words. A session stands among the groups."""

    kind: Literal["country", "question", "outcome", "case", "group"]
    code: str
    words: str


class Codes:
    """All codes that a seminar knows. Capitals do not matter, as codes are typed in haste."""

    def __init__(self, seminar: Seminar, questions: Iterable[Question]) -> None:
        known: list[Reference] = []
        for code in seminar.countries:
            name = seminar.display_name(code)
            known.append(Reference("country", code, name))
        known += [Reference("outcome", each.id, each.text) for each in seminar.outcomes]
        for session in seminar.sessions:
            known += [Reference("case", each, each) for each in session.cases]
            known.append(Reference("group", session.id, session.title))
            groups = seminar.seating.get(session.id, [])
            known += [Reference("group", each.id, each.title) for each in groups]
        self._known = {each.code.casefold(): each for each in known}
        for question in questions:
            reference = Reference("question", question.id, question.text)
            self._known |= {each.casefold(): reference for each in (*question.former, question.id)}
        # a person's code says which country they speak for, and no more is kept of it
        for code, people in (*seminar.delegations.items(), *seminar.former.items()):
            country = self._known[code.casefold()]
            self._known |= {person.id.casefold(): country for person in people}

    def read(self, text: str) -> tuple[tuple[Reference, ...], tuple[str, ...]]:
        """Return what the codes in a text stand for, each once, and those that are not known."""
        found: dict[str, Reference] = {}
        unknown: dict[str, None] = {}
        for typed in _CODE.findall(text):
            if reference := self._known.get(typed.casefold()):
                found[reference.code] = reference
            else:
                unknown[typed] = None
        return tuple(found.values()), tuple(unknown)
