"""Tells by its content, never by its name, what a received file is."""

from __future__ import annotations

import io
import re
import zipfile

from seminarkit.collect.opendocument import is_document
from seminarkit.collect.pasted import holds_answers
from seminarkit.collect.refusal import Blank, OwnPage, Refusal
from seminarkit.collect.strict_json import BYTE_ORDER_MARKS, encoding_of
from seminarkit.discuss.kept_chat import begins_as_chat

# How the kit marks what it made for reading only: templates/prepare/ hold the same words.
OWN_PAGE = b'<meta name="generator" content="Seminar Kit: nothing to collect">'
OWN_TEXT = "This file is for you to read; there is nothing to send back in it."
NO_FORM = "It is no notebook, mail or zip archive. Ask for the file 'Save my file' makes."
_MAIL = re.compile(
    rb"(?:From |[A-Za-z][A-Za-z-]{1,40}:)[^\n]*\r?\n(?:[A-Za-z][A-Za-z-]{1,40}:|[ \t])"
)
# what a house puts above the mails that come in: [EXTERNAL], {Spam?}
_BANNER = re.compile(rb"\[[^\W\d_][^\[\]{}\":,\d]{2,60}\]|\{[^\W\d_][^{}\":]{2,60}\}")
# lines that no note begins with
_MAIL_ONLY = re.compile(
    rb"(?im)^(?:From[ :]|(?:To|Date|Subject|Received|Return-Path|Message-ID|MIME-Version|"
    rb"Content-Type|Content-Transfer-Encoding|Delivered-To|X-[A-Za-z-]+):)"
)
# The kinds of files that people send by mistake, by their first bytes, and what to say.
_OTHER_KINDS = (
    (b"%PDF", "It is a PDF, which holds no answers that can be read. Ask for the form's own file."),
    (
        b"\xd0\xcf\x11\xe0",
        "It is an old Office or Outlook file, or one locked with a password. Save a mail as .eml; "
        "save a Word form as .docx, without a password.",
    ),
    (b"\x89PNG", "It is a picture. Ask for the form's own file."),
    (b"\xff\xd8\xff", "It is a picture. Ask for the form's own file."),
    (b"Rar!", "It is a RAR archive. Ask for the files themselves, or a .zip."),
    (b"7z\xbc\xaf", "It is a 7z archive. Ask for the files themselves, or a .zip."),
)


def kind_of(data: bytes) -> str:
    """Return what kind of file these bytes are; raises Refusal for one that holds no form."""
    start = data[:4096].lstrip()
    if not data:
        raise Refusal("It is empty. It was perhaps still being saved; ask for the file again.")
    for magic, sentence in _OTHER_KINDS:
        if start.startswith(magic):
            raise Refusal(sentence)
    if is_document(data):
        return "word"
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        if _is_office(data):
            return "word"
        return "zip"
    if start.startswith(b"{\\rtf"):
        raise Refusal("It is an RTF file. Open it where it was written, save it as Word (.docx).")
    marked = start.startswith(tuple(BYTE_ORDER_MARKS))
    if marked and not _is_pasted(data) and words_of(data).lstrip()[:1] not in ("{", "["):
        return "text"
    if start.startswith((b"{", b"[", *BYTE_ORDER_MARKS)) and not _BANNER.match(start):
        return "pasted" if _is_pasted(data) else "notebook"
    if start[:200].lower().startswith((b"<!doctype html", b"<html")):
        if OWN_PAGE in start:
            raise OwnPage
        raise Blank(
            "It is the page itself, which holds no answers. Open it where it was filled in, press "
            "'Save my file' and send the file that this makes."
        )
    if _MAIL.match(data[:4096]) and _MAIL_ONLY.search(data[:4096]):
        return "mail"
    if _is_pasted(data):
        return "pasted"
    if OWN_TEXT in words_of(data):
        raise OwnPage
    if begins_as_chat(data):
        return "chat"
    if b"\0" not in data:
        return "text"
    raise Refusal(NO_FORM)


def words_of(data: bytes) -> str:
    """Return the words of a text; what cannot be decoded becomes a sign that says so."""
    return data.decode(encoding_of(data), "replace")


def _is_pasted(data: bytes) -> bool:
    """Say whether it is a text that holds a block of answers, and no notebook that quotes one."""
    start = data[:4096].lstrip()
    is_json = start.startswith((b"{", b"[")) and not _BANNER.match(start)
    return not is_json and holds_answers(words_of(data))


def _is_office(data: bytes) -> bool:
    """Say whether a zip archive is a Word or another Office file, also when it is cut off."""
    if b"[Content_Types].xml" in data[:4096]:
        return True
    try:
        return "[Content_Types].xml" in zipfile.ZipFile(io.BytesIO(data)).namelist()
    except Exception:  # zipfile raises many kinds for damaged archives; zip_parts tells of it
        return False
