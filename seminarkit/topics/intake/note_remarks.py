"""Reports what is odd in notes that are taken all the same.

Unknown codes, left-over placeholders, lost letters, telephone numbers and addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from seminarkit.core.forms.answers import is_blank, relevant_fields
from seminarkit.core.forms.shapes import Answers, CompiledForm, Field, fields_in, is_repeat, rows_of
from seminarkit.core.shown_names import shown_name
from seminarkit.topics.intake.contact_details import contact_in

LOST = "\ufffd"  # stands for a letter that could not be decoded
_MOST = 6
_WORD = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_QUESTION = re.compile(r"(?P<person>.+)-q\d{1,2}", re.I)
_LEFT_OVER = re.compile(
    r"[\s.…_?–—-]*|(?:.*\b)?(?:todo|tbd|tba|fixme|lorem ipsum|x{3,})(?:\b.*)?|xx|\[.{0,40}\]|"
    r"(?:placeholder|click here and write|write here)[\s.…]*",
    re.I | re.S,
)


def odd_in_notes(form: CompiledForm, answers: Answers, codes: set[str]) -> str:
    """Return sentences on what is odd, or nothing. ``codes`` are known, in small letters.

    What is private is not looked at, and never quoted.
    """
    own = {words.casefold() for words in _own_words(form["fields"])}
    told = [*_of_fields(form["fields"], answers, "", codes, own)]
    contacts = [*_contacts(form["fields"], answers, "")]
    if not told and not contacts:
        return ""
    # what must be looked at before anything is printed is never one of "more"
    shown = [*contacts, *told[: max(_MOST - len(contacts), 2)]]
    rest = len(contacts) + len(told) - len(shown)
    more = f" And {rest} more of this kind." if rest else ""
    return f"Attention: {' '.join(shown)}{more} It was taken all the same."


def _of_fields(
    fields: Sequence[Field],
    answers: Answers,
    where: str,
    codes: set[str],
    own: set[str],
) -> Iterator[str]:
    for field in relevant_fields(fields, answers):
        value = answers.get(field["name"])
        if is_blank(value) or field.get("private"):
            continue
        if is_repeat(field):
            for number, row in enumerate(rows_of(value), start=1):
                place = f"{field['label']}, {field['row'].lower()} {number}"
                yield from _of_fields(field["fields"], row, place, codes, own)
        elif field.get("codes"):
            yield from _unknown(str(value), where or field["label"], codes)
        elif field["type"] == "text" and _is_left_over(str(value), own):
            yield f"{where or field['label']} still holds a placeholder, {_quoted(str(value))}."


def _contacts(fields: Sequence[Field], answers: Answers, where: str) -> Iterator[str]:
    """Yield a sentence on each text that is to be printed and holds a contact, or lost letters."""
    for field in relevant_fields(fields, answers):
        value = answers.get(field["name"])
        if is_blank(value) or field.get("private"):
            continue
        place = where or field["label"]
        if is_repeat(field):
            for number, row in enumerate(rows_of(value), start=1):
                place = f"{field['label']}, {field['row'].lower()} {number}"
                yield from _contacts(field["fields"], row, place)
        elif field["type"] == "text":
            if contact := contact_in(str(value)):
                yield (
                    f"{place} holds {contact}. Ask whether it may be printed, or for the notes "
                    "without it, before the conclusions are made."
                )
            if lost := str(value).count(LOST):
                letters = "a letter that was" if lost == 1 else f"{lost} letters that were"
                yield (
                    f"{place} holds {letters} lost on the way ({LOST}). Ask for the notes as a "
                    "file, such as the Word form."
                )


def _unknown(text: str, where: str, codes: set[str]) -> Iterator[str]:
    for word in dict.fromkeys(_WORD.findall(text)):
        question = _QUESTION.fullmatch(word)
        if (question["person"] if question else word).casefold() not in codes:
            yield f"{_quoted(word)} ({where}) is no country, question or outcome of this seminar."


def _own_words(fields: Sequence[Field]) -> Iterator[str]:
    for field in fields:
        yield from (field["label"], field.get("hint", ""), field.get("example", ""))
        yield from _own_words(fields_in(field))


def _is_left_over(text: str, own: set[str]) -> bool:
    words = " ".join(text.split())
    return words.casefold() in own or (len(words) <= 200 and bool(_LEFT_OVER.fullmatch(words)))


def _quoted(text: str) -> str:
    words = shown_name(" ".join(text.split()))
    return f"“{words if len(words) <= 60 else words[:59] + '…'}”"
