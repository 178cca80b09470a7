"""Regular expressions that recognise chats: times, senders and marks of private messages."""

from __future__ import annotations

import re

from seminarkit.topics.questions.chat.line_heads import CLOCK
from seminarkit.topics.questions.chat.line_heads import DATE as _COMMON_DATE
from seminarkit.topics.questions.chat.line_heads import HALF as _COMMON_HALF

LONGEST_LINE = 2_000
QUOTED = re.compile(r"^(?:[>|*•\-#\"'“„«]+ ?)+(?=\S)")
BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
SECONDS = r"\d{1,2}[:.]\d{2}[:.]\d{2}(?:[.,]\d{1,6})?"
SHORT = r"\d{1,2}[:.h]\d{2}"
DATE = rf"(?:{_COMMON_DATE}|\d{{1,2}}[ -][^\W\d_]{{3,10}}\.?[ -]\d{{2,4}})"
HALF = rf"(?:{_COMMON_HALF}|Uhr\b|ص|م|ق\.ظ|ب\.ظ|上午|下午|오전|오후)"
# a day without a full date, as some programs write it
DAY = (
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
BEFORE = r"(?:上午|下午|午前|午後|오전|오후)? ?"
AT = r",?(?:T| at| um| à| alle| às| в|,)? *"
ZONE = r"(?:Z|[+-]\d{2}:?\d{2}| ?(?:UTC|GMT|CET|CEST)(?:[+-]\d{1,2})?)?"
STAMP = rf"[\[(<]?(?:(?:{DATE}|{DAY}){AT})?{BEFORE}(?:{SECONDS}|{SHORT}) ?{HALF}?{ZONE}[\])>]?"
DATED = rf"[\[(<]?{DATE}{AT}{BEFORE}(?:{SECONDS}|{SHORT}) ?{HALF}?{ZONE}[\])>]?"
NAME = r"(?![-–—/]|\d{1,2}[:.]\d\d)[^\n]{0,100}?"
FROM = (
    r"(?:from|von|de|du|da|od|от|від|ад|van|från|fra|dari|từ|kimden|من|מאת|από|დან|自|从|來自|来自)"
)
TO = r"(?:to|an|à|a|para|для|до|кому|до|naar|aan|til|till|do|kepada|đến|kime|إلى|الى|אל|προς|至|到)"
PRIVATE_WORDS = (
    r"(?:(?:direct|private|personal) (?:message|chat|msg)|dm|pm|whisper|"
    r"direktnachricht|privatnachricht|"
    r"(?:private|direkte) nachricht|message (?:direct|privé)|mensaje (?:directo|privado)|"
    r"mensagem (?:direta|privada)|messaggio (?:diretto|privato)|личное сообщение|"
    r"приватне повідомлення|رسالة (?:مباشرة|خاصة)) "
    r"(?:from|to|von|an|de|à|a|para|da|от|від|для|من|إلى)\b"
)
_BRACKETED = (
    r".{1,100}[(\[](?:[^()]{0,60}[ ,])?(?:privately|direct message)(?:[ ,][^()]{0,60})?"
    r"[)\]] ?(?:[:：]|$)"
)
_MESSAGE_TAG = (
    r"<(?:message|msg|sms|mms|addr|chat\w*)\b[^>]*\b(?:from|sender|author|address|user|name)="
)
_CALLED_PRIVATE = rf"[\[(]?{PRIVATE_WORDS}.{{1,100}}?(?:[:：\])]|$)"
_TO_WHOM = (
    rf".{{1,100}}\({TO} (?:everyone|me|you|alle|mich|tous|todos|"
    rf"organi[sz]ers?|presenters?|hosts?|panelists?|staff|attendees|entire audience)"
    rf"\b[^:]{{0,30}}\) ?:"
)
_OF_PROGRAMS = (
    r"type: (?:incoming|outgoing)\b",  # a message in a backup of Signal
    r"WEBVTT\b",
    r"messages and calls are end-to-end encrypted|.{0,80}\bend-to-end encrypted\b",
)


def _compiled(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


STRONG = _compiled(
    rf"{STAMP} ?[-–—]? ?{FROM}\b.{{1,200}}[:：]",  # time and sender
    rf"[\[(]?(?:{DATE},?[T ] *)?{SECONDS} ?{HALF}?[\])]? ?[-–—]?\s*{NAME}[:：](?!\d\d)",
    rf"{DATED} ?[-–—]? ?{NAME}[:：](?!\d\d)",
    rf"{FROM} .{{1,150}} {TO} .{{1,150}}[:：]? *[\[(]?{CLOCK} ?{HALF}?[\])]?$",
    rf".{{1,100}} {TO} (?:everyone|me|you|alle|mich|tous|moi|todos|mí|все|всем|мне|الجميع)\b"
    rf".{{0,40}}[:： ] *[\[(]?{CLOCK} ?{HALF}?[\])]?$",
    rf"\[{DAY}{AT}{BEFORE}{SHORT} ?{HALF}?\]",  # [Thursday 9:11 AM] Ana
    rf"{STAMP} *<[ @+%&~]?[^<>@\n/]{{1,60}}>(?: |$)",  # [10:15] <ana> words
    rf"{SECONDS}(?: *-+> *|,)\s*{SECONDS}",  # a subtitle, the format of a recording's chat
    rf"(?:{STAMP} ?[-–—]? ?)?{_CALLED_PRIVATE}",
    rf"(?:{STAMP}:? ?[-–—]? ?)?{_TO_WHOM}",
    _BRACKETED,
    _MESSAGE_TAG,
    *_OF_PROGRAMS,
)
# the strong signs that match lines without a time, and those that match without brackets too
TIMELESS = _compiled(_CALLED_PRIVATE, _TO_WHOM, _BRACKETED, _MESSAGE_TAG, *_OF_PROGRAMS)
BARE = _compiled(rf"{_CALLED_PRIVATE}|{'|'.join(_OF_PROGRAMS[:2])}", _OF_PROGRAMS[2])
BRACKETED = re.compile(_BRACKETED, re.IGNORECASE)
TIME = re.compile(r"\d[:.hH]\d\d")
# a quick test before the others: a time, brackets, or a word of some program
ANY_SIGN = re.compile(rf"\d[:.h]\d\d|[(（<]|encrypted|WEBVTT|type: |{PRIVATE_WORDS}", re.IGNORECASE)
FROM_TO = re.compile(rf"{FROM} +[^:\n]{{1,150}} {TO} [^:\n]{{1,150}}[:：]", re.IGNORECASE)
WEAK = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{STAMP} ?[-–—]? ?{NAME}[:：](?!\d\d|//)",  # 10:15 Ana: words
        rf"{STAMP} <[^<>\n]{{1,60}}>",  # [10:15] <Ana> words
        rf"[\[(]{DATE},? *(?:{SECONDS}|{SHORT}) ?{HALF}?[\])] *\S",  # [27/11/2020 10:15] Ana
        rf".{{1,60}}? ?[-–—] ?{DAY}{AT}{SHORT} ?{HALF}?",  # Ana — Today at 9:11 AM
        # Ana (to Ben): words
        rf".{{1,60}}\({TO} [^():\n]{{1,60}}(?:\(s\))?[^():\n]{{0,30}}\) ?: *\S",
        rf".{{1,60}}?[ ,\[(]+(?:{SECONDS}|{SHORT}) ?{HALF}?[\])]? ?[:：] *\S",
        rf"{STAMP} ?(?:{HALF})?$",  # a time by itself, with the name above or below
        rf"\"?{STAMP}\"?[,;\t|]\s*\"?{NAME}\"?[,;\t|]",  # a row of a table
        r"<[^<>@\n/]{1,40}> \S",  # <Ana> words
    )
)
CELL_OF_TIME = re.compile(rf"{STAMP}|{DATE}", re.IGNORECASE)
CELL_OF_MOMENT = re.compile(rf"{DATED}|[\[(<]?{SECONDS} ?{HALF}?[\])>]?", re.IGNORECASE)
FOR_ALL = frozenset(("everyone", "all", "alle", "tous", "todos", "me", "host", "все", "الجميع"))
NAME_THEN_TIME = re.compile(
    rf"(?P<name>[^\n]{{1,80}}?)[ ,·|—–-]+[\[(]?(?:{STAMP})[\])]? ?[:：]?", re.IGNORECASE
)
NO_NAME = re.compile(
    r"[:：]|\b(?:at|by|until|till|before|after|from|to|um|bis|à|vers|a las|в|до|с|sent|date|datum|"
    r"\d{4}|january|february|march|april|may|june|july|august|september|october|november|"
    r"december)\b",
    re.IGNORECASE,
)
SENDER = re.compile(
    r"\b(?:from|sender|author|user|username|display_?name|from_?name|sender_?name|person|name|to|"
    r"who|von|de|от|recipient|receiver|participant|nick|nickname|handle|sent (?:by|at)|"
    r"expéditeur|absender|remitente|отправитель|source (?:uuid|number|service id|device))\b",
    re.IGNORECASE,
)
WORDS = re.compile(
    r"\b(?:text|message|messages|body|content|msg|chat|comment|nachricht|mensaje|сообщение)\b",
    re.IGNORECASE,
)
WHEN = re.compile(
    r"\b(?:time|date|timestamp|ts|created|sent|datetime|when|zeit|heure|hora|время|"
    r"created_?at|created_?date_?time|date_?unixtime|\w*time|"
    r"uhrzeit|datum|fecha|дата|\w*timestamp)\b",
    re.IGNORECASE,
)
# "On … Ana <ana@example.org> wrote:" and the like, above a quoted mail
ANSWERED_MAIL = re.compile(r"<[^<>\s@]+@[^<>\s]+>[^:：]{0,30}[:：]?$")
KEY = re.compile(r"[\"']([A-Za-z_ -]{1,30})[\"']\s*:")
REMEMBERED = 20_000  # longest text whose result is cached, in characters
SPEAKER = re.compile(
    r"(?!(?:from|to|cc|sent|date|subject|von|an|gesendet|betreff|de|à|envoyé|objet|от|кому|тема|"
    r"дата|tel|phone|fax|e-?mail|web)\b)([^\s:：<>][^:：\n]{0,40})[:：] +\S",
    re.IGNORECASE,
)
