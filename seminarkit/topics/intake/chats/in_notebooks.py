"""Search a notebook for chats: every cell, output and field except the answers of a form.

An answer may quote a chat. Everything else in the file is outside the form and can be left out.
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
_FORM_TYPES = (ANSWERS_MIME, FORM_MIME)
_OPENING = re.compile(r"[\[{]")
_TAG = re.compile(r"<[^<>]{0,4000}>")


def parsed_notebook(data: bytes) -> NotebookFile | None:
    """Return a notebook as the reader opens it; None if it is truncated or not a notebook."""
    if b"cells" not in data and b"c\0e\0l\0l\0s" not in data:
        return None
    try:
        file = open_notebook(data)
    except (Refusal, RecursionError, MemoryError):
        return None
    book = file.book
    return file if isinstance(book, dict) and isinstance(book.get("cells"), list) else None


def has_form(book: dict[str, object]) -> bool:
    """Return whether a notebook contains a form, or answers written by hand."""
    return any(_is_form_cell(cell) for cell in list_of(book["cells"]))


def texts_beside(book: dict[str, object]) -> list[str] | None:
    """Return the texts of a notebook except the answers; None if one of them is a chat."""
    texts: list[str] = []
    for part in _parts(book):
        part_texts: list[str] = []
        messages: list[dict[str, object]] = []
        _collect(part, part_texts, messages, _DEEPEST)
        if _is_chat(part) if isinstance(part, str) else _is_chat_of_messages(part_texts, messages):
            return None
        texts += part_texts
    return None if looks_like_chat(_sources(book)) else texts


def _parts(book: dict[str, object]) -> list[object]:
    parts: list[object] = [{key: value for key, value in book.items() if key != "cells"}]
    for cell in list_of(book["cells"]):
        parts += _parts_of_cell(cell) if is_object(cell) else [cell]
    return parts


def holds_chat_around(file: NotebookFile, data: bytes) -> bool:
    """Return whether a chat follows the notebook in its file, or is in what the file hides."""
    rest = file.rest[: len(data)]
    return bool(rest and (looks_like_chat(rest) or holds_chat_in_strings(rest.encode()))) or (
        file.hides and holds_chat_in_strings(data)
    )


def form_alone(book: dict[str, object]) -> bytes | None:
    """Return a notebook with only the form of this one; None if that contains a chat too."""
    notebook = {
        "cells": [
            _form_cell(object_of(cell)) for cell in list_of(book["cells"]) if _is_form_cell(cell)
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return None if texts_beside(notebook) is None else json.dumps(notebook).encode()


def _is_form_cell(cell: object) -> bool:
    return is_object(cell) and (
        any(map(_form_data, list_of(cell.get("outputs")))) or _is_by_hand(cell)
    )


def _is_by_hand(cell: dict[str, object]) -> bool:
    return ANSWERS_TAG in list_of(object_of(cell.get("metadata")).get("tags"))


def _has_readable_answers(cell: dict[str, object]) -> bool:
    try:
        return bool(read_literal(str(_joined(cell.get("source")))))
    except Refusal:
        return False


def _form_data(output: object) -> dict[str, object]:
    data = object_of(object_of(output).get("data"))
    return data if any(kind in data for kind in _FORM_TYPES) else {}


def _parts_of_cell(cell: dict[str, object]) -> Iterator[object]:
    """Yield the contents of a cell except the answers of a form."""
    by_hand = _is_by_hand(cell) and _has_readable_answers(cell)
    in_metadata = object_of(object_of(cell.get("metadata")).get("seminarkit")).get("form")
    for key, value in cell.items():
        if key == "source" and not by_hand:
            yield _joined(value)
        elif key not in ("source", "outputs"):
            yield value
    for output in list_of(cell.get("outputs")):
        data = _form_data(output)
        if not data:
            yield output
            continue
        yield {key: value for key, value in object_of(output).items() if key != "data"}
        payload = data.get(ANSWERS_MIME)
        answers = object_of(payload).get("answers")
        yield (
            {k: v for k, v in object_of(payload).items() if k != "answers"} if answers else payload
        )
        if data.get(FORM_MIME) != in_metadata:  # otherwise it is searched with the metadata
            yield data.get(FORM_MIME)
        for kind, output_data in data.items():
            if kind not in _FORM_TYPES:
                yield _without_answers(
                    _joined(output_data), _texts(answers), is_page="html" in kind
                )


def _without_answers(output: object, answers: Iterable[str], *, is_page: bool) -> object:
    """Return the display output of a form without the lines that repeat its answers."""
    if not isinstance(output, str):
        return output
    answer_lines = {line.strip() for text in answers for line in text.splitlines()}
    text = unescape(_TAG.sub("\n", output)) if is_page else output
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if not _repeats(line, answer_lines))


def _repeats(line: str, answer_lines: set[str]) -> bool:
    """Return whether a line repeats an answer, alone or after the label of a question."""
    if line in answer_lines:
        return True
    colon = line.find(": ")
    while colon >= 0:
        if line[colon + 2 :] in answer_lines and colon + 2 < len(line):
            return True
        colon = line.find(": ", colon + 1)
    return False


def _form_cell(cell: dict[str, object]) -> dict[str, object]:
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
                "data": {kind: data[kind] for kind in _FORM_TYPES if kind in data},
            }
            for data in map(_form_data, list_of(cell.get("outputs")))
            if data
        ],
    }


def _is_chat(text: str) -> bool:
    """Return whether a text in a notebook is a chat, as plain text, markup or JSON messages."""
    messages = _OPENING.search(text)  # in code, an assignment comes first
    return (
        looks_like_chat(text)
        or ("<" in text and looks_like_chat(_TAG.sub("\n", text), notes=True))
        or bool(messages and looks_like_chat(text[messages.start() :]))
    )


def _is_chat_of_messages(texts: list[str], messages: list[dict[str, object]]) -> bool:
    """Return whether the texts or the possible messages of a notebook part are a chat."""
    return _is_chat_together(texts) or any(
        looks_like_chat(json.dumps(message)) for message in messages
    )


def _is_chat_together(texts: list[str]) -> bool:
    """Return whether texts are a chat, each by itself or joined."""
    from_to = 0
    for text in set(texts):  # the texts of a form occur many times
        signs = signs_of(text)
        if signs.strong or signs.whole:
            return True
        if signs.from_to:
            from_to += signs.from_to * texts.count(text)
    return from_to > 1


def _texts(part: object) -> list[str]:
    texts: list[str] = []
    _collect(part, texts, [], _DEEPEST)
    return texts


def _collect(part: object, texts: list[str], messages: list[dict[str, object]], depth: int) -> None:
    """Add all texts of a part to ``texts``, and possible messages to ``messages``.

    A list of lines is added as one text; a possible message is an object with more than two keys
    in a list.
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
                _collect(value, texts, messages, depth - 1)
    elif isinstance(part, list):
        if part and is_texts(part):
            texts.append("\n".join(part))
            return
        for value in part:
            if isinstance(value, dict) and len(value) > 2:
                messages.append(value)
            _collect(value, texts, messages, depth - 1)


def _sources(book: dict[str, object]) -> str:
    """Return the joined cell sources, as a chat may be split into one cell per message."""
    cells = [cell for cell in list_of(book["cells"]) if is_object(cell) and not _is_form_cell(cell)]
    return "\n".join(str(_joined(cell.get("source"))) for cell in cells)


def _joined(source: object) -> object:
    if is_texts(source):
        return "".join(source)
    return source if source is not None else ""
