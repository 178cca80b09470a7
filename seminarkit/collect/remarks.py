"""Tells what is odd in notes that are taken all the same: unknown codes, left-over placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from seminarkit.forms.answers import CompiledForm, is_blank, relevant_fields
from seminarkit.names import shown_name

_MOST = 6
_WORD = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_QUESTION = re.compile(r"(?P<person>.+)-q\d{1,2}", re.I)
_LEFT_OVER = re.compile(
    r"[\s.…_?–—-]*|(?:.*\b)?(?:todo|tbd|tba|fixme|lorem ipsum|x{3,})(?:\b.*)?|xx|\[.{0,40}\]|"
    r"(?:placeholder|click here and write|write here)[\s.…]*",
    re.I | re.S,
)


def odd_in_notes(form: CompiledForm, answers: Mapping[str, Any], codes: set[str]) -> str:
    """Return sentences on what is odd, or nothing. ``codes`` are known, in small letters.

    What is private is not looked at, and never quoted.
    """
    own = {words.casefold() for words in _own_words(form["fields"])}
    told = [*_of_fields(form["fields"], answers, "", codes, own)]
    if not told:
        return ""
    more = f" And {len(told) - _MOST} more of this kind." if len(told) > _MOST else ""
    return f"Attention: {' '.join(told[:_MOST])}{more} It was taken all the same."


def _of_fields(
    fields: list[dict[str, Any]],
    answers: Mapping[str, Any],
    where: str,
    codes: set[str],
    own: set[str],
) -> Iterator[str]:
    for field in relevant_fields(fields, answers):
        value = answers.get(field["name"])
        if is_blank(value) or field.get("private"):
            continue
        if field["type"] == "repeat" and isinstance(value, list):
            for number, row in enumerate(value, start=1):
                place = f"{field['label']}, {field['row'].lower()} {number}"
                yield from _of_fields(field["fields"], row, place, codes, own)
        elif field.get("codes"):
            yield from _unknown(str(value), where or field["label"], codes)
        elif field["type"] == "text" and _is_left_over(str(value), own):
            yield f"{where or field['label']} still holds a placeholder, {_quoted(str(value))}."


def _unknown(text: str, where: str, codes: set[str]) -> Iterator[str]:
    for word in dict.fromkeys(_WORD.findall(text)):
        question = _QUESTION.fullmatch(word)
        if (question["person"] if question else word).casefold() not in codes:
            yield f"{_quoted(word)} ({where}) is no country, question or outcome of this seminar."


def _own_words(fields: list[dict[str, Any]]) -> Iterator[str]:
    for field in fields:
        yield from (field["label"], field.get("hint", ""))
        yield from _own_words(field.get("fields", []))


def _is_left_over(text: str, own: set[str]) -> bool:
    words = " ".join(text.split())
    return words.casefold() in own or (len(words) <= 200 and bool(_LEFT_OVER.fullmatch(words)))


def _quoted(text: str) -> str:
    words = shown_name(" ".join(text.split()))
    return f"“{words if len(words) <= 60 else words[:59] + '…'}”"
