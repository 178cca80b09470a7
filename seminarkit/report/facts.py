"""The pieces that show what is publicly known of a country: facts, sources, corrections."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from seminarkit.report.dossier import Dossier
from seminarkit.report.html import and_words, link, paragraphs, said, tag, text
from seminarkit.seminar.clock import day_words

WRONG = "What the delegation finds wrong, out of date or missing"


def facts_list(dossier: Dossier, known: list[tuple[int, dict[str, Any]]]) -> str:
    """Return facts, each with the numbers of its sources."""
    numbers = {_key(s): n for n, s in enumerate(all_sources(dossier), start=1)}
    items, topic = [], ""
    for _, fact in known:
        marks = " ".join(
            tag("a", str(numbers[_key(s)]), href=f"#source-{numbers[_key(s)]}")
            for s in fact["sources"]
        )
        words = fact["text"]
        shown = link(words) if words.startswith("http") and " " not in words else text(words)
        notes = tag("sup", f'<span class="hidden">Sources: </span>{marks}')
        if fact["topic"] != topic:
            items.append(tag("dt", text(fact["topic"])))
        topic = fact["topic"]
        items.append(tag("dd", f"{shown} {notes}"))
    return tag("dl", "".join(items), class_="facts")


def not_found(dossier: Dossier) -> list[str]:
    """Return the topics on which no public source was found, so that no list looks whole."""
    topics = dossier.get("facts_not_found", [])
    return [tag("p", text(gaps_sentence(topics)), class_="note")] if topics else []


def gaps_sentence(topics: Sequence[str]) -> str:
    """Say on which topics nothing was found."""
    return f"Not found in public sources: {'; '.join(topics)}."


def corrections(dossier: Dossier) -> list[str]:
    """Return what those of the country say is wrong; nothing for the public."""
    given = [] if dossier.public else dossier.get("corrections", [])
    quotes = [
        tag("blockquote", paragraphs(each["text"]))
        + tag("p", said(and_words(each["by"])), class_="by")
        for each in given
    ]
    return [tag("h3", text(WRONG)), *quotes] if quotes else []


def all_sources(dossier: Dossier) -> list[dict[str, Any]]:
    """Return the sources of all facts, each once, in the order of their numbers."""
    by_key = {_key(s): s for fact in dossier["facts"] for s in fact["sources"]}
    return list(by_key.values())


def _key(source: dict[str, Any]) -> tuple[str, str]:
    return source["title"], source["url"]


def source_line(source: dict[str, Any]) -> str:
    """Return one source as the list of sources shows it."""
    year = f", {source['year']}" if source["year"] else ""
    return link(source["url"], source["title"]) + text(
        f". {source['publisher']}{year}.{read_on(source)}"
    )


def read_on(source: dict[str, Any]) -> str:
    """Say on which day a source was read, where that is known, and whether it was a copy."""
    day, copy = source.get("read"), " A copy." if source.get("stored_copy") else ""
    return copy + (f" Read on {day_words(date.fromisoformat(day))}." if day else "")
