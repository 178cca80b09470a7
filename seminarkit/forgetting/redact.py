"""Redacts a person in files that also contain data of other people.

The output is deterministic, so a file in the inbox and its copy in received/ stay identical. A
function returns None if the file contains only data of the person.
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
from seminarkit.forgetting.authors import OWN, OwnershipCheck
from seminarkit.forgetting.redact_text import CannotRedactError, redacted_text
from seminarkit.forgetting.traces import Traces
from seminarkit.topics.intake.archives.packed_files import is_tar
from seminarkit.topics.intake.archives.zip_names import open_zip
from seminarkit.topics.intake.containers import Allowance
from seminarkit.topics.intake.file_types import Opener, kind_of
from seminarkit.topics.intake.mail.mailboxes import envelopes_and_mails, is_mail
from seminarkit.topics.intake.mail.repair import content_of, repaired_mail
from seminarkit.topics.intake.refusal import Refusal

_PACKERS = {b"\x1f\x8b": gzip, b"BZh": bz2, b"\xfd7zXZ": lzma}


def redacted_file(name: str, data: bytes, judge: OwnershipCheck) -> bytes | None:
    """Return a file with the person redacted, or None if the file is the person's own.

    Raises CannotRedactError. The caller must check the result for remaining traces.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return (
            _redact_zip(data, judge)
            if not _is_document(data)
            else _redact_office_document(name, data, judge)
        )
    if is_mail(data):
        return _redact_mails(data, judge)
    if judge.owner_of(name, data) == OWN:
        return None
    for magic, packer in _PACKERS.items():
        if data.startswith(magic):
            redacted = redacted_file(name, packer.decompress(data), judge)
            if redacted is None:
                return None
            return gzip.compress(redacted, mtime=0) if packer is gzip else packer.compress(redacted)
    if is_tar(data):
        return _redact_tar(data, judge)
    if opener := kind_of(data).opener:
        return _redact_container(opener, data, judge)
    return redacted_text(data, judge.traces)


def _redact_zip(data: bytes, judge: OwnershipCheck) -> bytes | None:
    result, others = io.BytesIO(), 0
    try:
        with open_zip(data) as old, zipfile.ZipFile(result, "w") as new:
            for entry in old.infolist():
                content = old.read(entry)
                redacted = _redact_nested(entry.filename, content, judge)
                if redacted is None:
                    continue
                others += bool(content)
                entry.filename = judge.traces.redacted(entry.filename)
                entry.comment = b""
                new.writestr(entry, redacted, entry.compress_type)
    except Exception as error:  # damaged and locked archives raise many kinds
        if judge.owner_of("", data) == OWN:
            return None
        raise CannotRedactError from error
    return result.getvalue() if others else None


def _redact_nested(name: str, content: bytes, judge: OwnershipCheck) -> bytes | None:
    """Redact a nested file if possible, else return it unchanged."""
    if not (judge.has_trace(content) or judge.traces.names_person(name)):
        return content
    try:
        return redacted_file(name, content, judge)
    except CannotRedactError:
        return content


def _is_document(data: bytes) -> bool:
    try:
        names = open_zip(data).namelist()
    except Exception:  # as above
        return False
    return "[Content_Types].xml" in names or "mimetype" in names


def _redact_office_document(name: str, data: bytes, judge: OwnershipCheck) -> bytes | None:
    if judge.owner_of(name, data) == OWN:
        return None
    result = io.BytesIO()
    try:
        with open_zip(data) as old, zipfile.ZipFile(result, "w") as new:
            for entry in old.infolist():
                content = old.read(entry)
                if judge.has_trace(content):
                    content = redacted_text(content, judge.traces)
                new.writestr(entry, content, entry.compress_type)
    except Exception as error:  # as above
        raise CannotRedactError from error
    return result.getvalue()


def _redact_tar(data: bytes, judge: OwnershipCheck) -> bytes | None:
    result, others = io.BytesIO(), 0
    with (
        tarfile.open(fileobj=io.BytesIO(data)) as old,
        tarfile.open(fileobj=result, mode="w") as new,
    ):
        for entry in old:
            stream = old.extractfile(entry) if entry.isfile() else None
            content = stream.read() if stream else b""
            redacted = _redact_nested(entry.name, content, judge)
            if redacted is not None:
                others += 1
                entry.name, entry.size = judge.traces.redacted(entry.name), len(redacted)
                new.addfile(entry, io.BytesIO(redacted))
    return result.getvalue() if others else None


def _redact_container(opener: Opener, data: bytes, judge: OwnershipCheck) -> bytes | None:
    """Redact a container that the kit cannot write. Several parts become a zip archive."""
    try:
        parts = [part for part in opener(data, Allowance()) if part.role != "heads"]
    except Refusal:
        raise CannotRedactError from None
    if not parts or any(part.data is None for part in parts):
        raise CannotRedactError
    redacted_parts: list[tuple[str, bytes]] = []
    for part in parts:
        content = part.words.text.encode("utf-8", "replace") if part.words else part.data or b""
        redacted = _redact_nested(part.name, content, judge)
        if redacted:
            redacted_parts.append((judge.traces.redacted(part.name), redacted))
    if len(redacted_parts) < 2:
        return redacted_parts[0][1] if redacted_parts else None
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as new:
        for number, (name, redacted) in enumerate(redacted_parts):
            # a fixed date makes the output deterministic
            new.writestr(zipfile.ZipInfo(f"{number}/{name}"), redacted)
    return result.getvalue()


def _redact_mails(data: bytes, judge: OwnershipCheck) -> bytes | None:
    mails = [_redact_mail(envelope, mail, judge) for envelope, mail in envelopes_and_mails(data)]
    remaining = [mail for mail in mails if mail is not None]
    return b"\n".join(remaining) if remaining else None


def _redact_mail(envelope: bytes, data: bytes, judge: OwnershipCheck) -> bytes | None:
    envelope = judge.traces.redacted(envelope.decode("latin-1")).encode("latin-1", "replace")
    mail = message_from_bytes(repaired_mail(data), policy=policy.compat32)
    is_sender, others = judge.is_sender(data), 0
    for part in mail.walk():
        _redact_headers(part, judge.traces)
        if part.is_multipart():
            continue
        content = content_of(part)
        name = part.get_filename() or ""
        is_text = not name and part.get_content_maintype() == "text"
        redacted = _redact_part(
            content, name, is_text and is_sender, part.get_content_charset(), judge
        )
        others += redacted is not None and bool(name or not is_sender)
        _replace_content(part, content, redacted, judge.traces)
    return envelope + mail.as_bytes() if others else None


def _redact_part(
    content: bytes, name: str, is_own_text: bool, charset: str | None, judge: OwnershipCheck
) -> bytes | None:
    if not name and kind_of(content).opener and not is_mail(content):
        return _redact_nested(name, content, judge)  # a file within the text of the mail
    if is_own_text:
        return None
    with suppress(LookupError):
        if charset and (text := content.decode(charset, "replace")) and not name:
            return judge.traces.redacted(text).encode(charset, "replace")
    return _redact_nested(name, content, judge)


def _replace_content(part: Message, before: bytes, redacted: bytes | None, traces: Traces) -> None:
    if redacted == before and not traces.names_person(str(part.get_filename() or "")):
        return
    name = part.get_filename()
    for header in ("Content-Transfer-Encoding", "Content-Disposition"):
        del part[header]
    if redacted is None:
        part.set_type("text/plain")
        part.del_param("name")
        part.set_payload(BLACK + "\n")
        return
    part["Content-Transfer-Encoding"] = "base64"
    if name:
        part.add_header("Content-Disposition", "attachment", filename=traces.redacted(name))
    part.set_payload(base64.encodebytes(redacted).decode("ascii"))


def _redact_headers(part: Message, traces: Traces) -> None:
    for header, value in list(part.items()):
        try:
            shown = str(make_header(decode_header(str(value))))
        except (LookupError, ValueError):
            shown = str(value)
        redacted = traces.redacted(shown)
        if redacted != shown or +traces.find(shown):
            part.replace_header(header, redacted.encode("ascii", "replace").decode("ascii"))
