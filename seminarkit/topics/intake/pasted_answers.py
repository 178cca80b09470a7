"""Read pasted answers, as copied by "Copy my answers" on the page of a form.

Readable text comes first, then a block between a BEGIN and an END line, with the receipt and the
payload as JSON in base64. As mail programs quote, wrap, indent and prettify text, all characters
outside base64 are ignored, and the receipt serves as checksum.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from seminarkit.core.forms.answer_versions import receipt
from seminarkit.topics.intake.notebook_answers import FoundPayload
from seminarkit.topics.intake.refusal import Refusal
from seminarkit.topics.intake.strict_json import read_json

_GAP = r"[\s>|*]+"
_BEGIN = re.compile(_GAP.join(("BEGIN", "SEMINAR", "ANSWERS")))
_END = re.compile(_GAP.join(("END", "SEMINAR", "ANSWERS")))
_RECEIPT = re.compile(r"Receipt:[\s>|*]*([A-Z]{2}-[0-9A-Z]{4})(?![0-9A-Za-z])")
_NOT_BASE_64 = re.compile(r"[^A-Za-z0-9+/]")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_INLINE_TAG = re.compile(r"</?(?:a|b|i|u|em|strong|span|font|code|small)\b[^<>]{0,2000}>", re.I)
_MAX_BLOCK = 4 * 2**20
_MAX_BLOCKS = 20
_AGAIN = "Ask for the file that 'Save my file' makes, attached to a mail."


def holds_answers(text: str) -> bool:
    """Return whether a text contains the BEGIN line of a block of answers."""
    return _BEGIN.search(text) is not None


def without_markup(html: str) -> str:
    """Return the text of an HTML mail, line by line, for reading only."""
    return unescape(_TAG.sub("\n", _INLINE_TAG.sub("", html)))


def read_pasted(text: str) -> Iterator[FoundPayload | Refusal]:
    """Yield the payload of each block in a text, or a Refusal for an unreadable one.

    A reply quotes the same block again, so repeated payloads are skipped.
    """
    payloads: list[Any] = []
    for above, block, below in _blocks(text):
        try:
            payload = _payload(block)
        except Refusal as refusal:
            yield refusal
            continue
        if payload not in payloads:
            payloads.append(payload)
            yield FoundPayload(payload, above=above, below=below)


def _blocks(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield (text above, block, text below) for each block; only the last has text below."""
    begins = list(_BEGIN.finditer(text))
    if len(begins) > _MAX_BLOCKS:
        raise Refusal(f"It contains more than {_MAX_BLOCKS} blocks of answers. {_AGAIN}")
    ends = [begin.start() for begin in begins[1:]] + [len(text)]
    after = 0
    for begin, limit in zip(begins, ends, strict=True):
        end = _END.search(text, begin.end(), limit)
        above = text[after : begin.start()]
        after = end.end() if end else begin.end()
        below = text[after:limit] if end and limit == len(text) else ""
        yield above, text[begin.end() : end.start()] if end else "", below


def _payload(block: str) -> Any:
    receipt_line = _RECEIPT.search(block[:500])
    if not receipt_line:
        raise Refusal(f"The answers that were pasted into it are incomplete. {_AGAIN}")
    if len(block) > _MAX_BLOCK:
        raise Refusal(f"The answers that were pasted into it are far too long. {_AGAIN}")
    letters = _NOT_BASE_64.sub("", block[receipt_line.end() :])
    refusal = Refusal(
        "The answers that were pasted into it were changed on the way: they do not match their "
        f"receipt {receipt_line[1]}. {_AGAIN}"
    )
    try:
        payload = read_json(base64.b64decode(letters + "=" * (-len(letters) % 4), validate=True))
        matches = receipt(payload) == receipt_line[1]
    except (binascii.Error, Refusal, LookupError, TypeError, ValueError, AttributeError):
        raise refusal from None
    if not matches:
        raise refusal
    return payload
