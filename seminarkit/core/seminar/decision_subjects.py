"""What each decision is about, as words by which people look for it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.delegation_decisions import Nominated, Seated, TakesBack

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
_POSTED = re.compile(r"(.+)-q\d+")  # GE-2-q1: of GE-2
_IN_CHAT = re.compile(r"(.+)-c[0-9a-z]+")  # d1-keynote-ck7f3m: of a session's chat


def matters_of(decision: Decision) -> set[str]:
    """Return the people, questions, groups, sessions, countries, forms, files it is about.

    A decision that takes back another is about what its subject names.
    """
    if isinstance(decision, TakesBack):
        return _with_wider(decision.decides_on[1:])
    named = [str(value) for name in _NAMES if (value := getattr(decision, name, ""))]
    if isinstance(decision, Nominated):
        named += [str(person.get("id", "")) for person in decision.people]
    words = _with_wider(named)
    if isinstance(decision, Seated):  # without their countries: else each would be about all
        for group in decision.groups:
            words |= {str(group.get("id", "")), *map(str, group.get("people", ()))}
    return words - {""}


def _with_wider(names: Iterable[str]) -> set[str]:
    """Return names with the person of each question, and the country of each person."""
    wider = set(names)
    for pattern in (_POSTED, _IN_CHAT, _PERSON):
        wider |= {match[1] for name in wider if (match := pattern.fullmatch(name))}
    return wider
