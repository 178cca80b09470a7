"""Detect edits to the readable text beside a block of pasted answers.

"Copy my answers" copies both the readable text and the block. Only the block is read, so somebody
who corrects the text above it must be told that the correction was not taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from seminarkit.core.forms.answers import is_blank
from seminarkit.core.forms.bundle import Readable, readable
from seminarkit.core.forms.shapes import Answers, CompiledForm
from seminarkit.topics.intake.mail.line_owners import mail_lines

_WORD = re.compile(r"\w+")
_MAX_QUESTIONS = 4
_MAX_LENGTH = 400_000


def edit_warning(form: CompiledForm, answers: Answers, above: str, below: str = "") -> str:
    """Return a warning if the text above or below a block differs from its answers, or ''.

    Lines below the block that the mail quotes are not compared.
    """
    own_text = "\n".join(line.text for line in mail_lines(below.splitlines()) if not line.depth)
    warning = text_edit_warning(form, answers, above)
    return warning or text_edit_warning(form, answers, own_text, is_last=False)


def text_edit_warning(
    form: CompiledForm, answers: Answers, above: str, *, is_last: bool = True
) -> str:
    """Return a warning if the text beside a block differs from its answers, or ''.

    Only words are compared, as mail programs wrap, quote and indent lines. A text without any of
    the questions means that the block was pasted alone. With ``is_last`` the text must end with
    the last answer: words after it were added by hand.
    """
    text = _words(above[-_MAX_LENGTH:])
    readable_answers = list(_flat(readable(form, answers)))
    expected_text = _words(" ".join(f"{label} {words}" for label, words in readable_answers))
    if expected_text in text and not (is_last and text.rpartition(expected_text)[2].strip()):
        return ""
    present = [(label, words) for label, words in readable_answers if _words(label) in text]
    if not any(not is_blank(words) for _, words in present):
        return ""
    changed = [label for label, words in present if _words(words) not in text]
    where = ", ".join(f"“{label.strip('“”')}”" for label in dict.fromkeys(changed[:_MAX_QUESTIONS]))
    place = f"in {where}" if where else "where words were added"
    return (
        f"Attention: the text that people read in it differs from its block of answers, {place}. "
        "The answers in the block were used. Ask which are right; if the text is right, ask for "
        "the form's file."
    )


def _flat(lines: Readable) -> Iterator[tuple[str, str]]:
    for label, value in lines:
        if isinstance(value, str):
            yield label, value
        else:
            yield label, ""
            yield from _flat(value)


def _words(text: str) -> str:
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return f" {' '.join(words)} " if words else " "
