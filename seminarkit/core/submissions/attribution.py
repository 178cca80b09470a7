"""Finds attributions in public texts: countries, people, codes and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seminarkit.core.seminar.model import Seminar
from seminarkit.core.submissions.audience import emails_in

_PERSON = re.compile(r"\b[A-Z]{2}-(?:\d{1,2}|NEO)\b")
_LETTERS = 5  # of a country's name, so that its people and languages are found too


def attributions(seminar: Seminar, words: str) -> list[str]:
    """Return a description of each part of a text that identifies its author.

    Only names in the language of seminar.yml are found; the organiser who publishes a statement
    checks the rest.
    """
    parts = [f"the e-mail address {email}" for email in emails_in(words)]
    parts += [f"the code {code}" for code in _PERSON.findall(words)]
    parts += [f"the name {name}" for name in _names(seminar) if name.casefold() in words.casefold()]
    parts += [f"the country's name {name}" for name in _countries(seminar, words)]
    return list(dict.fromkeys(parts))


def _names(seminar: Seminar) -> Iterator[str]:
    for people in (seminar.delegations, seminar.former):
        for person in (person for delegation in people.values() for person in delegation):
            yield person.name
    yield from (person.name for person in seminar.people.values())


def _countries(seminar: Seminar, words: str) -> Iterator[str]:
    """Yield the capitalised words that start like a word of a country's name."""
    names = (word for country in seminar.countries.values() for word in country.name.split())
    beginnings = tuple({name[:_LETTERS] for name in names if name[0].isupper()})
    yield from (word for word in re.findall(r"\w+", words) if word.startswith(beginnings))
