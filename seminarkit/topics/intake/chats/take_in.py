"""Take in the saved chat of a session: only messages to everyone are stored."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.question_decisions import ChatTaken
from seminarkit.core.store.lock import writing
from seminarkit.core.store.received_files import ReceivedFiles
from seminarkit.topics.intake.collect import take_files
from seminarkit.topics.questions.chat.stored_chats import kept_lines
from seminarkit.topics.questions.chat.zoom_chat import Chat, read_chat


@dataclass(frozen=True)
class ChatResult:
    """The outcome of taking in a chat; ``known`` means that it was taken in before."""

    chat: Chat
    known: bool


def take_chat(
    folder: SeminarFolder, session: str, name: str, data: bytes, *, dry_run: bool = False
) -> ChatResult:
    """Store the messages to everyone in a saved chat, and log its session as a decision.

    Raises ChatError if the chat cannot be read; then nothing is stored.
    """
    chat = read_chat(data)
    is_known = _is_known(folder, session, chat)
    if not (is_known or dry_run):
        content = chat.kept.encode("utf-8", "replace")
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 not in {arrival.sha256 for arrival in ReceivedFiles(folder.received).arrivals()}:
            take_files(folder, [(f"chat/{session}/{name}", content)])
        decision = ChatTaken(
            session,
            sha256,
            name,
            chat.direct,
            list(chat.notes),
            others=chat.others,
            unclear=chat.unclear,
            at=now(),
        )
        with writing(folder.lock):
            # another run may have taken it in meanwhile
            is_known = _is_known(folder, session, chat)
            if not is_known:
                folder.decisions.add([decision])
    return ChatResult(chat, is_known)


def _is_known(folder: SeminarFolder, session: str, chat: Chat) -> bool:
    """Return whether the same lines were taken in before, in whatever form."""
    received = ReceivedFiles(folder.received)
    arrived_files = {arrival.sha256 for arrival in received.arrivals()}
    return any(
        kept_lines(received.path(decision.sha256)) == chat.lines
        for decision in folder.decisions
        if isinstance(decision, ChatTaken)
        and decision.session == session
        and decision.sha256 in arrived_files
    )
