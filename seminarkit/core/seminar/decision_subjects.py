"""The subjects of each decision, used to search the log."""

from __future__ import annotations

import re
from collections.abc import Iterable

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.delegation_decisions import Nominated, Revocation, Seated

_NAMES = (
    "country",
    "person",
    "form",
    "subject",
    "question",
    "other",
    "statement",
    "session",
    "group",
    "receipt",
    "name",
    "sha256",
)
_PERSON = re.compile(r"([A-Z]{2})-\w+")
_POSTED = re.compile(r"(.+)-q\d+")  # GE-2-q1 is by GE-2
_IN_CHAT = re.compile(r"(.+)-c[0-9a-z]+")  # d1-keynote-ck7f3m is from the chat of d1-keynote


def subject_ids(decision: Decision) -> set[str]:
    """Return the ids of the people, questions, groups, forms and files that a decision is about."""
    if isinstance(decision, Revocation):
        return _with_parents(decision.decides_on[1:])
    names = [str(value) for name in _NAMES if (value := getattr(decision, name, ""))]
    if isinstance(decision, Nominated):
        names += [str(person.get("id", "")) for person in decision.people]
    words = _with_parents(names)
    if isinstance(decision, Seated):  # without countries, or nearly every one would match
        for group in decision.groups:
            words |= {str(group.get("id", "")), *map(str, group.get("people", ()))}
    return words - {""}


def _with_parents(names: Iterable[str]) -> set[str]:
    """Return ids together with the author of each question and the country of each person."""
    extended = set(names)
    for pattern in (_POSTED, _IN_CHAT, _PERSON):
        extended |= {match[1] for name in extended if (match := pattern.fullmatch(name))}
    return extended
