"""The page on the coverage of public facts by country and topic."""

from __future__ import annotations

from dataclasses import dataclass

from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.page_templates import Frame, render


@dataclass(frozen=True)
class CountryRow:
    """One country with its number of facts on each topic."""

    code: str
    name: str
    numbers: tuple[int, ...]


def facts_page(folder: SeminarFolder, audience: Audience, site: Frame) -> str:
    """Return the page as HTML: a table of countries and topics with the number of facts."""
    seminar, facts = folder.seminar, folder.facts
    rows = []
    for code in seminar.countries:
        topics = [fact.topic for fact in facts.countries.get(code, ())]
        numbers = tuple(topics.count(topic) for topic in facts.topics)
        rows.append(CountryRow(code, seminar.display_name(code), numbers))
    covered = sum(number > 0 for row in rows for number in row.numbers)
    return render(
        folder,
        "facts.html.j2",
        seminar=seminar,
        topics=facts.topics,
        rows=rows,
        covered=covered,
        missing=len(rows) * len(facts.topics) - covered,
        footnotes=seminar.footnote_lines(),
        site=site,
    )
