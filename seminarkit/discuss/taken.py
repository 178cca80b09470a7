"""The saved chats that were taken in, read again from where they are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from seminarkit.discuss.chat import Line, read_chat
from seminarkit.seminar.decision import Decision
from seminarkit.seminar.discussed import ChatTaken
from seminarkit.store.received import Received


@dataclass(frozen=True)
class SessionChat:
    """All that was said to everyone in a session, of all its saved chats, and how they came."""

    session: str
    lines: tuple[Line, ...]
    taken: tuple[ChatTaken, ...]


def session_chats(received: Received, decisions: Iterable[Decision]) -> list[SessionChat]:
    """Return the chats by session; raises DamageError where one is not as it was kept."""
    taken: dict[str, list[ChatTaken]] = {}
    for each in decisions:
        if isinstance(each, ChatTaken):
            taken.setdefault(each.session, []).append(each)
    arrivals = {arrival.sha256: arrival for arrival in received.arrivals()}
    found = []
    for session, chats in taken.items():
        lines: list[Line] = []
        for chat in chats:
            if chat.sha256 in arrivals:  # else it was forgotten with somebody
                received.check(arrivals[chat.sha256])
                lines += read_chat(received.path(chat.sha256).read_bytes()).lines
        found.append(SessionChat(session, tuple(lines), tuple(chats)))
    return found
