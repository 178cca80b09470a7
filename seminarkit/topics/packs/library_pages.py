"""The pages of what to read: the reading list, the case studies, definitions and terms.

All of it is public. What is core about it, the closed sessions it is read for, stays on core pages.
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
class Place:
    """A session or discussion group that one reads for."""

    id: str
    title: str
    when: str


@dataclass(frozen=True)
class Shelf:
    """The readings of one place: those told in full here, and those told elsewhere on the page."""

    place: Place
    readings: Sequence[Reading]
    elsewhere: Sequence[Reading]


def places(folder: SeminarFolder, audience: Audience) -> list[Place]:
    """Return the sessions and groups that an audience may come to, in their order."""
    found = []
    for session in folder.seminar.sessions:
        if may_come(session, audience):
            when = f"{day_words(session.date)}, {session.start:%H:%M}–{session.end:%H:%M}"
            found.append(Place(session.id, session.title, when))
            found += [Place(group.id, group.title, when) for group in session.groups]
    return found


def readings_page(folder: SeminarFolder, audience: Audience, site: Frame | None = None) -> str:
    """Return the reading list: what everybody should read, then session by session."""
    visible = places(folder, audience)
    order = [place.id for place in visible]

    def rank(reading: Reading) -> tuple[int, int, str]:
        first = [order.index(s) for s in reading.sessions if s in order]
        return (min(first, default=len(order)), reading.minutes, reading.id)

    readings = sorted(folder.readings.values(), key=rank)
    first = [r for r in readings if r.for_everybody]
    rest = [r for r in readings if r.core and not r.must_read]
    # sorted by must_read last keeps the order of the programme within
    later = sorted((r for r in readings if not r.core), key=lambda r: not r.must_read)
    shelves = []
    for place in visible:
        mine = [r for r in rest if rank(r)[0] == order.index(place.id)]
        known = [r for r in (*first, *rest, *later) if place.id in r.sessions and r not in mine]
        if mine or known:
            shelves.append(Shelf(place, mine, known))
    return render(
        folder,
        "readings.html.j2",
        seminar=folder.seminar,
        first=first,
        shelves=shelves,
        unplaced=[r for r in rest if rank(r)[0] == len(order)],
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
    named = list(dict.fromkeys(case for session in sessions for case in session.cases))
    visible = [s for s in sessions if may_come(s, audience)]
    return render(
        folder,
        "cases.html.j2",
        seminar=folder.seminar,
        cases=[folder.cited_cases[case] for case in named],
        sessions={case: [s.title for s in visible if case in s.cases] for case in named},
        sheets=_sheets(folder, audience),
        citations=Citations(folder.sources),
        site=site or bare_frame(folder, audience),
    )


def _sheets(folder: SeminarFolder, audience: Audience) -> dict[str, list[dict[str, object]]]:
    """Return what presenters say of each case, from the dossier of this audience alone."""
    path = folder.dossiers / audience / "cases.json"
    if not path.is_file():
        return {}
    sheets: dict[str, list[dict[str, object]]] = {}
    for entries in json.loads(path.read_text(encoding="utf-8"))["forms"].values():
        for entry in entries:
            sheets.setdefault(entry["subject"], []).append(entry)
    return sheets


def definitions_page(folder: SeminarFolder, audience: Audience, site: Frame | None = None) -> str:
    """Return definitions side by side, each in words, and the glossary."""
    return render(
        folder,
        "definitions.html.j2",
        seminar=folder.seminar,
        data=folder.definitions,
        terms=sorted(folder.glossary, key=lambda term: term.term.casefold()),
        citations=Citations(folder.sources),
        site=site or bare_frame(folder, audience),
    )
