"""What a brief shows, for two printed pages: long lists are cut, with where the rest is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seminarkit.core.documents.markup import tag
from seminarkit.forms.answer_words import answer_words
from seminarkit.report.brief_pieces import cut, gaps, h2
from seminarkit.report.brief_room import reports, reviews, seats, survey
from seminarkit.report.brief_talk import left, questions
from seminarkit.report.dossier import Brief
from seminarkit.report.html import Html, said, table, text
from seminarkit.report.paper import TURN_WORDS
from seminarkit.topics.briefs.dossier import RunningOrder, RunningStep
from seminarkit.topics.filled import Answer

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
_PROMPT = (
    "Each topic begins with another person. Ask who disagrees before the next topic. "
    "The minutes share out the time for discussion."
)


def heading(dossier: Brief) -> Html:
    """Show what the brief is for, when, and what is still open."""
    seats = dossier.data["seats"]
    facts = [f"{dossier.data['minutes']} minutes", _who_comes(dossier)]
    if seats:
        countries = len({seat["country"] for seat in seats})
        facts.insert(0, f"{len(seats)} people from {countries} countries")
    if dossier.data["notes_by"]:
        facts.append(f"notes by {dossier.data['notes_by']}")
    over = " · ".join(filter(None, ["Brief", dossier.data["session"], dossier.data["when"]]))
    parts = [
        tag("p", text(over), class_="kicker"),
        tag("h1", text(dossier.data["title"])),
        tag("p", text(" · ".join(facts)), class_="lead"),
        gaps(dossier.data["open"]),
    ]
    return Html(tag("header", "".join(parts), class_="top brief"))


def people(dossier: Brief, title: str) -> Html:
    """Show who has a part in this room."""
    if not dossier.data["people"]:
        return Html(h2(title), tag("p", "Nobody is named yet.", class_="open"))
    by_role: dict[str, list[str]] = {}
    for each in dossier.data["people"]:
        known = f", {text(each['about'])}" if each["about"] else ""
        by_role.setdefault(each["role"], []).append(
            tag("strong", text(each["name"])) + tag("span", known, class_="note")
        )
    items = "".join(
        tag("dt", text(role.capitalize())) + tag("dd", "<br>".join(names))
        for role, names in by_role.items()
    )
    return Html(h2(title), tag("dl", items, class_="facts duties"))


def running(dossier: Brief, title: str, *names: str, most: int = 14) -> Html:
    """Show the running order with clock and minutes; under a turn the answers to ``names``."""
    dossier.must_ask(*names)
    order = dossier.data["running"]
    steps = order["steps"]
    rows = [
        [
            text(step["clock"]),
            text(step["parts"] or step["minutes"]),
            _step(step, names),
        ]
        for step in steps
    ]
    ours = any(step["ours"] for step in steps)
    caption = "The programme does not give all minutes; the others are a proposal."
    parts = [h2(title)]
    if rows:
        heads = ["Begins", "Minutes", "What"]
        parts.append(table(heads, rows, caption if ours else "As in the programme.", name="order"))
    if order["rule"]:
        parts.append(tag("p", text(_rule(order)), class_="note"))
    if order["unheard"]:
        names_ = _listed(order["unheard"], most)
        parts.append(gaps([f"There is no time for: {names_}. Read their words below."]))
    return Html(*parts)


def hand(dossier: Brief, opening: str, checklist: str) -> Html:
    """Show the opening words and, beside them, the list to tick."""
    words = "".join(tag("p", text(line)) for line in dossier.data["opening"])
    boxes = "".join(tag("li", text(line)) for line in dossier.data["checklist"])
    return Html(
        tag(
            "div",
            tag("section", h2(opening) + tag("blockquote", words))
            + tag("section", h2(checklist) + tag("ul", boxes, class_="boxes")),
            class_="pair",
        )
    )


def prompts(dossier: Brief, title: str) -> Html:
    """Show the session's topics, numbered, each with minutes and who begins."""
    topics = dossier.data["topics"]
    if not topics:
        return Html()
    first = [p["name"] for p in dossier.data["people"] if p.get("begins")]
    talk = [s for s in dossier.data["running"]["steps"] if s["ours"] and "iscussion" in s["title"]]
    minutes = int(talk[0]["minutes"]) // len(topics) if talk else 0
    items = [
        tag("li", tag("strong", text(topic)) + tag("span", text(_who(first, i, minutes))))
        for i, topic in enumerate(topics)
    ]
    note = tag("p", text(_PROMPT), class_="note") if first else ""
    return Html(h2(title), note, tag("ol", "".join(items), class_="contents"))


def footnotes(dossier: Brief) -> Html:
    """Show the footnotes of the countries in the room."""
    return Html(*(tag("p", text(note), class_="footnote") for note in dossier.data["footnotes"]))


def _who_comes(dossier: Brief) -> str:
    only = "" if dossier.data["access"] == "public" else " only"
    return f"for {dossier.data['who']}{only}"


def _step(step: RunningStep, names: Sequence[str]) -> str:
    note = f", {step['note']}" if step["note"] else ""
    told = [
        said(cut(answer_words(answer), TURN_WORDS))
        for name in names
        for answer in _named(step["answers"], name)
    ]
    head = tag("strong", text(step["title"])) + tag("span", text(note), class_="note")
    return head + "".join(f" · {each}" for each in told)


def _named(answers: Sequence[Answer], name: str) -> Iterator[Answer]:
    """Yield the answers to a question, also those in rows of a repeated one."""
    for answer in answers:
        if answer["name"] == name:
            yield answer
        for row in answer.get("rows", ()):
            yield from _named(row, name)


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
