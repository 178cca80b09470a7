"""Search received files for saved chats, including those within mails, archives and documents.

A chat may contain direct messages, so a file with one is never stored as a whole. Forms and notes
in the same mail or archive are taken in separately. Answers in a notebook are not searched, as
they may quote a chat; answers in a document are.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from typing import BinaryIO

from seminarkit.topics.intake.archives.zip_archives import zip_parts
from seminarkit.topics.intake.chats.found import IsNotes, Searched, place_of
from seminarkit.topics.intake.chats.in_archives import without_entries
from seminarkit.topics.intake.chats.in_attachments import search_notebook
from seminarkit.topics.intake.chats.in_broken_json import may_be_notebook, strings_in
from seminarkit.topics.intake.chats.in_documents import DocumentSearch, flat_words
from seminarkit.topics.intake.chats.in_mails import is_mail, text_of_headers
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
_DEEPEST = 20  # deeper than the reader, which stores what it does not open
_LARGEST_TEXT = 8 * 2**20
_MARKUP = re.compile(
    rb"\s*(?:<!doctype html|<html|<\?xml|<!--|<head|<body|<div|<table|<[a-z]+>\s*<)", re.I
)
_ANSWER_BLOCK = re.compile(
    r"BEGIN[\s>|*]+SEMINAR[\s>|*]+ANSWERS.*?END[\s>|*]+SEMINAR[\s>|*]+ANSWERS", re.S
)
# Formats that cannot be searched; their names alone decide.
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
    """Search a file for chats; never raises because of its content, and stores nothing."""
    searched = Searched()
    _Search(searched, is_notes).search_file(data, name, "", _DEEPEST)
    return searched


def holds_chat(file: BinaryIO, name: str, is_notes: IsNotes) -> bool:
    """Return whether a file too large to be read in full contains a chat.

    Recordings of a meeting are sent as an archive with the video and the saved chat. The file is
    left at its start.
    """
    searched = Searched()
    chat_search = _Search(searched, is_notes)
    start = file.read(_LARGEST_TEXT)
    if start.startswith(b"PK"):
        chat_search.search_large_zip(file)
    else:
        chat_search.search_file(start, name, "", _DEEPEST)
    file.seek(0)
    return bool(searched.chats)


class _Search:
    def __init__(
        self, searched: Searched, is_notes: IsNotes, allowance: Allowance | None = None
    ) -> None:
        self._searched, self._is_notes = searched, is_notes
        self._allowance = allowance or Allowance()

    def search_file(self, data: bytes, name: str, place: str, depth: int) -> None:
        """Search a file, or the part of one at ``place``."""
        start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
        opener = kind_of(data).opener
        if not depth:
            self._search_text(data, place)
        elif start.startswith(b"PK") or opener is zip_parts:
            self._search_zip(data, place, depth)
        elif opener:
            self._search_parts(opener, data, place, depth)
        elif start.startswith(_OPAQUE):
            if _CALLED_CHAT.search(name.rsplit("/", 1)[-1]):
                self._searched.chats.append(place)
        elif (file := parsed_notebook(data)) or may_be_notebook(start, data):
            search_notebook(self._searched, data, file, place, self._checker(depth - 1))
        elif words := flat_words(data):
            self._search_document(data, words, place, depth)
        elif is_mail(start):
            self._search_parts(mail_parts, data, place, depth)
        else:
            self._search_text(data, place)

    def search_large_zip(self, file: BinaryIO) -> None:
        """Search the entries of an archive that are small enough to be a chat."""
        try:
            archive = zipfile.ZipFile(file)
            for entry in archive.infolist():
                if not entry.is_dir() and entry.file_size <= MAX_FILE and not entry.flag_bits & 1:
                    with archive.open(entry) as part:
                        content = part.read(MAX_FILE + 1)
                    self._allowance.spend(len(content))
                    self.search_file(content, entry.filename, entry.filename, _DEEPEST - 1)
        except Exception:  # damaged archives make zipfile raise many types
            return

    def _search_zip(self, data: bytes, place: str, depth: int) -> None:
        words = office_text(data)
        if words is not None:
            self._search_document(data, words, place, depth)
            return
        count_before = len(self._searched.chats)
        opened, unopened = set(), set()
        try:
            for part in zip_parts(data, self._allowance):
                if part.data is not None:
                    opened.add(part.name)
                    self.search_file(part.data, part.name, place_of(place, part.name), depth - 1)
                    continue
                unopened.add(part.name)
                if _CALLED_CHAT.search(part.name.rsplit("/", 1)[-1]):
                    self._searched.chats.append(place_of(place, part.name))
            # the entries opened need not be searched again in compressed form
            data = without_entries(data, opened - unopened)
        except (Refusal, MemoryError, RecursionError):
            pass
        if len(self._searched.chats) == count_before:
            self._search_text(data, place, strong_only=True)  # uncompressed data in it

    def _search_document(self, data: bytes, words: OfficeText, place: str, depth: int) -> None:
        document_search = DocumentSearch(self._is_notes, self._allowance, self._checker(depth - 1))
        document_search.search(self._searched, data, words, place)

    def _checker(self, depth: int) -> Callable[[bytes, str], bool]:
        """Return a check whether an embedded file contains a chat; it adds no results."""

        def contains_chat(data: bytes, name: str) -> bool:
            searched = Searched()
            _Search(searched, self._is_notes, self._allowance).search_file(
                data, name, "", max(depth, 0)
            )
            return bool(searched.chats)

        return contains_chat

    def _search_parts(self, opener: Opener, data: bytes, place: str, depth: int) -> None:
        """Search each part of a container, or its bytes if it cannot be opened."""
        count_before = len(self._searched.chats)
        has_parts = False
        try:
            for part in opener(data, self._allowance):
                has_parts = True
                self._search_part(part, place, depth)
        except (Refusal, MemoryError, RecursionError):
            has_parts = False
        if not has_parts and len(self._searched.chats) == count_before:
            self._search_text(data, place, strong_only=is_binary(data))

    def _search_part(self, part: Part, place: str, depth: int) -> None:
        part_place = place_of(place, part.name)
        if part.data is None:
            if _CALLED_CHAT.search(part.name.rsplit("/", 1)[-1]):
                self._searched.chats.append(part_place)
        elif part.role == "heads":
            self._search_text(text_of_headers(part.data), part_place)
        elif part.words is None:
            self.search_file(part.data, part.name, part_place, depth - 1)
        elif (file := file_in_words(part)) is not None or is_mail(part.data[:4096].lstrip()):
            self.search_file(part.data if file is None else file, part.name, part_place, depth - 1)
        else:
            self._search_text(part.words.text.encode("utf-8", "replace"), part_place)

    def _search_text(self, data: bytes, place: str, *, strong_only: bool = False) -> None:
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
                blocks = _ANSWER_BLOCK.findall(text)
                if blocks:
                    self._searched.others.append(
                        (place_of(place, "answers"), _joined_blocks(blocks))
                    )
                return
            if notes and not strong_only:
                self._searched.others.append((place, text.encode("utf-8", "replace")))
                return


def _joined_blocks(blocks: list[str]) -> bytes:
    return "\n\n".join(blocks).encode("utf-8", "replace")
