"""Why a text that a person wrote is neither notes nor a reply, where it nearly is one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from seminarkit.core.shown_names import shown_name
from seminarkit.topics.intake.chair_replies import receipts_named
from seminarkit.topics.intake.mail.attachment_notices import notices_in
from seminarkit.topics.intake.note_headings import headings_in
from seminarkit.topics.intake.payload import Expected

_TOKEN = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+")
_FIRST_LINES = 3
_MOST_LINES = 400


def why_unread(texts: Iterable[str], expected: Expected) -> str:
    """Return a sentence on the first of these texts that was nearly understood, or nothing.

    Else on what one of them says of a file that was taken away, or lies elsewhere.
    """
    texts = list(texts)
    for text in texts:
        lines = [line.strip() for line in text.splitlines()[:_MOST_LINES] if line.strip()]
        named = [code for line in lines[:_FIRST_LINES] for code in _TOKEN.findall(line)]
        labels = headings_in(lines, expected)
        if group := next((code for code in named if code.lower() in _like(code, expected)), ""):
            return (
                f"It names the group {group.lower()}, and has {_number(labels)} of the headings of "
                "notes. Write the points below the headings of the form, and send it again."
            )
        if stray := next((code for code in named if _like(code, expected)), ""):
            like = _like(stray, expected)
            return (
                f"There is no group {shown_name(stray.lower())}; there "
                f"{'is' if len(like) == 1 else 'are'} {', '.join(like)}. Write the group in its "
                "first line, the points below the headings of the form, and send it again."
            )
        if labels and expected.groups:
            example = min(expected.groups)
            return (
                f"It has one heading of notes alone, “{labels[0]}”. Write the group (such as "
                f"{example}) in its first line, and all headings of the form, and send it again."
            )
        if receipts := receipts_named(text):
            return (
                f"It names the receipt {receipts[0]}, but no line says OK or Changes to it and "
                f"nothing else. Ask for a line such as: OK {receipts[0]}"
            )
    return notices_in(texts)


def _number(found: list[str]) -> str:
    return f"one (“{found[0]}”)" if found else "none"


def _like(code: str, expected: Expected) -> list[str]:
    """Return the groups with the same words before their last part, as a code has them.

    Those too in which nobody is named to take notes yet.
    """
    begin = code.lower().rpartition("-")[0]
    if begin not in {group.rpartition("-")[0] for group in expected.groups}:
        return []
    codes = {each.lower() for each in expected.codes} | set(expected.groups)
    return sorted(each for each in codes if each.rpartition("-")[0] == begin)
