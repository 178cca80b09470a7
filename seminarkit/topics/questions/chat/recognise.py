"""Recognise saved or copied chats by their messages: a sender and a time for each.

There is no list of programs, since each has its own layout and changes it. A chat has a sender and
a time for each message, in one line or in two, or calls a message private. In doubt a text counts
as a chat: its file is left alone, and an organiser looks at it. One strong sign is enough; weak
signs count from two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from seminarkit.topics.questions.chat.chat_lines import plain_spaces, without_invisible
from seminarkit.topics.questions.chat.letters import plain_letters
from seminarkit.topics.questions.chat.line_heads import CLOCK, DIRECT
from seminarkit.topics.questions.chat.patterns import (
    ANSWERED_MAIL,
    ANY_SIGN,
    BARE,
    BRACKETED,
    BREAKS,
    CELL_OF_MOMENT,
    CELL_OF_TIME,
    FOR_ALL,
    FROM_TO,
    KEY,
    LONGEST_LINE,
    NAME_THEN_TIME,
    NO_NAME,
    QUOTED,
    REMEMBERED,
    SENDER,
    SPEAKER,
    STRONG,
    TIME,
    TIMELESS,
    WEAK,
    WHEN,
    WORDS,
)

_SHORT = 400  # characters; the results of longer texts are not cached
_HEADS = 10  # lines at the start of a text that may be column heads
_COLUMNS = re.compile(r"[,;\t|]|  +")
_BLANK = "\ufeff \t\r\n"


def looks_like_chat(text: str, *, notes: bool = False) -> bool:
    """Return whether a text is a saved or copied chat, or contains a part of one.

    In ``notes`` or answers only strong signs count, since a time with a name may occur there too.
    """
    # cached, since the kit's own texts come back with every form
    return (_cached_looks_like_chat if len(text) < REMEMBERED else _looks_like_chat)(text, notes)


class Signs(NamedTuple):
    """The signs of a chat in a text.

    ``strong``: a strong sign; ``from_to``: the number of lines 'from … to …:'; ``whole``: it is a
    chat by itself. The signs of consecutive texts add up. A single line is never a whole chat,
    unless it is JSON.
    """

    strong: bool
    from_to: int
    whole: bool


def signs_of(text: str) -> Signs:
    """Return the signs in a text; cached, since most texts are the kit's own."""
    return (_cached_signs if len(text) < _SHORT else _signs)(text)


def _signs(text: str) -> Signs:
    lines = _lines(text)
    whole = "\n" in text.strip() or text.lstrip().startswith(("{", "["))
    return Signs(
        any(line.strong for line in lines),
        sum(line.from_to for line in lines),
        whole and looks_like_chat(text),
    )


_cached_signs = lru_cache(maxsize=1 << 14)(_signs)


class _Line(NamedTuple):
    """A normalised line with the signs in it; ``tabbed`` is the raw line if it contains tabs."""

    bare: str
    strong: bool
    weak: bool
    from_to: bool
    speaker: str
    tabbed: str


def _looks_like_chat(text: str, notes: bool) -> bool:
    lines = _lines(text)
    if any(line.strong for line in lines) or sum(line.from_to for line in lines) > 1:
        return True
    if notes:
        return False
    tabbed = [line.tabbed for line in lines if line.tabbed]
    lines = [line for line in lines if line.bare]
    return (
        sum(line.weak for line in lines) > 1
        or sum(map(_is_row, tabbed)) > 1
        or _is_talk_in_rows(tabbed)
        or _is_table([line.bare for line in lines[:_HEADS]])
        or _is_table(tabbed[:_HEADS])
        or _is_json(text)
        or _takes_turns([line.speaker for line in lines])
    )


_cached_looks_like_chat = lru_cache(maxsize=4096)(_looks_like_chat)


def _lines(text: str) -> list[_Line]:
    # cached, since most lines are the kit's own and come back with every form
    return [
        _cached_line(line) if len(line) < _SHORT else _line(line)
        for line in BREAKS.split(text)
        if line
    ]


def _line(line: str) -> _Line:
    line = plain_letters(line)
    bare = line[:LONGEST_LINE]
    bare = bare.replace("\t", " ") if bare.isascii() else without_invisible(plain_spaces(bare))
    bare = bare.strip().replace("**", "").replace("`", "")  # Markdown around names and times
    bare = QUOTED.sub("", bare)
    strong, weak = _strength(bare)
    has_colon = ":" in bare
    return _Line(
        bare,
        strong,
        weak,
        has_colon and FROM_TO.match(bare) is not None,
        speaker[1] if has_colon and (speaker := SPEAKER.match(bare)) else "",
        line if "\t" in line.strip() else "",
    )


_cached_line = lru_cache(maxsize=1 << 14)(_line)


def _strength(line: str) -> tuple[bool, bool]:
    """Return whether a line is a strong sign, and whether a weak one; tries few patterns."""
    timed = TIME.search(line) is not None
    if timed or "(" in line or "<" in line:
        strong = _is_strong(line, STRONG if timed else TIMELESS)
        return strong, not strong and _is_weak(line)
    squared = "[" in line and BRACKETED.match(line) and ANY_SIGN.search(line)
    return bool(squared) or any(pattern.match(line) for pattern in BARE), False


def _is_strong(line: str, patterns: tuple[re.Pattern[str], ...]) -> bool:
    if mark := DIRECT.search(line):
        # a sentence may contain such a bracket by chance; in a chat, a colon or a time is near
        around = line[: mark.start()] + " " + line[mark.end() :]
        if re.search(rf"[:：]|{CLOCK}", around) or not line[mark.end() :].strip():
            return True
    return not ANSWERED_MAIL.search(line) and any(pattern.match(line) for pattern in patterns)


def _is_weak(line: str) -> bool:
    if ANSWERED_MAIL.search(line):
        return False
    if any(pattern.match(line) for pattern in WEAK):
        return True
    match = NAME_THEN_TIME.fullmatch(line)
    return bool(match and len(match["name"].split()) <= 6 and not NO_NAME.search(match["name"]))


def _is_row(line: str) -> bool:
    """Return whether tabs separate a time (to the second, dated, or to everyone) and words."""
    cells = [plain_spaces(cell).strip(' "') for cell in line[:LONGEST_LINE].split("\t")]
    times = [cell for cell in cells[:3] if CELL_OF_TIME.fullmatch(cell)]
    exact = any(CELL_OF_MOMENT.fullmatch(cell) for cell in times) or len(times) > 1
    return (
        len(cells) > 2 and bool(times) and (exact or bool(FOR_ALL & set(map(str.casefold, cells))))
    )


def _is_talk_in_rows(rows: list[str]) -> bool:
    """Return whether every row begins with a time and several names take turns."""
    cells = [[cell.strip() for cell in row.split("\t")] for row in rows]
    names = [c[1] for c in cells if len(c) > 2 and c[1] and CELL_OF_TIME.fullmatch(c[0])]
    turns = [name for name, before in zip(names, ["", *names], strict=False) if name != before]
    return len(turns) > 2 and len(set(turns)) < len(turns)


def _is_table(lines: list[str]) -> bool:
    """Return whether one of the first lines is a column head with sender, time and words."""
    return any((_cached_is_head if len(line) < _SHORT else _is_head)(line) for line in lines)


def _is_head(line: str) -> bool:
    cells = [cell.strip(' "') for cell in _COLUMNS.split(line)]
    return len(cells) > 1 and all(len(cell) < 40 for cell in cells) and _has_all_parts(cells)


_cached_is_head = lru_cache(maxsize=1 << 14)(_is_head)


def _is_json(text: str) -> bool:
    """Return whether JSON, possibly truncated, has keys for a sender, a time and words."""
    start = plain_letters(text[:400]).lstrip(_BLANK)[:1]
    if not start:
        start = plain_letters(text).lstrip(_BLANK)[:1]
    return start in ("{", "[") and _has_all_parts(KEY.findall(plain_letters(text)))


def _has_all_parts(words: Iterable[str]) -> bool:
    names = "\n".join(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", word) for word in set(words))
    return all(pattern.search(names.replace("_", " ")) for pattern in (SENDER, WORDS, WHEN))


def _takes_turns(speakers: list[str]) -> bool:
    """Return whether people take turns, one line each, as in a chat without times.

    ``speakers`` has one name per line, or "".
    """
    names = [name for name in speakers if name]
    turns = sum(one != other for one, other in pairwise(names))
    return (
        len(names) >= 4
        and len(names) * 5 >= len(speakers) * 4
        and 1 < len(set(names)) < len(names)
        and turns > len(set(names))
    )
