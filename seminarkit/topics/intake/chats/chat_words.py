"""Word the message to the organiser about a chat in the inbox that was not stored."""

from __future__ import annotations

from seminarkit.core.shown_names import shown_name
from seminarkit.topics.intake.chats.found import Searched

_CHAT = (
    "It is a saved or copied chat, which may hold direct messages, so nothing of it was kept; the "
    "file is still in the inbox. Say which session it is of, and they are left out: seminar chat "
    "FILE --session ID. If it is no chat, take the times at the beginnings of its lines out."
)
_TAKE_OUT = (
    "which may hold direct messages, so it was not kept; the file is still in the inbox. Save the "
    "chat by itself and say which session it is of: seminar chat FILE --session ID"
)
ABOUT_LARGE = f"It holds a saved or copied chat, {_TAKE_OUT}."


def about_chat(searched: Searched) -> str:
    """Return the message: what was found, the outcome of other forms and notes, what to do."""
    parts = [part for part in dict.fromkeys(searched.chats) if part]
    if not parts:
        return _CHAT
    names = ", ".join(f"“{shown_name(part)}”" for part in parts)
    number = len(searched.others)
    if searched.inseparable:
        rest = (
            "It also holds a form or note that cannot be told apart from the chat: ask for that "
            "without the chat."
        )
    elif not number:
        rest = "There is no form in it."
    elif number == 1:
        rest = "The form or note beside it was taken in by itself."
    else:
        rest = f"The {number} forms and notes beside it were taken in by themselves."
    return f"It holds a saved or copied chat ({names}), {_TAKE_OUT}. {rest}"
