"""Convert the body of a mail, plain or HTML, to lines."""

from __future__ import annotations

import re
from email.utils import parseaddr

from seminarkit.topics.intake.containers import MailWords
from seminarkit.topics.intake.mail.mail_html import LARGEST, text_of_html
from seminarkit.topics.intake.pasted_answers import without_markup

_LONGEST_NAME = 120
_QUOTED = re.compile(r">*")


def lines_of(words: MailWords) -> str:
    """Return the body of a mail as plain-text lines.

    HTML too long to be written by a person is only stripped of its markup.
    """
    text = words.text
    if words.kind == "text/html":
        text = text_of_html(text) if len(text) <= LARGEST else without_markup(text)
    elif words.format.lower() == "flowed":
        text = unflowed(text, deletes=words.delsp.lower() == "yes")
    return _with_delimiter(text, parseaddr(words.sender)[0])


def _with_delimiter(text: str, name: str) -> str:
    """Insert the signature delimiter above each line that is only the sender's name."""
    words = _name_words(name)
    if not words:
        return text
    lines = text.splitlines(keepends=True)
    return "".join(f"-- \n{line}" if _name_words(line) == words else line for line in lines)


def _name_words(text: str) -> list[str]:
    """Return the sorted words of a name, so that names compare equal in any order."""
    return sorted(re.findall(r"[^\W\d_]+", text.casefold())) if len(text) < _LONGEST_NAME else []


def unflowed(text: str, *, deletes: bool = False) -> str:
    """Join the lines of a format=flowed text (RFC 3676), where a final space continues a line.

    ``deletes`` is its parameter DelSp: the final space is dropped.
    """
    joined: list[str] = []
    open_depth = -1  # quoting depth of the line that this one continues
    for line in text.splitlines():
        marks = _QUOTED.match(line)
        depth = marks.end() if marks else 0
        words = line[depth:].removeprefix(" ")
        is_delimiter = words == "-- "
        if open_depth == depth and not is_delimiter:
            joined[-1] += words
        else:
            joined.append(f"{'>' * depth} {words}" if depth else words)
        open_depth = depth if words.endswith(" ") and not is_delimiter else -1
        if open_depth >= 0 and deletes:
            joined[-1] = joined[-1][:-1]
    return "\n".join(joined) + "\n"
