"""Read a saved Zoom chat: the messages to everyone, and nothing else.

A saved chat contains the direct messages of the person who saved it. They are dropped here, with
all their lines, before anything is stored. line_heads.py reads the first line of a message; a
message that begins in any other way is dropped too, as it may be private.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from seminarkit.core.errors import SeminarError
from seminarkit.topics.questions.chat.chat_lines import (
    TextLine,
    clean_words,
    decoded,
    lines_of,
    plain_spaces,
    without_invisible,
)
from seminarkit.topics.questions.chat.line_heads import (
    CLOCK,
    DATE,
    DIRECT,
    HALF,
    Head,
    Layout,
    cloud_head_of,
    head_of,
)

MAX_CHAT = 5 * 2**20
_HALF_A_TIME = re.compile(r"\d{1,2}(:\d{0,2}){0,2}$")
_STARTS = re.compile(
    rf"[\[(]?(?:{DATE},?[T ] *)?{CLOCK} ?{HALF}?[\])]?(?: ?[-–—])?(?P<rest>\s.*|)$", re.IGNORECASE
)
_FROM = re.compile(r"(?:From|Von|De|От|Від|Da|Od|Van|Från|Fra|من)\b.*", re.IGNORECASE)
_TO_SOMEBODY = re.compile(rf"From .* to .*:|.* to .*[ :(\[]{CLOCK} ?{HALF}[)\]]?", re.IGNORECASE)


class ChatError(SeminarError):
    """A file that cannot be read as a chat; the message says what to do."""


@dataclass(frozen=True)
class Line:
    """A message to everyone: the time by the saver's clock, the displayed name, and the text."""

    time: str
    name: str
    text: str


@dataclass(frozen=True)
class Chat:
    """The messages to everyone in a saved chat.

    ``kept`` is the text to store. ``direct`` counts messages to single people, ``others`` those to
    another audience such as hosts or a waiting room, ``unclear`` those whose audience is ambiguous.
    ``notes`` are sentences on what is missing in the file.
    """

    lines: tuple[Line, ...]
    kept: str
    direct: int
    others: int
    unclear: int
    notes: tuple[str, ...]


@dataclass
class _Message:
    """A message; only one to everyone has ``words``, line by line."""

    head: Head
    words: list[str]


def read_chat(data: bytes) -> Chat:
    """Read a saved chat; raises ChatError for anything else, and if no message is to everyone."""
    text = _text(data)
    physical = lines_of(text)
    layouts = _layouts(text, physical)
    messages = list(_messages(physical, layouts))
    notes = []
    if _begins_in_the_middle(physical, layouts):
        notes.append(
            "It begins in the middle of a message. Its first lines were left out, because it is "
            "not known whom they were for."
        )
    if messages and text and not text.endswith(("\n", "\r")):
        last = messages[-1].words
        if len(last) > 1 and _HALF_A_TIME.fullmatch(last[-1]):
            last.pop()
        notes.append("It ends in the middle of a line: the rest is missing.")
    lines = tuple(
        Line(message.head.time, message.head.name, clean_words(message.words))
        for message in messages
        if message.head.to == "everyone"
    )
    if not lines:
        raise ChatError(
            "No line of this chat is to Everyone, so nothing was kept. Take the chat of the "
            "session's main room, saved by somebody who was in it."
        )
    counts = [message.head.to for message in messages]
    return Chat(
        lines=lines,
        kept="".join(_stored_form(line) for line in lines),
        direct=counts.count("direct"),
        others=counts.count("others"),
        unclear=counts.count("unclear"),
        notes=tuple(notes),
    )


def _stored_form(line: Line) -> str:
    """Return a line in the stored form: Zoom's newer layout, which is unambiguous."""
    words = "".join(f"\t{part}\n" for part in line.text.split("\n"))
    return f"{line.time} From {line.name} to Everyone:\n{words}"


def _text(data: bytes) -> str:
    if len(data) > MAX_CHAT:
        raise ChatError("It is larger than 5 MB, and no saved chat is. Check that it is one.")
    text = decoded(data)
    if text is None:
        raise ChatError(
            "It is not saved as UTF-8, which Zoom uses. Take the file that Zoom wrote, not a "
            "copy from another program."
        )
    return text


def _layouts(text: str, lines: Sequence[TextLine]) -> set[Layout]:
    """Return the layouts of messages in this file; raises ChatError if there is none."""
    heads = [head_of(line.text) for line in lines if not line.soft]
    layouts: set[Layout] = {head.layout for head in heads if head}
    if layouts:
        return layouts
    if any(cloud_head_of(line.text) for line in lines):
        return {"cloud"}
    from seminarkit.topics.questions.chat.recognise import (
        looks_like_chat,  # slow to load, and seldom needed
    )

    if looks_like_chat(text):
        raise ChatError(
            "Its lines do not read 'From … to Everyone'. So it is not known which messages are "
            "direct, and nothing was kept. Zoom writes these words in the language it is set to. "
            "Save the chat with Zoom in English, or write 'From', 'to' and 'Everyone' in the file "
            "in place of the other words, and take it in again. If the chat is from another "
            "program, copy what was said to everybody into a text file. Put a line such as this "
            "above each message: 09:15:02 From Ana to Everyone:"
        )
    raise ChatError(
        "It is not a saved chat of Zoom: no line begins with a time such as 09:15:02. In Zoom, "
        "choose 'Save chat' in the meeting, and take in the file meeting_saved_chat.txt."
    )


def _begins_in_the_middle(lines: Sequence[TextLine], layouts: set[Layout]) -> bool:
    for line in lines:
        if _head(line, layouts):
            return False
        if line.text.strip():
            return True
    return False


def _messages(lines: Sequence[TextLine], layouts: set[Layout]) -> Iterator[_Message]:
    quoted = _quoted_heads(lines, layouts)
    current: _Message | None = None
    for number, line in enumerate(lines):
        head = _head(line, layouts)
        if head and number in quoted:
            head = replace(head, to="unclear")
        if current and _continues(current.head, line):
            if DIRECT.search(line.text) and _may_begin(line.text, layouts):
                head = Head("unclear", current.head.layout)
            else:
                head = None
        elif head is None and _may_begin(line.text, layouts):
            head = Head("unclear", current.head.layout if current else "newer")
        if head:
            if current:
                yield current
            current = _Message(head, [head.words] if head.to == "everyone" else [])
        elif current and current.head.to == "everyone":
            current.words.append(line.text)
    if current:
        yield current


def _head(line: TextLine, layouts: set[Layout]) -> Head | None:
    if line.soft:
        return None
    return cloud_head_of(line.text) if layouts == {"cloud"} else head_of(line.text)


def _continues(head: Head, line: TextLine) -> bool:
    """Return whether a line can only continue the message before it, as it is indented."""
    return head.layout in ("newer", "copied") and line.text[:1] in ("\t", " ") and not line.soft


def _may_begin(text: str, layouts: set[Layout]) -> bool:
    """Return whether a line may begin a message in an unknown layout, or a truncated one."""
    visible = without_invisible(plain_spaces(text)).strip()
    if DIRECT.search(visible) or _TO_SOMEBODY.match(visible):
        return True
    start = _STARTS.match(visible)
    if not start:
        return False
    rest = start["rest"].strip()
    if layouts <= {"older", "copied", "cloud"} and len(layouts) == 1:
        # in these layouts a line of a message may begin with a time, as in an agenda
        return bool(re.search("[:：]", rest) or _FROM.match(rest))
    return True


def _quoted_heads(lines: Sequence[TextLine], layouts: set[Layout]) -> set[int]:
    """Return the heads quoted within a direct message: their times are before its own.

    Only in layouts that do not indent the lines of a message, and not in a file whose times go back
    elsewhere too, since it was put together from several.
    """
    quoted: set[int] = set()
    since, private = "", False
    for number, line in enumerate(lines):
        head = _head(line, layouts)
        if head is None:
            continue
        if head.time < since:
            if not private:
                return set()
            if head.to == "everyone":
                quoted.add(number)
            continue
        since = head.time
        private = head.to != "everyone" and head.layout != "newer"
    return quoted
