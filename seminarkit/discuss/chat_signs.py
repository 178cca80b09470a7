"""Tells a saved or copied chat by what makes a text one: several people's words, each with a time.

There is no list of programs here, as each writes its own layout and changes it. A chat names a
sender and a time for each message, in one line or in two, or calls a message private.
Where that is in doubt the text counts as a chat: then its file is left where it is, and an
organiser looks at it. A strong sign is enough by itself; a weak one is needed twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from seminarkit.discuss.chat_heads import CLOCK, DIRECT
from seminarkit.discuss.chat_heads import DATE as _COMMON_DATE
from seminarkit.discuss.chat_heads import HALF as _COMMON_HALF
from seminarkit.discuss.chat_letters import plain_letters
from seminarkit.discuss.chat_text import plain_spaces, without_invisible

_LONGEST_LINE = 2_000
_QUOTED = re.compile(r"^(?:[>|*•\-#\"'“„«]+ ?)+(?=\S)")
_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_SECONDS = r"\d{1,2}[:.]\d{2}[:.]\d{2}(?:[.,]\d{1,6})?"
_SHORT = r"\d{1,2}[:.h]\d{2}"
DATE = rf"(?:{_COMMON_DATE}|\d{{1,2}}[ -][^\W\d_]{{3,10}}\.?[ -]\d{{2,4}})"
HALF = rf"(?:{_COMMON_HALF}|Uhr\b|ص|م|ق\.ظ|ب\.ظ|上午|下午|오전|오후)"
# a day as programs call it that leave the date out, or its year
_DAY = (
    r"(?:(?:last |letzten? |am )?"
    r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?|"
    r"today|yesterday|heute|gestern|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|"
    r"aujourd[’']hui|hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hoy|ayer|lunes|martes|"
    r"miércoles|jueves|viernes|sábado|domingo|oggi|ieri|lunedì|martedì|mercoledì|giovedì|venerdì|"
    r"sabato|domenica|hoje|ontem|bugün|dün|dziś|dzisiaj|wczoraj|сегодня|вчера|сьогодні|вчора|"
    r"понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|اليوم|أمس|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}|"
    r"\d{1,2}\.? (?:jan|feb|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)[a-z]{0,6}\.?|"
    r"\d{1,2}[./-]\d{1,2}\.?)"
)
_BEFORE = r"(?:上午|下午|午前|午後|오전|오후)? ?"
_AT = r",?(?:T| at| um| à| alle| às| в|,)? *"
_ZONE = r"(?:Z|[+-]\d{2}:?\d{2}| ?(?:UTC|GMT|CET|CEST)(?:[+-]\d{1,2})?)?"
_STAMP = (
    rf"[\[(<]?(?:(?:{DATE}|{_DAY}){_AT})?{_BEFORE}(?:{_SECONDS}|{_SHORT}) ?{HALF}?{_ZONE}[\])>]?"
)
_DATED = rf"[\[(<]?{DATE}{_AT}{_BEFORE}(?:{_SECONDS}|{_SHORT}) ?{HALF}?{_ZONE}[\])>]?"
_NAME = r"(?![-–—/]|\d{1,2}[:.]\d\d)[^\n]{0,100}?"
_FROM = (
    r"(?:from|von|de|du|da|od|от|від|ад|van|från|fra|dari|từ|kimden|من|מאת|από|დან|自|从|來自|来自)"
)
_TO = (
    r"(?:to|an|à|a|para|для|до|кому|до|naar|aan|til|till|do|kepada|đến|kime|إلى|الى|אל|προς|至|到)"
)
_PRIVATE_WORDS = (
    r"(?:(?:direct|private|personal) (?:message|chat|msg)|dm|pm|whisper|"
    r"direktnachricht|privatnachricht|"
    r"(?:private|direkte) nachricht|message (?:direct|privé)|mensaje (?:directo|privado)|"
    r"mensagem (?:direta|privada)|messaggio (?:diretto|privato)|личное сообщение|"
    r"приватне повідомлення|رسالة (?:مباشرة|خاصة)) "
    r"(?:from|to|von|an|de|à|a|para|da|от|від|для|من|إلى)\b"
)
_STRONG = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_STAMP} ?[-–—]? ?{_FROM}\b.{{1,200}}[:：]",  # when, from whom
        rf"[\[(]?(?:{DATE},?[T ] *)?{_SECONDS} ?{HALF}?[\])]? ?[-–—]?\s*{_NAME}[:：](?!\d\d)",
        rf"{_DATED} ?[-–—]? ?{_NAME}[:：](?!\d\d)",
        rf"{_FROM} .{{1,150}} {_TO} .{{1,150}}[:：]? *[\[(]?{CLOCK} ?{HALF}?[\])]?$",
        rf".{{1,100}} {_TO} (?:everyone|me|you|alle|mich|tous|moi|todos|mí|все|всем|мне|الجميع)\b"
        rf".{{0,40}}[:： ] *[\[(]?{CLOCK} ?{HALF}?[\])]?$",
        rf"\[{_DAY}{_AT}{_BEFORE}{_SHORT} ?{HALF}?\]",  # [Thursday 9:11 AM] Ana
        rf"{_STAMP} *<[ @+%&~]?[^<>@\n/]{{1,60}}>(?: |$)",  # [10:15] <ana> words
        rf"(?:{_STAMP} ?[-–—]? ?)?[\[(]?{_PRIVATE_WORDS}.{{1,100}}?(?:[:：\])]|$)",
        r".{1,100}[(\[](?:[^()]{0,60}[ ,])?(?:privately|direct message)(?:[ ,][^()]{0,60})?"
        r"[)\]] ?(?:[:：]|$)",
        rf"(?:{_STAMP}:? ?[-–—]? ?)?.{{1,100}}\({_TO} (?:everyone|me|you|alle|mich|tous|todos|"
        rf"organi[sz]ers?|presenters?|hosts?|panelists?|staff|attendees|entire audience)"
        r"\b[^:]{0,30}\) ?:",
        r"type: (?:incoming|outgoing)\b",  # a message as Signal's backups show it
        r"WEBVTT\b",
        rf"{_SECONDS}(?: *-+> *|,)\s*{_SECONDS}",  # a subtitle, as chats of recordings are kept
        r"messages and calls are end-to-end encrypted|.{0,80}\bend-to-end encrypted\b",
        r"<(?:message|msg|sms|mms|addr|chat\w*)\b[^>]*\b(?:from|sender|author|address|user|name)=",
    )
)
# what a line must hold to be a sign at all: a time, brackets, or a word of some program
_ANY_SIGN = re.compile(
    rf"\d[:.h]\d\d|[(（<]|encrypted|WEBVTT|type: |{_PRIVATE_WORDS}", re.IGNORECASE
)
_FROM_TO = re.compile(rf"{_FROM} +[^:\n]{{1,150}} {_TO} [^:\n]{{1,150}}[:：]", re.IGNORECASE)
_WEAK = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_STAMP} ?[-–—]? ?{_NAME}[:：](?!\d\d|//)",  # 10:15 Ana: words
        rf"{_STAMP} <[^<>\n]{{1,60}}>",  # [10:15] <Ana> words
        rf"[\[(]{DATE},? *(?:{_SECONDS}|{_SHORT}) ?{HALF}?[\])] *\S",  # [27/11/2020 10:15] Ana
        rf".{{1,60}}? ?[-–—] ?{_DAY}{_AT}{_SHORT} ?{HALF}?",  # Ana — Today at 9:11 AM
        # Ana (to Ben): words
        rf".{{1,60}}\({_TO} [^():\n]{{1,60}}(?:\(s\))?[^():\n]{{0,30}}\) ?: *\S",
        rf".{{1,60}}?[ ,\[(]+(?:{_SECONDS}|{_SHORT}) ?{HALF}?[\])]? ?[:：] *\S",
        rf"{_STAMP} ?(?:{HALF})?$",  # a time by itself, with the name above or below
        rf"\"?{_STAMP}\"?[,;\t|]\s*\"?{_NAME}\"?[,;\t|]",  # a row of a table
        r"<[^<>@\n/]{1,40}> \S",  # <Ana> words
    )
)
_CELL_OF_TIME = re.compile(rf"{_STAMP}|{DATE}", re.IGNORECASE)
_CELL_OF_MOMENT = re.compile(rf"{_DATED}|[\[(<]?{_SECONDS} ?{HALF}?[\])>]?", re.IGNORECASE)
_FOR_ALL = frozenset(("everyone", "all", "alle", "tous", "todos", "me", "host", "все", "الجميع"))
_NAME_THEN_TIME = re.compile(
    rf"(?P<name>[^\n]{{1,80}}?)[ ,·|—–-]+[\[(]?(?:{_STAMP})[\])]? ?[:：]?", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"[:：]|\b(?:at|by|until|till|before|after|from|to|um|bis|à|vers|a las|в|до|с|sent|date|datum|"
    r"\d{4}|january|february|march|april|may|june|july|august|september|october|november|"
    r"december)\b",
    re.IGNORECASE,
)
_SENDER = re.compile(
    r"\b(?:from|sender|author|user|username|display_?name|from_?name|sender_?name|person|name|to|"
    r"who|von|de|от|recipient|receiver|participant|nick|nickname|handle|sent (?:by|at)|"
    r"expéditeur|absender|remitente|отправитель|source (?:uuid|number|service id|device))\b",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"\b(?:text|message|messages|body|content|msg|chat|comment|nachricht|mensaje|сообщение)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:time|date|timestamp|ts|created|sent|datetime|when|zeit|heure|hora|время|"
    r"created_?at|created_?date_?time|date_?unixtime|\w*time|"
    r"uhrzeit|datum|fecha|дата|\w*timestamp)\b",
    re.IGNORECASE,
)
# "On … Ana <ana@example.org> wrote:" and its like stand above what a mail answers to
_ANSWERED_MAIL = re.compile(r"<[^<>\s@]+@[^<>\s]+>[^:：]{0,30}[:：]?$")
_KEY = re.compile(r"[\"']([A-Za-z_ -]{1,30})[\"']\s*:")
_REMEMBERED = 20_000  # characters of a text whose look is remembered
_SPEAKER = re.compile(
    r"(?!(?:from|to|cc|sent|date|subject|von|an|gesendet|betreff|de|à|envoyé|objet|от|кому|тема|"
    r"дата|tel|phone|fax|e-?mail|web)\b)([^\s:：<>][^:：\n]{0,40})[:：] +\S",
    re.IGNORECASE,
)


def looks_like_chat(text: str, *, notes: bool = False) -> bool:
    """Say whether a text is a saved or copied chat, or holds a part of one.

    Of what is known to be ``notes``, or answers, only strong signs count: a time with a name may
    stand in notes too.
    """
    # the kit's own words come back with every form
    return (_seen_before if len(text) < _REMEMBERED else _looks_like_chat)(text, notes)


def _looks_like_chat(text: str, notes: bool) -> bool:
    text = plain_letters(text)
    tabbed = [line for line in _BREAKS.split(text) if "\t" in line.strip()]
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


_seen_before = lru_cache(maxsize=4096)(_looks_like_chat)


def _lines(text: str) -> Iterator[str]:
    return filter(None, (_bare(line[:_LONGEST_LINE]) for line in _BREAKS.split(text)))


@lru_cache(maxsize=1 << 14)
def _bare(line: str) -> str:
    bare = without_invisible(plain_spaces(line)).strip()
    bare = bare.replace("**", "").replace("`", "")  # as Markdown marks a name or time
    return _QUOTED.sub("", bare)


@lru_cache(maxsize=1 << 14)
def _is_signed(line: str) -> bool:
    return bool(_ANY_SIGN.search(line))


@lru_cache(maxsize=1 << 14)
def _is_from_to(line: str) -> bool:
    return bool(_FROM_TO.match(line))


def _strong(line: str) -> bool:
    if mark := DIRECT.search(line):
        # in a sentence such a bracket may stand by chance; in a chat a colon or a time is near
        around = line[: mark.start()] + " " + line[mark.end() :]
        if re.search(rf"[:：]|{CLOCK}", around) or not line[mark.end() :].strip():
            return True
    return not _ANSWERED_MAIL.search(line) and any(pattern.match(line) for pattern in _STRONG)


def _weak(line: str) -> bool:
    if _ANSWERED_MAIL.search(line):
        return False
    if any(pattern.match(line) for pattern in _WEAK):
        return True
    named = _NAME_THEN_TIME.fullmatch(line)
    return bool(named and len(named["name"].split()) <= 6 and not _NO_NAME.search(named["name"]))


def _is_row(line: str) -> bool:
    """Say whether tabs part a time, to the second or with a date or for everyone, and words."""
    cells = [plain_spaces(cell).strip(' "') for cell in line[:_LONGEST_LINE].split("\t")]
    times = [cell for cell in cells[:3] if _CELL_OF_TIME.fullmatch(cell)]
    exact = any(_CELL_OF_MOMENT.fullmatch(cell) for cell in times) or len(times) > 1
    return (
        len(cells) > 2 and bool(times) and (exact or bool(_FOR_ALL & set(map(str.casefold, cells))))
    )


def _is_talk_in_rows(rows: list[str]) -> bool:
    """Say whether a time begins each row, and who speaks next speaks again, after another."""
    cells = [[cell.strip() for cell in row.split("\t")] for row in rows]
    names = [c[1] for c in cells if len(c) > 2 and c[1] and _CELL_OF_TIME.fullmatch(c[0])]
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
    return start in ("{", "[") and _names_parts(_KEY.findall(text))


def _names_parts(words: Iterable[str]) -> bool:
    names = "\n".join(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", word) for word in set(words))
    return all(pattern.search(names.replace("_", " ")) for pattern in (_SENDER, _WORDS, _WHEN))


def _takes_turns(lines: list[str]) -> bool:
    """Say whether people speak in turn, one line each, as in a chat without times."""
    names = [match[1] for line in lines if (match := _SPEAKER.match(line))]
    turns = sum(one != other for one, other in pairwise(names))
    return (
        len(names) >= 4
        and len(names) * 5 >= len(lines) * 4
        and 1 < len(set(names)) < len(names)
        and turns > len(set(names))
    )
