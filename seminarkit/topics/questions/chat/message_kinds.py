"""Classify the lines of a chat: questions, remarks, replies and reactions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from seminarkit.topics.questions.chat.zoom_chat import Line

# A question mark at the end of a word, in any script; the Armenian one is inside the word.
_MARK = re.compile(r"[?？؟\u037e⁇⁈][\s\"'»”’)\].!…]*(?=\s|$)|\u055e")
_QUESTION_PREFIX = re.compile(r"\s*(?:q|question)\s*[:：]\s*", re.IGNORECASE)
_REPLY = re.compile(r'Replying to "([^\n]*)"[ \t]*(?:\n+(.*))?', re.DOTALL)
_REPLY_IN_LINE = re.compile(r'Replying to "([^"\n]*)"[ \t]+(.*)', re.DOTALL)
_REACTION = re.compile(r'Reacted to "(.*)" with "?(\S+?)"?', re.DOTALL)
_REMOVED_REACTION = re.compile(r'Removed an? "?(\S+?)"? reaction from "(.*)"', re.DOTALL)
_LETTER = re.compile(r"[^\W\d_]")


@dataclass
class Remark:
    """A line of the chat with its replies and reactions.

    ``asks`` is the sign by which it counts as a question. A reply or reaction that may belong to
    several lines is assigned to none.
    """

    line: Line
    text: str
    asks: str
    replies: list[Line] = field(default_factory=list)
    reactions: set[tuple[str, str]] = field(default_factory=set)


def remarks(lines: Sequence[Line]) -> list[Remark]:
    """Return the lines with their replies and reactions; a repeated line is listed once."""
    result: list[Remark] = []
    for line in lines:
        if reaction := _REACTION.fullmatch(line.text):
            if target := _target(result, reaction[1]):
                target.reactions.add((line.name, reaction[2]))
        elif removal := _REMOVED_REACTION.fullmatch(line.text):
            if target := _target(result, removal[2]):
                target.reactions.discard((line.name, removal[1]))
        elif not any(
            remark.line.name == line.name and remark.line.text == line.text for remark in result
        ):
            result.append(_remark(line, result))
    return result


def _remark(line: Line, before: Sequence[Remark]) -> Remark:
    text = line.text
    if reply := _REPLY.fullmatch(text) or _REPLY_IN_LINE.fullmatch(text):
        text = (reply[2] or "").strip()
        if target := _target(before, reply[1]):
            target.replies.append(Line(line.time, line.name, text))
    prefix = _QUESTION_PREFIX.match(text)
    if prefix:
        text = text[prefix.end() :]
    return Remark(line, text, _sign(text, bool(prefix)))


def _sign(text: str, has_prefix: bool) -> str:
    """Return the sign by which a text is a question, or ""."""
    if not _LETTER.search(text):
        return ""
    if has_prefix:
        return "begins with Q:"
    return "has a question mark" if _MARK.search(text) else ""


def _target(before: Sequence[Remark], words: str) -> Remark | None:
    start = words.removesuffix("...").removesuffix("…").strip()
    matches = [
        remark for remark in before if start and " ".join(remark.text.split()).startswith(start)
    ]
    return matches[0] if len(matches) == 1 else None
