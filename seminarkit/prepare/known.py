"""What a form shows because it is known already: people correct instead of starting empty."""

from __future__ import annotations

from typing import Any

from seminarkit.seminar.assignments import Assignment
from seminarkit.seminar.folder import SeminarFolder

Line = dict[str, Any]


def known_lines(folder: SeminarFolder, assignment: Assignment, fill: str) -> list[Line]:
    """Return the lines below a note: ``text``, and ``links`` to its sources as [words, address].

    ``fill`` is what the form's definition asks for: ``country_facts`` or ``case``.
    """
    if fill == "case":
        return _case(folder, assignment.subject)
    return _country(folder, assignment.author.country)


def _country(folder: SeminarFolder, country: str) -> list[Line]:
    facts = folder.facts.countries.get(country, [])
    sources = folder.facts.sources
    return [
        {
            "text": f"{fact.topic}: {fact.text}",
            "links": [[sources[s].publisher, sources[s].url] for s in fact.sources],
        }
        for fact in facts
    ]


def _case(folder: SeminarFolder, subject: str) -> list[Line]:
    case = folder.cases[subject]
    return [{"text": case.institution, "links": []}]
