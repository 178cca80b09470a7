"""The search for signs of a chat without any shortcut: each pattern is tried on each line.

It is what the quick search in the kit is compared with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from seminarkit.topics.questions.chat.chat_lines import plain_spaces, without_invisible
from seminarkit.topics.questions.chat.letters import plain_letters
from seminarkit.topics.questions.chat.line_heads import CLOCK, DIRECT
from seminarkit.topics.questions.chat.patterns import (
    ANSWERED_MAIL,
    ANY_SIGN,
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
    SENDER,
    SPEAKER,
    STRONG,
    WEAK,
    WHEN,
    WORDS,
)


def looks_like_chat(text: str, *, notes: bool = False) -> bool:
    """Say whether a text is a saved or copied chat, or holds a part of one.

    Of what is known to be ``notes``, or answers, only strong signs count: a time with a name may
    stand in notes too.
    """
    text = plain_letters(text)
    tabbed = [line for line in BREAKS.split(text) if "\t" in line.strip()]
    lines = list(_lines(text))
    signed = [line for line in lines if _is_signed(line)]
    if any(_strong(line) for line in signed) or sum(map(_is_from_to, lines)) > 1:
        return True
    if notes:
        return False
    return (
        sum(_weak(line) for line in signed) > 1
        or sum(map(_is_row, tabbed)) > 1
        or _is_talk_in_rows(tabbed)
        or _is_table(lines)
        or _is_table(tabbed)
        or _is_json(text)
        or _takes_turns(lines)
    )


def _lines(text: str) -> Iterator[str]:
    return filter(None, (_bare(line[:LONGEST_LINE]) for line in BREAKS.split(text)))


def _bare(line: str) -> str:
    bare = without_invisible(plain_spaces(line)).strip()
    bare = bare.replace("**", "").replace("`", "")  # as Markdown marks a name or time
    return QUOTED.sub("", bare)


def _is_signed(line: str) -> bool:
    return bool(ANY_SIGN.search(line))


def _is_from_to(line: str) -> bool:
    return bool(FROM_TO.match(line))


def _strong(line: str) -> bool:
    if mark := DIRECT.search(line):
        # in a sentence such a bracket may stand by chance; in a chat a colon or a time is near
        around = line[: mark.start()] + " " + line[mark.end() :]
        if re.search(rf"[:：]|{CLOCK}", around) or not line[mark.end() :].strip():
            return True
    return not ANSWERED_MAIL.search(line) and any(pattern.match(line) for pattern in STRONG)


def _weak(line: str) -> bool:
    if ANSWERED_MAIL.search(line):
        return False
    if any(pattern.match(line) for pattern in WEAK):
        return True
    named = NAME_THEN_TIME.fullmatch(line)
    return bool(named and len(named["name"].split()) <= 6 and not NO_NAME.search(named["name"]))


def _is_row(line: str) -> bool:
    """Say whether tabs part a time, to the second or with a date or for everyone, and words."""
    cells = [plain_spaces(cell).strip(' "') for cell in line[:LONGEST_LINE].split("\t")]
    times = [cell for cell in cells[:3] if CELL_OF_TIME.fullmatch(cell)]
    exact = any(CELL_OF_MOMENT.fullmatch(cell) for cell in times) or len(times) > 1
    return (
        len(cells) > 2 and bool(times) and (exact or bool(FOR_ALL & set(map(str.casefold, cells))))
    )


def _is_talk_in_rows(rows: list[str]) -> bool:
    """Say whether a time begins each row, and who speaks next speaks again, after another."""
    cells = [[cell.strip() for cell in row.split("\t")] for row in rows]
    names = [c[1] for c in cells if len(c) > 2 and c[1] and CELL_OF_TIME.fullmatch(c[0])]
    turns = [name for name, before in zip(names, ["", *names], strict=False) if name != before]
    return len(turns) > 2 and len(set(turns)) < len(turns)


def _is_table(lines: list[str]) -> bool:
    """Say whether one of the first lines heads columns for a sender, a time and words."""
    for line in lines[:10]:
        cells = [cell.strip(' "') for cell in re.split(r"[,;\t|]|  +", line)]
        if len(cells) > 1 and all(len(cell) < 40 for cell in cells) and _names_parts(cells):
            return True
    return False


def _is_json(text: str) -> bool:
    """Say whether JSON, whole or cut off, has keys for a sender, a time and words."""
    start = text.lstrip("\ufeff \t\r\n")[:1]
    return start in ("{", "[") and _names_parts(KEY.findall(text))


def _names_parts(words: Iterable[str]) -> bool:
    names = "\n".join(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", word) for word in set(words))
    return all(pattern.search(names.replace("_", " ")) for pattern in (SENDER, WORDS, WHEN))


def _takes_turns(lines: list[str]) -> bool:
    """Say whether people speak in turn, one line each, as in a chat without times."""
    names = [match[1] for line in lines if (match := SPEAKER.match(line))]
    turns = sum(one != other for one, other in pairwise(names))
    return (
        len(names) >= 4
        and len(names) * 5 >= len(lines) * 4
        and 1 < len(set(names)) < len(names)
        and turns > len(set(names))
    )
