"""Read the chats that were taken in from where they are stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.question_decisions import ChatTaken
from seminarkit.core.store.received_files import ReceivedFiles
from seminarkit.topics.questions.chat.zoom_chat import ChatError, Line, read_chat


@dataclass(frozen=True)
class SessionChat:
    """All messages to everyone in a session, from all its saved chats, with their origin."""

    session: str
    lines: tuple[Line, ...]
    taken: tuple[ChatTaken, ...]


def session_chats(received: ReceivedFiles, decisions: Iterable[Decision]) -> list[SessionChat]:
    """Return the chats by session, as far as their files are stored unchanged."""
    taken: dict[str, list[ChatTaken]] = {}
    for decision in decisions:
        if isinstance(decision, ChatTaken):
            taken.setdefault(decision.session, []).append(decision)
    arrivals = {arrival.sha256: arrival for arrival in received.arrivals()}
    result = []
    for session, chats in taken.items():
        lines: list[Line] = []
        for chat in chats:
            arrival_of_chat = arrivals.get(chat.sha256)  # None: forgotten with a person
            # collect and verify report damaged files
            if arrival_of_chat and not received.problem(arrival_of_chat):
                lines += kept_lines(received.path(chat.sha256))
        result.append(SessionChat(session, tuple(lines), tuple(chats)))
    return result


def kept_lines(path: Path) -> tuple[Line, ...]:
    """Return the lines of a stored chat.

    An earlier version of the kit may have stored one without any line that is surely to everyone;
    it has no lines then.
    """
    try:
        return read_chat(path.read_bytes()).lines
    except ChatError:
        return ()
