"""Types for the search for chats: its result, and the check of an embedded file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

IsNotes = Callable[[str], bool]
# whether a file, given its bytes and name, contains a chat
ContainsChat = Callable[[bytes, str], bool]


@dataclass
class Searched:
    """The result of a search: ``chats`` names the parts with a chat, '' for the file itself.

    ``others`` are the forms and notes beside them, as (name, bytes); ``inseparable`` means that
    the file also has a form that cannot be separated from the chat.
    """

    chats: list[str] = field(default_factory=list)
    others: list[tuple[str, bytes]] = field(default_factory=list)
    inseparable: bool = False


def place_of(place: str, name: str) -> str:
    """Return the path of a part of the file at ``place``; '' is the received file itself."""
    return f"{place}/{name}" if place and name else place or name
