"""Gives the words of a mail as lines, whatever form a mail program sent them in."""

from __future__ import annotations

import re
from email.utils import parseaddr

from seminarkit.topics.intake.containers import MailWords
from seminarkit.topics.intake.mail.mail_html import LARGEST, text_of_html
from seminarkit.topics.intake.pasted_answers import without_markup

_LONGEST_NAME = 120
_QUOTED = re.compile(r">*")


def lines_of(words: MailWords) -> str:
    """Return the words of a mail by lines.

    HTML that no person wrote, as it is so long, gives its words alone, as they come.
    """
    text = words.text
    if words.kind == "text/html":
        text = text_of_html(text) if len(text) <= LARGEST else without_markup(text)
    elif words.format.lower() == "flowed":
        text = unflowed(text, deletes=words.delsp.lower() == "yes")
    return _signed(text, parseaddr(words.sender)[0])


def _signed(text: str, name: str) -> str:
    """Return a text with the mark of a signature above a line that is its sender's name alone."""
    words = _name(name)
    if not words:
        return text
    lines = text.splitlines(keepends=True)
    return "".join(f"-- \n{line}" if _name(line) == words else line for line in lines)


def _name(text: str) -> list[str]:
    """Return the words of a name for comparing, in whatever order it has them."""
    return sorted(re.findall(r"[^\W\d_]+", text.casefold())) if len(text) < _LONGEST_NAME else []


def unflowed(text: str, *, deletes: bool = False) -> str:
    """Return a text in which lines that end with a blank go on in the next (RFC 3676).

    ``deletes`` where that blank belongs to no word.
    """
    whole: list[str] = []
    goes_on = -1  # how often the line is quoted that goes on here
    for line in text.splitlines():
        marks = _QUOTED.match(line)
        quoted = marks.end() if marks else 0
        words = line[quoted:].removeprefix(" ")
        is_mark = words == "-- "
        if goes_on == quoted and not is_mark:
            whole[-1] += words
        else:
            whole.append(f"{'>' * quoted} {words}" if quoted else words)
        goes_on = quoted if words.endswith(" ") and not is_mark else -1
        if goes_on >= 0 and deletes:
            whole[-1] = whole[-1][:-1]
    return "\n".join(whole) + "\n"
