"""What tells in public words who said them: countries, people, codes, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seminarkit.core.seminar.model import Seminar
from seminarkit.core.submissions.audience import emails_in

_PERSON = re.compile(r"\b[A-Z]{2}-(?:\d{1,2}|NEO)\b")
_LETTERS = 5  # of a country's name, so that those of its people and languages are found too


def attributions(seminar: Seminar, words: str) -> list[str]:
    """Return each piece of a text that says who spoke, as a person would name it.

    Words in another language than that of seminar.yml are not understood; who takes a statement
    over reads them.
    """
    found = [f"the e-mail address {each}" for each in emails_in(words)]
    found += [f"the code {each}" for each in _PERSON.findall(words)]
    found += [f"the name {each}" for each in _names(seminar) if each.casefold() in words.casefold()]
    found += [f"the country's name {each}" for each in _countries(seminar, words)]
    return list(dict.fromkeys(found))


def _names(seminar: Seminar) -> Iterator[str]:
    for people in (seminar.delegations, seminar.former):
        for each in (person for named in people.values() for person in named):
            yield each.name
    yield from (person.name for person in seminar.people.values())


def _countries(seminar: Seminar, words: str) -> Iterator[str]:
    """Yield the words with a capital that begin as one of a country's name does."""
    names = (word for country in seminar.countries.values() for word in country.name.split())
    beginnings = tuple({name[:_LETTERS] for name in names if name[0].isupper()})
    yield from (word for word in re.findall(r"\w+", words) if word.startswith(beginnings))
