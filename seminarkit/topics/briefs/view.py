"""Pieces of a brief, for two printed pages: long lists are cut, with a link to the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seminarkit.core.documents.pieces import (
    CORE,
    EMPTY,
    GROUP,
    Cell,
    Column,
    Group,
    Heading,
    Items,
    Line,
    Piece,
    Quote,
    Rows,
    Span,
    Table,
    Text,
    Title,
    section,
)
from seminarkit.core.documents.pieces import Answer as Answered
from seminarkit.core.documents.text_lines import line
from seminarkit.core.forms.answer_words import answer_words
from seminarkit.core.submissions.dossier_parts import Answer
from seminarkit.topics.briefs.dossier import Brief, RoomPart, RunningOrder, RunningStep
from seminarkit.topics.briefs.list_pieces import excerpt, open_line
from seminarkit.topics.briefs.page_budget import TURN_WORDS
from seminarkit.topics.briefs.room_view import reports, reviews, seats, survey
from seminarkit.topics.briefs.talk_view import left, questions

__all__ = [
    "footnotes",
    "hand",
    "heading",
    "left",
    "people",
    "prompts",
    "questions",
    "reports",
    "reviews",
    "running",
    "seats",
    "survey",
]
_TOPICS_NOTE = (
    "A different person begins each topic. Ask who disagrees before the next topic. "
    "The minutes divide the time for discussion."
)


def heading(dossier: Brief) -> Piece:
    """Show the title of the brief, with time, number of people, note taker and open roles."""
    seats = dossier.data["seats"]
    facts = [f"{dossier.data['minutes']} minutes", _who_comes(dossier)]
    if seats:
        countries = len({seat["country"] for seat in seats})
        facts.insert(0, f"{len(seats)} people from {countries} countries")
    if dossier.data["notes_by"]:
        facts.append(f"notes by {dossier.data['notes_by']}")
    return Title(
        dossier.data["title"],
        kicker=" · ".join(filter(None, ["Brief", dossier.data["session"], dossier.data["when"]])),
        lead=" · ".join(facts),
        notes=tuple(map(open_line, dossier.data["open"])),
        seminar=dossier.data["seminar"].get("title", ""),
        readers=CORE if dossier.data["audience"] == "core" else GROUP,
        compact=True,
    )


def people(dossier: Brief, title: str) -> Piece:
    """Show the people with a part in the room below ``title``, by role."""
    if not dossier.data["people"]:
        return section(title, [Text(line("Nobody is named yet."), "note")])
    by_role: dict[str, list[RoomPart]] = {}
    for person in dossier.data["people"]:
        by_role.setdefault(person["role"], []).append(person)
    return section(
        title,
        [
            Answered(role.capitalize(), tuple(map(_person, persons)))
            for role, persons in by_role.items()
        ],
    )


def running(dossier: Brief, title: str, *names: str, most: int = 14) -> Piece:
    """Show the running order as a table of clock, minutes and step.

    Below a speaker's turn are the answers to the questions ``names``. Of the speakers without a
    turn, at most ``most`` are named. Raises UsageError if no form asks a question ``names``.
    """
    dossier.must_ask(*names)
    order = dossier.data["running"]
    steps = order["steps"]
    parts: list[Piece] = []
    if steps:
        ours = any(step["ours"] for step in steps)
        caption = "Minutes that the programme does not give are a proposal."
        parts.append(
            Table(
                "running_order",
                caption if ours else "As in the programme.",
                (
                    Column("begins", "Begins"),
                    Column("minutes", "Minutes"),
                    Column("what", "What"),
                ),
                (Rows(tuple(_step(step, names) for step in steps)),),
                look="times",
            )
        )
    if order["rule"]:
        parts.append(Text(line(_rule(order)), "note"))
    if order["unheard"]:
        unheard = _listed(order["unheard"], most)
        parts.append(
            Text(
                open_line(f"These people have no time to speak: {unheard}. Read their words below.")
            )
        )
    return Group((Heading(title), *parts))


def hand(dossier: Brief, opening: str, checklist: str) -> Piece:
    """Show the opening words and, next to them, the checklist, below the titles given."""
    words = Quote(tuple(map(line, dossier.data["opening"])))
    boxes = Items(tuple(map(line, dossier.data["checklist"])), look="boxes")
    return Group((section(opening, [words]), section(checklist, [boxes])), "pair")


def prompts(dossier: Brief, title: str) -> Piece:
    """Show the session's topics, each with its minutes and the person who introduces it.

    The minutes of open discussion are divided equally. Return ``EMPTY`` if the programme has no
    topics.
    """
    topics = dossier.data["topics"]
    if not topics:
        return EMPTY
    introducers = [p["name"] for p in dossier.data["people"] if p.get("begins")]
    talk = [s for s in dossier.data["running"]["steps"] if s["ours"] and "iscussion" in s["title"]]
    minutes = int(talk[0]["minutes"]) // len(topics) if talk else 0
    note = [Text(line(_TOPICS_NOTE), "note")] if introducers else []
    lines = tuple(
        (Span(topic, "strong"), Span(_who(introducers, number, minutes)))
        for number, topic in enumerate(topics)
    )
    return section(title, [*note, Items(lines, ordered=True, look="texts")])


def footnotes(dossier: Brief) -> Piece:
    """Show the footnotes on the countries in the room."""
    return Group(tuple(Text(line(note), "footnote") for note in dossier.data["footnotes"]))


def _person(person: RoomPart) -> Line:
    about = (Span(f", {person['about']}", "quiet"),) if person["about"] else ()
    return Span(person["name"], "strong"), *about


def _who_comes(dossier: Brief) -> str:
    only = "" if dossier.data["access"] == "public" else " only"
    return f"for {dossier.data['who']}{only}"


def _step(step: RunningStep, names: Sequence[str]) -> tuple[Cell, ...]:
    note = (Span(f", {step['note']}", "quiet"),) if step["note"] else ()
    words = [
        excerpt(answer_words(answer), TURN_WORDS)
        for name in names
        for answer in _answers_to(step["answers"], name)
    ]
    below = tuple(span for text in words for span in (Span(" · "), text))[1:]
    lines: list[Line] = [(Span(step["title"], "strong"), *note), *([below] if below else [])]
    return (
        Cell(step["clock"]),
        Cell(step["parts"] or step["minutes"]),
        Cell(lines=tuple(lines)),
    )


def _answers_to(answers: Sequence[Answer], name: str) -> Iterator[Answer]:
    """Yield the answers to a question, including those in the rows of repeats."""
    for answer in answers:
        if answer["name"] == name:
            yield answer
        for row in answer.get("rows", ()):
            yield from _answers_to(row, name)


def _rule(order: RunningOrder) -> str:
    rule = order["rule"]
    if parts := next((step["parts"] for step in order["steps"] if step["parts"]), ""):
        rule += f" {parts} minutes: first to speak, then for the others to answer."
    return rule


def _who(names: Sequence[str], number: int, minutes: int) -> str:
    words = [f"{minutes} minutes"] if minutes else []
    if names:
        words.append(f"begins: {names[number % len(names)]}")
    return f" · {' · '.join(words)}" if words else ""


def _listed(names: Sequence[str], most: int) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
