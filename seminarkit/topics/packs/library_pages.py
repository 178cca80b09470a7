"""The pages of readings, case studies, definitions and terms.

They are public, except for the closed sessions of a reading: only core pages name them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.clock import day_words, duration
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.page_templates import Frame, bare_frame, render
from seminarkit.core.seminar.reading_list import Reading
from seminarkit.core.submissions.audience import may_come
from seminarkit.topics.packs.citations import Citations


@dataclass(frozen=True)
class ReadingPlace:
    """A session or discussion group with readings."""

    id: str
    title: str
    when: str


@dataclass(frozen=True)
class Shelf:
    """The readings of one place: described here, or ``elsewhere`` on the page."""

    place: ReadingPlace
    readings: Sequence[Reading]
    elsewhere: Sequence[Reading]


def places(folder: SeminarFolder, audience: Audience) -> list[ReadingPlace]:
    """Return the sessions and groups that an audience may attend, in programme order."""
    place_list = []
    for session in folder.seminar.sessions:
        if may_come(session, audience):
            when = f"{day_words(session.date)}, {session.start:%H:%M}–{session.end:%H:%M}"
            place_list.append(ReadingPlace(session.id, session.title, when))
            place_list += [ReadingPlace(group.id, group.title, when) for group in session.groups]
    return place_list


def readings_page(folder: SeminarFolder, audience: Audience, site: Frame | None = None) -> str:
    """Return the reading list: first what everybody should read, then by session."""
    visible = places(folder, audience)
    order = [place.id for place in visible]

    def rank(reading: Reading) -> tuple[int, int, str]:
        positions = [order.index(s) for s in reading.sessions if s in order]
        return (min(positions, default=len(order)), reading.minutes, reading.id)

    readings = sorted(folder.readings.values(), key=rank)
    first = [r for r in readings if r.for_everybody]
    optional = [r for r in readings if r.core and not r.must_read]
    # sorting is stable: programme order is preserved within each half
    later = sorted((r for r in readings if not r.core), key=lambda r: not r.must_read)
    shelves = []
    for place in visible:
        own = [r for r in optional if rank(r)[0] == order.index(place.id)]
        described_elsewhere = [
            r for r in (*first, *optional, *later) if place.id in r.sessions and r not in own
        ]
        if own or described_elsewhere:
            shelves.append(Shelf(place, own, described_elsewhere))
    return render(
        folder,
        "readings.html.j2",
        seminar=folder.seminar,
        first=first,
        shelves=shelves,
        unplaced=[r for r in optional if rank(r)[0] == len(order)],
        later=later,
        number=len(readings),
        titles={place.id: place.title for place in visible},
        shelved={shelf.place.id for shelf in shelves},
        year=min(session.date for session in folder.seminar.sessions).year,
        duration=duration,
        citations=Citations(folder.sources),
        site=site or bare_frame(folder, audience),
    )


def cases_page(folder: SeminarFolder, audience: Audience, site: Frame | None = None) -> str:
    """Return the case studies that the programme names, in its order."""
    sessions = folder.seminar.sessions
    case_ids = list(dict.fromkeys(case for session in sessions for case in session.cases))
    visible = [s for s in sessions if may_come(s, audience)]
    return render(
        folder,
        "cases.html.j2",
        seminar=folder.seminar,
        cases=[folder.cited_cases[case] for case in case_ids],
        sessions={case: [s.title for s in visible if case in s.cases] for case in case_ids},
        sheets=_sheets(folder, audience),
        citations=Citations(folder.sources),
        site=site or bare_frame(folder, audience),
    )


def _sheets(folder: SeminarFolder, audience: Audience) -> dict[str, list[dict[str, object]]]:
    """Return the presenters' submissions by case, as far as this audience may read them."""
    path = folder.dossiers / audience / "cases.json"
    if not path.is_file():
        return {}
    sheets: dict[str, list[dict[str, object]]] = {}
    for entries in json.loads(path.read_text(encoding="utf-8"))["forms"].values():
        for entry in entries:
            sheets.setdefault(entry["subject"], []).append(entry)
    return sheets


def definitions_page(folder: SeminarFolder, audience: Audience, site: Frame | None = None) -> str:
    """Return the page of definitions side by side, and of the glossary."""
    return render(
        folder,
        "definitions.html.j2",
        seminar=folder.seminar,
        data=folder.definitions,
        terms=sorted(folder.glossary, key=lambda term: term.term.casefold()),
        citations=Citations(folder.sources),
        site=site or bare_frame(folder, audience),
    )
