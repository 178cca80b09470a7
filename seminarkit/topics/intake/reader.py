"""Reads one received file, whatever it is, into answers or a sentence for each part of it.

``read_bytes`` is a pure function. ``main`` runs it in a child process of its own, with limits, one
JSON line in and one out a file: a file that kills its reader kills nothing else.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace

from seminarkit.core.forms.shapes import object_of
from seminarkit.core.shown_names import shown_name
from seminarkit.core.store.submission import Reading
from seminarkit.topics.intake.chair_replies import Reply, read_replies
from seminarkit.topics.intake.containers import MAX_FILE, Allowance, too_large
from seminarkit.topics.intake.edited_words import changed_beside
from seminarkit.topics.intake.encoding.decode import decode
from seminarkit.topics.intake.file_types import NO_FORM, Kind, kind_of, words_of
from seminarkit.topics.intake.mail.read_mail import MailReading
from seminarkit.topics.intake.near_misses import why_unread
from seminarkit.topics.intake.note_headings import holds_notes, quotes_notes, read_notes
from seminarkit.topics.intake.note_remarks import odd_in_notes
from seminarkit.topics.intake.notebook_answers import Found, find_payloads
from seminarkit.topics.intake.notebook_opener import open_notebook
from seminarkit.topics.intake.office_text import office_text
from seminarkit.topics.intake.pasted_answers import holds_answers, read_pasted
from seminarkit.topics.intake.payload import Expected, take
from seminarkit.topics.intake.refusal import Blank, Refusal
from seminarkit.topics.intake.replaced_signs import taken_out
from seminarkit.topics.intake.word.read_word import read_document

CPU_SECONDS = 10
MEMORY = 512 * 2**20
_MAX_NESTING = 5


@dataclass(frozen=True)
class PartRead:
    """What came of one part of a file: a reading, a reply to notes, or why there is neither.

    A remark may go with a reading; ``timeless`` is one that says nothing of when it was saved.
    ``arrived`` is when the mail came that it was in, in UTC, where that is known.
    Without one, ``kind`` says how it ends, as a Refusal's does.
    """

    part: str
    reading: Reading | None = None
    remark: str = ""
    problem: str = ""
    kind: str = "aside"
    reply: Reply | None = None
    timeless: bool = False
    arrived: str = ""


def read_bytes(data: bytes, expected: Expected) -> list[PartRead]:
    """Read a file's bytes; never raises for what they hold.

    Beside a filled form, as in a pack that comes back whole, one that nobody wrote in is fine.
    """
    parts = list(_read(data, "", expected, Allowance(), _MAX_NESTING))
    blank = "own" if any(part.reading for part in parts) else "aside"
    return [replace(part, kind=blank) if part.kind == "blank" else part for part in parts]


def _read(
    data: bytes,
    part: str,
    expected: Expected,
    allowance: Allowance,
    nesting: int,
    is_mail: bool = False,
) -> Iterator[PartRead]:
    try:
        kind = kind_of(data)
        if kind.opener:
            yield from _read_inside(kind, data, part, expected, allowance, nesting)
        elif kind.reader == "notebook":
            file = open_notebook(data)
            payloads = [_taken(part, found, expected) for found in find_payloads(file.book)]
            yield from _remarked(payloads, file.remark)
        elif kind.reader == "word":
            yield from _read_document(data, part, expected, allowance)
        elif kind.reader == "text":
            text, remark = decode(data)
            yield from _remarked(_read_words(text, part, expected, is_mail), remark)
        elif kind.reader == "pasted":
            yield from _read_blocks(words_of(data), part, expected)
        elif kind.reader == "chat":
            # by itself it came through 'seminar chat'; within something else nobody has read it
            if part:
                raise Refusal(_PACKED_CHAT)
            yield PartRead(part, problem=_KEPT_CHAT, kind="chat")
        else:
            raise kind.refusal(kind.advice)
    except Refusal as refusal:
        yield PartRead(part, problem=str(refusal), kind=refusal.kind)
    except (MemoryError, RecursionError):
        yield PartRead(part, problem="It needs too much memory to be read. Ask for the file again.")


def _read_inside(
    kind: Kind, data: bytes, part: str, expected: Expected, allowance: Allowance, nesting: int
) -> Iterator[PartRead]:
    """Yield what is read of each part of a file that holds others."""
    if not nesting:
        raise Refusal("It is packed inside itself too many times. Send the forms alone.")
    assert kind.opener
    opened = MailReading(lambda text: _is_wanted(text, expected))
    some = False
    for inner in kind.opener(data, allowance):
        name = f"{part} › {shown_name(inner.name)}" if part else shown_name(inner.name)
        if inner.problem or inner.data is None:
            some = True
            yield PartRead(name, problem=inner.problem)
        elif (content := opened.content(inner, beside=kind.is_mail)) is not None:
            some = True
            is_mail = inner.words is not None
            read = _read(content, name, expected, allowance, nesting - 1, is_mail)
            for came in _remarked(read, inner.remark):
                # of a mail within a mail the inner one says when it came first
                yield replace(came, arrived=came.arrived or inner.arrived)
    if not some:
        raise Refusal(why_unread(opened.unread, expected) or opened.only_beside() or kind.advice)


def _remarked(parts: Iterable[PartRead], remark: str) -> Iterator[PartRead]:
    """Yield parts with a remark on how they were opened, where something was read of them."""
    for part in parts:
        read = part.reading or part.reply
        yield replace(part, remark=f"{part.remark} {remark}".strip()) if read and remark else part


def _is_wanted(text: str, expected: Expected) -> bool:
    """Say whether the words of a mail hold answers, notes or a reply."""
    return bool(
        holds_answers(text) or read_replies(text) or holds_notes(text.splitlines(), expected)
    )


def _read_words(text: str, part: str, expected: Expected, is_mail: bool) -> Iterator[PartRead]:
    """Yield what a text holds that a person wrote: notes below their headings, or replies."""
    lines = text.splitlines()
    said = read_replies(text)
    if holds_notes(lines, expected) and not (said and quotes_notes(lines, expected)):
        yield _taken(part, read_notes(lines, expected, is_mail=is_mail), expected)
    elif said:
        yield from (PartRead(part, reply=reply) for reply in said)
    else:
        raise Refusal(why_unread([text], expected) or NO_FORM)


def _read_document(
    data: bytes, part: str, expected: Expected, allowance: Allowance
) -> Iterator[PartRead]:
    """Yield what a Word file holds: a form, notes, or answers that somebody pasted into it."""
    try:
        found = read_document(data, expected, allowance)
    except Refusal:
        words = office_text(data)
        if not words or not holds_answers(words.text):
            raise
        yield from _read_blocks(words.text, part, expected)
    else:
        yield _taken(part, found, expected)


def _read_blocks(text: str, part: str, expected: Expected) -> Iterator[PartRead]:
    """Yield the answers of each block in a text."""
    for found in read_pasted(text):
        if isinstance(found, Refusal):
            yield PartRead(part, problem=str(found))
        else:
            yield _taken(part, found, expected)


def _taken(part: str, found: Found, expected: Expected) -> PartRead:
    try:
        reading, remark = take(found.payload, expected), found.remark
        if found.untouched:
            raise Blank(
                "It is as it was handed out: nobody has written in it. If something was written, "
                "open the same page there, press 'Save my file' and send that file."
            )
        if reading.subject in expected.groups:
            codes = {code.casefold() for code in expected.codes}
            odd = odd_in_notes(expected.forms[reading.form], reading.answers, codes)
            remark = f"{remark} {odd}".strip()
        form = expected.forms[reading.form]
        remark = f"{remark} {taken_out(form, object_of(found.payload).get('answers'))}".strip()
        if (found.above or found.below) and reading.form_version == form["version"]:
            changed = changed_beside(form, reading.answers, found.above, found.below)
            remark = f"{remark} {changed}".strip()
        return PartRead(part, reading, remark, timeless=found.timeless)
    except Refusal as refusal:
        return PartRead(part, problem=str(refusal), kind=refusal.kind)


_PACKED_CHAT = (
    "It is a saved chat. Take it out, say which session it is of, and take it in: seminar chat "
    "FILE --session ID"
)
_KEPT_CHAT = "A saved chat, without its direct messages."


def main() -> None:
    """Serve as the child: the first line says what is expected, each further one names a file."""
    expected = Expected(**json.loads(sys.stdin.readline()))
    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        _limit()
        with open(order["path"], "rb") as file:  # noqa: PTH123 - our own kept file, opened once
            data = file.read(MAX_FILE + 1)
        if len(data) > MAX_FILE:
            parts = [PartRead("", problem=too_large(order["size"]))]
        else:
            parts = read_bytes(data, expected)
        sys.stdout.write(json.dumps([asdict(part) for part in parts]) + "\n")
        sys.stdout.flush()


def _limit() -> None:
    """Give the next file its own seconds; on systems without limits the parent's clock holds."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
