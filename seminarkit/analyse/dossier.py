"""Dossiers: one JSON file with all that is known about one subject, for one audience.

A report notebook reads a dossier and nothing else. A public dossier never holds core material, so
what is made from it cannot leak any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TypeGuard, cast

from seminarkit.analyse.audience import AUDIENCES, Readable, may_come, readable, receipts_for
from seminarkit.analyse.board_rows import Cell, Row
from seminarkit.analyse.briefs import briefs, remove_former
from seminarkit.analyse.cases import cases_dossier
from seminarkit.analyse.comparison import comparison
from seminarkit.analyse.entries import country_forms, entries
from seminarkit.analyse.links import shared_links
from seminarkit.analyse.overview import overview
from seminarkit.analyse.public_reports import for_the_public, signatures
from seminarkit.analyse.question_list import asked_in, known_questions
from seminarkit.analyse.questions import questions_dossier
from seminarkit.analyse.status import board_of
from seminarkit.analyse.summary_files import write_summaries
from seminarkit.analyse.survey import all_surveys
from seminarkit.analyse.to_organisers import corrections, corrections_asked
from seminarkit.attempts import Attempts, dossier_name
from seminarkit.core.forms.kinds import kind_of
from seminarkit.core.forms.shapes import choices_of, is_question, questions
from seminarkit.files import to_json, write_whole
from seminarkit.forms.audiences import Audience, is_read_by
from seminarkit.forms.outline import outline
from seminarkit.seminar.clock import city, day_words, deadline_words, local_hours
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.seminar.model import Seminar, Task
from seminarkit.store.submission import Submission
from seminarkit.topics.briefs.dossier import BriefDossier
from seminarkit.topics.cases.dossier import CasesDossier
from seminarkit.topics.countries.dossier import (
    ComparisonDossier,
    CountryDossier,
    CountryFact,
    FactSource,
    OverviewDossier,
    ProgrammeLine,
    Sent,
    SharedLink,
    SignMark,
)
from seminarkit.topics.filled import AskedForm, Asking
from seminarkit.topics.questions.dossier import PublicQuestionsDossier, QuestionsDossier
from seminarkit.topics.schemas import write_schemas
from seminarkit.topics.survey.dossier import TotalsDossier

Dossier = (
    CountryDossier
    | ComparisonDossier
    | OverviewDossier
    | CasesDossier
    | QuestionsDossier
    | PublicQuestionsDossier
    | TotalsDossier
    | BriefDossier
)


def build_dossiers(
    folder: SeminarFolder, submissions: Sequence[Submission], attempts: Attempts | None = None
) -> dict[tuple[Audience, str], Path]:
    """Write all dossiers and their schemas; a file whose content stays the same is left alone.

    Returns the path by audience and subject: a country's code, ``comparison``, ``overview``,
    ``cases``, ``survey``, ``totals-`` and a form, ``questions``, ``day_recap``, ``conclusions``, or
    ``brief-`` and the id of a session or group. One that fails keeps its last good version and is
    noted in ``attempts``; without them, SeminarError is raised when all others are written.
    """
    noted = attempts or Attempts()
    rows = board_of(folder, submissions, receipts_for(folder.forms, "core"))
    remove_former(folder)
    found: dict[tuple[Audience, str], Dossier] = {}
    totals = all_surveys(folder, submissions, noted)
    signed = signatures(folder, submissions)
    for audience in AUDIENCES:
        shown = submissions
        if audience == "public":
            shown = for_the_public(folder, submissions, signed)
        seen = readable(folder, shown, audience)
        by_country: dict[str, list[Readable]] = {code: [] for code in folder.seminar.countries}
        for submission in seen:
            if submission.country in by_country:  # who presents a case study belongs to none
                by_country[submission.country].append(submission)
        shared = cache(partial(shared_links, folder, by_country, audience))
        marks = signed.marks(audience)
        asked = asked_in(country_forms(folder), audience)
        dossiers: dict[str, Dossier] = {}

        def make(
            subject: str,
            made: Callable[[], Dossier],
            audience: Audience = audience,
            dossiers: dict[str, Dossier] = dossiers,
        ) -> None:
            with noted.at(dossier_name(audience, subject)):
                dossiers[subject] = made()

        for row in rows:
            own, code = by_country[row.country], row.country
            mark = marks.get(code)
            make(code, partial(country_dossier, folder, row, own, audience, shared, asked, mark))
        make("comparison", partial(_compared, folder, by_country, audience, shared, marks))
        make("cases", partial(cases_dossier, folder, seen, audience))
        make("overview", partial(overview, folder, rows, by_country, audience, signed))
        make("questions", partial(questions_dossier, folder, seen, audience))
        dossiers |= {subject: each for (a, subject), each in totals.items() if a == audience}
        if audience == "core":
            page = cast("QuestionsDossier | None", dossiers.get("questions"))  # that for core
            found |= briefs(folder, rows, submissions, page, noted)
        found |= {(audience, subject): dossier for subject, dossier in dossiers.items()}
    asks = known_questions(folder)
    for (_, subject), dossier in found.items():
        if _names_questions(dossier, folder, subject):
            dossier["asks"] = asks
    written: dict[tuple[Audience, str], Path] = {}
    for (reader, subject), dossier in found.items():
        path = folder.dossiers / reader / f"{subject}.json"
        with noted.at(dossier_name(reader, subject)):
            write_whole(path, to_json(dossier))
            written[reader, subject] = path
    written |= write_summaries(folder, submissions, noted)
    with noted.at("schemas of dossiers"):
        write_schemas(folder.dossiers)
    if attempts is None:
        noted.raise_first()
    return written


def _compared(
    folder: SeminarFolder,
    by_country: Mapping[str, Sequence[Readable]],
    audience: Audience,
    shared: Callable[[], Sequence[SharedLink]],
    marks: Mapping[str, SignMark],
) -> ComparisonDossier:
    dossier = comparison(folder, by_country, audience)
    dossier["links"], dossier["signatures"] = list(shared()), dict(marks)
    return dossier


def _names_questions(
    dossier: Mapping[str, object], folder: SeminarFolder, subject: str
) -> TypeGuard[Asking]:
    """Say whether the notebook of a subject names the questions that it shows."""
    of_country = subject in folder.seminar.countries
    return of_country or subject == "comparison" or subject.startswith("brief-")


def country_dossier(
    folder: SeminarFolder,
    row: Row,
    submissions: Sequence[Readable],
    audience: Audience,
    shared: Callable[[], Sequence[SharedLink]],
    asked: dict[str, AskedForm],
    mark: SignMark | None,
) -> CountryDossier:
    """Return the dossier of one country.

    ``shared`` returns the links that several reports name; ``asked`` are the forms that the
    audience may read, and ``mark`` says how far the sign-off is.
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
        "outlines": {  # corrections of the facts stand beside the facts
            name: outline(form, audience, corrections_asked(form))
            for name, form in country_forms(folder).items()
        },
        "links": [each for each in shared() if any(n["code"] == code for n in each["named"])],
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


def _people(folder: SeminarFolder, task: Task, cell: Cell) -> Iterator[Sent]:
    """Yield what each person of the delegation has sent for a task, or that it is not there yet."""
    for entry in (*cell.entries, *cell.former):
        if entry.state == "missing" and (task.needed or task.per == "delegation"):
            continue  # nobody owes this very one
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
                cast(FactSource, sources[each].model_dump(mode="json")) for each in fact.sources
            ],
        }
        for fact in folder.facts.countries.get(code, [])
    ]


def _programme(seminar: Seminar, code: str, audience: Audience) -> list[ProgrammeLine]:
    """Return the sessions that an audience may come to, in both clocks."""
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
