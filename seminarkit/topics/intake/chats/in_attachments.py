"""Search a notebook, and the files embedded in it as text, for chats.

Such files are cell attachments, outputs in base64, and data: URLs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from seminarkit.core.forms.bundle import ANSWERS_MIME
from seminarkit.topics.intake.archives.data_address import ADDRESS
from seminarkit.topics.intake.chats.found import ContainsChat, Searched, place_of
from seminarkit.topics.intake.chats.in_broken_json import holds_chat_in_strings, strings_in
from seminarkit.topics.intake.chats.in_notebooks import (
    form_alone,
    has_form,
    holds_chat_around,
    texts_beside,
)
from seminarkit.topics.intake.chats.in_pages import all_readings
from seminarkit.topics.intake.mail.repair import from_base_64
from seminarkit.topics.intake.notebook_opener import NotebookFile

_LARGEST_TEXT = 8 * 2**20
_SHORTEST = 24  # characters; a chat is longer, most words are shorter
# Ids of cells and versions look like base64 too, but are short and decode to binary data.
_LONGEST_MARK, _CONTROL = 64, re.compile(rb"[\0-\x08\x0e-\x1f\x7f]")
_CODED = re.compile(r"[A-Za-z0-9+/_-]+(?:\s*[\r\n]\s*[A-Za-z0-9+/_-]+)*=*\s*")
_ADDRESS = re.compile(ADDRESS.pattern.decode() + r"(?P<content>[^\s\"'<>()]*)", re.I)


def search_notebook(
    searched: Searched,
    data: bytes,
    file: NotebookFile | None,
    place: str,
    contains_chat: ContainsChat,
) -> None:
    """Add the result for a notebook at ``place``; ``file`` is None if it cannot be parsed."""
    start = data[:_LARGEST_TEXT]

    def has_attached_chat(texts: Iterable[str]) -> bool:
        return any(contains_chat(content, "") for content in _files_in(texts))

    if file is None:
        has_form_data = ANSWERS_MIME.encode() in data
        strings = (strings_in(text) for text in all_readings(start))
        if holds_chat_in_strings(start) or any(map(has_attached_chat, strings)):
            searched.chats.append(place)
            searched.inseparable |= has_form_data
        elif has_form_data:
            searched.others.append((place, data))
    elif not (
        (texts := texts_beside(file.book)) is None
        or holds_chat_around(file, start)
        or has_attached_chat(texts)
    ):
        if has_form(file.book):
            searched.others.append((place, data))
    elif has_form(file.book):
        searched.chats.append(place_of(place, "a part next to the form"))
        form_bytes = form_alone(file.book)
        if form_bytes is None or has_attached_chat(texts_beside(json.loads(form_bytes)) or ()):
            searched.inseparable = True
        else:
            searched.others.append((place_of(place, "form.ipynb"), form_bytes))
    else:
        searched.chats.append(place)


def _files_in(texts: Iterable[str]) -> Iterator[bytes]:
    """Yield the files in the texts, written in base64 or as data: URLs."""
    for text in dict.fromkeys(texts):
        if len(text) < _SHORTEST:
            continue
        if _CODED.fullmatch(text):
            content = from_base_64(text.encode())
            if len(content) > _LONGEST_MARK or not _CONTROL.search(content):
                yield content
        elif "data:" in text:
            for address in _ADDRESS.finditer(text):
                yield address[0].encode("utf-8", "replace")
