"""Build the dossiers of questions, for core participants and for the public."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, overload

from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import signed
from seminarkit.topics.questions.agenda import by_turns, for_session, unanswered, without_question
from seminarkit.topics.questions.chat.stored_chats import SessionChat
from seminarkit.topics.questions.discussion import Discussion, discussion, similar_questions
from seminarkit.topics.questions.dossier import (
    AskedQuestion,
    Chat,
    MatterEntry,
    PublicQuestionsDossier,
    QuestionsDossier,
    Reworded,
)
from seminarkit.topics.questions.marks import Matter
from seminarkit.topics.questions.posted_questions import Question
from seminarkit.topics.questions.public_questions import public_sessions, session_entry, waiting
from seminarkit.topics.questions.question_sessions import attended_sessions, sessions_about
from seminarkit.topics.questions.rewordings import Rewording
from seminarkit.topics.questions.themes import themes_of


@overload
def questions_dossier(
    folder: SeminarFolder, submissions: Sequence[Submission], audience: Literal["core"]
) -> QuestionsDossier: ...


@overload
def questions_dossier(
    folder: SeminarFolder, submissions: Sequence[Submission], audience: Audience
) -> QuestionsDossier | PublicQuestionsDossier: ...


def questions_dossier(
    folder: SeminarFolder, submissions: Sequence[Submission], audience: Audience
) -> QuestionsDossier | PublicQuestionsDossier:
    """Return the dossier of the page of questions."""
    discussion_ = discussion(folder, submissions)
    if audience == "public":
        return {
            "subject": "questions",
            "audience": "public",
            "seminar": {"title": folder.seminar.title, "series": folder.seminar.series},
            "sessions": public_sessions(folder.seminar, discussion_),
        }
    return core_questions(folder, discussion_, similar_questions(folder, discussion_, submissions))


def core_questions(
    folder: SeminarFolder, discussion_: Discussion, near: dict[str, list[str]]
) -> QuestionsDossier:
    """Return all questions with their authors and the decisions on them, and lists of ids.

    ``cases``, ``sessions`` and ``nowhere`` list the ids of matters by topic, in turns of the
    countries; ``near`` are suggestions of similar questions.
    """
    seminar = folder.seminar
    matters = [matter for matter in discussion_.matters if matter.asks]
    names = {question.id: _name(seminar, question) for question in discussion_.questions}
    return {
        "subject": "questions",
        "audience": "core",
        "seminar": {"title": seminar.title, "series": seminar.series},
        "themes": [{"id": theme.id, "title": theme.title} for theme in seminar.themes],
        "matters": {matter.lead.id: _matter(seminar, matter, names) for matter in matters},
        "near": {key: ids for key, ids in near.items() if ids},
        "cases": [
            {"id": case.id, "title": case.institution, "matters": _about(matters, case.id)}
            for case in folder.cases.values()
        ],
        "sessions": [
            {
                **session_entry(session),
                "matters": _about(matters, session.id),
                "order": [m.lead.id for m in for_session(seminar, matters, session.id)],
                "chats": _chats(discussion_.chats, session.id),
            }
            for session in attended_sessions(seminar)
        ],
        "nowhere": [
            m.lead.id for m in matters if not any(_has_place(folder, q) for q in m.questions)
        ],
        "unanswered": [m.lead.id for m in unanswered(matters) if _is_left_over(m)],
        "silent": [seminar.in_text(code) for code in without_question(seminar, matters)],
        "footnotes": seminar.footnote_lines(),
        "lost": [_rewording(rewording) for rewording in discussion_.lost],
        "waiting": [
            {
                "id": entry.question.id,
                "session": entry.question.about,
                "text": entry.question.text,
                "tells": list(entry.tells),
            }
            for entry in waiting(seminar, discussion_)
        ],
        "remarks": [
            {"id": q.id, "session": q.about, "time": q.time, "by": names[q.id], "text": q.text}
            for m in discussion_.matters
            if not m.asks
            for q in m.questions
        ],
    }


def _chats(chats: Sequence[SessionChat], session: str) -> list[Chat]:
    return [
        {
            "name": taken.name,
            "lines": len(chat.lines),
            "dropped": taken.dropped,
            "others": taken.others,
            "unclear": taken.unclear,
            "notes": taken.notes,
        }
        for chat in chats
        if chat.session == session
        for taken in chat.taken
    ]


def _about(matters: Sequence[Matter], about: str) -> list[str]:
    """Return the ids of matters whose first question is on this topic, to list each once."""
    return [m.lead.id for m in by_turns([m for m in matters if m.lead.about == about])]


def _matter(seminar: Seminar, matter: Matter, names: dict[str, str]) -> MatterEntry:
    standing = matter.standing
    text = " ".join(question.text for question in matter.questions)
    return {
        "questions": [_question(seminar, question, names) for question in matter.questions],
        "themes": themes_of(text, seminar.themes),
        "mark": standing.mark,
        "text": standing.text,
        "marked_in": standing.session,
        "to": standing.to,
        "owner": standing.owner,
        "reworded": [_rewording(rewording) for rewording in matter.rewordings],
        "reactions": matter.reactions,
    }


def _rewording(rewording: Rewording) -> Reworded:
    return {
        "id": rewording.question,
        "now": rewording.now,
        "place": rewording.place,
        "was": rewording.was,
        "decided": "; ".join(rewording.decided),
    }


def _question(seminar: Seminar, question: Question, names: dict[str, str]) -> AskedQuestion:
    return {
        "id": question.id,
        "text": question.text,
        "why": question.why,
        "by": names[question.id],
        "person": "" if question.from_chat else question.person,
        "code": question.country,
        "country": seminar.display_name(question.country) if question.country else "",
        "time": question.time,
        "asks": question.asks,
        "draft": question.draft,
        "about": question.about,
        "sessions": sessions_about(seminar, question.about),
        "replies": [{"by": r.name, "time": r.time, "text": r.text} for r in question.replies],
    }


def _name(seminar: Seminar, question: Question) -> str:
    return question.name if question.from_chat else signed(seminar, question.person, "core")


def _has_place(folder: SeminarFolder, question: Question) -> bool:
    return question.about in folder.cases or bool(sessions_about(folder.seminar, question.about))


def _is_left_over(matter: Matter) -> bool:
    """Return whether a question is to be answered later: from the audience, parked or owned."""
    parked = matter.standing.mark == "parked" and not matter.standing.to
    return matter.lead.from_chat or parked or bool(matter.standing.owner)
