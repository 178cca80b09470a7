"""Pieces on public facts about a country: facts, sources and corrections."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from seminarkit.core.documents.pieces import Answer, Heading, Line, Piece, Quote, Span, Text
from seminarkit.core.documents.text_lines import is_web, line, person_lines
from seminarkit.core.number_words import and_words
from seminarkit.core.seminar.clock import day_words
from seminarkit.topics.countries.dossier import Country, CountryFact, FactSource

WRONG = "What the delegation finds wrong, out of date or missing"


def fact_answers(dossier: Country, facts: Sequence[CountryFact]) -> list[Answer]:
    """Return facts by topic, each with the numbers of its sources."""
    numbers = {_key(s): n for n, s in enumerate(all_sources(dossier), start=1)}
    return [
        Answer(topic, tuple(_fact(fact, numbers) for fact in facts_of_topic))
        for topic, facts_of_topic in groupby(facts, key=lambda fact: fact["topic"])
    ]


def _fact(fact: CountryFact, numbers: dict[tuple[str, str], int]) -> Line:
    words = fact["text"]
    refs = [numbers[_key(source)] for source in fact["sources"]]
    marks = [(Span(" "), Span(str(number), "ref", f"#source-{number}")) for number in refs]
    shown = Span(words, href=words if is_web(words) else "")
    return (shown, *(span for pair in marks for span in pair))


def not_found(dossier: Country) -> list[Piece]:
    """Return a note on the topics without a public source; [] if there is none."""
    topics = dossier.data.get("facts_not_found", [])
    return [Text(line(gaps_sentence(topics)), "note")] if topics else []


def gaps_sentence(topics: Sequence[str]) -> str:
    """Return the sentence on the topics on which nothing was found."""
    return f"Not found in public sources: {'; '.join(topics)}."


def corrections(dossier: Country) -> list[Piece]:
    """Return the corrections by the country's participants; [] for the public."""
    reported = [] if dossier.public else dossier.data.get("corrections", [])
    quotes = [Quote(person_lines(item["text"]), by=and_words(item["by"])) for item in reported]
    return [Heading(WRONG, 3), *quotes] if quotes else []


def all_sources(dossier: Country) -> list[FactSource]:
    """Return the sources of all facts without duplicates, in the order of their numbers."""
    by_key = {_key(s): s for fact in dossier.data["facts"] for s in fact["sources"]}
    return list(by_key.values())


def _key(source: FactSource) -> tuple[str, str]:
    return source["title"], source["url"]


def source_line(source: FactSource) -> Line:
    """Return one source as a line of the list of sources."""
    year = f", {source['year']}" if source["year"] else ""
    return (
        Span(source["title"] or source["url"], href=source["url"] or "", own=True),
        Span(f". {source['publisher']}{year}.{read_on(source)}"),
    )


def read_on(source: FactSource) -> str:
    """Return the words on when a source was read, and whether it was a copy."""
    day, copy = source.get("read"), " We used a copy." if source.get("stored_copy") else ""
    return copy + (f" Read on {day_words(date.fromisoformat(day))}." if day else "")
