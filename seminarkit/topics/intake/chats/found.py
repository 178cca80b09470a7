"""What a search for chats finds in a file, and how it asks about a file inside of another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

IsNotes = Callable[[str], bool]
Holds = Callable[[bytes, str], bool]  # whether a file, by its bytes and name, holds a chat


@dataclass
class Searched:
    """What a file holds: ``chats`` names the parts that are one, '' for the file itself.

    ``others`` are the forms and notes beside them, as (name, bytes); ``inseparable`` says that
    there is a form besides which cannot be told apart from the chat.
    """

    chats: list[str] = field(default_factory=list)
    others: list[tuple[str, bytes]] = field(default_factory=list)
    inseparable: bool = False


def place_of(place: str, name: str) -> str:
    """Return where a part lies that has a name in the file at ``place``; '' is the file itself."""
    return f"{place}/{name}" if place and name else place or name
