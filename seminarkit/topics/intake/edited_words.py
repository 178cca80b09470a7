"""Notices when somebody changed the readable words beside a block of answers, and not the block.

"Copy my answers" gives both. The block counts; but who mends a word above it means that word, and
would never learn that it was not taken.
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
_MOST = 4
_LONGEST = 400_000


def changed_beside(form: CompiledForm, answers: Answers, above: str, below: str = "") -> str:
    """Return a warning where the words above or below a block are not those of its answers.

    Below it, only what the mail's writer put there is compared, not what a program quotes.
    """
    own = "\n".join(line.text for line in mail_lines(below.splitlines()) if not line.depth)
    changed = changed_by_hand(form, answers, above)
    return changed or changed_by_hand(form, answers, own, is_last=False)


def changed_by_hand(
    form: CompiledForm, answers: Answers, above: str, *, is_last: bool = True
) -> str:
    """Return a warning where the words above a block are not those of its answers, or nothing.

    Mail programs wrap, quote and indent: only words are compared. Where none of the questions
    stands there, the block was pasted alone. Nothing comes between the last answer and the block,
    where ``is_last``: whoever wrote there added to it.
    """
    text = _words(above[-_LONGEST:])
    lines = list(_flat(readable(form, answers)))
    whole = _words(" ".join(f"{label} {words}" for label, words in lines))
    if whole in text and not (is_last and text.rpartition(whole)[2].strip()):
        return ""
    there = [(label, words) for label, words in lines if _words(label) in text]
    if not any(not is_blank(words) for _, words in there):
        return ""
    changed = [label for label, words in there if _words(words) not in text]
    where = ", ".join(f"“{label.strip('“”')}”" for label in dict.fromkeys(changed[:_MOST]))
    what = f"in {where}" if where else "with words that were added"
    return (
        f"Attention: the words that can be read in it differ from its block, {what}. The block's "
        "were taken. Ask which are meant; to take the others, ask for the form's file."
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
