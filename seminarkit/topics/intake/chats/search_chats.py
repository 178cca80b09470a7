"""Looks for saved chats in what came, also inside of mails, archives and documents.

A chat may hold direct messages, so a file with one in it is never kept whole. What else a person
sent with it is not lost: forms and notes in the same mail or archive are handed on by themselves.
An answer in a notebook is not searched, as it may quote whom it likes; in a document it is.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from typing import BinaryIO

from seminarkit.topics.intake.archives.zip_archives import zip_parts
from seminarkit.topics.intake.chats.found import IsNotes, Searched, place_of
from seminarkit.topics.intake.chats.in_archives import without_entries
from seminarkit.topics.intake.chats.in_attachments import look_at_notebook
from seminarkit.topics.intake.chats.in_broken_json import may_be_notebook, strings_in
from seminarkit.topics.intake.chats.in_documents import DocumentLook, flat_words
from seminarkit.topics.intake.chats.in_mails import is_mail, said_in_heads
from seminarkit.topics.intake.chats.in_notebooks import parsed_notebook
from seminarkit.topics.intake.chats.in_pages import (
    all_readings,
    is_binary,
    names_of_parts,
    visible_text,
)
from seminarkit.topics.intake.containers import MAX_FILE, Allowance, Part
from seminarkit.topics.intake.file_types import Opener, kind_of
from seminarkit.topics.intake.mail.parts import mail_parts
from seminarkit.topics.intake.mail.read_mail import file_in_words
from seminarkit.topics.intake.office_text import OfficeText, office_text, rtf_text
from seminarkit.topics.intake.pasted_answers import holds_answers
from seminarkit.topics.intake.refusal import Refusal
from seminarkit.topics.questions.chat.recognise import looks_like_chat

__all__ = ["IsNotes", "Searched", "holds_chat", "search"]
_DEEPEST = 20  # more than the reader opens, as what it leaves closed is kept
_LARGEST_TEXT = 8 * 2**20
_MARKUP = re.compile(
    rb"\s*(?:<!doctype html|<html|<\?xml|<!--|<head|<body|<div|<table|<[a-z]+>\s*<)", re.I
)
_BLOCK = re.compile(
    r"BEGIN[\s>|*]+SEMINAR[\s>|*]+ANSWERS.*?END[\s>|*]+SEMINAR[\s>|*]+ANSWERS", re.S
)
# Nobody can look into these; of a name that says what it is, it is believed.
_OPAQUE = (
    b"%PDF",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"Rar!",
    b"7z\xbc\xaf",
    b"GIF8",
)
_CALLED_CHAT = re.compile(r"chat|whatsapp|telegram|direct.?message|\bdm\b", re.I)


def search(data: bytes, name: str, is_notes: IsNotes) -> Searched:
    """Look for chats in a file. Never raises for what it holds, and keeps nothing."""
    searched = Searched()
    _Search(searched, is_notes).look(data, name, "", _DEEPEST)
    return searched


def holds_chat(file: BinaryIO, name: str, is_notes: IsNotes) -> bool:
    """Say whether a file that is too large to be read whole holds a chat; it is left at its start.

    Recordings of a meeting are sent as an archive, with the saved chat beside the film.
    """
    searched = Searched()
    looking = _Search(searched, is_notes)
    start = file.read(_LARGEST_TEXT)
    if start.startswith(b"PK"):
        looking.look_into_large_zip(file)
    else:
        looking.look(start, name, "", _DEEPEST)
    file.seek(0)
    return bool(searched.chats)


class _Search:
    def __init__(
        self, searched: Searched, is_notes: IsNotes, allowance: Allowance | None = None
    ) -> None:
        self._searched, self._is_notes = searched, is_notes
        self._allowance = allowance or Allowance()

    def look(self, data: bytes, name: str, place: str, depth: int) -> None:
        """Look at a file, or at a part of one that lies at ``place`` in it."""
        start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
        opener = kind_of(data).opener
        if not depth:
            self._text(data, place)
        elif start.startswith(b"PK") or opener is zip_parts:
            self._zip(data, place, depth)
        elif opener:
            self._parts(opener, data, place, depth)
        elif start.startswith(_OPAQUE):
            if _CALLED_CHAT.search(name.rsplit("/", 1)[-1]):
                self._searched.chats.append(place)
        elif (file := parsed_notebook(data)) or may_be_notebook(start, data):
            look_at_notebook(self._searched, data, file, place, self._within(depth - 1))
        elif words := flat_words(data):
            self._document(data, words, place, depth)
        elif is_mail(start):
            self._parts(mail_parts, data, place, depth)
        else:
            self._text(data, place)

    def look_into_large_zip(self, file: BinaryIO) -> None:
        """Look at the entries of an archive that are small enough to be a chat."""
        try:
            archive = zipfile.ZipFile(file)
            for entry in archive.infolist():
                if not entry.is_dir() and entry.file_size <= MAX_FILE and not entry.flag_bits & 1:
                    with archive.open(entry) as part:
                        content = part.read(MAX_FILE + 1)
                    self._allowance.spend(len(content))
                    self.look(content, entry.filename, entry.filename, _DEEPEST - 1)
        except Exception:  # zipfile raises many kinds for damaged archives
            return

    def _zip(self, data: bytes, place: str, depth: int) -> None:
        words = office_text(data)
        if words is not None:
            self._document(data, words, place, depth)
            return
        before = len(self._searched.chats)
        opened, closed = set(), set()
        try:
            for part in zip_parts(data, self._allowance):
                if part.data is not None:
                    opened.add(part.name)
                    self.look(part.data, part.name, place_of(place, part.name), depth - 1)
                    continue
                closed.add(part.name)
                if _CALLED_CHAT.search(part.name.rsplit("/", 1)[-1]):
                    self._searched.chats.append(place_of(place, part.name))
            # what was opened need not be looked at again as it is packed
            data = without_entries(data, opened - closed)
        except (Refusal, MemoryError, RecursionError):
            pass
        if len(self._searched.chats) == before:
            self._text(data, place, strong_only=True)  # what is stored in it without packing

    def _document(self, data: bytes, words: OfficeText, place: str, depth: int) -> None:
        look = DocumentLook(self._is_notes, self._allowance, self._within(depth - 1))
        look.at(self._searched, data, words, place)

    def _within(self, depth: int) -> Callable[[bytes, str], bool]:
        """Return what says whether a file inside of another holds a chat; it hands on nothing."""

        def holds(data: bytes, name: str) -> bool:
            searched = Searched()
            _Search(searched, self._is_notes, self._allowance).look(data, name, "", max(depth, 0))
            return bool(searched.chats)

        return holds

    def _parts(self, opener: Opener, data: bytes, place: str, depth: int) -> None:
        """Look at each part of a file that is opened, and at what of it is not."""
        before = len(self._searched.chats)
        some = False
        try:
            for part in opener(data, self._allowance):
                some = True
                self._part(part, place, depth)
        except (Refusal, MemoryError, RecursionError):
            some = False
        if not some and len(self._searched.chats) == before:
            self._text(data, place, strong_only=is_binary(data))

    def _part(self, part: Part, place: str, depth: int) -> None:
        here = place_of(place, part.name)
        if part.data is None:
            if _CALLED_CHAT.search(part.name.rsplit("/", 1)[-1]):
                self._searched.chats.append(here)
        elif part.role == "heads":
            self._text(said_in_heads(part.data), here)
        elif part.words is None:
            self.look(part.data, part.name, here, depth - 1)
        elif (file := file_in_words(part)) is not None or is_mail(part.data[:4096].lstrip()):
            self.look(part.data if file is None else file, part.name, here, depth - 1)
        else:
            self._text(part.words.text.encode("utf-8", "replace"), here)

    def _text(self, data: bytes, place: str, *, strong_only: bool = False) -> None:
        strong_only = strong_only or is_binary(data)
        for text in all_readings(data[:_LARGEST_TEXT]):
            if data[:6].lstrip().startswith(b"{\\rtf"):
                text = rtf_text(text)
            elif _MARKUP.match(data[:400]) or _MARKUP.match(text[:400].encode("utf-8", "replace")):
                text = f"{names_of_parts(text)}\n{visible_text(text)}"
            elif text[:400].lstrip("\ufeff \t\r\n").startswith(("{", "[{", '["')):
                text += "\n" + "\n".join(strings_in(text))
            notes = strong_only or holds_answers(text) or self._is_notes(text)
            if looks_like_chat(text, notes=notes):
                self._searched.chats.append(place)
                blocks = _BLOCK.findall(text)
                if blocks:
                    self._searched.others.append((place_of(place, "answers"), _encoded(blocks)))
                return
            if notes and not strong_only:
                self._searched.others.append((place, text.encode("utf-8", "replace")))
                return


def _encoded(blocks: list[str]) -> bytes:
    return "\n\n".join(blocks).encode("utf-8", "replace")
