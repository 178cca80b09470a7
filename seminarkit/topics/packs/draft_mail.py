"""Draft mails: .eml files that a mail program opens, to be looked at and sent from there."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from seminarkit.core.clean_text import letters
from seminarkit.core.errors import UsageError
from seminarkit.core.mail_addresses import RULE, one_address
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.shown_names import shown_name
from seminarkit.core.terminal import clean
from seminarkit.topics.packs.text_templates import read_template


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail; ``kind`` is its media type."""

    name: str
    data: bytes
    kind: str = "text/html"


def page_attached(path: Path) -> Attachment:
    """Return a page as an attachment."""
    return Attachment(path.name, path.read_bytes())


def filled(folder: SeminarFolder, name: str, /, **words: str) -> str:
    """Return the text of templates/mail/``name`` with these words in it.

    Raises SeminarError where the template asks for a word that it is not given.
    """
    return read_template(folder, "mail", name).substitute(words)


def draft(to: str, subject: str, text: str, attached: Sequence[Attachment] = ()) -> bytes:
    """Return a mail with files attached; the same input gives the same bytes.

    Raises UsageError where ``to`` is not one address: answers would go to a second person.
    """
    if one_address(to) != to or not to:
        raise UsageError(f"No mail can be written to '{shown_name(to)}'. {RULE}.")
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = letters(" ".join(clean(subject).split()))  # a header is one line
    mail["To"] = letters(to)
    mail["X-Unsent"] = "1"  # Outlook opens such a file as a draft
    mail.set_content(letters(text))
    for each in attached:
        main, _, sub = each.kind.partition("/")
        mail.add_attachment(each.data, maintype=main, subtype=sub, filename=each.name)
    if mail.is_multipart():
        digest = hashlib.sha256("\n".join([to, subject, text]).encode()).hexdigest()
        mail.set_boundary(f"seminarkit-{digest[:24]}")
    return mail.as_bytes()
