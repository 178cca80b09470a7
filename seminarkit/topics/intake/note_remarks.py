"""Warnings about accepted notes: unknown codes, placeholders, lost letters, contact details."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from seminarkit.core.forms.answers import is_blank, relevant_fields
from seminarkit.core.forms.shapes import Answers, CompiledForm, Field, fields_in, is_repeat, rows_of
from seminarkit.core.shown_names import shown_name
from seminarkit.topics.intake.contact_details import contact_in

LOST = "\ufffd"  # replaces a letter that could not be decoded
_MAX_WARNINGS = 6
_WORD = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_QUESTION = re.compile(r"(?P<person>.+)-q\d{1,2}", re.I)
_PLACEHOLDER = re.compile(
    r"[\s.…_?–—-]*|(?:.*\b)?(?:todo|tbd|tba|fixme|lorem ipsum|x{3,})(?:\b.*)?|xx|\[.{0,40}\]|"
    r"(?:placeholder|click here and write|write here)[\s.…]*",
    re.I | re.S,
)


def notes_warnings(form: CompiledForm, answers: Answers, codes: set[str]) -> str:
    """Return warnings about the answers, or ''. ``codes`` are valid codes in lower case.

    Private fields are not checked and never quoted.
    """
    form_texts = {words.casefold() for words in _form_texts(form["fields"])}
    other_warnings = [*_field_warnings(form["fields"], answers, "", codes, form_texts)]
    contacts = [*_contact_warnings(form["fields"], answers, "")]
    if not other_warnings and not contacts:
        return ""
    # contact details must be checked before printing, so they are never cut off
    shown = [*contacts, *other_warnings[: max(_MAX_WARNINGS - len(contacts), 2)]]
    hidden = len(contacts) + len(other_warnings) - len(shown)
    more = f" And {hidden} more of this kind." if hidden else ""
    return f"Attention: {' '.join(shown)}{more} The notes were accepted all the same."


def _field_warnings(
    fields: Sequence[Field],
    answers: Answers,
    where: str,
    codes: set[str],
    form_texts: set[str],
) -> Iterator[str]:
    for field in relevant_fields(fields, answers):
        value = answers.get(field["name"])
        if is_blank(value) or field.get("private"):
            continue
        if is_repeat(field):
            for number, row in enumerate(rows_of(value), start=1):
                place = f"{field['label']}, {field['row'].lower()} {number}"
                yield from _field_warnings(field["fields"], row, place, codes, form_texts)
        elif field.get("codes"):
            yield from _unknown_codes(str(value), where or field["label"], codes)
        elif field["type"] == "text" and _is_placeholder(str(value), form_texts):
            yield f"{where or field['label']} still contains a placeholder, {_quoted(str(value))}."


def _contact_warnings(fields: Sequence[Field], answers: Answers, where: str) -> Iterator[str]:
    """Yield a warning for each public text with a contact detail or lost letters."""
    for field in relevant_fields(fields, answers):
        value = answers.get(field["name"])
        if is_blank(value) or field.get("private"):
            continue
        place = where or field["label"]
        if is_repeat(field):
            for number, row in enumerate(rows_of(value), start=1):
                place = f"{field['label']}, {field['row'].lower()} {number}"
                yield from _contact_warnings(field["fields"], row, place)
        elif field["type"] == "text":
            if contact := contact_in(str(value)):
                yield (
                    f"{place} contains {contact}. Before the conclusions are made, ask whether it "
                    "may be printed, or ask for the notes without it."
                )
            if lost := str(value).count(LOST):
                letters = "a letter that was" if lost == 1 else f"{lost} letters that were"
                yield (
                    f"{place} contains {letters} lost on the way ({LOST}). Ask for the notes as a "
                    "file, such as the Word form."
                )


def _unknown_codes(text: str, where: str, codes: set[str]) -> Iterator[str]:
    for word in dict.fromkeys(_WORD.findall(text)):
        question = _QUESTION.fullmatch(word)
        if (question["person"] if question else word).casefold() not in codes:
            yield (
                f"{_quoted(word)} ({where}) is not a country, question or outcome of this seminar."
            )


def _form_texts(fields: Sequence[Field]) -> Iterator[str]:
    for field in fields:
        yield from (field["label"], field.get("hint", ""), field.get("example", ""))
        yield from _form_texts(fields_in(field))


def _is_placeholder(text: str, form_texts: set[str]) -> bool:
    words = " ".join(text.split())
    return words.casefold() in form_texts or (
        len(words) <= 200 and bool(_PLACEHOLDER.fullmatch(words))
    )


def _quoted(text: str) -> str:
    words = shown_name(" ".join(text.split()))
    return f"“{words if len(words) <= 60 else words[:59] + '…'}”"
