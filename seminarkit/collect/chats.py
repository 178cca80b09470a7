"""Takes in the saved chat of a session: what was said to everyone is kept, the rest never is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from seminarkit.collect.collecting import take_files
from seminarkit.discuss.chat import Chat, read_chat
from seminarkit.seminar.clock import now
from seminarkit.seminar.discussed import ChatTaken
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.store.lock import writing
from seminarkit.store.received import Received


@dataclass(frozen=True)
class TakenIn:
    """What came of a saved chat. ``known`` says that it was here before."""

    chat: Chat
    known: bool


def take_chat(
    folder: SeminarFolder, session: str, name: str, data: bytes, *, dry_run: bool = False
) -> TakenIn:
    """Keep a saved chat without its direct messages, and note which session it is of.

    Raises ChatError where it cannot be read; then nothing is kept.
    """
    chat = read_chat(data)
    kept = chat.kept.encode("utf-8")
    sha256 = hashlib.sha256(kept).hexdigest()
    known = any(
        isinstance(each, ChatTaken) and (each.session, each.sha256) == (session, sha256)
        for each in folder.decisions
    )
    if not (known or dry_run):
        if sha256 not in {each.sha256 for each in Received(folder.received).arrivals()}:
            take_files(folder, [(f"chat/{session}/{name}", kept)])
        taken = ChatTaken(session, sha256, name, chat.dropped, list(chat.notes), at=now())
        with writing(folder.lock):
            folder.decisions.add([taken])
    return TakenIn(chat, known)
