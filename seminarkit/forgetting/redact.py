"""Takes a person out of a file that holds others' words too; these stay as they are.

The same file gives the same bytes, so that what lies in the inbox and what was received agree.
"""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from contextlib import suppress
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message

from seminarkit.core.logs.redactions import BLACK
from seminarkit.forgetting.authors import HERS, Judge
from seminarkit.forgetting.redact_text import CannotBlackenError, blackened_text
from seminarkit.forgetting.traces import Traces
from seminarkit.topics.intake.archives.packed_files import is_tar
from seminarkit.topics.intake.archives.zip_names import open_zip
from seminarkit.topics.intake.containers import Allowance
from seminarkit.topics.intake.file_types import Opener, kind_of
from seminarkit.topics.intake.mail.mailboxes import envelopes_and_mails, is_mail
from seminarkit.topics.intake.mail.repair import content_of, mended
from seminarkit.topics.intake.refusal import Refusal

_PACKERS = {b"\x1f\x8b": gzip, b"BZh": bz2, b"\xfd7zXZ": lzma}


def blackened(name: str, data: bytes, judge: Judge) -> bytes | None:
    """Return a file without the person, or None where it is theirs alone.

    Raises CannotBlackenError. What is left in it all the same is found by ``Judge.holds``.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data, judge) if not _is_document(data) else _document(name, data, judge)
    if is_mail(data):
        return _mails(data, judge)
    if judge.whose(name, data) == HERS:
        return None
    for magic, packer in _PACKERS.items():
        if data.startswith(magic):
            inside = blackened(name, packer.decompress(data), judge)
            if inside is None:
                return None
            return gzip.compress(inside, mtime=0) if packer is gzip else packer.compress(inside)
    if is_tar(data):
        return _tar(data, judge)
    if opener := kind_of(data).opener:
        return _repacked(opener, data, judge)
    return blackened_text(data, judge.traces)


def _zip(data: bytes, judge: Judge) -> bytes | None:
    """Return an archive without what is the person's; None where nothing else is in it."""
    again, others = io.BytesIO(), 0
    try:
        with open_zip(data) as old, zipfile.ZipFile(again, "w") as new:
            for entry in old.infolist():
                content = old.read(entry)
                kept = _inside(entry.filename, content, judge)
                if kept is None:
                    continue
                others += bool(content)
                entry.filename = judge.traces.blacken(entry.filename)
                entry.comment = b""
                new.writestr(entry, kept, entry.compress_type)
    except Exception as error:  # damaged and locked archives raise many kinds
        if judge.whose("", data) == HERS:
            return None
        raise CannotBlackenError from error
    return again.getvalue() if others else None


def _inside(name: str, content: bytes, judge: Judge) -> bytes | None:
    """Return a part of a parcel without the person; what cannot be changed stays as it is."""
    if not (judge.holds(content) or judge.traces.marks(name)):
        return content
    try:
        return blackened(name, content, judge)
    except CannotBlackenError:
        return content


def _is_document(data: bytes) -> bool:
    try:
        names = open_zip(data).namelist()
    except Exception:  # as above
        return False
    return "[Content_Types].xml" in names or "mimetype" in names


def _document(name: str, data: bytes, judge: Judge) -> bytes | None:
    """Return a Word, PowerPoint, Excel or OpenDocument file without the person."""
    if judge.whose(name, data) == HERS:
        return None
    again = io.BytesIO()
    try:
        with open_zip(data) as old, zipfile.ZipFile(again, "w") as new:
            for entry in old.infolist():
                content = old.read(entry)
                if judge.holds(content):
                    content = blackened_text(content, judge.traces)
                new.writestr(entry, content, entry.compress_type)
    except Exception as error:  # as above
        raise CannotBlackenError from error
    return again.getvalue()


def _tar(data: bytes, judge: Judge) -> bytes | None:
    again, others = io.BytesIO(), 0
    with (
        tarfile.open(fileobj=io.BytesIO(data)) as old,
        tarfile.open(fileobj=again, mode="w") as new,
    ):
        for entry in old:
            taken = old.extractfile(entry) if entry.isfile() else None
            content = taken.read() if taken else b""
            kept = _inside(entry.name, content, judge)
            if kept is not None:
                others += 1
                entry.name, entry.size = judge.traces.blacken(entry.name), len(kept)
                new.addfile(entry, io.BytesIO(kept))
    return again.getvalue() if others else None


def _repacked(opener: Opener, data: bytes, judge: Judge) -> bytes | None:
    """Return what is in a file of a kind that nobody writes anew, without the person.

    One part alone as it is, several as a zip archive. None where nothing else is in it.
    """
    try:
        parts = [part for part in opener(data, Allowance()) if part.role != "heads"]
    except Refusal:
        raise CannotBlackenError from None
    if not parts or any(part.data is None for part in parts):
        raise CannotBlackenError
    left: list[tuple[str, bytes]] = []
    for part in parts:
        content = part.words.text.encode("utf-8", "replace") if part.words else part.data or b""
        kept = _inside(part.name, content, judge)
        if kept:
            left.append((judge.traces.blacken(part.name), kept))
    if len(left) < 2:
        return left[0][1] if left else None
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w") as new:
        for number, (name, kept) in enumerate(left):
            # the date of all is the same, so that the same file gives the same bytes
            new.writestr(zipfile.ZipInfo(f"{number}/{name}"), kept)
    return again.getvalue()


def _mails(data: bytes, judge: Judge) -> bytes | None:
    """Return a mail, or several, without the person; None where all of them are theirs alone."""
    kept = [_mail(envelope, mail, judge) for envelope, mail in envelopes_and_mails(data)]
    left = [mail for mail in kept if mail is not None]
    return b"\n".join(left) if left else None


def _mail(envelope: bytes, data: bytes, judge: Judge) -> bytes | None:
    envelope = judge.traces.blacken(envelope.decode("latin-1")).encode("latin-1", "replace")
    mail = message_from_bytes(mended(data), policy=policy.compat32)
    mine, others = judge.sent(data), 0
    for part in mail.walk():
        _heads(part, judge.traces)
        if part.is_multipart():
            continue
        content = content_of(part)
        name = part.get_filename() or ""
        own_words = not name and part.get_content_maintype() == "text"
        kept = _part(content, name, own_words and mine, part.get_content_charset(), judge)
        others += kept is not None and bool(name or not mine)
        _put(part, content, kept, judge.traces)
    return envelope + mail.as_bytes() if others else None


def _part(
    content: bytes, name: str, own_words: bool, charset: str | None, judge: Judge
) -> bytes | None:
    if not name and kind_of(content).opener and not is_mail(content):
        return _inside(name, content, judge)  # a file that came as words
    if own_words:
        return None
    with suppress(LookupError):
        if charset and (words := content.decode(charset, "replace")) and not name:
            return judge.traces.blacken(words).encode(charset, "replace")
    return _inside(name, content, judge)


def _put(part: Message, before: bytes, kept: bytes | None, traces: Traces) -> None:
    if kept == before and not traces.marks(str(part.get_filename() or "")):
        return
    name = part.get_filename()
    for header in ("Content-Transfer-Encoding", "Content-Disposition"):
        del part[header]
    if kept is None:
        part.set_type("text/plain")
        part.del_param("name")
        part.set_payload(BLACK + "\n")
        return
    part["Content-Transfer-Encoding"] = "base64"
    if name:
        part.add_header("Content-Disposition", "attachment", filename=traces.blacken(name))
    part.set_payload(base64.encodebytes(kept).decode("ascii"))


def _heads(part: Message, traces: Traces) -> None:
    """Black out the headers of a mail or a part; those that name a person are written anew."""
    for header, value in list(part.items()):
        try:
            shown = str(make_header(decode_header(str(value))))
        except (LookupError, ValueError):
            shown = str(value)
        black = traces.blacken(shown)
        if black != shown or +traces.find(shown):
            part.replace_header(header, black.encode("ascii", "replace").decode("ascii"))
