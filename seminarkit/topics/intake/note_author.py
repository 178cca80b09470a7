"""Whose notes a text is, and of which group: whoever signs is the author, whoever was asked."""

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


def whose_notes(
    above: Sequence[str], below: Sequence[str], expected: Expected
) -> tuple[str, str, str]:
    """Return group and author of notes, and a remark where somebody else was asked for them.

    ``above`` are the lines above the first heading, ``below`` those of a signature. Raises Refusal
    where the group cannot be known.
    """
    names = [name for line in above for name in _NAME.findall(line)]
    group = next((name.lower() for name in names if name.lower() in expected.groups), "")
    if group:
        return _author(group, above, below, expected)
    people = [person for line in above for person in _people(line, expected)]
    unnamed = next((n.lower() for n in names if "-" in n and n.lower() in expected.codes), "")
    if unnamed:
        raise Refusal(
            f"Nobody is named to take notes in {unnamed}. Name somebody and collect again: "
            f"seminar groups --rapporteur PERSON={unnamed} --keep"
        )
    for person in people:
        mine = [group for group, (_, by) in expected.groups.items() if by == person]
        if len(mine) == 1:
            return mine[0], person, ""
        if mine:
            raise Refusal(
                f"It is by {person}, who takes notes in {' and '.join(mine)}, and does not say of "
                "which. Write the group in its first line, and send it again."
            )
    known = expected.groups
    stray = next((name for name in names if "-" in name and name not in people), "")
    wrong = f" '{shown_name(stray)}' is no group here.{did_you_mean(stray, known)}" if stray else ""
    raise Refusal(
        "It has the headings of notes, but does not say of which group they are. Write the group "
        f"(such as {next(iter(known))}) or its rapporteur's code in its first line, and send it "
        f"again.{wrong}"
    )


def _author(
    group: str, above: Sequence[str], below: Sequence[str], expected: Expected
) -> tuple[str, str, str]:
    """Return group, author and a remark, by the surest place that names anybody."""
    form, writer = expected.groups[group]
    lines = [line for line in above if not _GREETS.match(line)]
    places = (
        [line for line in lines if group in _NAME.findall(line.lower())],
        [line for line in lines if _SIGNS.match(line)],
        [line for line in lines if _ROLE.match(line) or _is_name(line, expected)],
        [line for line in below if _is_name(line, expected)],
    )
    for place in places:
        named = [person for line in place for person in _people(line, expected)]
        if named:
            # who takes notes now, or did when they were written
            asked = [p for p in named if _is_asked(form, p, group, expected)]
            author = (asked or named)[0]
            return group, author, "" if asked else _beside(group, author, writer)
    others = {person for line in lines for person in _people(line, expected)}
    if others and not any(_is_asked(form, p, group, expected) for p in others):
        problem = f"It names {', '.join(sorted(others))}, and does not say who wrote it"
        return group, writer, f"Attention: {problem}; it is taken as {writer}'s. "
    return group, writer, ""


def _beside(group: str, author: str, writer: str) -> str:
    return (
        f"Attention: {author} signed it, and {writer} is asked for the notes of {group}. It is "
        f"kept as notes by {author}, beside those of {writer}. "
    )


def _is_asked(form: str, person: str, group: str, expected: Expected) -> bool:
    return instance_id(expected.seminar, form, person, group) in expected.asked


def _is_name(line: str, expected: Expected) -> bool:
    """Say whether a line holds a person and nothing else."""
    bare = _bare(line)
    return bool(bare) and any(bare in (_bare(p), _bare(n)) for p, n in _known(expected))


def _people(line: str, expected: Expected) -> list[str]:
    """Return the people that a line names, by id or full name, in the order of the line."""
    words = [word.casefold() for word in _NAME.findall(line)]
    text = f" {_bare(line)} "
    places: dict[str, int] = {}
    for person, name in _known(expected):
        if person.casefold() in words:
            places[person] = text.find(_bare(person))
        elif name and f" {_bare(name)} " in text:
            places[person] = text.find(_bare(name))
    return sorted(places, key=places.__getitem__)


def _known(expected: Expected) -> Iterable[tuple[str, str]]:
    return ((person, expected.names.get(person, "")) for person in expected.people)


def _bare(text: str) -> str:
    """Return the letters and digits of a text, to compare names that are written in many ways."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
