"""Takes a mail apart: its files, its own words, and its headers, also of mails within it.

Every part is opened whatever its name, its type or the way it is written down.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from email import message_from_bytes
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.policy import default as modern
from email.utils import parsedate_to_datetime

from seminarkit.topics.intake.containers import MAX_FILE, Allowance, MailWords, Part, too_large
from seminarkit.topics.intake.encoding.decode import decode
from seminarkit.topics.intake.mail.mailboxes import mails_in
from seminarkit.topics.intake.mail.repair import content_of, mended
from seminarkit.topics.intake.refusal import Refusal

_ENCODED = ("base64", "quoted-printable", "x-uuencode", "uuencode", "uue", "x-uue")
_LEFT_OUT = (
    "The file was taken out of the mail before it was saved. Ask for the file itself, or save the "
    "mail again where it still has it."
)


def mail_parts(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """Yield all that is in a mail, or in each mail of a folder of mails.

    Of each mail first the headers, then its own words, the plain ones before those of a page, then
    its files.
    """
    for number, sent in enumerate(mails_in(data)):
        mail = mended(sent)
        try:
            message: Message = message_from_bytes(mail, policy=modern)
            parts = list(_parts(message))
            arrived, sender = _arrived(message), str(message.get("From", ""))
        except Exception:  # the parser raises many kinds for broken headers
            try:  # the older way of reading mends more, and knows less
                message = BytesParser(policy=compat32).parsebytes(mail)
                parts, arrived, sender = list(_parts(message)), "", str(message.get("From", ""))
            except Exception:
                problem = "It is a mail that is damaged. Ask for the form's own file."
                raise Refusal(problem) from None
        attachments = 0
        for part in sorted(parts, key=_order):
            size = len(part.data or b"")
            if part.role == "file":  # words take no more room than the mail itself
                allowance.spend(size)
                attachments += 1
            name = part.name or f"attachment {attachments}"
            words = part.words and part.words._replace(sender=sender)
            part = part._replace(name=name, arrived=arrived, mail=number, words=words)
            yield part if size <= MAX_FILE else part._replace(data=None, problem=too_large(size))


def _order(part: Part) -> int:
    if part.words is None:
        return 0 if part.role == "heads" else 3
    return 2 if part.words.kind == "text/html" else 1


def _parts(message: Message) -> Iterator[Part]:
    for around in (message.preamble, message.epilogue):
        if around and str(around).strip():
            content = str(around).encode("utf-8", "surrogateescape")
            yield Part("around the mail", content, role="heads")
    for part in message.walk():
        yield Part("the mail's headers", _heads(part), role="heads")
        if part.get_content_maintype() == "message" and part.is_multipart():
            yield from _encoded_mail(part)
        elif not part.is_multipart():
            yield _leaf(part)


def _encoded_mail(part: Message) -> Iterator[Part]:
    """Yield the mail within a mail that is written in base 64, against the rules."""
    inner = part.get_payload()
    way = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if way in _ENCODED and isinstance(inner, list) and inner:
        carrier = Message(policy=compat32)
        carrier["Content-Transfer-Encoding"] = way
        carrier.set_payload("".join(str(m.get_payload()) for m in inner if isinstance(m, Message)))
        if (content := content_of(carrier)).strip():
            yield Part(_name(part) or "the forwarded mail", content)


def _leaf(part: Message) -> Part:
    name, kind = _name(part), part.get_content_type()
    content = content_of(part)
    empty = "X-Apple-Content-Length" in part and not content.strip()
    if empty or kind == "text/x-moz-deleted" or "X-Mozilla-External-Attachment-URL" in part:
        return Part(name, None, _LEFT_OUT)
    if name or not kind.startswith(("text/", "multipart/")):  # broken, it is not taken apart
        return Part(name, content)
    text, remark = decode(content, part.get_content_charset())
    broken = (str(part.get_param(key, "") or "") for key in ("format", "delsp"))
    words = MailWords(text, kind, *broken)
    return Part("the mail's text", content, role="words", words=words, remark=remark)


def _name(part: Message) -> str:
    """Return the name of a part: of its disposition or its type, or of the mail that it is."""
    try:
        name = part.get_filename() or ""
    except Exception:  # a broken header of it raises many kinds
        name = ""
    return str(name)


def _heads(message: Message) -> bytes:
    lines = []
    for name, value in message.items():
        lines.append(f"{name}: {value}")
    return "\n".join(lines).encode("utf-8", "surrogateescape")


def _arrived(message: Message) -> str:
    """Return when a mail reached its last server, or was sent; nothing where neither is known."""
    for line in (*message.get_all("Received", [])[:1], *message.get_all("Date", [])[:1]):
        try:
            moment = parsedate_to_datetime(str(line).rpartition(";")[2].strip())
            return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        except (ValueError, TypeError, OverflowError):
            continue
    return ""
