"""Decide which parts of a mail are read: attachments, and the body if it has answers or notes."""

from __future__ import annotations

from collections.abc import Callable

from seminarkit.core.shown_names import shown_name
from seminarkit.topics.intake.containers import MailWords, Part
from seminarkit.topics.intake.file_types import kind_of
from seminarkit.topics.intake.mail.attachment_notices import notices_in
from seminarkit.topics.intake.mail.mail_text import lines_of
from seminarkit.topics.intake.mail.mailboxes import is_whole_mail


class MailReading:
    """The parts of one file read so far; ``is_wanted`` detects answers or notes in a text."""

    def __init__(self, is_wanted: Callable[[str], bool]) -> None:
        self._is_wanted = is_wanted
        self._read_plain: set[int] = set()
        self._accompanying: dict[str, str] = {}
        self._pages: list[str] = []
        self.unread: list[str] = []

    def content(self, part: Part, *, beside: bool) -> bytes | None:
        """Return the content of a part to be read, or None to skip it.

        ``beside`` skips what usually accompanies a form in a mail, such as the logo of a signature.
        """
        if part.role == "heads" or part.data is None:
            return None
        if part.words is None:
            kind = kind_of(part.data)
            if beside and kind.beside:
                self._accompanying[part.name] = kind.name
                return None
            return part.data
        file = file_in_words(part)
        return self._body(part, part.words) if file is None else file

    def only_beside(self) -> str:
        """Return a message about what the mail has in place of a form, or ''."""
        if notice := notices_in(self._pages):
            return notice
        if not self._accompanying:
            return ""
        names = ", ".join(f"{kind} (“{shown_name(n)}”)" for n, kind in self._accompanying.items())
        return (
            f"No form is attached to this mail, only {names}. Ask for the file that 'Save my file' "
            "makes."
        )

    def _body(self, part: Part, words: MailWords) -> bytes | None:
        if words.kind == "text/html" and part.mail in self._read_plain:
            return None  # the plain-text version was read already
        text = lines_of(words)
        if not self._is_wanted(text):
            self.unread.append(text)
            self._pages += [words.text] if words.kind == "text/html" else []
            return None
        if words.kind != "text/html":
            self._read_plain.add(part.mail)
        return text.encode("utf-8", "replace")


def file_in_words(part: Part) -> bytes | None:
    """Return the file that is sent as the body of a mail, or None if the body is text.

    Phones send files without a name, old programs write them into the text itself.
    """
    if part.words is None or part.data is None:
        return None
    content = part.data if b"\0" in part.data else part.words.text.encode("utf-8", "replace")
    kind = kind_of(content)
    if kind.reader == "word" or (kind.reader == "notebook" and b'"cells' in content):
        return content
    if kind.opener and (not kind.is_mail or is_whole_mail(content)):
        return content
    return None
