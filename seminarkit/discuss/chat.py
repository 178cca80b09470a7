"""Reads a saved Zoom chat: what was said to everyone, and nothing else.

Zoom publishes no grammar of these files; three layouts are known, all in English:

    09:15:02 From  Ana K  to  Everyone : the words, which may go on in lines without a time
    09:15:02 From Ana K to Everyone:     the words follow in indented lines
    00:15:02<tab>Ana K:<tab>the words    a cloud recording's chat, which holds no direct messages

A direct message is in the file of whoever saved it. It is dropped here, before anything is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from seminarkit.errors import SeminarError

MAX_CHAT = 5 * 2**20
_CLOCK = r"\d{1,2}:\d{2}:\d{2}"
_SPOKEN = re.compile(rf"({_CLOCK})[ \t]+From[ \t]+([^:\n]*):[ \t]?([^\n]*)")
_TABBED = re.compile(rf"({_CLOCK})\t([^\t\n]+):\t([^\n]*)")
_STARTS = re.compile(rf"{_CLOCK}\s")
_HALF = re.compile(r"\d{1,2}(:\d{0,2}){0,2}$")
_TO = re.compile(r"(.*\S)[ \t]+to[ \t]+(.*\S)", re.IGNORECASE)
_EVERYONE = ("everyone", "all panelists and attendees")
_DIRECT = re.compile(r"\((?:direct message|privately)\)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class ChatError(SeminarError):
    """A file that is no chat that can be read; the text says what to do."""


@dataclass(frozen=True)
class Line:
    """Something said to everyone: when by the saver's clock, who by the name shown, what."""

    time: str
    name: str
    text: str


@dataclass(frozen=True)
class Chat:
    """A saved chat without its direct messages.

    ``kept`` is the file as it may be stored. ``dropped`` counts messages to single people, and
    ``notes`` says in sentences what of the file was not whole.
    """

    lines: tuple[Line, ...]
    kept: str
    dropped: int
    notes: tuple[str, ...]


@dataclass
class _Message:
    """A message with its lines as they stand in the file; no line is None for a direct one."""

    raw: list[str]
    time: str = ""
    name: str = ""
    words: list[str] | None = None


def looks_like_chat(data: bytes) -> bool:
    """Say whether these bytes begin as a saved chat does, in whatever language."""
    start = data[:2000].decode("utf-8-sig", "replace").lstrip()
    return bool(_TABBED.match(start) or re.match(rf"{_CLOCK}[ \t]+[^\W\d_][^\n]*:", start))


def read_chat(data: bytes) -> Chat:
    """Read a saved chat; raises ChatError for anything else, and where nobody spoke to everyone."""
    text = _text(data)
    notes = []
    found = _layout(text)
    messages = list(_messages(text, found))
    before = messages[0].raw if messages and not messages[0].time else []
    if any(line.strip() for line in before):
        notes.append(
            "It begins in the middle: its first lines were left out, as nobody can tell whom they "
            "were for."
        )
    if messages and text and not text.endswith("\n"):
        if _HALF.fullmatch(messages[-1].raw[-1]) and len(messages[-1].raw) > 1:
            messages[-1].raw.pop()
            if messages[-1].words:
                messages[-1].words.pop()
        notes.append("It ends in the middle of a line: what came after it is not here.")
    spoken = [each for each in messages if each.time]
    public = [each for each in spoken if each.words is not None]
    if not public:
        raise ChatError(
            "No line of this chat is to Everyone, so nothing was kept. Save the chat of the "
            "session's main room, by somebody who was in it."
        )
    return Chat(
        lines=tuple(Line(each.time, each.name, _clean(each.words or [])) for each in public),
        kept="".join(line for each in public for line in each.raw),
        dropped=len(spoken) - len(public),
        notes=tuple(notes),
    )


def _text(data: bytes) -> str:
    """Return the file's words, without a letter that was cut in two at its end."""
    if len(data) > MAX_CHAT:
        raise ChatError("It is larger than 5 MB, which no saved chat is. Look whether it is one.")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(data) - 4:
            raise ChatError(
                "It is not saved as UTF-8, as Zoom does it. Take the file that Zoom wrote, not a "
                "copy from another program."
            ) from None
        text = data[: error.start].decode(encoding)
    return text.replace("\r\n", "\n")


def _layout(text: str) -> re.Pattern[str]:
    """Return how a message begins in this file; raises ChatError where that is not known."""
    lines = text.split("\n")
    for pattern in (_SPOKEN, _TABBED):
        if any(pattern.match(line) for line in lines):
            return pattern
    if any(_STARTS.match(line) and ":" in line[9:] for line in lines):
        raise ChatError(
            "Its lines do not read 'From … to Everyone', so nobody can tell direct messages from "
            "others and nothing was kept. Zoom writes these words in the language it is set to: "
            "save the chat with Zoom in English, or replace the words for 'From', 'to' and "
            "'Everyone' in the file by these, and take it in again."
        )
    raise ChatError(
        "It is no saved chat of Zoom: no line begins with a time such as 09:15:02. In Zoom, choose "
        "'Save chat' in the meeting, and take in the file meeting_saved_chat.txt."
    )


def _messages(text: str, begins: re.Pattern[str]) -> Iterator[_Message]:
    current = _Message([])
    for raw in re.findall(r"[^\n]*\n|[^\n]+\Z", text):
        found = begins.match(raw)
        if found:
            yield current
            current = _begun(raw, found, begins)
        elif _STARTS.match(raw):
            yield current  # begun in another way, or cut: whom it is for is not known
            current = _Message([raw], time=raw.split()[0])
        else:
            current.raw.append(raw)
            if current.words is not None:
                current.words.append(raw)
    yield current


def _begun(raw: str, found: re.Match[str], begins: re.Pattern[str]) -> _Message:
    time, who, words = found.groups()
    if begins is _TABBED:
        return _Message([raw], time, _shown(who), None if _DIRECT.search(who) else [words])
    parted = _TO.fullmatch(who.strip())
    if parted and parted[2].casefold() in _EVERYONE:
        return _Message([raw], time, _shown(parted[1]), [words])
    return _Message([raw], time)


def _shown(name: str) -> str:
    return " ".join(_CONTROLS.sub("", name).split())


def _clean(words: list[str]) -> str:
    """Return the words of a message without the file's indentation and unseen signs."""
    lines = (_CONTROLS.sub("", line).strip() for line in words)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
