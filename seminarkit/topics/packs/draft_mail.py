"""Draft mails as .eml files, to be checked and sent from a mail program."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from seminarkit.core.clean_text import clean_text
from seminarkit.core.errors import UsageError
from seminarkit.core.mail_addresses import RULE, one_address
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.shown_names import shown_name
from seminarkit.core.terminal import clean
from seminarkit.topics.packs.text_templates import read_template

_UNFOLDED = SMTP.clone(max_line_length=998)  # the most that a line of a mail may have


@dataclass(frozen=True)
class Attachment:
    """A file attached to a mail; ``kind`` is its media type."""

    name: str
    data: bytes
    kind: str = "text/html"


def page_attachment(path: Path) -> Attachment:
    """Return an HTML page as an attachment."""
    return Attachment(path.name, path.read_bytes())


def fill_template(folder: SeminarFolder, name: str, /, **words: str) -> str:
    """Return the text template templates/mail/``name`` with its words filled in.

    Raises SeminarError if the template needs a word that is not given.
    """
    return read_template(folder, "mail", name).substitute(words)


def draft(to: str, subject: str, text: str, attachments: Sequence[Attachment] = ()) -> bytes:
    """Return a mail with attachments as bytes, reproducibly.

    Raises UsageError unless ``to`` is exactly one address: otherwise private answers would reach a
    second person.
    """
    if one_address(to) != to or not to:
        raise UsageError(f"No mail can be written to '{shown_name(to)}'. {RULE}.")
    mail = EmailMessage(policy=SMTP)
    title = " ".join(clean(subject).split())  # a header is one line
    mail["Subject"] = clean_text(title)
    mail["To"] = clean_text(to)
    mail["X-Unsent"] = "1"  # Outlook opens such a file as a draft
    mail.set_content(clean_text(text))
    for attachment in attachments:
        main, _, sub = attachment.kind.partition("/")
        mail.add_attachment(attachment.data, maintype=main, subtype=sub, filename=attachment.name)
    if mail.is_multipart():
        digest = hashlib.sha256("\n".join([to, subject, text]).encode()).hexdigest()
        mail.set_boundary(f"seminarkit-{digest[:24]}")
    _, rest = mail.as_bytes(policy=_UNFOLDED).split(b"\r\n", 1)
    return _subject_line(clean_text(title)) + b"\r\n" + rest


def _subject_line(title: str) -> bytes:
    """Return the subject as a header.

    ``EmailMessage`` adds or loses spaces where it folds a long subject (Python 3.11).
    """
    words = title if title.isascii() else Header(title, "utf-8", header_name="Subject").encode()
    return f"Subject: {words}".replace("\n", "\r\n").encode("ascii")
