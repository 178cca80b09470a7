"""Read notes written as plain text in a mail or in Word, below the headings of the form.

The group or its rapporteur is named above the first heading. Nothing is guessed: lines that belong
to no heading go into the private field of the form, and a remark gives only their number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import cache, lru_cache
from itertools import islice

from seminarkit.core.forms.bundle import instance_id
from seminarkit.core.forms.plain_text_form import bare_heading, headings, is_ours, own_sentences
from seminarkit.core.forms.shapes import AnswerField, CompiledForm, is_repeat
from seminarkit.core.forms.word_form import clock_rev
from seminarkit.topics.intake.code_signs import with_plain_codes
from seminarkit.topics.intake.mail.lines_left_out import left_out_words
from seminarkit.topics.intake.mail.own_words import OwnLines, is_first_line, own_words
from seminarkit.topics.intake.near_headings import (
    heading_warning,
    looks_like_heading,
    starts_like_heading,
)
from seminarkit.topics.intake.note_author import group_and_author
from seminarkit.topics.intake.note_entries import Notes
from seminarkit.topics.intake.notebook_answers import FoundPayload
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.refusal import Blank, Refusal
from seminarkit.topics.intake.rejoined_lines import plain

_MAX_HEADING = 120
_MIN_BEGINNING = 12
_MIN_WORD = 6  # of a shortened heading: "Examples" is enough, "Where" is not
_MAX_LENGTH_DIFFERENCE = 4
_MAX_LINES = 5_000
_READ_BY_HEADINGS = "It was read by its headings."


def holds_notes(lines: Iterable[str], expected: Expected) -> bool:
    """Return whether a text has at least two headings of one form for notes."""
    labels_by_form = [headings(form) for form in _forms(expected)]
    names_by_form: list[set[str]] = [set() for _ in labels_by_form]
    for _, line in zip(range(_MAX_LINES), lines, strict=False):
        for names, labels in zip(names_by_form, labels_by_form, strict=True):
            if heading := _heading_of(line, labels):
                names.add(heading[0]["name"])
    return any(len(names) > 1 for names in names_by_form)


def headings_in(lines: Iterable[str], expected: Expected) -> list[str]:
    """Return the labels of the headings of notes in a text, without duplicates."""
    labels_by_form = [headings(form) for form in _forms(expected)]
    matches = (_heading_of(line, labels) for line in lines for labels in labels_by_form)
    return list(dict.fromkeys(heading[0]["label"] for heading in matches if heading))


def read_notes(
    lines: Sequence[str], expected: Expected, saved_at: str = "", *, is_mail: bool = False
) -> FoundPayload:
    """Return the payload of notes in plain text, with a remark; raise Refusal if unreadable.

    With ``is_mail``, the text is the body of a mail, so its ending may follow the last point.
    """
    lines = with_plain_codes(lines[:_MAX_LINES], expected)
    group, person, remark = _group_and_author(_author_lines(lines, _forms(expected)), expected)
    form_name = expected.groups[group][0]
    form = expected.forms[form_name]
    own = _author_lines(lines, [form])
    notes = Notes(form, expected.codes, is_mail=is_mail)
    name = expected.names.get(person, person)
    near_headings: list[str] = []
    for field, line in _by_question(own.lines, form, (group, person.lower(), name.lower())):
        notes.take(field, line)
        if field and is_repeat(field) and looks_like_heading(line, form):
            near_headings.append(line.strip())
    answers, unplaced = notes.result()
    if not answers:
        raise Blank(
            "There is nothing below its headings. Write the notes there, and send it again."
        )
    near_headings = [line for line in near_headings if line not in notes.ending]
    remark = f"{_READ_BY_HEADINGS} {remark}{left_out_words(own)}{heading_warning(near_headings)}"
    if unplaced:
        subject = "1 line is" if unplaced == 1 else f"{unplaced} lines are"
        remark += f"Attention: {subject} not below a heading, and went into the private notes. "
    remark += " ".join(notes.remarks)
    payload = {
        "seminar": expected.seminar,
        "form": form_name,
        "form_version": form["version"],
        "subject": group,
        "instance": instance_id(expected.seminar, form_name, person, group),
        "country": expected.people.get(person, ""),
        "author": {"id": person},
        "rev": clock_rev(saved_at),
        "saved_at": saved_at,
        "answers": answers,
    }
    return FoundPayload(payload, remark.strip(), timeless=not saved_at)


def quotes_notes(lines: Sequence[str], expected: Expected) -> bool:
    """Return whether the notes in a text belong to a forwarded mail."""
    return _author_lines(lines[:_MAX_LINES], _forms(expected)).forwarded


def _forms(expected: Expected) -> list[CompiledForm]:
    return [expected.forms[name] for name in dict.fromkeys(f for f, _ in expected.groups.values())]


def _author_lines(lines: Sequence[str], forms: Sequence[CompiledForm]) -> OwnLines:
    """Return the lines that the author wrote between the headings of these forms."""
    labels_by_form = [headings(form) for form in forms]

    @cache
    def heading_of(line: str) -> tuple[str, str]:
        for labels in labels_by_form:
            if heading := _heading_of(line.strip(), labels):
                return heading[0]["name"], heading[1]
        return "", ""

    sentences = frozenset(plain(text) for form in forms for text in own_sentences(form))
    return own_words(lines, heading_of, sentences)


def _group_and_author(own: OwnLines, expected: Expected) -> tuple[str, str, str]:
    """Return group, author and a remark; the first line of a quoted sheet may name them too."""
    try:
        return group_and_author(own.above, own.signed, expected)
    except Refusal as refusal:
        candidates = [line for line in own.quoted if is_first_line(line) and line.strip()]
        if not candidates:
            raise
        try:
            return group_and_author([*own.above, *candidates[:1]], own.signed, expected)
        except Refusal:
            raise refusal from None


def _by_question(
    lines: Sequence[tuple[str, bool]], form: CompiledForm, names: Sequence[str]
) -> Iterator[tuple[AnswerField | None, str]]:
    """Yield each line with the question it answers, or None if it is below no heading.

    Lines above the headings that name the group or its rapporteur (``names``) are skipped.
    """
    labels, title = headings(form), bare_heading(form["title"])
    field: AnswerField | None = None
    begun = False
    for line, placed in lines:
        if heading := _heading_of(line.strip(), labels) if placed else None:
            field, rest = heading
            begun = True
            yield field, ""
            if rest:
                yield field, rest
        elif not begun and (
            any(name in line.lower() for name in names) or bare_heading(line) == title
        ):
            continue
        elif not is_ours(line):
            yield field if placed else None, line


def _heading_of(line: str, labels: dict[str, AnswerField]) -> tuple[AnswerField, str] | None:
    """Return the question whose heading begins this line, and the rest of the line.

    A label may be shortened or misspelt; the answer may follow after a colon or question mark.
    """
    if not line.strip() or len(line) > 4 * _MAX_HEADING:
        return None
    ends = islice(re.finditer(r"[:?]", line[:_MAX_HEADING]), 2)
    cuts = [line, *(line[: end.end()] for end in ends)]
    for find in (labels.get, lambda bare: _by_similarity(bare, labels)):
        for cut in cuts:
            if field := find(bare_heading(cut)):
                return field, line[len(cut) :].strip(" *_\t")
    short = _by_first_words(line, labels)
    return (short, "") if short else None


def _by_first_words(line: str, labels: dict[str, AnswerField]) -> AnswerField | None:
    """Return the only question whose label begins with all words of a line.

    A line with a bullet is a point, one without a capital letter the rest of a broken line.
    """
    bare = bare_heading(line)
    if not starts_like_heading(line) or max(map(len, bare.split()), default=0) < _MIN_WORD:
        return None
    matches = [field for label, field in labels.items() if label.startswith(f"{bare} ")]
    return matches[0] if len(matches) == 1 else None


def _by_similarity(bare: str, labels: dict[str, AnswerField]) -> AnswerField | None:
    """Return the question whose label begins with this text or is similar to it."""
    if len(bare) < _MIN_BEGINNING or len(bare) > _MAX_HEADING:
        return None
    label = _nearest_label(bare, tuple(labels))
    return labels[label] if label else None


@lru_cache(maxsize=4096)  # each line is compared twice: for detection and for reading
def _nearest_label(bare: str, labels: tuple[str, ...]) -> str:
    """Return the only label that begins with this text, else the most similar one, or ''."""
    matches = [label for label in labels if label.startswith(bare)]
    if len(matches) == 1:
        return matches[0]
    similar = [label for label in labels if abs(len(label) - len(bare)) <= _MAX_LENGTH_DIFFERENCE]
    return "".join(get_close_matches(bare, similar, n=1, cutoff=0.88))
