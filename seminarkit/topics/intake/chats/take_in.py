"""Takes in the saved chat of a session: what was said to everyone is kept, the rest never is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.question_decisions import ChatTaken
from seminarkit.core.store.lock import writing
from seminarkit.core.store.received_files import Received
from seminarkit.topics.intake.collect import take_files
from seminarkit.topics.questions.chat.stored_chats import kept_lines
from seminarkit.topics.questions.chat.zoom_chat import Chat, read_chat


@dataclass(frozen=True)
class TakenIn:
    """What came of a saved chat. ``known`` says that it was here before."""

    chat: Chat
    known: bool


def take_chat(
    folder: SeminarFolder, session: str, name: str, data: bytes, *, dry_run: bool = False
) -> TakenIn:
    """Keep what was said to everyone in a saved chat, and note which session it is of.

    Raises ChatError where it cannot be read; then nothing is kept.
    """
    chat = read_chat(data)
    known = _is_known(folder, session, chat)
    if not (known or dry_run):
        kept = chat.kept.encode("utf-8", "replace")
        sha256 = hashlib.sha256(kept).hexdigest()
        if sha256 not in {each.sha256 for each in Received(folder.received).arrivals()}:
            take_files(folder, [(f"chat/{session}/{name}", kept)])
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
            known = _is_known(folder, session, chat)  # by now, perhaps, by another run
            if not known:
                folder.decisions.add([decision])
    return TakenIn(chat, known)


def _is_known(folder: SeminarFolder, session: str, chat: Chat) -> bool:
    """Say whether the same lines were taken in before, however they were stored then."""
    received = Received(folder.received)
    arrived = {each.sha256 for each in received.arrivals()}
    return any(
        kept_lines(received.path(each.sha256)) == chat.lines
        for each in folder.decisions
        if isinstance(each, ChatTaken) and each.session == session and each.sha256 in arrived
    )
