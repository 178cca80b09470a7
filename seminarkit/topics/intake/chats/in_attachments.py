"""Looks for chats in a notebook and in the files that it holds as text.

Those are attachments of cells, outputs in base 64, and addresses that hold what they name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from seminarkit.core.forms.bundle import ANSWERS_MIME
from seminarkit.topics.intake.archives.data_address import ADDRESS
from seminarkit.topics.intake.chats.found import Holds, Searched, place_of
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
_SHORTEST = 24  # letters: a chat is longer, most words are not
# What names a cell or version looks coded as well: that is short, and no text when decoded.
_LONGEST_MARK, _CONTROL = 64, re.compile(rb"[\0-\x08\x0e-\x1f\x7f]")
_CODED = re.compile(r"[A-Za-z0-9+/_-]+(?:\s*[\r\n]\s*[A-Za-z0-9+/_-]+)*=*\s*")
_ADDRESS = re.compile(ADDRESS.pattern.decode() + r"(?P<content>[^\s\"'<>()]*)", re.I)


def look_at_notebook(
    searched: Searched, data: bytes, file: NotebookFile | None, place: str, holds: Holds
) -> None:
    """Add what a notebook at ``place`` holds; ``file`` is None where it cannot be parsed."""
    start = data[:_LARGEST_TEXT]

    def attached(texts: Iterable[str]) -> bool:
        return any(holds(each, "") for each in _files_in(texts))

    if file is None:
        form = ANSWERS_MIME.encode() in data
        strings = (strings_in(text) for text in all_readings(start))
        if holds_chat_in_strings(start) or any(map(attached, strings)):
            searched.chats.append(place)
            searched.inseparable |= form
        elif form:
            searched.others.append((place, data))
    elif not (
        (texts := texts_beside(file.book)) is None
        or holds_chat_around(file, start)
        or attached(texts)
    ):
        if has_form(file.book):
            searched.others.append((place, data))
    elif has_form(file.book):
        searched.chats.append(place_of(place, "a part beside the form"))
        alone = form_alone(file.book)
        if alone is None or attached(texts_beside(json.loads(alone)) or ()):
            searched.inseparable = True
        else:
            searched.others.append((place_of(place, "form.ipynb"), alone))
    else:
        searched.chats.append(place)


def _files_in(texts: Iterable[str]) -> Iterator[bytes]:
    """Yield what each text holds that is written as a file is: in base 64, or as an address."""
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
