"""Builds the dossiers of the briefs.

All people of a group read its brief. So it contains what they may read, and about others only what
every core participant may read. What only the chair may read is on the chair's own page.
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
from seminarkit.core.submissions.board_rows import BoardRow
from seminarkit.topics.briefs.dossier import BriefDossier, Surveyed
from seminarkit.topics.briefs.opening_words import BriefWords, audience_words, lines_for, read_words
from seminarkit.topics.briefs.people import note_taker_name, open_parts, people, seats
from seminarkit.topics.briefs.preparation import Preparation, prepared
from seminarkit.topics.briefs.room_forms import readable_in_room, room_reader
from seminarkit.topics.briefs.running_order import running_order
from seminarkit.topics.briefs.topics_to_discuss import (
    case_reviews,
    country_quotes,
    earlier_notes,
    room_questions,
)
from seminarkit.topics.groups.rooms import BRIEF, BriefedRoom, briefed_rooms
from seminarkit.topics.questions.discussion import Discussion, discussion
from seminarkit.topics.questions.dossier import QuestionsDossier
from seminarkit.topics.survey.counting import respondents
from seminarkit.topics.survey.totals import survey_of


def briefs(
    folder: SeminarFolder,
    rows: Sequence[BoardRow],
    submissions: Sequence[Submission],
    page: QuestionsDossier | None,
    attempts: Attempts | None = None,
) -> dict[tuple[Audience, str], BriefDossier]:
    """Return the dossier of every brief, by audience and subject.

    ``page`` is the dossier of the questions, None if it failed. Failures are recorded in
    ``attempts``; without ``attempts``, the first one is raised at the end.
    """
    recorder = attempts or Attempts()
    common = cache(partial(_common, folder, rows, submissions, page))
    dossiers: dict[tuple[Audience, str], BriefDossier] = {}
    for about in briefed_rooms(folder.seminar):
        reader = room_reader(about)
        with recorder.at(dossier_name(reader, about.subject)):
            shared_data = common()
            readable_submissions = readable_in_room(
                folder, about, submissions, reader, shared_data.promises
            )
            dossiers[reader, about.subject] = _brief(
                folder, about, readable_submissions, reader, shared_data
            )
    if attempts is None:
        recorder.raise_first()
    return dossiers


@dataclass(frozen=True)
class _Common:
    """Data shared by all briefs."""

    discussion: Discussion
    respondents: Mapping[str, Submission] | None
    preparation: Mapping[str, Preparation]
    words: BriefWords
    promises: Promises
    page: QuestionsDossier


def _common(
    folder: SeminarFolder,
    rows: Sequence[BoardRow],
    submissions: Sequence[Submission],
    page: QuestionsDossier | None,
) -> _Common:
    if page is None:
        raise SeminarError(
            "It needs the questions, but their dossier could not be made: see the message on it."
        )
    survey = survey_of(folder)
    return _Common(
        discussion=discussion(folder, readable(folder, submissions, "core")),
        respondents=respondents(folder.seminar, submissions, survey.form, survey.parts[0].subject)
        if survey
        else None,
        preparation=prepared(folder.seminar, rows),
        words=read_words(folder),
        promises=read_promises(folder),
        page=page,
    )


def remove_former(folder: SeminarFolder) -> None:
    """Delete the dossiers and reports of sessions and groups that no longer exist."""
    current = {(room_reader(about), about.subject) for about in briefed_rooms(folder.seminar)}
    for root in (folder.dossiers, folder.reports):
        for path in root.glob(f"*/{BRIEF}*"):
            if (path.parent.name, path.name.split(".")[0]) not in current:
                path.unlink()


def _brief(
    folder: SeminarFolder,
    about: BriefedRoom,
    submissions: Sequence[Readable],
    reader: Audience,
    common: _Common,
) -> BriefDossier:
    seminar, session, words = folder.seminar, about.session, common.words
    seat_list = seats(seminar, about, common.preparation)
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
        "who": audience_words(seminar, session),
        "people": people(seminar, about),
        "open": open_parts(seminar, about),
        "notes_by": note_taker_name(seminar, about),
        "seats": seat_list,
        "running": running_order(folder, about, submissions),
        "topics": session.topics,
        "questions": room_questions(folder, about, common.discussion, common.page),
        "left": earlier_notes(folder, about, submissions),
        "reports": country_quotes(folder, about, submissions),
        "reviews": case_reviews(folder, about, submissions),
        "opening": lines_for(folder, words.opening, about),
        "checklist": lines_for(folder, words.checklist, about),
        "footnotes": seminar.footnote_lines({seat["code"] for seat in seat_list}),
        "titles": {scheduled.id: scheduled.title for scheduled in seminar.sessions},
        "surveyed": _surveyed(about, common.respondents),
    }


def _surveyed(
    about: BriefedRoom, respondents_by_id: Mapping[str, Submission] | None
) -> Surveyed | None:
    """Return how many of the group answered the survey; the answers are for the chair alone."""
    if not about.group or respondents_by_id is None:
        return None
    return {
        "answered": len(set(about.group.people) & set(respondents_by_id)),
        "people": len(about.group.people),
    }
