"""Which questions of a public session's chat stand on the public page, and which wait."""

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
from seminarkit.topics.questions.identifying_words import tells
from seminarkit.topics.questions.marks import Standing
from seminarkit.topics.questions.posted_questions import Question
from seminarkit.topics.questions.question_sessions import talks

NAME_REMOVED = "[name removed]"
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])\s*")


@dataclass(frozen=True)
class Waiting:
    """A question that is not public before somebody decides, and what in it may tell who asked."""

    question: Question
    tells: tuple[str, ...]


def waiting(seminar: Seminar, found: Discussion) -> list[Waiting]:
    """Return the questions of public chats that nobody has decided on and that may tell too much.

    A decision is on words: a question in other words has another id, and waits again.
    """
    names = shown_names(seminar, found)
    return [
        Waiting(question, tuple(pieces))
        for session in talks(seminar)
        for question, _ in _asked(found, session)
        if question.id not in found.published and (pieces := tells(seminar, question.text, names))
    ]


def waiting_words(number: int) -> str:
    """Return how many questions wait, and for what."""
    many = "1 question" if number == 1 else f"{number} questions"
    verb, tell = ("waits", "it may tell") if number == 1 else ("wait", "they may tell")
    return f"{many} of the audience {verb} before the public page, as {tell} who asked"


def public_sessions(seminar: Seminar, found: Discussion) -> list[PublicSession]:
    """Return what was asked aloud in the chats of public sessions, without any name.

    An answer is shown where it was given to that very question; what was said on one that it is
    asked together with may be for core participants.
    """
    held_back = {each.question.id for each in waiting(seminar, found)}
    held_back |= {each.question for each in found.published.values() if not each.shown}
    names = shown_names(seminar, found)
    sessions: list[PublicSession] = []
    for session in talks(seminar):
        asked = [
            _entry(question, standing, _words(found, question), names)
            for question, standing in _asked(found, session)
            if question.id not in held_back
        ]
        if asked:
            by_time = sorted(asked, key=lambda each: each["time"])
            sessions.append({**session_entry(session), "asked": by_time})
    return sessions


def session_entry(session: Session) -> SessionName:
    """Return a session as the pages of questions name it."""
    when = f"{day_words(session.date)}, {session.start:%H:%M}–{session.end:%H:%M}"
    return {"id": session.id, "title": session.title, "when": when}


def shown_names(seminar: Seminar, found: Discussion) -> set[str]:
    """Return the names of who spoke in chats and of who takes part, not of the programme's."""
    names = {line.name for chat in found.chats for line in chat.lines}
    names |= {person.name for people in seminar.delegations.values() for person in people}
    return names - {person.name for person in seminar.people.values()}


def nameless(text: str, names: Collection[str]) -> str:
    """Return a text without e-mail addresses and without whole names, written as they are shown.

    A name of one word may be any word, so it is taken out behind an @ alone.
    """
    whole = {each for name in names for each in (name, _BRACKETS.sub(" ", name).strip()) if each}
    for name in sorted(whole, key=lambda name: (-len(name), name)):
        sign = "@?" if len(name.split()) > 1 else "@"
        text = re.sub(rf"{sign}(?<!\w){re.escape(name)}(?!\w)", NAME_REMOVED, text)
    return str(for_audience(text, "public"))


def _asked(found: Discussion, session: Session) -> Iterator[tuple[Question, Standing]]:
    if may_come(session, "public"):
        for matter in found.matters:
            for question in matter.questions:
                if matter.asks and question.from_chat and question.about == session.id:
                    yield question, matter.standing


def _words(found: Discussion, question: Question) -> str:
    decided = found.published.get(question.id)
    return (decided.words if decided else "") or question.text


def _entry(
    question: Question, standing: Standing, words: str, names: Collection[str]
) -> PublicQuestion:
    own = standing if standing.by == question.id else Standing()
    return {
        "time": question.time,
        "text": nameless(words, names),
        "answered": own.mark == "answered",
        "answer": nameless(own.text, names) if own.mark == "answered" else "",
    }
