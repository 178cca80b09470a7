"""Draft mails: .eml files that a mail program opens, to be looked at and sent from there."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from seminarkit.addresses import RULE, one_address
from seminarkit.errors import UsageError
from seminarkit.names import shown_name
from seminarkit.terminal import clean
from seminarkit.text import letters


def draft(to: str, subject: str, text: str, pages: Sequence[Path] = ()) -> bytes:
    """Return a mail with pages attached; the same input gives the same bytes.

    Raises UsageError where ``to`` is not one address: answers would go to a second person.
    """
    if one_address(to) != to or not to:
        raise UsageError(f"No mail can be written to '{shown_name(to)}'. {RULE}.")
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = letters(" ".join(clean(subject).split()))  # a header is one line
    mail["To"] = letters(to)
    mail["X-Unsent"] = "1"  # Outlook opens such a file as a draft
    mail.set_content(letters(text))
    for page in pages:
        data = page.read_bytes()
        mail.add_attachment(data, maintype="text", subtype="html", filename=page.name)
    if mail.is_multipart():
        digest = hashlib.sha256("\n".join([to, subject, text]).encode()).hexdigest()
        mail.set_boundary(f"seminarkit-{digest[:24]}")
    return mail.as_bytes()
