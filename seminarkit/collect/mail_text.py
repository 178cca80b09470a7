"""Gives the words of one part of a mail as lines, whatever form a mail program sent them in."""

from __future__ import annotations

import re

from seminarkit.collect.mail_html import LARGEST, text_of_html
from seminarkit.collect.pasted import without_markup

_QUOTED = re.compile(r">*")


def lines_of(text: str, kind: str, form: str = "", del_sp: str = "") -> str:
    """Return the text of a part of this ``kind``; ``form`` and ``del_sp`` as its header has them.

    HTML that no person wrote, as it is so long, gives its words alone, as they come.
    """
    if kind == "text/html":
        return text_of_html(text) if len(text) <= LARGEST else without_markup(text)
    if form.lower() == "flowed":
        return unflowed(text, deletes=del_sp.lower() == "yes")
    return text


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
