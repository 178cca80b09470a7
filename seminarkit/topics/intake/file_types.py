"""Registry of the file types that may arrive, each with its test and its handling.

Only the content counts, not the file name or a declared type. The first matching entry is taken.
Add a new type here, or in ``unreadable_types`` if the kit can only name it. Reading, the search
for chats and forgetting all use this registry, so that they open the same files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from seminarkit.topics.intake.archives.data_address import ADDRESS, address_parts
from seminarkit.topics.intake.archives.packed_files import is_packed, is_tar, packed_part, tar_parts
from seminarkit.topics.intake.archives.uuencode import is_uuencoded, uuencoded_parts
from seminarkit.topics.intake.archives.zip_archives import is_zip, zip_parts
from seminarkit.topics.intake.containers import Allowance, Part
from seminarkit.topics.intake.file_glance import FileContent
from seminarkit.topics.intake.mail.mailboxes import is_mail
from seminarkit.topics.intake.mail.outlook import TNEF, is_msg, msg_parts, tnef_parts
from seminarkit.topics.intake.mail.parts import mail_parts
from seminarkit.topics.intake.mail.smime import is_signature, is_signed, signed_parts
from seminarkit.topics.intake.opendocument.open_document import is_document
from seminarkit.topics.intake.pasted_answers import holds_answers
from seminarkit.topics.intake.refusal import Blank, OwnPage, Refusal
from seminarkit.topics.intake.unreadable_types import UNREADABLE
from seminarkit.topics.questions.chat.stored_chat import begins_as_chat

Reader = Literal["notebook", "word", "pasted", "text", "chat"]
Opener = Callable[[bytes, Allowance], Iterator[Part]]

# marks of the kit's own read-only pages; templates/prepare/ contain the same words
OWN_PAGE = b'<meta name="generator" content="Seminar Kit: nothing to collect">'
OWN_TEXT = "This file is for you to read; there is nothing to send back in it."
NO_FORM = "It is not a notebook, mail or zip archive. Ask for the file that 'Save my file' makes."
_FORM_PAGE = b'id="notebook"'
_MHTML = re.compile(
    rb"(?ims)\A(?=.*?^Content-Type:\s*multipart/related)(?!.*?^(?:To|Received|Message-ID):)"
)
# mail servers add [EXTERNAL] or {Spam?} at the top of mails, which is not JSON
_JSON = re.compile(rb'(?!\{[^\W\d_][^{}":]{2,60}\})(?:\{|\[\s*(?:[\[{"\]]|\Z)|"\s*\{)')
_CONFLICT = re.compile(rb'(?m)\A<{7}(?: [^\n]*)?\r?\n\s*[{"\[]')
_SCRIPT = re.compile(
    r"(?m)^# (?:%%|In\[[ \d]*\]:|<codecell>|COMMAND -{5,}$)|^```\{code-cell\}"
    r"|\A# Databricks notebook source\b"
    r"|\A(?:# )?---\n(?:#? .*\n)*?(?:# )?jupyter:"
)


@dataclass(frozen=True)
class Kind:
    """A file type and its handling.

    ``reader`` selects a reader, ``opener`` yields the parts of an archive or mail. Types with
    neither are refused with ``advice``; with an opener, the advice is for an empty archive or mail.
    ``beside`` marks types that often accompany a form in a mail and are ignored there.
    """

    name: str
    test: Callable[[FileContent], bool]
    reader: Reader | None = None
    opener: Opener | None = None
    advice: str = ""
    refusal: Callable[[str], Refusal] = Refusal
    beside: bool = False
    is_mail: bool = False


def kind_of(data: bytes) -> Kind:
    """Return the type of a file, from its content."""
    file = FileContent(data)
    for kind in KINDS:
        if kind.test(file):
            return kind
    return UNKNOWN


def words_of(data: bytes) -> str:
    """Return the text of a text file or HTML page, without markup."""
    return FileContent(data).words


def _is_word(file: FileContent) -> bool:
    """Return whether a zip archive is a Word file, complete or cut off.

    This looks at entry names only: an archive of uncompressed Word files contains the same bytes.
    """
    return bool({"[Content_Types].xml", "word/document.xml"} & set(file.names))


def _is_web_mail(file: FileContent) -> bool:
    """Return whether a file is a web page saved as MHTML, which looks like a mail."""
    head = re.split(rb"\r?\n\r?\n", file.start, maxsplit=1)[0]
    return is_mail(file.data) and _MHTML.match(head) is not None


def _is_notebook_script(file: FileContent) -> bool:
    return b"\0" not in file.data[:4096] and _SCRIPT.search(file.words[:20_000]) is not None


def _is_text(file: FileContent) -> bool:
    return b"\0" not in file.data or "\0" not in file.words


_ASK_AGAIN = "Ask for the files again."
_EMPTY_FILE = "It is empty. It was perhaps still being saved; ask for the file again."
_ONLY_ZEROS = (
    "It contains only zeros: it was not yet downloaded from the cloud, or not saved completely. "
    "Open it where it is stored, then copy or send it again."
)
_UNREADABLE_KINDS = tuple(
    Kind(kind.name, kind.test, advice=kind.advice, beside=kind.beside) for kind in UNREADABLE
)

KINDS: tuple[Kind, ...] = (
    Kind("an empty file", lambda file: not file.data, advice=_EMPTY_FILE),
    Kind("a file of noughts", lambda file: not file.data.strip(b"\0"), advice=_ONLY_ZEROS),
    *_UNREADABLE_KINDS,
    Kind(
        "a text document",
        lambda file: is_document(file.data) or _is_word(file),
        reader="word",
    ),
    Kind(
        "a zip archive",
        lambda file: file.begins(b"PK") and is_zip(file.data),
        opener=zip_parts,
        advice=f"The archive is empty. {_ASK_AGAIN}",
    ),
    Kind(
        "an Outlook message",
        lambda file: is_msg(file.data),
        opener=msg_parts,
        is_mail=True,
        advice="It is a mail saved by Outlook (.msg) in which no file was found. If the form is in "
        "it, save the attachment by itself, or save the mail as .eml.",
    ),
    Kind(
        "a packed file",
        lambda file: is_packed(file.data),
        opener=packed_part,
        advice=f"Nothing is packed in it. {_ASK_AGAIN}",
    ),
    Kind(
        "a tar archive",
        lambda file: is_tar(file.data),
        opener=tar_parts,
        advice=f"The archive is empty. {_ASK_AGAIN}",
    ),
    Kind(
        "a mail in Outlook's rich text",
        lambda file: file.begins(TNEF),
        opener=tnef_parts,
        is_mail=True,
        advice="It is the inside of a mail in Outlook's rich text (winmail.dat), in which no file "
        "was found. Ask for the mail in HTML or plain text, or for the form by itself.",
    ),
    Kind(
        "a signature",
        lambda file: is_signature(file.data),
        advice="It is the signature of a mail, without the mail. Save the mail itself.",
        beside=True,
    ),
    Kind(
        "a mail signed as one block",
        lambda file: is_signed(file.data),
        opener=signed_parts,
        advice="The mail is signed as one block (smime.p7m), which cannot be opened. Open it in "
        "your mail program, and save the files in it by themselves.",
    ),
    Kind(
        "a notebook", lambda file: file.matches(_JSON) or file.matches(_CONFLICT), reader="notebook"
    ),
    Kind(
        "the kit's own page",
        lambda file: file.is_page and OWN_PAGE in file.start,
        refusal=lambda advice: OwnPage(),
    ),
    Kind(
        "the page of a form",
        lambda file: file.is_page and _FORM_PAGE in file.data,
        advice="It is the page itself, which holds no answers. Open it where it was filled in, "
        "press 'Save my file' and send the file that this makes.",
        refusal=Blank,
    ),
    Kind(
        "a page with pasted answers",
        lambda file: file.is_page and holds_answers(file.words),
        reader="pasted",
    ),
    Kind(
        "a web page",
        lambda file: file.is_page,
        advice="It is a web page, which holds no answers that can be read. If it shows a form, "
        "open that where it was filled in, press 'Save my file' and send the file that this makes.",
    ),
    Kind(
        "a web page saved as one file",
        _is_web_mail,
        opener=mail_parts,
        is_mail=True,
        advice="It is a web page saved as one file (MHTML), even if its name ends in .doc. Open "
        "it, save it as Word (.docx) and send that; if it is the page of a form, press 'Save my "
        "file'.",
    ),
    Kind(
        "a file as a data address",
        lambda file: file.matches(ADDRESS),
        opener=address_parts,
        advice=NO_FORM,
    ),
    Kind(
        "a mail",
        lambda file: is_mail(file.data),
        opener=mail_parts,
        is_mail=True,
        advice="No form is attached to this mail. Ask for the file that 'Save my file' makes.",
    ),
    Kind(
        "a text with a file in it",
        lambda file: is_uuencoded(file.data),
        opener=uuencoded_parts,
        advice=NO_FORM,
    ),
    Kind("pasted answers", lambda file: holds_answers(file.words), reader="pasted"),
    Kind(
        "the kit's own text",
        lambda file: OWN_TEXT in file.words,
        refusal=lambda advice: OwnPage(),
    ),
    Kind("a saved chat", lambda file: begins_as_chat(file.data), reader="chat"),
    Kind(
        "a zip archive behind something else",
        lambda file: is_zip(file.data),
        opener=zip_parts,
        advice=f"The archive is empty. {_ASK_AGAIN}",
    ),
    Kind(
        "a notebook as a script",
        _is_notebook_script,
        advice="It is a notebook saved as a script or as Markdown, which leaves the answers out. "
        "Send the notebook itself (.ipynb).",
    ),
    Kind("a text", _is_text, reader="text"),
)
UNKNOWN = Kind("an unknown file", lambda file: True, advice=NO_FORM)
