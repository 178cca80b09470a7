"""Looks for chats in a notebook: in every cell, output and field but the answers of a form.

What somebody answers is theirs and may quote a chat. All else in the file was put beside the form,
and can be left out of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape

from seminarkit.core.forms.bundle import ANSWERS_MIME, ANSWERS_TAG, FORM_MIME
from seminarkit.core.forms.shapes import is_object, is_texts, list_of, object_of
from seminarkit.topics.intake.chats.in_broken_json import holds_chat_in_strings
from seminarkit.topics.intake.handwritten_answers import read_literal
from seminarkit.topics.intake.notebook_opener import NotebookFile, open_notebook
from seminarkit.topics.intake.refusal import Refusal
from seminarkit.topics.questions.chat.recognise import looks_like_chat, signs_of

_DEEPEST = 60
_OWN = (ANSWERS_MIME, FORM_MIME)
_OPENING = re.compile(r"[\[{]")
_TAG = re.compile(r"<[^<>]{0,4000}>")


def parsed_notebook(data: bytes) -> NotebookFile | None:
    """Return a notebook as the reader opens it; None where it is cut off or no notebook."""
    if b"cells" not in data and b"c\0e\0l\0l\0s" not in data:
        return None
    try:
        file = open_notebook(data)
    except (Refusal, RecursionError, MemoryError):
        return None
    book = file.book
    return file if isinstance(book, dict) and isinstance(book.get("cells"), list) else None


def has_form(book: dict[str, object]) -> bool:
    """Say whether a notebook holds a form, or answers that were written by hand."""
    return any(_is_form_cell(cell) for cell in list_of(book["cells"]))


def texts_beside(book: dict[str, object]) -> list[str] | None:
    """Return each text in a notebook but the answers, as some may be a file; None for a chat."""
    texts: list[str] = []
    for part in _parts(book):
        own: list[str] = []
        messages: list[dict[str, object]] = []
        _take_apart(part, own, messages, _DEEPEST)
        if _is_chat(part) if isinstance(part, str) else _are_chat(own, messages):
            return None
        texts += own
    return None if looks_like_chat(_sources(book)) else texts


def _parts(book: dict[str, object]) -> list[object]:
    parts: list[object] = [{key: value for key, value in book.items() if key != "cells"}]
    for cell in list_of(book["cells"]):
        parts += _parts_of_cell(cell) if is_object(cell) else [cell]
    return parts


def holds_chat_around(file: NotebookFile, data: bytes) -> bool:
    """Say whether a chat is behind a notebook, or in what its file hides."""
    rest = file.rest[: len(data)]
    return bool(rest and (looks_like_chat(rest) or holds_chat_in_strings(rest.encode()))) or (
        file.hides and holds_chat_in_strings(data)
    )


def form_alone(book: dict[str, object]) -> bytes | None:
    """Return a notebook with nothing but the form of this one; None if a chat is in that too."""
    alone = {
        "cells": [
            _stripped(object_of(cell)) for cell in list_of(book["cells"]) if _is_form_cell(cell)
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return None if texts_beside(alone) is None else json.dumps(alone).encode()


def _is_form_cell(cell: object) -> bool:
    return is_object(cell) and (
        any(map(_own_data, list_of(cell.get("outputs")))) or _is_by_hand(cell)
    )


def _is_by_hand(cell: dict[str, object]) -> bool:
    return ANSWERS_TAG in list_of(object_of(cell.get("metadata")).get("tags"))


def _can_be_read(cell: dict[str, object]) -> bool:
    try:
        return bool(read_literal(str(_joined(cell.get("source")))))
    except Refusal:
        return False


def _own_data(output: object) -> dict[str, object]:
    data = object_of(object_of(output).get("data"))
    return data if any(kind in data for kind in _OWN) else {}


def _parts_of_cell(cell: dict[str, object]) -> Iterator[object]:
    """Yield all that a cell holds but the answers of a form."""
    by_hand = _is_by_hand(cell) and _can_be_read(cell)
    in_metadata = object_of(object_of(cell.get("metadata")).get("seminarkit")).get("form")
    for key, value in cell.items():
        if key == "source" and not by_hand:
            yield _joined(value)
        elif key not in ("source", "outputs"):
            yield value
    for output in list_of(cell.get("outputs")):
        own = _own_data(output)
        if not own:
            yield output
            continue
        yield {key: value for key, value in object_of(output).items() if key != "data"}
        payload = own.get(ANSWERS_MIME)
        answers = object_of(payload).get("answers")
        yield (
            {k: v for k, v in object_of(payload).items() if k != "answers"} if answers else payload
        )
        if own.get(FORM_MIME) != in_metadata:  # else it is looked at with the metadata
            yield own.get(FORM_MIME)
        for kind, shown in own.items():
            if kind not in _OWN:
                yield _without(_joined(shown), _texts(answers), is_page="html" in kind)


def _without(shown: object, answers: Iterable[str], *, is_page: bool) -> object:
    """Return what a form shows without the answers in it, which are no more than repeated there."""
    if not isinstance(shown, str):
        return shown
    own = {line.strip() for text in answers for line in text.splitlines()}
    text = unescape(_TAG.sub("\n", shown)) if is_page else shown
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if not _repeats(line, own))


def _repeats(line: str, own: set[str]) -> bool:
    """Say whether a line is one of somebody's own, by itself or behind the label of a question."""
    if line in own:
        return True
    colon = line.find(": ")
    while colon >= 0:
        if line[colon + 2 :] in own and colon + 2 < len(line):
            return True
        colon = line.find(": ", colon + 1)
    return False


def _stripped(cell: dict[str, object]) -> dict[str, object]:
    metadata = object_of(cell.get("metadata"))
    by_hand = _is_by_hand(cell)
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {key: metadata[key] for key in ("tags", "seminarkit") if key in metadata},
        "source": _joined(cell.get("source")) if by_hand else "",
        "outputs": [
            {
                "output_type": "display_data",
                "metadata": {},
                "data": {kind: own[kind] for kind in _OWN if kind in own},
            }
            for own in map(_own_data, list_of(cell.get("outputs")))
            if own
        ],
    }


def _is_chat(text: str) -> bool:
    """Say whether a text in a notebook holds a chat, as it stands or as a program's messages."""
    messages = _OPENING.search(text)  # code gives them a name first
    return (
        looks_like_chat(text)
        or ("<" in text and looks_like_chat(_TAG.sub("\n", text), notes=True))
        or bool(messages and looks_like_chat(text[messages.start() :]))
    )


def _are_chat(texts: list[str], messages: list[dict[str, object]]) -> bool:
    """Say whether the texts in a part of a notebook, or what may be messages in it, are a chat."""
    return _holds_chat(texts) or any(looks_like_chat(json.dumps(each)) for each in messages)


def _holds_chat(texts: list[str]) -> bool:
    """Say whether texts, each by itself or below each other, are a chat."""
    from_to = 0
    for text in set(texts):  # the words of a form come many times
        signs = signs_of(text)
        if signs.strong or signs.whole:
            return True
        if signs.from_to:
            from_to += signs.from_to * texts.count(text)
    return from_to > 1


def _texts(part: object) -> list[str]:
    texts: list[str] = []
    _take_apart(part, texts, [], _DEEPEST)
    return texts


def _take_apart(
    part: object, texts: list[str], messages: list[dict[str, object]], depth: int
) -> None:
    """Add every text of a part, the lines of one kept as a list as one, and what may be a message.

    That is an object in a list that holds more than two values.
    """
    if isinstance(part, str):
        texts.append(part)
    elif not depth:
        return
    elif is_object(part):
        texts += part
        for value in part.values():
            if value.__class__ is str:
                texts.append(value)
            else:
                _take_apart(value, texts, messages, depth - 1)
    elif isinstance(part, list):
        if part and is_texts(part):
            texts.append("\n".join(part))
            return
        for value in part:
            if isinstance(value, dict) and len(value) > 2:
                messages.append(value)
            _take_apart(value, texts, messages, depth - 1)


def _sources(book: dict[str, object]) -> str:
    """Return what stands in the cells, as a chat may be cut into one cell a message."""
    cells = [cell for cell in list_of(book["cells"]) if is_object(cell) and not _is_form_cell(cell)]
    return "\n".join(str(_joined(cell.get("source"))) for cell in cells)


def _joined(source: object) -> object:
    if is_texts(source):
        return "".join(source)
    return source if source is not None else ""
