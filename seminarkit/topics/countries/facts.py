"""Build the dossier of one country for one audience."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import cast

from seminarkit.core.forms.audiences import is_read_by
from seminarkit.core.forms.outline import outline
from seminarkit.core.forms.question_kinds import kind_of
from seminarkit.core.forms.shapes import Audience, choices_of, is_question, questions
from seminarkit.core.seminar.clock import city, day_words, deadline_words, local_hours
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar, Task
from seminarkit.core.submissions.audience import Readable, may_come
from seminarkit.core.submissions.board_rows import BoardCell, BoardRow
from seminarkit.core.submissions.dossier_parts import AskedForm, SharedLink, SignMark
from seminarkit.core.submissions.form_entries import country_forms, entries
from seminarkit.core.submissions.messages_to_organisers import corrections, corrections_asked
from seminarkit.topics.countries.dossier import (
    CountryDossier,
    CountryFact,
    FactSource,
    ProgrammeLine,
    Sent,
)


def country_dossier(
    folder: SeminarFolder,
    row: BoardRow,
    submissions: Sequence[Readable],
    audience: Audience,
    shared: Callable[[], Sequence[SharedLink]],
    asked: dict[str, AskedForm],
    mark: SignMark | None,
) -> CountryDossier:
    """Return the dossier of one country.

    ``shared`` returns the links that several reports name; ``asked`` are the forms that the
    audience may read, and ``mark`` is the state of the sign-off.
    """
    seminar, code = folder.seminar, row.country
    dossier: CountryDossier = {
        "subject": "country",
        "audience": audience,
        "seminar": {
            "title": seminar.title,
            "series": seminar.series,
            "zone": city(seminar.time_zone),
            "year": min(session.date for session in seminar.sessions).year,
        },
        "country": {
            "code": code,
            "name": row.name,
            "in_text": seminar.in_text(code),
            "footnote": seminar.footnote(code),
            "region": seminar.region_name(code),
        },
        "facts": _facts(folder, code),
        "facts_not_found": list(folder.facts.gaps.get(code, ())),
        "forms": {
            name: entries(folder, form, submissions)
            for name, form in country_forms(folder).items()
            if is_read_by(form["audience"], audience)
        },
        "outlines": {  # without corrections, which are shown beside the facts
            name: outline(form, audience, corrections_asked(form))
            for name, form in country_forms(folder).items()
            if is_read_by(form["audience"], "core")  # others are not even mentioned
        },
        "links": [link for link in shared() if any(n["code"] == code for n in link["named"])],
        "choices": {
            field["name"]: list(choices_of(field))
            for form in country_forms(folder).values()
            if is_read_by(form["audience"], audience)
            for field in questions(form["fields"])
            if is_question(field) and kind_of(field).choices and not kind_of(field).several
        },
        "programme": _programme(seminar, code, audience),
        "asked": asked,
    }
    if mark:
        dossier["signature"] = mark
    if audience == "core":
        dossier["corrections"] = corrections(folder, submissions)
        dossier["signed"] = next((cell.signed for cell in row.cells if cell.signed), "")
        on_board = {task.form for task in seminar.board_tasks}
        dossier["beside"] = [name for name in dossier["forms"] if name not in on_board]
        dossier["tasks"] = [
            {
                "title": task.title,
                "due": deadline_words(seminar, task, code),
                "state": cell.state,
                "words": cell.words,
                "people": list(_people(folder, task, cell)),
            }
            for task, cell in zip(seminar.board_tasks, row.cells, strict=True)
        ]
    return dossier


def _people(folder: SeminarFolder, task: Task, cell: BoardCell) -> Iterator[Sent]:
    """Yield the state of a task for each person of the delegation."""
    for entry in (*cell.entries, *cell.former):
        if entry.state == "missing" and (task.needed or task.per == "delegation"):
            continue  # not required from every person
        words: str = "not yet" if entry.state == "missing" else entry.state
        if entry.state == "draft":
            words = entry.draft_words
        if about := folder.subject_name(task, entry.subject):
            words += f" ({about})"
        if entry.receipt:
            words += f", receipt {entry.receipt}"
        if entry in cell.former:
            words += ", no longer counted"
        yield {"name": entry.name, "words": words + (", late" if entry.late else "")}
    if task.needed:
        done = {entry.name: 0 for entry in cell.entries}
        for entry in cell.entries:
            done[entry.name] += entry.state == "complete"
        for name, number in done.items():
            if number < task.needed:
                yield {"name": name, "words": f"{number} of {task.needed} done"}


def _facts(folder: SeminarFolder, code: str) -> list[CountryFact]:
    sources = folder.facts.sources
    return [
        {
            "topic": fact.topic,
            "text": fact.text,
            "year": fact.year,
            "sources": [
                cast(FactSource, sources[source].model_dump(mode="json")) for source in fact.sources
            ],
        }
        for fact in folder.facts.countries.get(code, [])
    ]


def _programme(seminar: Seminar, code: str, audience: Audience) -> list[ProgrammeLine]:
    """Return the sessions that an audience may attend, in both time zones."""
    return [
        {
            "day": day_words(session.date, weekday=True),
            "hours": f"{session.start:%H:%M}–{session.end:%H:%M}",
            "local": local_hours(seminar, session, code),
            "title": session.title,
            "access": session.access,
        }
        for session in seminar.sessions
        if may_come(session, audience)
    ]
