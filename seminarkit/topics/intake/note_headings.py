"""Reads notes that somebody wrote as plain text, in a mail or in Word, below the form's headings.

The group or its rapporteur is named above the first heading; who the rapporteur is, is known from
there. Nothing is guessed: what belongs below no heading goes into the form's private field, and is
told by its number of lines alone.
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
from seminarkit.topics.intake.mail.own_words import OwnWords, is_first_line, own_words
from seminarkit.topics.intake.near_headings import doubtful_words, like_heading, stands_alone
from seminarkit.topics.intake.note_author import whose_notes
from seminarkit.topics.intake.note_entries import Notes
from seminarkit.topics.intake.notebook_answers import Found
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.refusal import Blank, Refusal
from seminarkit.topics.intake.rejoined_lines import plain

_LONGEST_HEADING = 120
_SHORTEST_BEGINNING = 12
_SHORTEST_WORD = 6  # of a heading cut to a word or two: "Examples", not the "Where" of a question
_MOST_SLIPS = 4
_MOST_LINES = 5_000
_READ_SO = "It was read by its headings."


def holds_notes(lines: Iterable[str], expected: Expected) -> bool:
    """Say whether a text has at least two headings of a form of notes."""
    known = [headings(form) for form in _forms(expected)]
    found: list[set[str]] = [set() for _ in known]
    for _, line in zip(range(_MOST_LINES), lines, strict=False):
        for names, labels in zip(found, known, strict=True):
            if heading := _heading(line, labels):
                names.add(heading[0]["name"])
    return any(len(names) > 1 for names in found)


def headings_in(lines: Iterable[str], expected: Expected) -> list[str]:
    """Return the labels of the headings of notes that stand in a text, each once."""
    known = [headings(form) for form in _forms(expected)]
    labels = (
        heading[0]["label"] for line in lines for k in known if (heading := _heading(line, k))
    )
    return list(dict.fromkeys(labels))


def read_notes(
    lines: Sequence[str], expected: Expected, saved_at: str = "", *, is_mail: bool = False
) -> Found:
    """Return the payload of notes as text, and what could not be placed; raises Refusal.

    ``is_mail`` where they are a mail's own words, and how it ends may stand below the last points.
    """
    lines = with_plain_codes(lines[:_MOST_LINES], expected)
    group, person, remark = _whose(_own(lines, _forms(expected)), expected)
    form_name = expected.groups[group][0]
    form = expected.forms[form_name]
    own = _own(lines, [form])
    notes = Notes(form, expected.codes, is_mail=is_mail)
    name = expected.names.get(person, person)
    doubtful: list[str] = []
    for field, line in _placed(own.lines, form, (group, person.lower(), name.lower())):
        notes.take(field, line)
        if field and is_repeat(field) and like_heading(line, form):
            doubtful.append(line.strip())
    answers, unplaced = notes.result()
    if not answers:
        raise Blank("Nothing stands below its headings. Write there, and send it again.")
    doubtful = [line for line in doubtful if line not in notes.ending]
    remark = f"{_READ_SO} {remark}{left_out_words(own)}{doubtful_words(doubtful)}"
    if unplaced:
        many = "One line stands" if unplaced == 1 else f"{unplaced} lines stand"
        remark += f"Attention: {many} below no heading, and went into the private notes. "
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
    return Found(payload, remark.strip(), timeless=not saved_at)


def quotes_notes(lines: Sequence[str], expected: Expected) -> bool:
    """Say whether the notes in a text are those of a mail that it quotes."""
    return _own(lines[:_MOST_LINES], _forms(expected)).forwarded


def _forms(expected: Expected) -> list[CompiledForm]:
    return [expected.forms[name] for name in dict.fromkeys(f for f, _ in expected.groups.values())]


def _own(lines: Sequence[str], forms: Sequence[CompiledForm]) -> OwnWords:
    """Return what the writer of a text put there, between the headings of these forms."""
    known = [headings(form) for form in forms]

    @cache
    def heading_of(line: str) -> tuple[str, str]:
        for labels in known:
            if found := _heading(line.strip(), labels):
                return found[0]["name"], found[1]
        return "", ""

    sentences = frozenset(plain(text) for form in forms for text in own_sentences(form))
    return own_words(lines, heading_of, sentences)


def _whose(own: OwnWords, expected: Expected) -> tuple[str, str, str]:
    """Return group and author, and a remark; the sheet that is quoted names them too."""
    try:
        return whose_notes(own.above, own.signed, expected)
    except Refusal as refusal:
        named = [line for line in own.quoted if is_first_line(line) and line.strip()]
        if not named:
            raise
        try:
            return whose_notes([*own.above, *named[:1]], own.signed, expected)
        except Refusal:
            raise refusal from None


def _placed(
    lines: Sequence[tuple[str, bool]], form: CompiledForm, names: Sequence[str]
) -> Iterator[tuple[AnswerField | None, str]]:
    """Yield each line with the question below whose heading it stands, None where there is none.

    Left out is what names the group or its rapporteur above the headings, by ``names``.
    """
    labels, title = headings(form), bare_heading(form["title"])
    field: AnswerField | None = None
    begun = False
    for line, placed in lines:
        if found := _heading(line.strip(), labels) if placed else None:
            field, rest = found
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


def _heading(line: str, labels: dict[str, AnswerField]) -> tuple[AnswerField, str] | None:
    """Return the question that a line is the heading of, and what else stands in the line.

    A label may be cut short or hold a slip; after it a colon or a question mark may be followed by
    the answer.
    """
    if not line.strip() or len(line) > 4 * _LONGEST_HEADING:
        return None
    ends = islice(re.finditer(r"[:?]", line[:_LONGEST_HEADING]), 2)
    cuts = [line, *(line[: at.end()] for at in ends)]
    for find in (labels.get, lambda bare: _nearly(bare, labels)):
        for cut in cuts:
            if field := find(bare_heading(cut)):
                return field, line[len(cut) :].strip(" *_\t")
    short = _cut_to_words(line, labels)
    return (short, "") if short else None


def _cut_to_words(line: str, labels: dict[str, AnswerField]) -> AnswerField | None:
    """Return the one question whose label begins with the whole words that are all of a line.

    A point has a bullet, and the end of a broken line no capital: neither is a heading.
    """
    bare = bare_heading(line)
    if not stands_alone(line) or max(map(len, bare.split()), default=0) < _SHORTEST_WORD:
        return None
    begun = [field for label, field in labels.items() if label.startswith(f"{bare} ")]
    return begun[0] if len(begun) == 1 else None


def _nearly(bare: str, labels: dict[str, AnswerField]) -> AnswerField | None:
    """Return the question whose label begins so, or differs by a slip."""
    if len(bare) < _SHORTEST_BEGINNING or len(bare) > _LONGEST_HEADING:
        return None
    near = _nearest(bare, tuple(labels))
    return labels[near] if near else None


@lru_cache(maxsize=4096)  # a line is compared when it is looked for, and again when it is read
def _nearest(bare: str, labels: tuple[str, ...]) -> str:
    """Return the label that begins so, or else is most alike; nothing where none is."""
    begun = [label for label in labels if label.startswith(bare)]
    if len(begun) == 1:
        return begun[0]
    alike = [label for label in labels if abs(len(label) - len(bare)) <= _MOST_SLIPS]
    return "".join(get_close_matches(bare, alike, n=1, cutoff=0.88))
