"""Read one received file of any type: for each part, its answers or why there are none.

``read_bytes`` is a pure function. ``main`` runs it in a child process with resource limits, with
one JSON line in and one out per file, so that a file that crashes the reader does no other harm.
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
from seminarkit.topics.intake.edited_words import edit_warning
from seminarkit.topics.intake.encoding.decode import decode
from seminarkit.topics.intake.file_types import NO_FORM, Kind, kind_of, words_of
from seminarkit.topics.intake.mail.read_mail import MailReading
from seminarkit.topics.intake.near_misses import why_unread
from seminarkit.topics.intake.note_headings import holds_notes, quotes_notes, read_notes
from seminarkit.topics.intake.note_remarks import notes_warnings
from seminarkit.topics.intake.notebook_answers import FoundPayload, find_payloads
from seminarkit.topics.intake.notebook_opener import open_notebook
from seminarkit.topics.intake.office_text import office_text
from seminarkit.topics.intake.pasted_answers import holds_answers, read_pasted
from seminarkit.topics.intake.payload import Expected, read_payload
from seminarkit.topics.intake.refusal import Blank, Refusal
from seminarkit.topics.intake.replaced_signs import character_remarks
from seminarkit.topics.intake.word.read_word import read_document

CPU_SECONDS = 10
MEMORY = 512 * 2**20
_MAX_NESTING = 5


@dataclass(frozen=True)
class PartRead:
    """The result for one part of a file: a reading, a reply to notes, or a problem.

    ``kind`` is the outcome of a problem, as in Refusal. ``timeless`` marks a reading that does not
    say when it was saved. ``arrived`` is the date of the mail around it in UTC, if known.
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
    """Return the result for each part of a file; never raises for any content.

    Blank forms are reported only if no form in the file was filled in: a pack that is sent back
    may contain some.
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
    """Yield the results for one part; problems are returned, not raised."""
    try:
        kind = kind_of(data)
        if kind.opener:
            yield from _read_parts(kind, data, part, expected, allowance, nesting)
        elif kind.reader == "notebook":
            file = open_notebook(data)
            payloads = [
                _check_payload(part, source, expected) for source in find_payloads(file.book)
            ]
            yield from _with_remark(payloads, file.remark)
        elif kind.reader == "word":
            yield from _read_document(data, part, expected, allowance)
        elif kind.reader == "text":
            text, remark = decode(data)
            yield from _with_remark(_read_text(text, part, expected, is_mail), remark)
        elif kind.reader == "pasted":
            yield from _read_blocks(words_of(data), part, expected)
        elif kind.reader == "chat":
            # a chat by itself came from 'seminar chat'; one inside another file was not read yet
            if part:
                raise Refusal(_PACKED_CHAT)
            yield PartRead(part, problem=_STORED_CHAT, kind="chat")
        else:
            raise kind.refusal(kind.advice)
    except Refusal as refusal:
        yield PartRead(part, problem=str(refusal), kind=refusal.kind)
    except (MemoryError, RecursionError):
        yield PartRead(part, problem="It needs too much memory to be read. Ask for the file again.")


def _read_parts(
    kind: Kind, data: bytes, part: str, expected: Expected, allowance: Allowance, nesting: int
) -> Iterator[PartRead]:
    """Yield the results for the parts of an archive or mail."""
    if not nesting:
        raise Refusal("It has too many archives or mails inside each other. Send only the forms.")
    assert kind.opener
    mail = MailReading(lambda text: _is_readable(text, expected))
    has_results = False
    for inner in kind.opener(data, allowance):
        name = f"{part} › {shown_name(inner.name)}" if part else shown_name(inner.name)
        if inner.problem or inner.data is None:
            has_results = True
            yield PartRead(name, problem=inner.problem)
        elif (content := mail.content(inner, beside=kind.is_mail)) is not None:
            has_results = True
            is_mail = inner.words is not None
            results = _read(content, name, expected, allowance, nesting - 1, is_mail)
            for result in _with_remark(results, inner.remark):
                # the inner of two nested mails has the earlier date
                yield replace(result, arrived=result.arrived or inner.arrived)
    if not has_results:
        raise Refusal(why_unread(mail.unread, expected) or mail.only_beside() or kind.advice)


def _with_remark(parts: Iterable[PartRead], remark: str) -> Iterator[PartRead]:
    """Yield the parts, with this remark added to each reading or reply."""
    for part in parts:
        content = part.reading or part.reply
        yield (
            replace(part, remark=f"{part.remark} {remark}".strip()) if content and remark else part
        )


def _is_readable(text: str, expected: Expected) -> bool:
    """Return whether the body of a mail contains answers, notes or a reply."""
    return bool(
        holds_answers(text) or read_replies(text) or holds_notes(text.splitlines(), expected)
    )


def _read_text(text: str, part: str, expected: Expected, is_mail: bool) -> Iterator[PartRead]:
    """Yield the notes or replies in a plain text."""
    lines = text.splitlines()
    replies = read_replies(text)
    if holds_notes(lines, expected) and not (replies and quotes_notes(lines, expected)):
        yield _check_payload(part, read_notes(lines, expected, is_mail=is_mail), expected)
    elif replies:
        yield from (PartRead(part, reply=reply) for reply in replies)
    else:
        raise Refusal(why_unread([text], expected) or NO_FORM)


def _read_document(
    data: bytes, part: str, expected: Expected, allowance: Allowance
) -> Iterator[PartRead]:
    """Yield the form, notes or pasted answers in a Word file."""
    try:
        source = read_document(data, expected, allowance)
    except Refusal:
        document = office_text(data)
        if not document or not holds_answers(document.text):
            raise
        yield from _read_blocks(document.text, part, expected)
    else:
        yield _check_payload(part, source, expected)


def _read_blocks(text: str, part: str, expected: Expected) -> Iterator[PartRead]:
    """Yield the answers of each pasted block in a text."""
    for block in read_pasted(text):
        if isinstance(block, Refusal):
            yield PartRead(part, problem=str(block))
        else:
            yield _check_payload(part, block, expected)


def _check_payload(part: str, source: FoundPayload, expected: Expected) -> PartRead:
    """Return the reading of a payload with all its remarks, or its problem."""
    try:
        reading, remark = read_payload(source.payload, expected), source.remark
        if source.untouched:
            raise Blank(
                "It is as it was sent out: nobody has written in it. If something was written, "
                "open the same page there, press 'Save my file' and send that file."
            )
        if reading.subject in expected.groups:
            codes = {code.casefold() for code in expected.codes}
            warnings = notes_warnings(expected.forms[reading.form], reading.answers, codes)
            remark = f"{remark} {warnings}".strip()
        form = expected.forms[reading.form]
        remark = (
            f"{remark} {character_remarks(form, object_of(source.payload).get('answers'))}".strip()
        )
        if (source.above or source.below) and reading.form_version == form["version"]:
            warning = edit_warning(form, reading.answers, source.above, source.below)
            remark = f"{remark} {warning}".strip()
        return PartRead(part, reading, remark, timeless=source.timeless)
    except Refusal as refusal:
        return PartRead(part, problem=str(refusal), kind=refusal.kind)


_PACKED_CHAT = (
    "It is a saved chat. Save it as a separate file and name its session: seminar chat FILE "
    "--session ID"
)
_STORED_CHAT = "A saved chat, without its direct messages."


def main() -> None:
    """Run the child process: the first input line is Expected, each further one names a file."""
    expected = Expected(**json.loads(sys.stdin.readline()))
    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        _limit()
        with open(order["path"], "rb") as file:  # noqa: PTH123 - our own stored file, opened once
            data = file.read(MAX_FILE + 1)
        if len(data) > MAX_FILE:
            parts = [PartRead("", problem=too_large(order["size"]))]
        else:
            parts = read_bytes(data, expected)
        sys.stdout.write(json.dumps([asdict(part) for part in parts]) + "\n")
        sys.stdout.flush()


def _limit() -> None:
    """Set CPU and memory limits for the next file; without them the parent's timer applies."""
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
