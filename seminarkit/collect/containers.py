"""Opens what files travel in, zip archives and mails, with a bound on all that they may hold."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC
from email import message_from_bytes
from email.message import Message
from email.policy import default as modern
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from seminarkit.collect.mail_text import lines_of
from seminarkit.collect.pasted import holds_answers
from seminarkit.collect.refusal import Refusal

MAX_FILE = 25 * 2**20
MAX_ENTRIES = 2_000
MAX_UNPACKED = 200 * 2**20
# What systems and mail programs add by themselves, and nobody sent.
JUNK = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
MBOX = re.compile(rb"\r?\n(?=From [^\n]*\d{4}\r?\n)")
_NOT_FORMS = (
    "image/",
    "application/pkcs7",
    "application/x-pkcs7",
    "application/pgp",
)


class Part(NamedTuple):
    """A file inside another: its name there, and its bytes or the sentence why they are not had.

    ``arrived`` is when the mail that holds it came, where that is known.
    """

    name: str
    data: bytes | None
    problem: str = ""
    arrived: str = ""


class Allowance:
    """How much may still be unpacked from one received file, all nesting together."""

    def __init__(self) -> None:
        self.entries, self.size = MAX_ENTRIES, MAX_UNPACKED

    def spend(self, size: int) -> None:
        """Count one entry; raises Refusal when the file holds more than a delegation would send."""
        self.entries -= 1
        self.size -= size
        if self.entries < 0:
            raise Refusal(f"It holds more than {MAX_ENTRIES:,} files; send the forms alone.")
        if self.size < 0:
            raise Refusal(
                f"Unpacked it is larger than {MAX_UNPACKED >> 20} MB, which no set of forms is. "
                "Send the forms alone."
            )


def zip_parts(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """Yield the files in a zip archive. Names are only shown, never used as a path."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except Exception:  # zipfile raises many kinds for damaged archives
        raise Refusal("It is a zip archive that is cut off or damaged. Ask for it again.") from None
    for entry in entries:
        base = entry.filename.rsplit("/", 1)[-1]
        if base.lower() in JUNK or entry.filename.startswith("__MACOSX/"):
            continue
        if entry.flag_bits & 1:
            yield Part(entry.filename, None, "It is locked with a password. Send it without one.")
            continue
        if entry.file_size > MAX_FILE:
            yield Part(entry.filename, None, too_large(entry.file_size))
            continue
        try:
            with archive.open(entry) as file:
                # the size that the archive tells may be a lie: read no more than is allowed
                content = file.read(MAX_FILE + 1)
        except Exception:  # and for damaged entries
            yield Part(entry.filename, None, "It is damaged inside the archive. Ask for it again.")
            continue
        allowance.spend(len(content))
        if len(content) > MAX_FILE:
            yield Part(entry.filename, None, too_large(len(content)))
        else:
            yield Part(entry.filename, content)


def mail_parts(
    data: bytes, allowance: Allowance, wanted: Callable[[str], bool] = holds_answers
) -> Iterator[Part]:
    """Yield the attachments of a mail, or of each mail of an mbox; forwarded mails are opened.

    Its own text comes first where it is ``wanted``.
    """
    mails = MBOX.split(data) if data.startswith(b"From ") else [data]
    for mail in mails:
        try:
            message = message_from_bytes(mail, policy=modern)
            attachments = list(_attachments(message, wanted))
            arrived = _arrived(message)
        except Exception:  # the parser raises many kinds for broken headers
            raise Refusal("It is a mail that is damaged. Ask for the form's own file.") from None
        for number, (name, content) in enumerate(attachments, start=1):
            allowance.spend(len(content))
            shown = name or f"attachment {number}"
            if len(content) > MAX_FILE:
                yield Part(shown, None, too_large(len(content)))
            else:
                yield Part(shown, content, arrived=arrived)


def _arrived(message: Message) -> str:
    """Return when a mail reached its last server, in UTC; nothing where that is not known."""
    for line in message.get_all("Received", [])[:1]:
        try:
            moment = parsedate_to_datetime(str(line).rpartition(";")[2].strip())
            return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        except (ValueError, TypeError, OverflowError):
            continue
    return ""


def _attachments(message: Message, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    yield from _own_text(message, wanted)
    for part in message.walk():
        kind, name = part.get_content_type(), part.get_filename() or ""
        if (
            part.is_multipart()
            or kind.startswith(_NOT_FORMS)
            or (not name and kind.startswith("text/"))
        ):
            continue
        content = part.get_payload(decode=True)
        yield name, content if isinstance(content, bytes) else b""


def _own_text(message: Message, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    """Yield the mail's own text if it is wanted: the plain one, else the HTML."""
    for kind in ("text/plain", "text/html"):
        found = False
        for part in message.walk():
            if part.get_content_type() != kind or part.get_filename():
                continue
            content = part.get_payload(decode=True)
            text = _decoded(content, part.get_content_charset("utf-8"))
            text = lines_of(text, part, str(message.get("From", "")))
            if wanted(text):
                found = True
                yield "the mail's text", text.encode("utf-8")
        if found:
            return


def _decoded(content: object, charset: str) -> str:
    """Return a mail's text; what cannot be decoded is no part of a block."""
    if not isinstance(content, bytes):
        return ""
    try:
        return content.decode(charset, "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


def too_large(size: int) -> str:
    """Return the sentence for a file over the limit."""
    return (
        f"It is {size / 2**20:,.0f} MB large; {MAX_FILE >> 20} MB is the limit, and a form is far "
        "smaller. Send the form's own file."
    )
