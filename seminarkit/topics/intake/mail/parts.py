"""Split a mail into its headers, body and attachments, including those of mails within it.

Every part is opened, whatever its name, type or encoding.
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
from seminarkit.topics.intake.mail.repair import content_of, repaired_mail
from seminarkit.topics.intake.refusal import Refusal

_ENCODED = ("base64", "quoted-printable", "x-uuencode", "uuencode", "uue", "x-uue")
_LEFT_OUT = (
    "The file was removed from the mail before the mail was saved. Ask for the file itself, or "
    "save the mail again where the file is still attached."
)


def mail_parts(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """Yield the parts of a mail, or of each mail of an mbox.

    The order is: headers, plain-text body, HTML body, attachments.
    """
    for number, raw_mail in enumerate(mails_in(data)):
        mail = repaired_mail(raw_mail)
        try:
            message: Message = message_from_bytes(mail, policy=modern)
            parts = list(_parts(message))
            arrived, sender = _arrival_time(message), str(message.get("From", ""))
        except Exception:  # broken headers make the parser raise many types
            try:  # the older policy accepts more and decodes less
                message = BytesParser(policy=compat32).parsebytes(mail)
                parts, arrived, sender = list(_parts(message)), "", str(message.get("From", ""))
            except Exception:
                problem = "It is a damaged mail. Ask for the form's own file."
                raise Refusal(problem) from None
        attachments = 0
        for part in sorted(parts, key=_order):
            size = len(part.data or b"")
            if part.role == "file":  # a body cannot be larger than the mail itself
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
    for text in (message.preamble, message.epilogue):
        if text and str(text).strip():
            content = str(text).encode("utf-8", "surrogateescape")
            yield Part("around the mail", content, role="heads")
    for part in message.walk():
        yield Part("the mail's headers", _header_lines(part), role="heads")
        if part.get_content_maintype() == "message" and part.is_multipart():
            yield from _encoded_mail(part)
        elif not part.is_multipart():
            yield _leaf(part)


def _encoded_mail(part: Message) -> Iterator[Part]:
    """Yield a mail within a mail that is encoded in base64, contrary to RFC 2046."""
    inner = part.get_payload()
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding in _ENCODED and isinstance(inner, list) and inner:
        carrier = Message(policy=compat32)
        carrier["Content-Transfer-Encoding"] = encoding
        carrier.set_payload("".join(str(m.get_payload()) for m in inner if isinstance(m, Message)))
        if (content := content_of(carrier)).strip():
            yield Part(_name(part) or "the forwarded mail", content)


def _leaf(part: Message) -> Part:
    name, kind = _name(part), part.get_content_type()
    content = content_of(part)
    empty = "X-Apple-Content-Length" in part and not content.strip()
    if empty or kind == "text/x-moz-deleted" or "X-Mozilla-External-Attachment-URL" in part:
        return Part(name, None, _LEFT_OUT)
    if name or not kind.startswith(("text/", "multipart/")):  # a broken multipart is not split
        return Part(name, content)
    text, remark = decode(content, part.get_content_charset())
    line_breaking = (str(part.get_param(key, "") or "") for key in ("format", "delsp"))
    words = MailWords(text, kind, *line_breaking)
    return Part("the mail's text", content, role="words", words=words, remark=remark)


def _name(part: Message) -> str:
    """Return the file name of a part, or '' if it has none."""
    try:
        name = part.get_filename() or ""
    except Exception:  # broken headers make the parser raise many types
        name = ""
    return str(name)


def _header_lines(message: Message) -> bytes:
    lines = []
    for name, value in message.items():
        lines.append(f"{name}: {value}")
    return "\n".join(lines).encode("utf-8", "surrogateescape")


def _arrival_time(message: Message) -> str:
    """Return when a mail reached its last server, else when it was sent; '' if unknown."""
    for header in (*message.get_all("Received", [])[:1], *message.get_all("Date", [])[:1]):
        try:
            moment = parsedate_to_datetime(str(header).rpartition(";")[2].strip())
            return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        except (ValueError, TypeError, OverflowError):
            continue
    return ""
