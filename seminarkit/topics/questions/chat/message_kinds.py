"""What the lines of a chat are: questions, remarks, replies and reactions to earlier lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from seminarkit.topics.questions.chat.zoom_chat import Line

# A question mark at the end of a word, in any script; the Armenian one stands inside of it.
_MARK = re.compile(r"[?？؟\u037e⁇⁈][\s\"'»”’)\].!…]*(?=\s|$)|\u055e")
_SAYS_SO = re.compile(r"\s*(?:q|question)\s*[:：]\s*", re.IGNORECASE)
_REPLY = re.compile(r'Replying to "([^\n]*)"[ \t]*(?:\n+(.*))?', re.DOTALL)
_REPLY_IN_LINE = re.compile(r'Replying to "([^"\n]*)"[ \t]+(.*)', re.DOTALL)
_REACTED = re.compile(r'Reacted to "(.*)" with "?(\S+?)"?', re.DOTALL)
_TOOK_BACK = re.compile(r'Removed an? "?(\S+?)"? reaction from "(.*)"', re.DOTALL)
_LETTER = re.compile(r"[^\W\d_]")


@dataclass
class Remark:
    """A line of the chat with what others did with it. ``asks`` says why it counts as a question.

    Of two lines of the same beginning nobody can tell which a reply or reaction is to: it is to
    none of them.
    """

    line: Line
    text: str
    asks: str
    replies: list[Line] = field(default_factory=list)
    reactions: set[tuple[str, str]] = field(default_factory=set)


def remarks(lines: Sequence[Line]) -> list[Remark]:
    """Return what was said, reactions put to what they are to; a line said twice stands once."""
    found: list[Remark] = []
    for line in lines:
        if reacted := _REACTED.fullmatch(line.text):
            if to := _meant(found, reacted[1]):
                to.reactions.add((line.name, reacted[2]))
        elif back := _TOOK_BACK.fullmatch(line.text):
            if to := _meant(found, back[2]):
                to.reactions.discard((line.name, back[1]))
        elif not any(each.line.name == line.name and each.line.text == line.text for each in found):
            found.append(_said(line, found))
    return found


def _said(line: Line, before: Sequence[Remark]) -> Remark:
    text = line.text
    if reply := _REPLY.fullmatch(text) or _REPLY_IN_LINE.fullmatch(text):
        text = (reply[2] or "").strip()
        if to := _meant(before, reply[1]):
            to.replies.append(Line(line.time, line.name, text))
    said_so = _SAYS_SO.match(text)
    if said_so:
        text = text[said_so.end() :]
    return Remark(line, text, _why(text, bool(said_so)))


def _why(text: str, said_so: bool) -> str:
    """Return what makes a text a question: nothing but its own signs, or ''."""
    if not _LETTER.search(text):
        return ""
    if said_so:
        return "begins with Q:"
    return "holds a question mark" if _MARK.search(text) else ""


def _meant(before: Sequence[Remark], words: str) -> Remark | None:
    start = words.removesuffix("...").removesuffix("…").strip()
    fits = [each for each in before if start and " ".join(each.text.split()).startswith(start)]
    return fits[0] if len(fits) == 1 else None
