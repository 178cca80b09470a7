"""Build the dossiers: one JSON file with all data on one subject for one audience.

A report notebook reads a dossier and nothing else. A public dossier contains no core material, so a
report made from it cannot leak any.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TypeGuard, cast

from seminarkit.core.disk.attempts import Attempts, dossier_name
from seminarkit.core.disk.files import to_json, write_whole
from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import AUDIENCES, Readable, readable, receipts_for
from seminarkit.core.submissions.dossier_parts import Asking, SharedLink, SignMark
from seminarkit.core.submissions.form_entries import country_forms
from seminarkit.core.submissions.public_reports import for_the_public, signatures
from seminarkit.reports.dossier_schemas import write_schemas
from seminarkit.reports.known_questions import asked_in, known_questions
from seminarkit.topics.briefs.dossier import BriefDossier
from seminarkit.topics.briefs.facts import briefs, remove_former
from seminarkit.topics.cases.dossier import CasesDossier
from seminarkit.topics.cases.facts import cases_dossier
from seminarkit.topics.conclusions.dossier_files import write_summaries
from seminarkit.topics.countries.comparison_facts import comparison
from seminarkit.topics.countries.dossier import ComparisonDossier, CountryDossier, OverviewDossier
from seminarkit.topics.countries.facts import country_dossier
from seminarkit.topics.countries.overview_facts import overview
from seminarkit.topics.countries.shared_links import shared_links
from seminarkit.topics.progress.status_board import board_of
from seminarkit.topics.questions.dossier import PublicQuestionsDossier, QuestionsDossier
from seminarkit.topics.questions.facts import questions_dossier
from seminarkit.topics.survey.dossier import TotalsDossier
from seminarkit.topics.survey.facts import all_surveys

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
    """Write all dossiers and their schemas; a file whose content is unchanged is not rewritten.

    Return the paths by audience and subject: a country's code, ``comparison``, ``overview``,
    ``cases``, ``survey``, ``totals-`` and a form, ``questions``, ``day_recap``, ``conclusions``, or
    ``brief-`` and the id of a session or group. A dossier that fails keeps its last good version
    and is recorded in ``attempts``; without ``attempts``, SeminarError is raised once all others
    are written.
    """
    tries = attempts or Attempts()
    rows = board_of(folder, submissions, receipts_for(folder.forms, "core"))
    remove_former(folder)
    by_key: dict[tuple[Audience, str], Dossier] = {}
    totals = all_surveys(folder, submissions, tries)
    sign_offs = signatures(folder, submissions)
    for audience in AUDIENCES:
        visible = submissions
        if audience == "public":
            visible = for_the_public(folder, submissions, sign_offs)
        readable_ones = readable(folder, visible, audience)
        by_country: dict[str, list[Readable]] = {code: [] for code in folder.seminar.countries}
        for submission in readable_ones:
            if submission.country in by_country:  # a presenter of a case study has no country
                by_country[submission.country].append(submission)
        shared = cache(partial(shared_links, folder, by_country, audience))
        marks = sign_offs.marks(audience)
        forms = asked_in(country_forms(folder), audience)
        dossiers: dict[str, Dossier] = {}

        def add(
            subject: str,
            build: Callable[[], Dossier],
            audience: Audience = audience,
            dossiers: dict[str, Dossier] = dossiers,
        ) -> None:
            with tries.at(dossier_name(audience, subject)):
                dossiers[subject] = build()

        for row in rows:
            answers, code = by_country[row.country], row.country
            mark = marks.get(code)
            add(
                code,
                partial(country_dossier, folder, row, answers, audience, shared, forms, mark),
            )
        add("comparison", partial(_compared, folder, by_country, audience, shared, marks))
        add("cases", partial(cases_dossier, folder, readable_ones, audience))
        add("overview", partial(overview, folder, rows, by_country, audience, sign_offs))
        add("questions", partial(questions_dossier, folder, readable_ones, audience))
        dossiers |= {subject: total for (a, subject), total in totals.items() if a == audience}
        if audience == "core":
            page = cast("QuestionsDossier | None", dossiers.get("questions"))  # the core version
            by_key |= briefs(folder, rows, submissions, page, tries)
        by_key |= {(audience, subject): dossier for subject, dossier in dossiers.items()}
    question_names = known_questions(folder)
    for (_, subject), dossier in by_key.items():
        if _names_questions(dossier, folder, subject):
            dossier["asks"] = question_names
    paths: dict[tuple[Audience, str], Path] = {}
    for (reader, subject), dossier in by_key.items():
        path = folder.dossiers / reader / f"{subject}.json"
        with tries.at(dossier_name(reader, subject)):
            write_whole(path, to_json(dossier))
            paths[reader, subject] = path
    paths |= write_summaries(folder, submissions, tries)
    with tries.at("schemas of dossiers"):
        write_schemas(folder.dossiers)
    if attempts is None:
        tries.raise_first()
    return paths


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
    """Say whether the notebook on a subject names the questions that it shows."""
    of_country = subject in folder.seminar.countries
    return of_country or subject == "comparison" or subject.startswith("brief-")
