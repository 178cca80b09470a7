"""Which questions of a public session's chat are published, and which wait for a decision."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from seminarkit.core.seminar.clock import day_words
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.sessions import Session
from seminarkit.core.submissions.audience import for_audience, may_come
from seminarkit.topics.questions.discussion import Discussion
from seminarkit.topics.questions.dossier import PublicQuestion, PublicSession, SessionName
from seminarkit.topics.questions.identifying_words import identifying_parts
from seminarkit.topics.questions.marks import MatterState
from seminarkit.topics.questions.posted_questions import Question
from seminarkit.topics.questions.question_sessions import attended_sessions

NAME_REMOVED = "[name removed]"
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])\s*")


@dataclass(frozen=True)
class Waiting:
    """A question that waits for a decision to publish it, and what may identify its author."""

    question: Question
    tells: tuple[str, ...]


def waiting(seminar: Seminar, discussion: Discussion) -> list[Waiting]:
    """Return the undecided questions of public chats that may identify their authors.

    A decision is on words: a reworded question has another id, and waits again.
    """
    names = shown_names(seminar, discussion)
    return [
        Waiting(question, tuple(pieces))
        for session in attended_sessions(seminar)
        for question, _ in _public_questions(discussion, session)
        if question.id not in discussion.published
        and (pieces := identifying_parts(seminar, question.text, names))
    ]


def waiting_words(number: int) -> str:
    """Return a sentence part on how many questions wait, and why."""
    many = "1 question" if number == 1 else f"{number} questions"
    verb, show = ("is", "it may show") if number == 1 else ("are", "they may show")
    return f"{many} from the audience {verb} not yet public, because {show} who asked"


def public_sessions(seminar: Seminar, discussion: Discussion) -> list[PublicSession]:
    """Return the published questions of the chats of public sessions, without any name.

    An answer is shown only if it was given to that very question; an answer to another one that is
    asked together with it may be for core participants.
    """
    withheld = {item.question.id for item in waiting(seminar, discussion)}
    withheld |= {
        decision.question for decision in discussion.published.values() if not decision.shown
    }
    names = shown_names(seminar, discussion)
    sessions: list[PublicSession] = []
    for session in attended_sessions(seminar):
        entries = [
            _entry(question, standing, _words(discussion, question), names)
            for question, standing in _public_questions(discussion, session)
            if question.id not in withheld
        ]
        if entries:
            by_time = sorted(entries, key=lambda entry: entry["time"])
            sessions.append({**session_entry(session), "asked": by_time})
    return sessions


def session_entry(session: Session) -> SessionName:
    """Return a session as the pages of questions show it."""
    when = f"{day_words(session.date)}, {session.start:%H:%M}–{session.end:%H:%M}"
    return {"id": session.id, "title": session.title, "when": when}


def shown_names(seminar: Seminar, discussion: Discussion) -> set[str]:
    """Return the names of chat speakers and of participants, without the programme's speakers."""
    names = {line.name for chat in discussion.chats for line in chat.lines}
    names |= {person.name for people in seminar.delegations.values() for person in people}
    return names - {person.name for person in seminar.people.values()}


def without_names(text: str, names: Collection[str]) -> str:
    """Return a text without e-mail addresses, and without full names as they are displayed.

    A name of a single word may be an ordinary word, so it is removed only after an @.
    """
    full_names = {
        variant for name in names for variant in (name, _BRACKETS.sub(" ", name).strip()) if variant
    }
    for name in sorted(full_names, key=lambda name: (-len(name), name)):
        sign = "@?" if len(name.split()) > 1 else "@"
        text = re.sub(rf"{sign}(?<!\w){re.escape(name)}(?!\w)", NAME_REMOVED, text)
    return str(for_audience(text, "public"))


def _public_questions(
    discussion: Discussion, session: Session
) -> Iterator[tuple[Question, MatterState]]:
    if may_come(session, "public"):
        for matter in discussion.matters:
            for question in matter.questions:
                if matter.asks and question.from_chat and question.about == session.id:
                    yield question, matter.standing


def _words(discussion: Discussion, question: Question) -> str:
    decision = discussion.published.get(question.id)
    return (decision.words if decision else "") or question.text


def _entry(
    question: Question, standing: MatterState, words: str, names: Collection[str]
) -> PublicQuestion:
    own = standing if standing.by == question.id else MatterState()
    return {
        "time": question.time,
        "text": without_names(words, names),
        "answered": own.mark == "answered",
        "answer": without_names(own.text, names) if own.mark == "answered" else "",
    }
