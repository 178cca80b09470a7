"""Reads a reply that says yes or no to notes, by naming their receipt: "OK UA-7K3F".

Who a mail claims to be from is no proof, so none is sought: what is recorded is that a reply named
the receipt of one version. Only a line that says this and nothing else counts, above what the mail
quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from seminarkit.topics.intake.code_signs import plain_codes
from seminarkit.topics.intake.mail.line_owners import mail_lines

Said = Literal["agreed", "changes"]
_CODE = r"(?P<code>(?:[A-Z]{2}|CASE)-[0-9A-HJKMNP-TV-Z]{4})"
_LINK = r"[\s,.:;!–—-]+(?:(?:with|to|for|the|notes|receipt)\s+){0,4}"
_YES = r"(?:ok|okay|yes|agreed|i agree|approved)"
_NO = r"(?:changes?|please change|not ok|not agreed|i do not agree|no)"
_FIRST = _CODE.replace("code", "first")
_THANKS = r"(?:[\s,.!;–—-]+(?:many\s+)?(?:thanks|thank\s+you)(?:\s+(?:a\s+lot|very\s+much))?)?"
_AGREED = re.compile(rf"(?:{_YES}{_LINK}{_CODE}|{_FIRST}{_LINK}{_YES}){_THANKS}[\s.!]*", re.I)
_NAMED = re.compile(rf"\b{_CODE}\b", re.I)
_CHANGES = re.compile(rf"{_NO}{_LINK}{_CODE}(?:[\s.:;,–—-].*)?", re.I)
_QUOTES = re.compile(
    r"\s*(?:>|-{3,}|_{5,}|(?:From|Sent|Von|De|От)\s*:|.{0,200}(?:wrote|schrieb|écrit|пишет)\s*:\s*$)",
    re.I,
)
_MOST_LINES = 400
_LONGEST = 300


class Reply(NamedTuple):
    """What a reply says of the notes with a receipt."""

    receipt: str
    said: Said


def read_replies(text: str) -> list[Reply]:
    """Return what a text says of receipts, each once; who says both of one wants changes."""
    said: dict[str, Said] = {}
    for receipt, word in _said(plain_codes(text)):
        if said.get(receipt) != "changes":
            said[receipt] = word
    return [Reply(receipt, word) for receipt, word in said.items()]


def receipts_named(text: str) -> list[str]:
    """Return the receipts that a text names above what it quotes, whatever it says of them."""
    receipts: list[str] = []
    for line in _own_lines(plain_codes(text)):
        receipts += [match["code"].upper() for match in _NAMED.finditer(line[:_LONGEST])]
    return list(dict.fromkeys(receipts))


def _own_lines(text: str) -> Iterator[str]:
    """Yield the lines of a mail above what it quotes, in whatever language its program says so."""
    raw = text.splitlines()[:_MOST_LINES]
    for before, line in zip(raw, mail_lines(raw), strict=True):
        if line.depth or line.kind in ("header", "wrote") or _QUOTES.match(before[:_LONGEST]):
            return
        yield before


def _said(text: str) -> Iterator[tuple[str, Said]]:
    for line in _own_lines(text):
        words = line.strip()
        if len(words) > _LONGEST:
            continue
        if match := _AGREED.fullmatch(words):
            yield (match["code"] or match["first"]).upper(), "agreed"
        elif match := _CHANGES.fullmatch(words):
            yield match["code"].upper(), "changes"
