"""Find where a mail begins to quote another: the lines that programs put above the quote.

They are recognised by structure first, as a date, an address and a colon are the same in all
languages, and by words where a program leaves one of them out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from seminarkit.topics.intake.mail.letter_words import HEADERS, SEPARATORS, WROTE

Mark = Literal["wrote", "header"]
MOST_LINES = 4  # that a program may wrap "On … wrote:" over
_MOST_HEADERS = 24
_MOST_UNKNOWN = 8
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


class QuoteOpening(NamedTuple):
    """The kind and number of the lines above a quoted mail."""

    kind: Mark
    lines: int


def opening_at(
    lines: Sequence[str], at: int, is_heading: Callable[[str], bool] = lambda _: False
) -> QuoteOpening | None:
    """Return the opening of a quoted mail at this line, or None."""
    line = lines[at]
    if not line.strip() or _BULLET.match(line) or is_heading(line):
        return None
    if _is_separator(lines, at):
        next_line = _skip_blank(lines, at + 1)
        count = _header_count(lines, next_line)
        return QuoteOpening("header", next_line - at + count if count else 1)
    if count := _header_count(lines, at):
        return QuoteOpening("header", count)
    for count in range(1, MOST_LINES + 1):
        if not all(text.strip() for text in lines[at : at + count]) or at + count > len(lines):
            return None
        if any(_BULLET.match(text) or is_heading(text) for text in lines[at + 1 : at + count]):
            return None
        if _is_attribution(" ".join(lines[at : at + count])):
            return QuoteOpening("wrote", count)
    return None


def normalised(line: str) -> str:
    """Return a line normalised for comparing: lower case, single spaces, no direction marks."""
    if line.isascii():
        return " ".join(line.split()).casefold()
    words = unicodedata.normalize("NFKC", line).replace("’", "'")
    visible = "".join(character for character in words if unicodedata.category(character) != "Cf")
    return " ".join(visible.split()).casefold()


def _is_separator(lines: Sequence[str], at: int) -> bool:
    words = normalised(lines[at][:_LONGEST])
    if _FORWARD.fullmatch(words):
        return True
    match = _BETWEEN.fullmatch(words)
    if not match:
        return False
    next_line = _skip_blank(lines, at + 1)
    return bool(_SEPARATOR.search(match["words"])) or _header_count(lines, next_line) > 0


def _skip_blank(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _is_attribution(joined: str) -> bool:
    """Return whether a text is the attribution line "On … wrote:", in any language."""
    words = normalised(joined[: 2 * _LONGEST])
    if len(joined) > 2 * _LONGEST:
        return False
    address, verb = _ADDRESS.search(words), _WROTE.search(words)
    dated = address and _MOMENT.search(words)
    if not _ENDS.search(words):
        return bool(dated and verb and words.endswith((".", ")")))
    if dated:
        return True
    return bool(verb and (address or _TIME.search(words) or _BEGINS.match(words)))


def _header_count(lines: Sequence[str], at: int) -> int:
    """Return the number of lines of a From/Sent/To/Subject block at this line, 0 if none."""
    if at >= len(lines) or not _LABELLED.search(lines[at]):
        return 0
    if not _roles(lines[at]) and not any(map(_PERSON.search, lines[at : at + _MOST_UNKNOWN])):
        return 0
    roles: set[str] = set()
    unknown, last, gap = 0, at, 0
    has_address = has_time = False  # whether an address in <> and a time were seen
    for number in range(at, min(len(lines), at + _MOST_HEADERS)):
        line = lines[number]
        if not line.strip():
            gap += 1
            if gap > 1:
                break
            continue
        line_roles = _roles(line)
        match = None if line_roles else _LABEL.fullmatch(line[:_LONGEST])
        if line_roles or match:
            if match and _BULLET.match(line):
                break
            roles |= line_roles
            unknown += bool(match)
            last, gap = number, 0
        elif number == at or gap or number - last > 3 or _BULLET.match(line):
            break
        has_address |= bool(_PERSON.search(line))
        has_time |= bool(_TIME.search(line))
    is_block = len(roles) > 2 or (len(roles) > 1 and (has_address or has_time))
    if "from" in roles and is_block:
        return last - at + 1
    # labels of an unknown language: several of them, with an address and a time
    is_unknown_language = unknown > 2 and has_address and has_time and not roles
    return last - at + 1 if is_unknown_language else 0


def _roles(line: str) -> set[str]:
    """Return the header fields that a line labels; several if a program joined the lines."""
    match = _LABEL.fullmatch(line[: 4 * _LONGEST])
    first_role = _LABELS.get(normalised(match["label"])) if match else None
    if not match or first_role is None:
        return set()
    roles = {first_role}
    for label in _INSIDE.findall(match["value"][: 2 * _LONGEST]):
        words = normalised(label).split()
        roles |= {
            _LABELS[tail]
            for size in (1, 2)
            if (tail := " ".join(words[-size:])) in _LABELS and tail != "a" and len(words) >= size
        }
    return roles
