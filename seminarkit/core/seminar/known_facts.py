"""What is publicly known of a country or a case, as the lines that forms show."""

from __future__ import annotations

from collections.abc import Sequence

from seminarkit.core.forms.shapes import KnownLine
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.materials import Case

RECORDING, NO_RECORDING = "recording", "No address of the recording is known yet."
NOT_FOUND = "not found in public sources"


def country_lines(folder: SeminarFolder, country: str) -> list[KnownLine]:
    """Return the facts of a country: ``text``, and ``links`` as [words, address].

    What nothing was found on stands at the end, so that somebody who knows it can write it. What
    came after the seminar is left out: who fills in the form cannot know it.
    """
    year = folder.seminar.last_day.year
    known: list[KnownLine] = [
        {"text": f"{fact.topic}: {fact.text}", "links": _links(folder, fact.sources)}
        for fact in folder.facts.countries.get(country, [])
        if (fact.year or 0) <= year
    ]
    gaps = folder.facts.gaps.get(country, ())
    missing: list[KnownLine] = [
        {"text": f"{topic}: {NOT_FOUND}. Do you know it?", "links": []} for topic in gaps
    ]
    return known + missing


def case_lines(folder: SeminarFolder, subject: str, recording: str = "") -> list[KnownLine]:
    """Return what is known of a case, in the same shape; its presenter sent ``recording``."""
    case = folder.cited_cases[subject]
    place = f"{case.institution}, {case.country_name or case.country}"
    presenter = f"presented by {case.presenter}" if case.presenter else "presenter not named yet"
    lines: list[KnownLine] = [{"text": f"{place}; {presenter}", "links": []}]
    for term, stated in (("Level", case.perspective), ("Purpose", case.policy_purpose)):
        if stated:
            reading = f"; our reading: {stated.our_reading}" if stated.our_reading else ""
            lines.append({"text": f"{term}: {stated.value}{reading}", "links": []})
    address = recording or case.video
    video = [[RECORDING, address]] if address else []
    words = "Recording:" if video else NO_RECORDING
    lines.append({"text": words, "links": video})
    for known in case.known:
        text = f"{known.when[:1].upper()}{known.when[1:]}: {known.text}"
        lines.append({"text": text, "links": _links(folder, known.sources)})
    return lines


def case_state(case: Case, lines: Sequence[KnownLine]) -> str:
    """Say what a case lacks before it can be reviewed; ``lines`` are those that its form shows."""
    presenter = "" if case.presenter else "The presenter is not named yet."
    recorded = any(RECORDING in link for line in lines for link in line["links"])
    return " ".join(filter(None, (presenter, "" if recorded else NO_RECORDING)))


def _links(folder: SeminarFolder, sources: Sequence[str]) -> list[list[str]]:
    return [[folder.sources[s].publisher, folder.sources[s].url] for s in sources]
