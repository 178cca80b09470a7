"""The dossiers of the briefs: all that who leads a session or a group should have at hand.

The brief of a group is for its people, so it holds what they may read, and no more of others than
every core participant may. What is for the chair alone is on no brief but on the chair's own page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from seminarkit.core.disk.attempts import Attempts, dossier_name
from seminarkit.core.errors import SeminarError
from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.clock import session_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.promise_log import Promises, read_promises
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import Readable, readable
from seminarkit.core.submissions.board_rows import Row
from seminarkit.topics.briefs.dossier import BriefDossier, Surveyed
from seminarkit.topics.briefs.opening_words import Words, lines_for, read_words, who_comes
from seminarkit.topics.briefs.people import notes_by, people, seats, still_open
from seminarkit.topics.briefs.preparation import Prepared, prepared
from seminarkit.topics.briefs.room_forms import readable_in, room_reader
from seminarkit.topics.briefs.running_order import running
from seminarkit.topics.briefs.topics_to_discuss import asked_of, left_by, reported, reviews
from seminarkit.topics.groups.rooms import BRIEF, Briefed, briefed
from seminarkit.topics.questions.discussion import Discussion, discussion
from seminarkit.topics.questions.dossier import QuestionsDossier
from seminarkit.topics.survey.counting import respondents
from seminarkit.topics.survey.totals import survey_of


def briefs(
    folder: SeminarFolder,
    rows: Sequence[Row],
    submissions: Sequence[Submission],
    page: QuestionsDossier | None,
    attempts: Attempts | None = None,
) -> dict[tuple[Audience, str], BriefDossier]:
    """Return the dossier of every brief by its reader and subject.

    ``page`` is the dossier of the questions, None where it could not be made. What fails is noted
    in ``attempts``; without them it is raised at the end.
    """
    noted = attempts or Attempts()
    common = cache(partial(_common, folder, rows, submissions, page))
    made: dict[tuple[Audience, str], BriefDossier] = {}
    for about in briefed(folder.seminar):
        reader = room_reader(about)
        with noted.at(dossier_name(reader, about.subject)):
            shared = common()
            seen = readable_in(folder, about, submissions, reader, shared.promises)
            made[reader, about.subject] = _brief(folder, about, seen, reader, shared)
    if attempts is None:
        noted.raise_first()
    return made


@dataclass(frozen=True)
class _Common:
    """What all briefs are made from."""

    found: Discussion
    surveyed: Mapping[str, Submission] | None
    done: Mapping[str, Prepared]
    words: Words
    promises: Promises
    page: QuestionsDossier


def _common(
    folder: SeminarFolder,
    rows: Sequence[Row],
    submissions: Sequence[Submission],
    page: QuestionsDossier | None,
) -> _Common:
    if page is None:
        raise SeminarError(
            "The questions that belong into it could not be put together: see there."
        )
    survey = survey_of(folder)
    return _Common(
        found=discussion(folder, readable(folder, submissions, "core")),
        surveyed=respondents(folder.seminar, submissions, survey.form, survey.parts[0].subject)
        if survey
        else None,
        done=prepared(folder.seminar, rows),
        words=read_words(folder),
        promises=read_promises(folder),
        page=page,
    )


def remove_former(folder: SeminarFolder) -> None:
    """Remove dossiers and reports of sessions and groups that there are not any more."""
    known = {(room_reader(about), about.subject) for about in briefed(folder.seminar)}
    for place in (folder.dossiers, folder.reports):
        for path in place.glob(f"*/{BRIEF}*"):
            if (path.parent.name, path.name.split(".")[0]) not in known:
                path.unlink()


def _brief(
    folder: SeminarFolder,
    about: Briefed,
    submissions: Sequence[Readable],
    reader: Audience,
    common: _Common,
) -> BriefDossier:
    seminar, session, words = folder.seminar, about.session, common.words
    sitting = seats(seminar, about, common.done)
    return {
        "subject": about.subject,
        "audience": reader,
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
        "who": who_comes(seminar, session),
        "people": people(seminar, about),
        "open": still_open(seminar, about),
        "notes_by": notes_by(seminar, about),
        "seats": sitting,
        "running": running(folder, about, submissions),
        "topics": session.topics,
        "questions": asked_of(folder, about, common.found, common.page),
        "left": left_by(folder, about, submissions),
        "reports": reported(folder, about, submissions),
        "reviews": reviews(folder, about, submissions),
        "opening": lines_for(folder, words.opening, about),
        "checklist": lines_for(folder, words.checklist, about),
        "footnotes": seminar.footnote_lines({seat["code"] for seat in sitting}),
        "titles": {each.id: each.title for each in seminar.sessions},
        "surveyed": _surveyed(about, common.surveyed),
    }


def _surveyed(about: Briefed, given: Mapping[str, Submission] | None) -> Surveyed | None:
    """Return how many of the group have answered the survey: what they said is for the chair."""
    if not about.group or given is None:
        return None
    return {
        "answered": len(set(about.group.people) & set(given)),
        "people": len(about.group.people),
    }
