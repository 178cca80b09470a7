"""The dossiers of the briefs: all that who leads a session or a group should have at hand.

A brief lies among the pages for core participants, so it holds what they may read. The answers of a
group's people to a form for organisers are for its chair alone; they are on no brief.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from seminarkit.analyse.brief_material import asked_of, left_by, reported, reviews
from seminarkit.analyse.brief_people import notes_by, people, seats, still_open
from seminarkit.analyse.brief_running import running
from seminarkit.analyse.brief_words import Words, lines_for, read_words
from seminarkit.analyse.counting import respondents
from seminarkit.analyse.discussion import Discussion, discussion
from seminarkit.analyse.prepared import Prepared, prepared
from seminarkit.analyse.status import Row
from seminarkit.analyse.totals import survey_of
from seminarkit.discuss.briefed import BRIEF, Briefed, briefed
from seminarkit.seminar.clock import session_words
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.seminar.model import Seminar
from seminarkit.store.index import Submission


def briefs(
    folder: SeminarFolder,
    rows: Sequence[Row],
    submissions: Sequence[Submission],
    page: dict[str, Any],
) -> dict[str, dict[str, Any]]:
    """Return the dossier of every brief by its subject; ``page`` is that of the questions."""
    found = discussion(folder, submissions)
    done = prepared(folder.seminar, rows)
    words = read_words(folder)
    return {
        about.subject: _brief(folder, about, submissions, found, done, words, page)
        for about in briefed(folder.seminar)
    }


def remove_former(folder: SeminarFolder) -> None:
    """Remove dossiers and reports of sessions and groups that there are not any more."""
    known = {about.subject for about in briefed(folder.seminar)}
    for place in (folder.dossiers, folder.reports):
        for path in (place / "core").glob(f"{BRIEF}*"):
            if path.name.split(".")[0] not in known:
                path.unlink()


def _brief(
    folder: SeminarFolder,
    about: Briefed,
    submissions: Sequence[Submission],
    found: Discussion,
    done: Mapping[str, Prepared],
    words: Words,
    page: dict[str, Any],
) -> dict[str, Any]:
    seminar, session = folder.seminar, about.session
    sitting = seats(seminar, about, done)
    return {
        "subject": about.subject,
        "audience": "core",
        "seminar": {"title": seminar.title, "series": seminar.series},
        "id": about.id,
        "title": about.title,
        "session": session.title if about.group else "",
        "kind": session.kind,
        "groups": bool(session.seats),
        "case": about.case,
        "when": session_words(seminar, session, ""),
        "minutes": session.minutes,
        "access": session.access,
        "people": people(seminar, about),
        "open": still_open(seminar, about),
        "notes_by": notes_by(seminar, about),
        "seats": sitting,
        "running": running(folder, about, submissions),
        "topics": session.topics,
        "questions": asked_of(folder, about, found, page),
        "left": left_by(folder, about, submissions),
        "reports": reported(folder, about, submissions),
        "reviews": reviews(folder, about, submissions),
        "surveyed": _surveyed(folder, about, submissions),
        "opening": lines_for(folder, words.opening, about),
        "checklist": lines_for(folder, words.checklist, about),
        "footnotes": _footnotes(seminar, {seat["code"] for seat in sitting}),
        "titles": {each.id: each.title for each in seminar.sessions},
    }


def _surveyed(
    folder: SeminarFolder, about: Briefed, submissions: Sequence[Submission]
) -> dict[str, int] | None:
    """Return how many of the group have answered the survey: what they said is for the chair."""
    survey = survey_of(folder)
    if not about.group or survey is None:
        return None
    given = respondents(folder.seminar, submissions, survey.form, survey.parts[0].subject)
    return {
        "answered": len(set(about.group.people) & set(given)),
        "people": len(about.group.people),
    }


def _footnotes(seminar: Seminar, codes: set[str]) -> list[str]:
    notes = {code: seminar.footnote(code) for code in seminar.countries if code in codes}
    return [f"{seminar.display_name(code)} {note}" for code, note in notes.items() if note]
