"""List public facts about a country or a case, to show in forms."""

from __future__ import annotations

from collections.abc import Sequence

from seminarkit.core.forms.shapes import KnownLine
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.materials import Case

RECORDING, NO_RECORDING = "recording", "No address of the recording is known yet."
NOT_FOUND = "not found in public sources"


def country_lines(folder: SeminarFolder, country: str) -> list[KnownLine]:
    """Return the facts about a country: ``text``, and ``links`` as [words, address].

    Topics without a source come last, as questions to the author of the form. Events after the
    seminar are left out.
    """
    year = folder.seminar.last_day.year
    facts: list[KnownLine] = [
        {"text": f"{fact.topic}: {fact.text}", "links": _links(folder, fact.sources)}
        for fact in folder.facts.countries.get(country, [])
        if (fact.year or 0) <= year
    ]
    gaps = folder.facts.gaps.get(country, ())
    gap_lines: list[KnownLine] = [
        {"text": f"{topic}: {NOT_FOUND}. Do you know it?", "links": []} for topic in gaps
    ]
    return facts + gap_lines


def case_lines(folder: SeminarFolder, subject: str, recording: str = "") -> list[KnownLine]:
    """Return the facts about a case as lines for a form, with the presenter's ``recording``."""
    case = folder.cited_cases[subject]
    place = f"{case.institution}, {case.country_name or case.country}"
    presenter = f"presented by {case.presenter}" if case.presenter else "presenter not named yet"
    lines: list[KnownLine] = [{"text": f"{place}; {presenter}", "links": []}]
    for term, statement in (("Level", case.perspective), ("Purpose", case.policy_purpose)):
        if statement:
            reading = f"; our reading: {statement.our_reading}" if statement.our_reading else ""
            lines.append({"text": f"{term}: {statement.value}{reading}", "links": []})
    address = recording or case.video
    video = [[RECORDING, address]] if address else []
    words = "Recording:" if video else NO_RECORDING
    lines.append({"text": words, "links": video})
    for fact in case.known:
        text = f"{fact.when[:1].upper()}{fact.when[1:]}: {fact.text}"
        lines.append({"text": text, "links": _links(folder, fact.sources)})
    return lines


def case_state(case: Case, lines: Sequence[KnownLine]) -> str:
    """Return a description of the information that a case still lacks. Its form shows ``lines``."""
    presenter = "" if case.presenter else "The presenter is not named yet."
    has_recording = any(RECORDING in link for line in lines for link in line["links"])
    return " ".join(filter(None, (presenter, "" if has_recording else NO_RECORDING)))


def _links(folder: SeminarFolder, sources: Sequence[str]) -> list[list[str]]:
    return [[folder.sources[s].publisher, folder.sources[s].url] for s in sources]
