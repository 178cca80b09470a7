"""Word the message to the organiser about a chat in the inbox that was not stored."""

from __future__ import annotations

from seminarkit.core.shown_names import shown_name
from seminarkit.topics.intake.chats.found import Searched

_CHAT = (
    "It is a saved or copied chat. It may contain direct messages, so nothing of it was stored; "
    "the file is still in the inbox. Name its session, and direct messages are left out: seminar "
    "chat FILE --session ID. If it is not a chat, delete the times at the beginnings of its lines."
)
_TAKE_OUT = (
    "which may contain direct messages, so it was not stored; the file is still in the inbox. "
    "Save the chat as a separate file and name its session: seminar chat FILE --session ID"
)
ABOUT_LARGE = f"It contains a saved or copied chat, {_TAKE_OUT}."


def about_chat(searched: Searched) -> str:
    """Return the message: what was found, the outcome of other forms and notes, what to do."""
    parts = [part for part in dict.fromkeys(searched.chats) if part]
    if not parts:
        return _CHAT
    names = ", ".join(f"“{shown_name(part)}”" for part in parts)
    number = len(searched.others)
    if searched.inseparable:
        rest = (
            "It also contains a form or note that cannot be separated from the chat: ask for the "
            "form or note without the chat."
        )
    elif not number:
        rest = "There is no form in it."
    elif number == 1:
        rest = "The form or note next to it was stored separately."
    else:
        rest = f"The {number} forms and notes next to it were stored separately."
    return f"It contains a saved or copied chat ({names}), {_TAKE_OUT}. {rest}"
