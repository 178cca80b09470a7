"""Parse the first line of a message in a saved chat: time, sender and audience.

    09:15:02 From  Ana K  to  Everyone : the words    older; in a local recording without the "to"
    09:15:02 From Ana K to Everyone:                  newer, the words follow in indented lines
    From Ana K to Everyone: (12:33 PM)                copied from the chat window
    00:15:02<tab>Ana K:<tab>the words                 of a cloud recording: no direct messages in it

The time may have a date before it, AM or PM after it, and brackets around it. In doubt about the
audience, privacy wins: a message is to everyone only if the line cannot mean anything else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from seminarkit.topics.questions.chat.chat_lines import clean_name, plain_spaces, without_invisible

Audience = Literal["everyone", "direct", "others", "unclear"]
Layout = Literal["older", "newer", "copied", "cloud"]

DATE = (
    r"(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|"
    r"\d{1,2}\.? [^\W\d_]{3,10}\.?,? \d{4}|[^\W\d_]{3,10}\.? \d{1,2},? \d{4})"
)
CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
HALF = r"(?:[ap]\.? ?m\b\.?)"
# "(Privately)" in Zoom's languages, and the equivalents of other programs
DIRECT = re.compile(
    r"[(（]\s*(?:(?:sent |said )?privately|private(?: (?:chat|message))?|direct(?: message)?|dm|"
    r"whisper(?:ed)?|privat|direktnachricht|priv[eé]|en priv[eé]|(?:message )?(?:direct|priv[eé])|"
    r"privad[oa]|(?:en|em) privado|mensaje (?:directo|privado)|mensagem (?:direta|privada)|"
    r"privato|in privato|messaggio (?:diretto|privato)|лично|личн\w+ сообщ\w+|приват\w*|"
    r"особист\w+(?: повідом\w+)?|رسالة (?:مباشرة|خاصة)|(?:بشكل )?خاص|prywatn\w+|özel|"
    r"doğrudan mesaj|私信|私聊|ダイレクト ?メッセージ|プライベート)\s*[)）]",
    re.IGNORECASE,
)  # fmt: skip
_TIMED = re.compile(
    rf"[\[(]?(?:{DATE},?[T ] *)?({CLOCK}) ?({HALF})?[\])]?(?: ?[-–—])? +From (.*)",
    re.IGNORECASE,
)
_UNTIMED = re.compile(r"From +(.*)", re.IGNORECASE)
_CLOUD = re.compile(rf"({CLOCK})\t([^\t\n]+):\t(.*)")
_CLOCK_AFTER = re.compile(rf" *[(\[]?({CLOCK}) ?({HALF})?[)\]]? *$", re.IGNORECASE)
_TO = re.compile(r" +to +", re.IGNORECASE)
_OLD_TO = re.compile(r"  +to  +", re.IGNORECASE)
_EVERYONE = frozenset({"everyone", "everyone in meeting", "all panelists and attendees"})
_GROUP = r"(?:all )?(?:hosts?|co-?hosts?|panelists|attendees|participants|interpreters)"
_OTHERS = re.compile(
    rf"{_GROUP}(?:(?:,| and| &) {_GROUP})+|(?:all )?(?:hosts|co-?hosts|panelists|attendees|"
    r"participants|interpreters)|(?:everyone|participants|all)? ?\(?(?:in )?(?:the )?"
    r"(?:waiting|breakout|main) ?rooms?\b.*|meeting group chat|group chat",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Head:
    """The head of a message; ``words`` are those on the same line."""

    to: Audience
    layout: Layout
    time: str = ""
    name: str = ""
    words: str = ""


def head_of(line: str) -> Head | None:
    """Return the head of a message in a line, or None for any other line."""
    flat = plain_spaces(line)
    head = _parsed_head(flat)
    if head is None:
        head = _parsed_head(without_invisible(flat))
        # a head that contains zero-width characters may be a deception
        return replace(head, to="unclear") if head and head.to == "everyone" else head
    return head


def cloud_head_of(line: str) -> Head | None:
    """Return the head of a message in the chat of a cloud recording, or None."""
    if not (parts := _CLOUD.match(line)):
        return None
    time, name, words = parts.groups()
    to: Audience = "direct" if DIRECT.search(name) else "everyone"
    return Head(to, "cloud", _time(time, ""), clean_name(name), words)


def _parsed_head(flat: str) -> Head | None:
    if timed := _TIMED.match(flat):
        head = _parsed_address(timed[3])
        return replace(head, time=_time(timed[1], timed[2])) if head else None
    if untimed := _UNTIMED.match(flat):
        return _copied_head(untimed[1])
    return None


def _copied_head(rest: str) -> Head | None:
    """Return the head of a message copied from the chat window, with the time at its end."""
    clock = _CLOCK_AFTER.search(rest)
    if not clock:
        return None
    head = _parsed_address(rest[: clock.start()].rstrip())
    if head is None:
        return None
    time = _time(clock[1], clock[2])
    if head.words or head.layout != "newer":  # words before the time: not such a head
        to: Audience = "direct" if head.to == "direct" else "unclear"
        return Head(to, "copied", time)
    return replace(head, layout="copied", time=time)


def _parsed_address(rest: str) -> Head | None:
    """Return sender and audience from the text after 'From'; None without a colon after the names.

    A name may contain a colon, and in a local recording a message to everyone has no audience. So
    the head ends at the first colon after a 'to', if there is a 'to'.
    """
    old = rest.startswith(" ")  # older files put two spaces around 'to', so names may contain 'to'
    rest = rest.strip()
    colons = [p for p in (m.start() for m in re.finditer("[:：]", rest)) if not _in_clock(rest, p)]
    if not colons:
        return None
    first = colons[0]
    spaced = old and rest[:first].endswith(" ")
    is_doubled = spaced and (_OLD_TO.search(rest[:first]) or not _TO.search(rest[:first]))
    parts = _OLD_TO if is_doubled else _TO
    after_to = [p for p in colons if parts.search(rest[:p])]
    if not after_to:
        return _head_without_audience(rest, first)
    p = after_to[0]
    left, words = rest[:p], rest[p + 1 :].strip()
    *_, to = parts.finditer(left)
    name, audience = clean_name(left[: to.start()]), left[to.end() :].strip()
    recipients = _audience(audience, words)
    if DIRECT.match(words):
        words = DIRECT.sub("", words, count=1).strip()
    if recipients == "direct" and p != first and words and not DIRECT.search(f"{audience} {words}"):
        # either a name with a colon, or a message of a local recording that contains 'to'
        recipients = "direct" if spaced else "unclear"
    if recipients == "everyone" and not name:
        recipients = "unclear"
    return Head(recipients, "older" if words else "newer", name=name, words=words)


def _head_without_audience(rest: str, colon: int) -> Head:
    """Return a head of a local recording, where only direct messages have an audience."""
    name, words = clean_name(rest[:colon]), rest[colon + 1 :].strip()
    if DIRECT.search(name):
        return Head("direct", "older")
    if not (name and words) or DIRECT.search(words):
        return Head("unclear", "older")
    return Head("everyone", "older", name=name, words=words)


def _audience(shown: str, words: str) -> Audience:
    if DIRECT.search(shown) or DIRECT.match(words):
        return "direct"
    plain = " ".join(shown.split()).casefold()
    if plain in _EVERYONE:
        return "unclear" if DIRECT.search(words) else "everyone"
    if " ".join(without_invisible(shown).split()).casefold() in _EVERYONE:
        return "unclear"
    return "others" if _OTHERS.fullmatch(plain) else "direct"


def _in_clock(text: str, position: int) -> bool:
    return bool(
        text[position - 1 : position].isdigit()
        and re.match(r"\d\d(?!\d)", text[position + 1 : position + 4])
    )


def _time(clock: str, half: str | None) -> str:
    """Return a time as HH:MM or HH:MM:SS in 24-hour format."""
    hour, *rest = re.split("[.,]", clock)[0].split(":")
    number = int(hour)
    if half and number <= 12:
        number = number % 12 + (12 if half[0] in "pP" else 0)
    return ":".join((f"{number:02}", *rest))
