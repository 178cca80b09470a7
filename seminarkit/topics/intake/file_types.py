"""The registry of what may arrive: each kind, how it is known by its content, and what is done.

No name and no declared type counts. The first kind that fits is it; a new one is one entry here, or
in ``unreadable_kinds`` where it can only be named. Whoever opens files, to read, to look for chats
or to forget somebody, asks this registry, so that nothing is opened by one and not by another.
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
from seminarkit.topics.intake.file_glance import Look
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

# How the kit marks what it made for reading only: templates/prepare/ hold the same words.
OWN_PAGE = b'<meta name="generator" content="Seminar Kit: nothing to collect">'
OWN_TEXT = "This file is for you to read; there is nothing to send back in it."
NO_FORM = "It is no notebook, mail or zip archive. Ask for the file 'Save my file' makes."
_FORM_PAGE = b'id="notebook"'
_MHTML = re.compile(
    rb"(?ims)\A(?=.*?^Content-Type:\s*multipart/related)(?!.*?^(?:To|Received|Message-ID):)"
)
# a house puts [EXTERNAL] or {Spam?} above the mails that come in, which are no JSON
_JSON = re.compile(rb'(?!\{[^\W\d_][^{}":]{2,60}\})(?:\{|\[\s*(?:[\[{"\]]|\Z)|"\s*\{)')
_CONFLICT = re.compile(rb'(?m)\A<{7}(?: [^\n]*)?\r?\n\s*[{"\[]')
_SCRIPT = re.compile(
    r"(?m)^# (?:%%|In\[[ \d]*\]:|<codecell>|COMMAND -{5,}$)|^```\{code-cell\}"
    r"|\A# Databricks notebook source\b"
    r"|\A(?:# )?---\n(?:#? .*\n)*?(?:# )?jupyter:"
)


@dataclass(frozen=True)
class Kind:
    """What a file may be.

    One of three: ``reader`` says who reads it, ``opener`` opens what is in it, or only ``advice``
    is said. With an opener the advice is said where nothing is in it. ``beside`` is what stands
    beside a form in many a mail (``is_mail``), and is no trouble there.
    """

    name: str
    is_it: Callable[[Look], bool]
    reader: Reader | None = None
    opener: Opener | None = None
    advice: str = ""
    refusal: Callable[[str], Refusal] = Refusal
    beside: bool = False
    is_mail: bool = False


def kind_of(data: bytes) -> Kind:
    """Return what kind of file these bytes are."""
    look = Look(data)
    for kind in KINDS:
        if kind.is_it(look):
            return kind
    return UNKNOWN


def words_of(data: bytes) -> str:
    """Return the words of a text or of a page."""
    return Look(data).words


def _is_word(look: Look) -> bool:
    """Say whether it is a zip archive that is a Word file, also one that is cut off.

    The names in its directory decide: in an archive of Word files that are not packed any letters
    may stand.
    """
    return bool({"[Content_Types].xml", "word/document.xml"} & set(look.names))


def _is_web_mail(look: Look) -> bool:
    """Say whether it is a web page that was saved as one file, which has the shape of a mail."""
    head = re.split(rb"\r?\n\r?\n", look.start, maxsplit=1)[0]
    return is_mail(look.data) and _MHTML.match(head) is not None


def _is_script(look: Look) -> bool:
    return b"\0" not in look.data[:4096] and _SCRIPT.search(look.words[:20_000]) is not None


def _is_text(look: Look) -> bool:
    return b"\0" not in look.data or "\0" not in look.words


_CUT = "Ask for the files again."
_EMPTY_FILE = "It is empty. It was perhaps still being saved; ask for the file again."
_NOUGHTS = (
    "It holds nothing but noughts: it was not yet downloaded from its cloud, or not saved to its "
    "end. Open it where it lies, then copy or send it again."
)
_NAMED = tuple(
    Kind(each.name, each.is_it, advice=each.advice, beside=each.beside) for each in UNREADABLE
)

KINDS: tuple[Kind, ...] = (
    Kind("an empty file", lambda look: not look.data, advice=_EMPTY_FILE),
    Kind("a file of noughts", lambda look: not look.data.strip(b"\0"), advice=_NOUGHTS),
    *_NAMED,
    Kind(
        "a text document",
        lambda look: is_document(look.data) or _is_word(look),
        reader="word",
    ),
    Kind(
        "a zip archive",
        lambda look: look.begins(b"PK") and is_zip(look.data),
        opener=zip_parts,
        advice=f"The archive is empty. {_CUT}",
    ),
    Kind(
        "an Outlook message",
        lambda look: is_msg(look.data),
        opener=msg_parts,
        is_mail=True,
        advice="It is a mail saved by Outlook (.msg) in which no file was found. If the form is in "
        "it, save the attachment by itself, or save the mail as .eml.",
    ),
    Kind(
        "a packed file",
        lambda look: is_packed(look.data),
        opener=packed_part,
        advice=f"Nothing is packed in it. {_CUT}",
    ),
    Kind(
        "a tar archive",
        lambda look: is_tar(look.data),
        opener=tar_parts,
        advice=f"The archive is empty. {_CUT}",
    ),
    Kind(
        "a mail in Outlook's rich text",
        lambda look: look.begins(TNEF),
        opener=tnef_parts,
        is_mail=True,
        advice="It is the inside of a mail in Outlook's rich text (winmail.dat), in which no file "
        "was found. Ask for the mail in HTML or plain text, or for the form by itself.",
    ),
    Kind(
        "a signature",
        lambda look: is_signature(look.data),
        advice="It is the signature of a mail, without the mail. Save the mail itself.",
        beside=True,
    ),
    Kind(
        "a mail signed as one block",
        lambda look: is_signed(look.data),
        opener=signed_parts,
        advice="The mail is signed as one block (smime.p7m), which cannot be opened. Open it in "
        "your mail program, and save the files in it by themselves.",
    ),
    Kind(
        "a notebook", lambda look: look.matches(_JSON) or look.matches(_CONFLICT), reader="notebook"
    ),
    Kind(
        "the kit's own page",
        lambda look: look.is_page and OWN_PAGE in look.start,
        refusal=lambda advice: OwnPage(),
    ),
    Kind(
        "the page of a form",
        lambda look: look.is_page and _FORM_PAGE in look.data,
        advice="It is the page itself, which holds no answers. Open it where it was filled in, "
        "press 'Save my file' and send the file that this makes.",
        refusal=Blank,
    ),
    Kind(
        "a page with pasted answers",
        lambda look: look.is_page and holds_answers(look.words),
        reader="pasted",
    ),
    Kind(
        "a web page",
        lambda look: look.is_page,
        advice="It is a web page, which holds no answers that can be read. If it shows a form, "
        "open that where it was filled in, press 'Save my file' and send the file that this makes.",
    ),
    Kind(
        "a web page saved as one file",
        _is_web_mail,
        opener=mail_parts,
        is_mail=True,
        advice="It is a web page saved as one file (MHTML), also where its name ends in .doc. Open "
        "it, save it as Word (.docx) and send that; of a form's page, press 'Save my file'.",
    ),
    Kind(
        "a file as a data address",
        lambda look: look.matches(ADDRESS),
        opener=address_parts,
        advice=NO_FORM,
    ),
    Kind(
        "a mail",
        lambda look: is_mail(look.data),
        opener=mail_parts,
        is_mail=True,
        advice="No form is attached to this mail. Ask for the file that 'Save my file' makes.",
    ),
    Kind(
        "a text with a file in it",
        lambda look: is_uuencoded(look.data),
        opener=uuencoded_parts,
        advice=NO_FORM,
    ),
    Kind("pasted answers", lambda look: holds_answers(look.words), reader="pasted"),
    Kind(
        "the kit's own text",
        lambda look: OWN_TEXT in look.words,
        refusal=lambda advice: OwnPage(),
    ),
    Kind("a saved chat", lambda look: begins_as_chat(look.data), reader="chat"),
    Kind(
        "a zip archive behind something else",
        lambda look: is_zip(look.data),
        opener=zip_parts,
        advice=f"The archive is empty. {_CUT}",
    ),
    Kind(
        "a notebook as a script",
        _is_script,
        advice="It is a notebook saved as a script or as Markdown, which leaves the answers out. "
        "Send the notebook itself (.ipynb).",
    ),
    Kind("a text", _is_text, reader="text"),
)
UNKNOWN = Kind("an unknown file", lambda look: True, advice=NO_FORM)
