"""Rows of the tables on people, sessions, groups, facts and reports."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from seminarkit.core.forms.audiences import READERS
from seminarkit.core.seminar.assignments import contact_id
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import CoreParticipant, Seminar
from seminarkit.core.seminar.roles import CASE_PRESENTER
from seminarkit.core.seminar.sessions import Session
from seminarkit.core.submissions.audience import may_come
from seminarkit.data.dossier_rows import fact_row
from seminarkit.data.lookup_errors import AudienceError
from seminarkit.data.source import Reader
from seminarkit.topics.countries.dossier import FactSource

Rows = Sequence[Mapping[str, object]]
_OTHER_ROLES = (
    *("NEO", "programme", CASE_PRESENTER.name),
    *("a former core participant", "no longer in the seminar"),
)


def roles(seminar: Seminar) -> list[str]:
    """Return the roles of people, sorted; roles outside the delegations come last."""
    of_people = {
        person.role
        for delegations in (seminar.delegations, seminar.former)
        for people in delegations.values()
        for person in people
    }
    return [*sorted(of_people - set(_OTHER_ROLES)), *_OTHER_ROLES]


def people(seminar: Seminar, reader: Reader) -> Rows:
    """Return the people of delegations, NEOs and the programme; raises AudienceError."""
    if reader == "public":
        raise AudienceError(
            "The list of people is for core participants. Write: "
            "data.read(audience='core').people()"
        )
    return list(_people(seminar, reader == "organisers"))


def _people(seminar: Seminar, with_email: bool) -> Iterator[dict[str, object]]:
    for code in seminar.countries:
        if contact := seminar.contacts.get(code):
            yield {
                "person": contact_id(code),
                "name": contact.name,
                "country": code,
                "role": "NEO",
                "email": contact.email if with_email else None,
            }
        for person in seminar.delegations.get(code, []):
            yield _participant(seminar, code, person, with_email)
    for name, speaker in seminar.people.items():
        row = {"person": name, "name": speaker.name, "role": "programme"}
        yield row | {"group": _groups_of(seminar, name)}


def _participant(
    seminar: Seminar, code: str, person: CoreParticipant, with_email: bool
) -> dict[str, object]:
    return {
        "person": person.id,
        "name": person.name,
        "country": code,
        "role": person.role,
        "profile": person.profile,
        "group": _groups_of(seminar, person.id),
        "email": person.email if with_email else None,
    }


def _groups_of(seminar: Seminar, person: str) -> list[str]:
    return [
        group.id
        for session in seminar.sessions
        for group in seminar.seating.get(session.id, [])
        if person in (*group.people, group.chair, group.discussant)
    ]


def sessions(seminar: Seminar, reader: Reader) -> Rows:
    """Return the sessions that a reader may attend."""
    visible = [s for s in seminar.sessions if reader == "organisers" or may_come(s, reader)]
    return [
        {
            "id": session.id,
            "title": session.title,
            "kind": session.kind,
            "start": _moment(seminar, session, "start"),
            "end": _moment(seminar, session, "end"),
            "access": session.access,
            "topics": session.topics,
            "cases": session.cases,
        }
        for session in visible
    ]


def _moment(seminar: Seminar, session: Session, which: str) -> str:
    clock = session.start if which == "start" else session.end
    return datetime.combine(session.date, clock, seminar.zone).isoformat()


def groups(seminar: Seminar, reader: Reader) -> Rows:
    """Return the decided groups, in the order of the programme."""
    return [
        {
            "id": group.id,
            "session": session.id,
            "title": group.title,
            "case": group.case,
            "chair": group.chair,
            "discussant": group.discussant,
            "rapporteur": group.rapporteur,
            "confirmed": group.confirmed,
            "people": group.people,
        }
        for session in seminar.sessions
        if reader == "organisers" or may_come(session, reader)
        for group in seminar.seating.get(session.id, [])
    ]


def facts(folder: SeminarFolder) -> Rows:
    """Return the publicly known facts on the seminar's countries, with their sources."""
    last, facts_file = folder.seminar.last_day.year, folder.facts
    return [
        fact_row(
            code,
            {
                "topic": fact.topic,
                "text": fact.text,
                "year": fact.year,
                "sources": [
                    cast(FactSource, facts_file.sources[i].model_dump(mode="json"))
                    for i in fact.sources
                ],
            },
            last,
        )
        for code in folder.seminar.countries
        for fact in facts_file.countries.get(code, [])
    ]


def report_records(folder: SeminarFolder, reader: Reader) -> Rows:
    """Return the reports that a reader may open, sorted by audience and subject."""
    open_to_reader = {audience for audience in READERS if reader in READERS[audience]}
    reports: dict[tuple[str, str], dict[str, object]] = {}
    for path in sorted(folder.reports.glob("*/*")):
        subject, _, ending = path.name.partition(".")
        place = path.parent.name, subject
        if path.parent.name not in open_to_reader:
            continue
        if ending == "json" and (record := _read_record(path)):
            reports[place] = {**_record(record), "status": "made"} | reports.get(place, {})
        elif ending == "failed.ipynb":
            keys = {"subject": subject, "audience": path.parent.name}
            reports[place] = {**reports.get(place, keys), "status": "failed"}
    return [reports[place] for place in sorted(reports)]


# JSON from a file; other keys are dropped below
def _read_record(path: Path) -> dict[str, Any] | None:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) and "notebook" in record else None


# as above
def _record(record: Mapping[str, Any]) -> dict[str, object]:
    names = ("notebook", "subject", "audience", "finished_at", "seconds")
    return {name: record.get(name) for name in names}
