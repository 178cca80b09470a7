"""What a room has to talk about: questions, what an earlier round left, what was reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seminarkit.core.forms.shapes import CompiledForm, questions
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.sessions import DiscussionGroup, Session
from seminarkit.core.submissions.audience import Readable
from seminarkit.core.submissions.dossier_parts import Answer
from seminarkit.core.submissions.form_entries import entry_of
from seminarkit.core.submissions.merged_report import counted
from seminarkit.topics.briefs.dossier import (
    CountryQuotes,
    EarlierNotes,
    Quoted,
    Review,
    RoomMatter,
)
from seminarkit.topics.briefs.speaking_slots import in_turns
from seminarkit.topics.groups.rooms import Briefed, briefed
from seminarkit.topics.questions.agenda import for_session, handed_over
from seminarkit.topics.questions.discussion import Discussion
from seminarkit.topics.questions.dossier import QuestionsDossier
from seminarkit.topics.questions.marks import Matter

REVIEW = "case_review"


def asked_of(
    folder: SeminarFolder, about: Briefed, found: Discussion, page: QuestionsDossier
) -> list[RoomMatter]:
    """Return a room's questions in the order to take them up, as the page of questions has them.

    Each has ``here``, whether somebody in the room asks it, and ``near``: others of this list that
    might ask the same. In a group without a case those of its own people come first, as the other
    groups of the session have the same list.
    """
    listed = for_session(folder.seminar, found.matters, about.session.id, about.case)
    inside = set(about.group.people) if about.group else set()
    if inside and not about.case:
        listed.sort(key=lambda matter: not inside & _people(matter))
    ids = {question.id: question.text for matter in listed for question in matter.questions}
    before = handed_over(folder.seminar, found.matters, about.session.id, about.case)
    carried = {matter.lead.id for matter in before}
    return [
        {
            **page["matters"][matter.lead.id],
            "id": matter.lead.id,
            "here": bool(inside & _people(matter)),
            "handed": matter.lead.id in carried,
            "near": [
                {"id": each, "text": ids[each]}
                for question in matter.questions
                for each in page["near"].get(question.id, ())
                if each in ids
            ],
        }
        for matter in listed
    ]


def left_by(
    folder: SeminarFolder, about: Briefed, submissions: Sequence[Readable]
) -> list[EarlierNotes]:
    """Return the notes of earlier groups on the same case; for another session, of all before it.

    A note has ``group``, ``chair`` and ``answers``; none where nothing has come from that group.
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
        for session, earlier in _before(folder, about)
    ]


def reported(
    folder: SeminarFolder, about: Briefed, submissions: Sequence[Readable]
) -> list[CountryQuotes]:
    """Return for each country in the room what its report says in the questions that are quoted.

    Another country begins in every room, as paper may end before the list does.
    """
    seminar = folder.seminar
    codes = {person[:2] for person in (about.group.people if about.group else [])}
    forms = [folder.forms[task.form] for task in seminar.tasks if task.per == "delegation"]
    reports: list[CountryQuotes] = []
    for code, _ in in_turns([(code, code) for code in codes], about.id):
        mine = [s for s in submissions if s.country == code]
        quoted = [each for form in forms for each in _quoted(folder, form, mine)]
        reports.append(
            {
                "code": code,
                "country": seminar.display_name(code),
                "in_text": seminar.in_text(code),
                "quoted": quoted,
            }
        )
    return reports


def reviews(folder: SeminarFolder, about: Briefed, submissions: Sequence[Readable]) -> list[Review]:
    """Return the reviews of the group's case, those of its own people first."""
    inside = set(about.group.people) if about.group else set()
    mine = [s for s in submissions if about.case and s.form == REVIEW and s.subject == about.case]
    mine.sort(key=lambda s: (s.person not in inside, not s.complete, s.person))
    return [
        {
            **entry_of(folder, folder.forms[REVIEW], s),
            "here": s.person in inside,
            "code": s.country,
        }
        for s in mine
    ]


def _people(matter: Matter) -> set[str]:
    return {question.person for question in matter.questions if question.person}


def _note_forms(folder: SeminarFolder) -> set[str]:
    return {task.form for task in folder.seminar.tasks if task.sessions}


def _before(folder: SeminarFolder, about: Briefed) -> Iterator[tuple[Session, DiscussionGroup]]:
    """Yield the earlier groups whose notes matter: of the same case, else of the days before."""
    begin = (about.session.date, about.session.start)
    for each in briefed(folder.seminar):
        session = each.session
        if each.group and (session.date, session.start) < begin:
            before = session.date < about.session.date and not about.case
            if (about.case and each.case == about.case) or (before and about.session.seats):
                yield session, each.group


def _notes(folder: SeminarFolder, submission: Readable | None) -> list[Answer]:
    if submission is None:
        return []
    return entry_of(folder, folder.forms[submission.form], submission)["answers"]


def _quoted(
    folder: SeminarFolder, form: CompiledForm, mine: Sequence[Readable]
) -> Iterator[Quoted]:
    names = {field["name"] for field in questions(form["fields"]) if field.get("quoted")}
    for submission in counted(mine, form["form"])[:1]:
        entry = entry_of(folder, form, submission)
        for answer in entry["answers"]:
            if answer["name"] in names:
                yield {"label": answer["label"], "shown": answer["shown"], "by": entry["by"]}
