"""Read replies that approve or reject notes by their receipt, such as "OK UA-7K3F".

The sender of a mail proves nothing, so it is not checked: the log records only that a reply named
the receipt of one version. A line counts only if it says this and nothing else, and only above
the text that the mail quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from seminarkit.topics.intake.code_signs import plain_codes
from seminarkit.topics.intake.mail.line_owners import mail_lines

Verdict = Literal["agreed", "changes"]
_CODE = r"(?P<code>(?:[A-Z]{2}|CASE)-[0-9A-HJKMNP-TV-Z]{4})"
_LINK = r"[\s,.:;!–—-]+(?:(?:with|to|for|the|notes|receipt)\s+){0,4}"
_YES = r"(?:ok|okay|yes|agreed|i agree|approved)"
_NO = r"(?:changes?|please change|not ok|not agreed|i do not agree|no)"
_FIRST = _CODE.replace("code", "first")
_THANKS = r"(?:[\s,.!;–—-]+(?:many\s+)?(?:thanks|thank\s+you)(?:\s+(?:a\s+lot|very\s+much))?)?"
_AGREED = re.compile(rf"(?:{_YES}{_LINK}{_CODE}|{_FIRST}{_LINK}{_YES}){_THANKS}[\s.!]*", re.I)
_RECEIPT = re.compile(rf"\b{_CODE}\b", re.I)
_CHANGES = re.compile(rf"{_NO}{_LINK}{_CODE}(?:[\s.:;,–—-].*)?", re.I)
_QUOTES = re.compile(
    r"\s*(?:>|-{3,}|_{5,}|(?:From|Sent|Von|De|От)\s*:|.{0,200}(?:wrote|schrieb|écrit|пишет)\s*:\s*$)",
    re.I,
)
_MAX_LINES = 400
_MAX_LINE_LENGTH = 300


class Reply(NamedTuple):
    """The verdict of a reply on the notes with this receipt."""

    receipt: str
    verdict: Verdict


def read_replies(text: str) -> list[Reply]:
    """Return one verdict per receipt in a text.

    If a text both approves and rejects a receipt, it asks for changes.
    """
    verdicts: dict[str, Verdict] = {}
    for receipt, verdict in _verdicts(plain_codes(text)):
        if verdicts.get(receipt) != "changes":
            verdicts[receipt] = verdict
    return [Reply(receipt, verdict) for receipt, verdict in verdicts.items()]


def receipts_in(text: str) -> list[str]:
    """Return all receipts in a text, except those in the mail it quotes."""
    receipts: list[str] = []
    for line in _own_lines(plain_codes(text)):
        receipts += [match["code"].upper() for match in _RECEIPT.finditer(line[:_MAX_LINE_LENGTH])]
    return list(dict.fromkeys(receipts))


def _own_lines(text: str) -> Iterator[str]:
    """Yield the lines of a mail above the quoted mail, in any language."""
    lines = text.splitlines()[:_MAX_LINES]
    for line, mail_line in zip(lines, mail_lines(lines), strict=True):
        if (
            mail_line.depth
            or mail_line.kind in ("header", "wrote")
            or _QUOTES.match(line[:_MAX_LINE_LENGTH])
        ):
            return
        yield line


def _verdicts(text: str) -> Iterator[tuple[str, Verdict]]:
    """Yield the receipt and the verdict of each line that holds nothing else."""
    for line in _own_lines(text):
        line_text = line.strip()
        if len(line_text) > _MAX_LINE_LENGTH:
            continue
        if match := _AGREED.fullmatch(line_text):
            yield (match["code"] or match["first"]).upper(), "agreed"
        elif match := _CHANGES.fullmatch(line_text):
            yield match["code"].upper(), "changes"
