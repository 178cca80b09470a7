"""The saved chats that were taken in, read again from where they are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.question_decisions import ChatTaken
from seminarkit.core.store.received_files import Received
from seminarkit.topics.questions.chat.zoom_chat import ChatError, Line, read_chat


@dataclass(frozen=True)
class SessionChat:
    """All that was said to everyone in a session, of all its saved chats, and how they came."""

    session: str
    lines: tuple[Line, ...]
    taken: tuple[ChatTaken, ...]


def session_chats(received: Received, decisions: Iterable[Decision]) -> list[SessionChat]:
    """Return the chats by session, as far as their files are here as they were kept."""
    taken: dict[str, list[ChatTaken]] = {}
    for each in decisions:
        if isinstance(each, ChatTaken):
            taken.setdefault(each.session, []).append(each)
    arrivals = {arrival.sha256: arrival for arrival in received.arrivals()}
    found = []
    for session, chats in taken.items():
        lines: list[Line] = []
        for chat in chats:
            here = arrivals.get(chat.sha256)  # else it was forgotten with somebody
            if here and not received.problem(here):  # collect and verify name one that is lost
                lines += kept_lines(received.path(chat.sha256))
        found.append(SessionChat(session, tuple(lines), tuple(chats)))
    return found


def kept_lines(path: Path) -> tuple[Line, ...]:
    """Return the lines of a chat that was kept.

    An earlier version may have kept one of which nothing is surely to everyone: it has none.
    """
    try:
        return read_chat(path.read_bytes()).lines
    except ChatError:
        return ()
