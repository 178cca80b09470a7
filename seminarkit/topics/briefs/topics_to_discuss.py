"""What a room discusses: questions, notes of earlier groups, country reports, case reviews."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seminarkit.core.forms.shapes import CompiledForm, questions
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.sessions import DiscussionGroup, Session
from seminarkit.core.submissions.audience import Readable
from seminarkit.core.submissions.dossier_parts import Answer
from seminarkit.core.submissions.form_entries import entry_of
from seminarkit.core.submissions.merged_report import counted_submissions
from seminarkit.topics.briefs.dossier import (
    CountryQuotes,
    EarlierNotes,
    Quoted,
    Review,
    RoomMatter,
)
from seminarkit.topics.briefs.speaking_slots import in_fair_order
from seminarkit.topics.groups.rooms import BriefedRoom, briefed_rooms
from seminarkit.topics.questions.agenda import for_session, handed_over
from seminarkit.topics.questions.discussion import Discussion
from seminarkit.topics.questions.dossier import QuestionsDossier
from seminarkit.topics.questions.marks import Matter

REVIEW = "case_review"


def room_questions(
    folder: SeminarFolder, about: BriefedRoom, discussion: Discussion, page: QuestionsDossier
) -> list[RoomMatter]:
    """Return the room's questions in the order to take them up, as on the page of questions.

    ``here`` is True if somebody in the room asks the question; ``near`` lists similar questions of
    the same room. In a group without a case, questions of its own people come first, because all
    groups of the session share one list.
    """
    matters = for_session(folder.seminar, discussion.matters, about.session.id, about.case)
    members = set(about.group.people) if about.group else set()
    if members and not about.case:
        matters.sort(key=lambda matter: not members & _people(matter))
    texts = {question.id: question.text for matter in matters for question in matter.questions}
    passed_on = handed_over(folder.seminar, discussion.matters, about.session.id, about.case)
    passed_on_ids = {matter.lead.id for matter in passed_on}
    return [
        {
            **page["matters"][matter.lead.id],
            "id": matter.lead.id,
            "here": bool(members & _people(matter)),
            "handed": matter.lead.id in passed_on_ids,
            "near": [
                {"id": question_id, "text": texts[question_id]}
                for question in matter.questions
                for question_id in page["near"].get(question.id, ())
                if question_id in texts
            ],
        }
        for matter in matters
    ]


def earlier_notes(
    folder: SeminarFolder, about: BriefedRoom, submissions: Sequence[Readable]
) -> list[EarlierNotes]:
    """Return the notes of earlier groups on the same case; without a case, of the days before.

    ``answers`` is empty if the group has sent none.
    """
    seminar = folder.seminar
    notes = {s.subject: s for s in submissions if s.form in _note_forms(folder)}
    return [
        {
            "group": earlier.title,
            "session": session.title,
            "chair": seminar.people[earlier.chair].name if earlier.chair else "",
            "answers": _notes(folder, notes.get(earlier.id)),
        }
        for session, earlier in _earlier_groups(folder, about)
    ]


def country_quotes(
    folder: SeminarFolder, about: BriefedRoom, submissions: Sequence[Readable]
) -> list[CountryQuotes]:
    """Return the quoted answers of each country in the room.

    The first country differs from room to room, because the page may have no space for all.
    """
    seminar = folder.seminar
    codes = {person[:2] for person in (about.group.people if about.group else [])}
    forms = [folder.forms[task.form] for task in seminar.tasks if task.per == "delegation"]
    reports: list[CountryQuotes] = []
    for code, _ in in_fair_order([(code, code) for code in codes], about.id):
        country_submissions = [s for s in submissions if s.country == code]
        quoted = [quote for form in forms for quote in _quoted(folder, form, country_submissions)]
        reports.append(
            {
                "code": code,
                "country": seminar.display_name(code),
                "in_text": seminar.in_text(code),
                "quoted": quoted,
            }
        )
    return reports


def case_reviews(
    folder: SeminarFolder, about: BriefedRoom, submissions: Sequence[Readable]
) -> list[Review]:
    """Return the reviews of the group's case, those by its own people first."""
    members = set(about.group.people) if about.group else set()
    received = [
        s for s in submissions if about.case and s.form == REVIEW and s.subject == about.case
    ]
    received.sort(key=lambda s: (s.person not in members, not s.complete, s.person))
    return [
        {
            **entry_of(folder, folder.forms[REVIEW], s),
            "here": s.person in members,
            "code": s.country,
        }
        for s in received
    ]


def _people(matter: Matter) -> set[str]:
    return {question.person for question in matter.questions if question.person}


def _note_forms(folder: SeminarFolder) -> set[str]:
    return {task.form for task in folder.seminar.tasks if task.sessions}


def _earlier_groups(
    folder: SeminarFolder, about: BriefedRoom
) -> Iterator[tuple[Session, DiscussionGroup]]:
    """Yield the earlier groups with relevant notes: on the same case, else of the days before."""
    begin = (about.session.date, about.session.start)
    for room in briefed_rooms(folder.seminar):
        session = room.session
        if room.group and (session.date, session.start) < begin:
            is_earlier_day = session.date < about.session.date and not about.case
            if (about.case and room.case == about.case) or (is_earlier_day and about.session.seats):
                yield session, room.group


def _notes(folder: SeminarFolder, submission: Readable | None) -> list[Answer]:
    if submission is None:
        return []
    return entry_of(folder, folder.forms[submission.form], submission)["answers"]


def _quoted(
    folder: SeminarFolder, form: CompiledForm, country_submissions: Sequence[Readable]
) -> Iterator[Quoted]:
    names = {field["name"] for field in questions(form["fields"]) if field.get("quoted")}
    for submission in counted_submissions(country_submissions, form["form"])[:1]:
        entry = entry_of(folder, form, submission)
        for answer in entry["answers"]:
            if answer["name"] in names:
                yield {"label": answer["label"], "shown": answer["shown"], "by": entry["by"]}
