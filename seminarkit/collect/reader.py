"""Reads one received file, whatever it is, into answers or a sentence for each part of it.

``read_bytes`` is a pure function. ``main`` runs it in a child process of its own, with limits, one
JSON line in and one out a file: a file that kills its reader kills nothing else.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from seminarkit.collect.containers import (
    MAX_FILE,
    Allowance,
    mail_parts,
    too_large,
    zip_parts,
)
from seminarkit.collect.headings import holds_notes, read_notes
from seminarkit.collect.notebook import Found, find_payloads
from seminarkit.collect.pasted import holds_answers, read_pasted
from seminarkit.collect.payload import Expected, take
from seminarkit.collect.refusal import Blank, OwnPage, Refusal
from seminarkit.collect.remarks import odd_in_notes
from seminarkit.collect.replies import Reply, read_replies
from seminarkit.collect.strict_json import BYTE_ORDER_MARKS, encoding_of, read_json
from seminarkit.collect.word import read_document
from seminarkit.discuss.chat import looks_like_chat
from seminarkit.names import shown_name
from seminarkit.store.index import Reading

# How the kit marks what it made for reading only: templates/prepare/ hold the same words.
OWN_PAGE = b'<meta name="generator" content="Seminar Kit: nothing to collect">'
OWN_TEXT = "This file is for you to read; there is nothing to send back in it."
CPU_SECONDS = 10
MEMORY = 512 * 2**20
_MAX_NESTING = 4
_MAIL = re.compile(
    rb"(?:From |[A-Za-z][A-Za-z-]{1,40}:)[^\n]*\r?\n(?:[A-Za-z][A-Za-z-]{1,40}:|[ \t])"
)
# lines that no note begins with
_MAIL_ONLY = re.compile(
    rb"(?im)^(?:From[ :]|(?:To|Date|Subject|Received|Return-Path|Message-ID|MIME-Version|"
    rb"Content-Type|Content-Transfer-Encoding|Delivered-To|X-[A-Za-z-]+):)"
)
# The kinds of files that people send by mistake, by their first bytes, and what to say.
_OTHER_KINDS = (
    (b"%PDF", "It is a PDF, which holds no answers that can be read. Ask for the form's own file."),
    (
        b"\xd0\xcf\x11\xe0",
        "It is an old Office or Outlook file, or one locked with a password. Save a mail as .eml; "
        "save a Word form as .docx, without a password.",
    ),
    (b"\x89PNG", "It is a picture. Ask for the form's own file."),
    (b"\xff\xd8\xff", "It is a picture. Ask for the form's own file."),
    (b"Rar!", "It is a RAR archive. Ask for the files themselves, or a .zip."),
    (b"7z\xbc\xaf", "It is a 7z archive. Ask for the files themselves, or a .zip."),
)


@dataclass(frozen=True)
class PartRead:
    """What came of one part of a file: a reading, a reply to notes, or why there is neither.

    A remark may go with a reading; ``timeless`` is one that says nothing of when it was saved.
    Without one, ``kind`` says how it ends, as a Refusal's does.
    """

    part: str
    reading: Reading | None = None
    remark: str = ""
    problem: str = ""
    kind: str = "aside"
    reply: Reply | None = None
    timeless: bool = False


def read_bytes(data: bytes, expected: Expected) -> list[PartRead]:
    """Read a file's bytes; never raises for what they hold.

    Beside a filled form, as in a pack that comes back whole, one that nobody wrote in is fine.
    """
    parts = list(_read(data, "", expected, Allowance(), _MAX_NESTING))
    blank = "own" if any(part.reading for part in parts) else "aside"
    return [replace(part, kind=blank) if part.kind == "blank" else part for part in parts]


def _read(
    data: bytes, part: str, expected: Expected, allowance: Allowance, nesting: int
) -> Iterator[PartRead]:
    try:
        kind = kind_of(data)
        if kind == "notebook":
            for found in find_payloads(read_json(data)):
                yield _taken(part, found, expected)
            return
        if kind == "word":
            yield _taken(part, read_document(data, expected, allowance), expected)
            return
        if kind == "text":
            yield from _read_words(_words(data), part, expected)
            return
        if kind == "pasted":
            for read in read_pasted(_words(data)):
                if isinstance(read, Refusal):
                    yield PartRead(part, problem=str(read))
                else:
                    yield _taken(part, read, expected)
            return
        if kind == "chat":
            # by itself it came through 'seminar chat'; within something else nobody has read it
            yield (
                PartRead(part, problem=_PACKED_CHAT)
                if part
                else PartRead(
                    part, problem="A saved chat, without its direct messages.", kind="chat"
                )
            )
            return
        if not nesting:
            raise Refusal("It is packed inside itself too many times. Send the forms alone.")
        opened = (
            zip_parts(data, allowance)
            if kind == "zip"
            else mail_parts(data, allowance, lambda text: _holds(text, expected))
        )
        some = False
        for inner in opened:
            some = True
            name = f"{part} › {shown_name(inner.name)}" if part else shown_name(inner.name)
            if inner.data is None:
                yield PartRead(name, problem=inner.problem)
            else:
                yield from _read(inner.data, name, expected, allowance, nesting - 1)
        if not some:
            raise Refusal(_EMPTY[kind])
    except Refusal as refusal:
        yield PartRead(part, problem=str(refusal), kind=refusal.kind)
    except (MemoryError, RecursionError):
        yield PartRead(part, problem="It needs too much memory to be read. Ask for the file again.")


def _holds(text: str, expected: Expected) -> bool:
    """Say whether a mail's own text holds answers, notes or a reply to notes."""
    return (
        holds_answers(text) or bool(read_replies(text)) or holds_notes(text.splitlines(), expected)
    )


def _read_words(text: str, part: str, expected: Expected) -> Iterator[PartRead]:
    """Yield what a text holds that a person wrote: notes below their headings, or replies."""
    lines = text.splitlines()
    if holds_notes(lines, expected):
        yield _taken(part, read_notes(lines, expected), expected)
    elif said := read_replies(text):
        yield from (PartRead(part, reply=reply) for reply in said)
    else:
        raise Refusal(_NO_FORM)


def _taken(part: str, found: Found, expected: Expected) -> PartRead:
    try:
        reading, remark = take(found.payload, expected), found.remark
        if reading.subject in expected.groups:
            codes = {code.casefold() for code in expected.codes}
            odd = odd_in_notes(expected.forms[reading.form], reading.answers, codes)
            remark = f"{remark} {odd}".strip()
        return PartRead(part, reading, remark, timeless=found.timeless)
    except Refusal as refusal:
        return PartRead(part, problem=str(refusal), kind=refusal.kind)


_PACKED_CHAT = (
    "It is a saved chat. Take it out, say which session it is of, and take it in: seminar chat "
    "FILE --session ID"
)
_NO_FORM = "It is no notebook, mail or zip archive. Ask for the file 'Save my file' makes."
_EMPTY = {
    "zip": "The archive is empty. Ask for the files again.",
    "mail": "No form is attached to this mail. Ask for the file that 'Save my file' makes.",
}


def kind_of(data: bytes) -> str:
    """Return what kind of file these bytes are; raises Refusal for one that holds no form."""
    """Tell by the content, never by the name, what a file is; raises Refusal for other kinds."""
    start = data[:4096].lstrip()
    if not data:
        raise Refusal("It is empty. It was perhaps still being saved; ask for the file again.")
    for magic, sentence in _OTHER_KINDS:
        if start.startswith(magic):
            raise Refusal(sentence)
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        if b"mimetypeapplication/vnd.oasis" in data[:200]:
            raise Refusal(
                "It is an OpenDocument file. Open it where it was written, save it as Word (.docx) "
                "and send that."
            )
        if _is_office(data):
            return "word"
        return "zip"
    if start.startswith(b"{\\rtf"):
        raise Refusal("It is an RTF file. Open it where it was written, save it as Word (.docx).")
    marked = start.startswith(tuple(BYTE_ORDER_MARKS))
    if marked and not _is_pasted(data) and _words(data).lstrip()[:1] not in ("{", "["):
        return "text"
    if start.startswith((b"{", b"[", *BYTE_ORDER_MARKS)):
        return "pasted" if _is_pasted(data) else "notebook"
    if start[:200].lower().startswith((b"<!doctype html", b"<html")):
        if OWN_PAGE in start:
            raise OwnPage
        raise Blank(
            "It is the page itself, which holds no answers. Open it where it was filled in, press "
            "'Save my file' and send the file that this makes."
        )
    if _MAIL.match(data[:4096]) and _MAIL_ONLY.search(data[:4096]):
        return "mail"
    if _is_pasted(data):
        return "pasted"
    if OWN_TEXT in _words(data):
        raise OwnPage
    if looks_like_chat(data):
        return "chat"
    if b"\0" not in data:
        return "text"
    raise Refusal(_NO_FORM)


def _words(data: bytes) -> str:
    return data.decode(encoding_of(data), "replace")


def _is_pasted(data: bytes) -> bool:
    """Say whether it is a text that holds a block of answers, and no notebook that quotes one."""
    return not data[:4096].lstrip().startswith((b"{", b"[")) and holds_answers(_words(data))


def _is_office(data: bytes) -> bool:
    """Say whether a zip archive is a Word or another Office file, also when it is cut off."""
    if b"[Content_Types].xml" in data[:4096]:
        return True
    try:
        return "[Content_Types].xml" in zipfile.ZipFile(io.BytesIO(data)).namelist()
    except Exception:  # zipfile raises many kinds for damaged archives; zip_parts tells of it
        return False


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
