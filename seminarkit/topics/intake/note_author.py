"""Identify the group and the author of notes; the signature decides, not the appointment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from seminarkit.core.errors import did_you_mean
from seminarkit.core.forms.bundle import instance_id
from seminarkit.core.shown_names import shown_name
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.refusal import Refusal

_NAME = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_GREETS = re.compile(r"\W*(?:dear|hello|hi|to|cc|for|thanks?|good (?:morning|afternoon))\b", re.I)
_SIGNS = re.compile(
    r"\W*(?:(?:our|notes?|noted|written|sent|taken|signed|reported|down)\s+){0,4}"
    r"(?:by|from|author)\b",
    re.I,
)
_ROLE = re.compile(r"\W*(?:group\s+)?(?:rapporteur|note[- ]taker)\b", re.I)


def group_and_author(
    above: Sequence[str], below: Sequence[str], expected: Expected
) -> tuple[str, str, str]:
    """Return the group, the author, and a remark if the author is not the group rapporteur.

    ``above`` are the lines above the first heading, ``below`` those of the signature. Raise
    Refusal if the group is unclear.
    """
    names = [name for line in above for name in _NAME.findall(line)]
    group = next((name.lower() for name in names if name.lower() in expected.groups), "")
    if group:
        return _author(group, above, below, expected)
    people = [person for line in above for person in _people(line, expected)]
    unassigned = next(
        (name.lower() for name in names if "-" in name and name.lower() in expected.codes), ""
    )
    if unassigned:
        raise Refusal(
            f"Nobody is named to take notes in {unassigned}. Name somebody and collect again: "
            f"seminar groups --rapporteur PERSON={unassigned} --keep"
        )
    for person in people:
        groups = [code for code, (_, writer) in expected.groups.items() if writer == person]
        if len(groups) == 1:
            return groups[0], person, ""
        if groups:
            raise Refusal(
                f"It is by {person}, who takes notes in {' and '.join(groups)}, but does not say "
                "which group it is about. Write the group in its first line, and send it again."
            )
    unknown = next((name for name in names if "-" in name and name not in people), "")
    hint = (
        f" '{shown_name(unknown)}' is not a group of this "
        f"seminar.{did_you_mean(unknown, expected.groups)}"
        if unknown
        else ""
    )
    raise Refusal(
        "It has the headings of notes, but does not say which group they are from. Write the group "
        f"(such as {next(iter(expected.groups))}) or its rapporteur's code in its first line, and "
        f"send it again.{hint}"
    )


def _author(
    group: str, above: Sequence[str], below: Sequence[str], expected: Expected
) -> tuple[str, str, str]:
    """Return group, author and a remark, from the most reliable place that names a person."""
    form, writer = expected.groups[group]
    lines = [line for line in above if not _GREETS.match(line)]
    places = (
        [line for line in lines if group in _NAME.findall(line.lower())],
        [line for line in lines if _SIGNS.match(line)],
        [line for line in lines if _ROLE.match(line) or _is_name(line, expected)],
        [line for line in below if _is_name(line, expected)],
    )
    for place in places:
        people = [person for line in place for person in _people(line, expected)]
        if people:
            # the present or a former rapporteur
            rapporteurs = [
                person for person in people if _is_rapporteur(form, person, group, expected)
            ]
            author = (rapporteurs or people)[0]
            return group, author, "" if rapporteurs else _signed_by_other(group, author, writer)
    others = {person for line in lines for person in _people(line, expected)}
    if others and not any(_is_rapporteur(form, person, group, expected) for person in others):
        problem = f"it names {', '.join(sorted(others))}, but does not say who wrote it"
        return group, writer, f"Attention: {problem}; it is kept as notes by {writer}. "
    return group, writer, ""


def _signed_by_other(group: str, author: str, writer: str) -> str:
    return (
        f"Attention: {author} signed it, but {writer} is asked for the notes of {group}. It is "
        f"kept as notes by {author}, next to those of {writer}. "
    )


def _is_rapporteur(form: str, person: str, group: str, expected: Expected) -> bool:
    return instance_id(expected.seminar, form, person, group) in expected.asked


def _is_name(line: str, expected: Expected) -> bool:
    """Return whether a line contains only the id or name of a person."""
    bare = _words_of(line)
    return bool(bare) and any(
        bare in (_words_of(p), _words_of(n)) for p, n in _ids_and_names(expected)
    )


def _people(line: str, expected: Expected) -> list[str]:
    """Return the people in a line, by id or full name, in their order."""
    words = [word.casefold() for word in _NAME.findall(line)]
    text = f" {_words_of(line)} "
    places: dict[str, int] = {}
    for person, name in _ids_and_names(expected):
        if person.casefold() in words:
            places[person] = text.find(_words_of(person))
        elif name and f" {_words_of(name)} " in text:
            places[person] = text.find(_words_of(name))
    return sorted(places, key=places.__getitem__)


def _ids_and_names(expected: Expected) -> Iterable[tuple[str, str]]:
    return ((person, expected.names.get(person, "")) for person in expected.people)


def _words_of(text: str) -> str:
    """Return the words of a text in lower case, to compare spellings of a name."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
