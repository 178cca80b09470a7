"""Finds where a mail begins to quote another one: the lines that programs put above it.

By structure first, as a date and an address above a colon are the same in all languages; by words
where a program leaves one of them out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from seminarkit.topics.intake.mail.letter_words import HEADERS, SEPARATORS, WROTE

Mark = Literal["wrote", "header"]
MOST_LINES = 4  # over which a program breaks "On … wrote:"
_MOST_HEADERS = 24
_MOST_STRANGE = 8
_LONGEST = 300
_LABELS = {word: role for role, words in HEADERS.items() for word in words.split("|")}
_LABEL = re.compile(
    r"[\s*_]*(?P<label>[^\W\d_][^:：<>@\d]{0,24}?)[\s*_]*[:：՝][\s*_]*(?P<value>.*)"
)
_LABELLED = re.compile("[:：՝]")
_INSIDE = re.compile(r"[^\W\d_][^:：<>@\d*]{0,24}(?=[*_]*\s?[:：])")
_PERSON = re.compile(r"<(?:mailto:)?[^\s<>@]+@[^\s<>@]+>|\[mailto:")
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+\.\w+")
_TIME = re.compile(r"\d{1,2}[:.٫h]\d\d|\d{1,2}[/-]\d{1,2}[/-]\d{2,4}")
_MOMENT = re.compile(rf"{_TIME.pattern}|\b(?:19|20)\d\d\b")
_WROTE = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in WROTE.split('|'))})(?!\w)")
_BEGINS = re.compile(r"(?:on|am|le|el|il|em|în|dnia|w dniu|dne|op|den|på)\s")
_ENDS = re.compile(r"[:：։․](?:\s*</?\w+>)?\s*$")
_BETWEEN = re.compile(r"\s*[-–—_=*]{2,}\s*(?P<words>[^\W_].*?)\s*[-–—_=*]{2,}\s*")
_SEPARATOR = re.compile(rf"(?<!\w)(?:{SEPARATORS})(?!\w)")
_FORWARD = re.compile(
    r"(?:begin forwarded message|début du message (?:réexpédié|transféré)|"
    r"anfang der weitergeleiteten"
    r"|начало переадресованного сообщения|начало пересланного сообщения|"
    r"inicio del mensaje reenviado|"
    r"inizio messaggio inoltrato|iletilen mesajın başlangıcı|بداية الرسالة)\b.*"
)
_BULLET = re.compile(r"\s*(?:[-–—•·▪●○◦‣*]|\d{1,2}[.)])\s")


class Opening(NamedTuple):
    """Lines above a quoted mail: what they are, and how many."""

    kind: Mark
    lines: int


def opening_at(
    lines: Sequence[str], at: int, is_heading: Callable[[str], bool] = lambda _: False
) -> Opening | None:
    """Return what begins a quoted mail in this line, or nothing."""
    line = lines[at]
    if not line.strip() or _BULLET.match(line) or is_heading(line):
        return None
    if _is_separator(lines, at):
        behind = _beyond_blank(lines, at + 1)
        count = _headers(lines, behind)
        return Opening("header", behind - at + count if count else 1)
    if count := _headers(lines, at):
        return Opening("header", count)
    for count in range(1, MOST_LINES + 1):
        if not all(text.strip() for text in lines[at : at + count]) or at + count > len(lines):
            return None
        if any(_BULLET.match(text) or is_heading(text) for text in lines[at + 1 : at + count]):
            return None
        if _is_attribution(" ".join(lines[at : at + count])):
            return Opening("wrote", count)
    return None


def bare(line: str) -> str:
    """Return a line as it is compared: small letters, one blank, without signs of direction."""
    if line.isascii():
        return " ".join(line.split()).casefold()
    words = unicodedata.normalize("NFKC", line).replace("’", "'")
    seen = "".join(sign for sign in words if unicodedata.category(sign) != "Cf")
    return " ".join(seen.split()).casefold()


def _is_separator(lines: Sequence[str], at: int) -> bool:
    words = bare(lines[at][:_LONGEST])
    if _FORWARD.fullmatch(words):
        return True
    between = _BETWEEN.fullmatch(words)
    if not between:
        return False
    behind = _beyond_blank(lines, at + 1)
    return bool(_SEPARATOR.search(between["words"])) or _headers(lines, behind) > 0


def _beyond_blank(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _is_attribution(joined: str) -> bool:
    """Say whether this is "On … wrote:", in any language that has its date and address there."""
    words = bare(joined[: 2 * _LONGEST])
    if len(joined) > 2 * _LONGEST:
        return False
    address, verb = _ADDRESS.search(words), _WROTE.search(words)
    dated = address and _MOMENT.search(words)
    if not _ENDS.search(words):
        return bool(dated and verb and words.endswith((".", ")")))
    if dated:
        return True
    return bool(verb and (address or _TIME.search(words) or _BEGINS.match(words)))


def _headers(lines: Sequence[str], at: int) -> int:
    """Return how many lines a block of From, Sent, To, Subject takes here; 0 where none is."""
    if at >= len(lines) or not _LABELLED.search(lines[at]):
        return 0
    if not _roles(lines[at]) and not any(map(_PERSON.search, lines[at : at + _MOST_STRANGE])):
        return 0
    roles: set[str] = set()
    unknown, last, gap = 0, at, 0
    address = moment = False  # of a person in <>, and with an hour
    for number in range(at, min(len(lines), at + _MOST_HEADERS)):
        line = lines[number]
        if not line.strip():
            gap += 1
            if gap > 1:
                break
            continue
        here = _roles(line)
        match = None if here else _LABEL.fullmatch(line[:_LONGEST])
        if here or match:
            if match and _BULLET.match(line):
                break
            roles |= here
            unknown += bool(match)
            last, gap = number, 0
        elif number == at or gap or number - last > 3 or _BULLET.match(line):
            break
        address |= bool(_PERSON.search(line))
        moment |= bool(_TIME.search(line))
    many = len(roles) > 2 or (len(roles) > 1 and (address or moment))
    if "from" in roles and many:
        return last - at + 1
    # labels in a language that is not known: so many, with an address and a time among them
    strange = unknown > 2 and address and moment and not roles
    return last - at + 1 if strange else 0


def _roles(line: str) -> set[str]:
    """Return what the labels in a line of headers name; several where a program joined them."""
    match = _LABEL.fullmatch(line[: 4 * _LONGEST])
    first = _LABELS.get(bare(match["label"])) if match else None
    if not match or first is None:
        return set()
    found = {first}
    for label in _INSIDE.findall(match["value"][: 2 * _LONGEST]):
        words = bare(label).split()
        found |= {
            _LABELS[tail]
            for size in (1, 2)
            if (tail := " ".join(words[-size:])) in _LABELS and tail != "a" and len(words) >= size
        }
    return found
