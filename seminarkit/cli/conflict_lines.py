"""Reports conflicting decisions on one subject, and how to choose between them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TypedDict

import click

from seminarkit.core.seminar.decision_history import short_ids
from seminarkit.core.seminar.decision_words import decision_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.log_authors import maker, when
from seminarkit.core.seminar.valid_decisions import Logged, valid_lines
from seminarkit.core.shown_names import shown_name

# what is decided by which command: the topics of decisions, as ``Decision.decides_on`` begins
_QUESTIONS = (
    "question marked",
    "question owned",
    "questions together",
    "question reworded",
    "question published",
)
TOPICS = {
    "question": _QUESTIONS,
    "questions": _QUESTIONS,
    "statement": ("statements together", "statement reworded", "public statement"),
    "groups": ("seated", "place", "presence"),
    "nominate": ("delegation",),
    "extend": ("deadline",),
    "ask": ("asked",),
    "version": ("version chosen",),
}


class ConflictSide(TypedDict):
    """One of the decisions; ``line`` is its whole id."""

    id: str
    line: str
    maker: str
    what: str


class Conflict(TypedDict):
    """Decisions on one thing by people who did not know of each other; ``how`` to choose."""

    subject: list[str]
    what: str
    sides: list[ConflictSide]
    waits: bool
    meanwhile: str
    how: str


def conflict_lines(folder: SeminarFolder, ids: Collection[str] | None = None) -> Iterator[str]:
    """Yield a few lines per conflict; only those with a decision in ``ids``, if given."""
    for conflict in conflicts_json(folder):
        if ids is not None and not any(side["line"] in ids for side in conflict["sides"]):
            continue
        yield f"Attention: {conflict['what']}"
        for side in conflict["sides"]:
            yield f"    {side['id']}  {side['maker']}: {side['what']}"
        yield f"    {conflict['meanwhile']} Choose: {conflict['how']}"


def conflict_steps(folder: SeminarFolder) -> Iterator[tuple[str, str]]:
    """Yield a description and the commands to choose with, per conflict."""
    for conflict in conflicts_json(folder):
        sides = "; ".join(f"{s['maker']}: {s['what']}" for s in conflict["sides"])
        yield f"{conflict['what']} {sides}. {conflict['meanwhile']}", conflict["how"]


def tell_conflicts(folder: SeminarFolder, command: str) -> None:
    """Print conflicts between decisions of the kind that a command makes, if it makes any."""
    if topics := TOPICS.get(command):
        ids = {
            side.entry.id
            for sides in folder.decisions.conflicts()
            for side in sides
            if side.decision.decides_on[0] in topics
        }
        for line in conflict_lines(folder, ids) if ids else ():
            click.echo(line, err=True)


def maker_words(folder: SeminarFolder, line: Logged) -> str:
    """Return who decided, on which computer and when."""
    by = maker(folder.received, line.entry.writer, line.entry.values.get("by", "")).words
    return f"{by}, {when(folder.seminar, line.decision.at)}"


def conflicts_json(folder: SeminarFolder) -> list[Conflict]:
    """Return all conflicts as JSON data; their texts are safe to print."""
    unsettled = folder.decisions.conflicts()
    if not unsettled:
        return []
    everything = folder.decisions.everything()
    names = short_ids([entry.id for entry, _ in everything])
    lines = folder.decisions.lines()
    counted = valid_lines(lines)
    return [_conflict(folder, sides, lines, counted, names) for sides in unsettled]


def _conflict(
    folder: SeminarFolder,
    sides: Sequence[Logged],
    lines: Sequence[Logged],
    counted: Sequence[Logged],
    names: dict[str, str],
) -> Conflict:
    subject = sides[0].decision.decides_on
    holds = [item for item in counted if item.decision.decides_on == subject]
    what = decision_words(holds[-1].decision) if holds else "nothing was decided on it before"
    waits = any(e.decision.waits for e in lines if e.decision.decides_on == subject)
    if waits:
        meanwhile = f"Until somebody chooses, neither counts. What holds meanwhile: {what}."
    else:
        meanwhile = f"Until somebody chooses, the later one counts: {what}."
    on = ", ".join(shown_name(word) for word in subject[1:])
    return {
        "subject": list(subject),
        "what": f"{len(sides)} decisions on {on} ({subject[0]}) were made independently.",
        "sides": [
            {
                "id": names[side.entry.id],
                "line": side.entry.id,
                "maker": maker_words(folder, side),
                "what": decision_words(side.decision),
            }
            for side in sides
        ],
        "waits": waits,
        "meanwhile": meanwhile,
        "how": ", or ".join(f"seminar choose {names[side.entry.id]}" for side in sides),
    }
