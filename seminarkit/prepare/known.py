"""What a form shows because it is known already: people correct instead of starting empty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from seminarkit.prepare.grouped import group_lines
from seminarkit.seminar.assignments import Assignment
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.store.submission import Submission

Line = dict[str, Any]


def known_lines(
    folder: SeminarFolder, assignment: Assignment, fill: str, received: Sequence[Submission]
) -> list[Line]:
    """Return the lines below a note: ``text``, and ``links`` to its sources as [words, address].

    Those that can be ticked have a ``code``.

    ``fill`` is what the form's definition asks for, see ``Question`` in forms/definition.py;
    ``received`` is what came so far.
    """
    if fill.startswith("group"):
        return group_lines(folder, assignment.subject, fill, received)
    if fill == "case":
        return _case(folder, assignment.subject)
    if fill == "case_questions":
        questions = folder.cases[assignment.subject].questions
        return [{"text": question, "links": []} for question in questions]
    return _country(folder, assignment.author.country)


def _country(folder: SeminarFolder, country: str) -> list[Line]:
    facts = folder.facts.countries.get(country, [])
    return [
        {
            "text": f"{fact.topic}: {fact.text}",
            "links": _links(folder, fact.sources),
        }
        for fact in facts
    ]


def _case(folder: SeminarFolder, subject: str) -> list[Line]:
    case = folder.cited_cases[subject]
    place = f"{case.institution}, {case.country_name or case.country}"
    presenter = f"presented by {case.presenter}" if case.presenter else "presenter not named yet"
    lines: list[Line] = [{"text": f"{place}; {presenter}", "links": []}]
    for term, stated in (("Level", case.perspective), ("Purpose", case.policy_purpose)):
        if stated:
            reading = f"; our reading: {stated.our_reading}" if stated.our_reading else ""
            lines.append({"text": f"{term}: {stated.value}{reading}", "links": []})
    video = [["recording", case.video]] if case.video else []
    words = "Recording:" if video else "No address of the recording is known."
    lines.append({"text": words, "links": video})
    for known in case.known:
        text = f"{known.when[:1].upper()}{known.when[1:]}: {known.text}"
        lines.append({"text": text, "links": _links(folder, known.sources)})
    return lines


def _links(folder: SeminarFolder, sources: Sequence[str]) -> list[list[str]]:
    return [[folder.sources[s].publisher, folder.sources[s].url] for s in sources]
