"""Tags, fixed texts, identity and version of a Word form, shared by its writer and its reader.

The reader finds a place by the tag of its content control, else by a bookmark in the label above
it (LibreOffice 7 drops the tags), else by the label's text. The identity of the form is stored in
the document's custom properties, and also in its last line, as some programs drop properties.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import product
from typing import NamedTuple

from seminarkit.core.forms.answers import MAX_ROWS
from seminarkit.core.forms.question_kinds import kind_of
from seminarkit.core.forms.shapes import (
    Answers,
    CompiledForm,
    Field,
    KnownLine,
    PersonalForm,
    QuestionField,
    Tree,
    choices_of,
    is_question,
    is_repeat,
    is_texts,
    labels_of,
    questions,
    row_questions,
)

PLACEHOLDER = "Click here and write."
NEEDED = " (needed)"
BEGIN = "skbegin"  # the bookmark between the top and the questions
PROPERTY = "seminarkit."
TOP_PROPERTY = "seminarkit.top"
FRAME_PROPERTY = "seminarkit.frame"
HANDED_PROPERTY = "seminarkit.handed"
OWN_PROPERTIES = (TOP_PROPERTY, FRAME_PROPERTY, HANDED_PROPERTY)  # of the file, not of the answers
EXAMPLE = "An example, made up"
DIFFERS = "On the next question the delegation differs."
_LINE = re.compile(
    r"Form (?P<author>[A-Za-z0-9_-]{1,60}) · (?P<form>[a-z0-9_]+)(?: · (?P<subject>[^·]+))?"
    r" · version (?P<version>[0-9.]+) · (?P<instance>[0-9a-f]{16}) · please leave this line"
)
_MAX_TAG = 60  # Word stores 64 characters
_FIRST_CLOCK_REV = 10**8  # no person makes so many changes: higher numbers are from a clock
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class AnswerPlace(NamedTuple):
    """A place for an answer: a question or one of its choices, in a repeat with its row."""

    field: QuestionField
    repeat: str = ""
    row: int = 0
    choice: str = ""

    @property
    def key(self) -> str:
        """The path of the answer, such as ``examples.0.link``."""
        name = self.field["name"]
        return f"{self.repeat}.{self.row}.{name}" if self.repeat else name

    @property
    def tag(self) -> str:
        """The tag of its content control: short enough for Word, unique in the document."""
        tag = f"{self.key}={self.choice}" if self.choice else self.key
        if len(tag) <= _MAX_TAG:
            return tag
        return f"{tag[:44]}~{hashlib.sha256(tag.encode()).hexdigest()[:12]}"

    @property
    def bookmark(self) -> str:
        """The name of the bookmark in its label: at most 40 letters and digits."""
        return "sk" + hashlib.sha256(self.key.encode()).hexdigest()[:16]


def places(form: CompiledForm) -> Iterator[AnswerPlace]:
    """Yield all places that a document of a form may have."""
    for field in questions(form["fields"]):
        if is_repeat(field):
            for row in range(MAX_ROWS):
                for inner in row_questions(field):
                    yield from _with_choices(AnswerPlace(inner, field["name"], row))
        else:
            yield from _with_choices(AnswerPlace(field))


def places_before(place: AnswerPlace, form: CompiledForm) -> Iterator[AnswerPlace]:
    """Yield a place under all earlier names of its question and its repeat."""
    was = form.get("was", {})
    name = place.field["name"]
    names = [name, *(earlier for earlier, present in was.items() if present == name)]
    repeats = [
        place.repeat,
        *(earlier for earlier, present in was.items() if present == place.repeat),
    ]
    for earlier, repeat in product(names, repeats):
        if (earlier, repeat) != (name, place.repeat):
            yield place._replace(field={**place.field, "name": earlier}, repeat=repeat)


def _with_choices(place: AnswerPlace) -> Iterator[AnswerPlace]:
    yield place
    for name, _ in choices_of(place.field):
        yield place._replace(choice=name)


def label_line(field: Field) -> str:
    """Return the text of the label above a place."""
    return f"{field['label']}{NEEDED if field.get('required') else ''}"


def hint_lines(field: Field, form: CompiledForm) -> list[str]:
    """Return the small print below a label."""
    lines = [condition(field["relevant"], form)] if "relevant" in field else []
    lines.append(field.get("hint", ""))
    if example := field.get("example"):
        lines.append(f"{EXAMPLE}: {example}")
    if words := field.get("max_words"):
        lines.append(f"Up to {words} words.")
    if is_question(field):
        lines.append(kind_of(field).hint)
    return [line for line in lines if line]


def condition(tree: Tree, form: CompiledForm) -> str:
    """Return a simple condition in words ("Only if …"), or '' for a complex one."""
    fields = {field["name"]: field for field in questions(form["fields"])}
    parts = tree[1:] if isinstance(tree, list) and tree[0] == "or" else [tree]
    names, values = set(), []
    for part in parts:
        match part:
            case ["=" | "selected", ["ref", name], str(value)] if name in fields:
                names.add(name)
                values.append(str(labels_of(fields[name]).get(value, value)))
            case _:
                return ""
    if len(names) != 1:
        return ""
    words = " or ".join(f"“{value}”" for value in values)
    return f"Only if your answer to “{fields[names.pop()]['label'].strip('“”')}” is {words}."


def identity(form: PersonalForm) -> dict[str, str]:
    """Return the identity of a form as custom properties."""
    values = {
        "seminar": form["seminar"],
        "form": form["form"],
        "form_version": form["version"],
        "instance": form["instance"],
        "country": form["country"],
        "author": form["author"]["id"],
    }
    if subject := form.get("subject"):
        values["subject"] = subject if isinstance(subject, str) else json.dumps(subject)
    return {PROPERTY + key: value for key, value in values.items()}


def identity_line(form: PersonalForm) -> str:
    """Return the last line of a document, which repeats the identity as text."""
    subject = form.get("subject")
    about = f" · {subject}" if isinstance(subject, str) else ""
    return (
        f"Form {form['author']['id']} · {form['form']}{about} · version {form['version']} · "
        f"{form['instance']} · please leave this line"
    )


def read_identity_line(text: str) -> dict[str, str] | None:
    """Return the identity in an identity line; None for any other text."""
    match = _LINE.search(" ".join(text.split()))
    if not match:
        return None
    values = {key: value for key, value in match.groupdict().items() if value}
    values["form_version"] = values.pop("version")
    return values


def top_mark(texts: Iterable[str]) -> str:
    """Return a checksum of the text above the questions, to detect additions."""
    return f"{zlib.crc32(' '.join(' '.join(texts).split()).encode()):08x}"


def plain(text: str) -> str:
    """Return a text normalised for comparison: single spaces, case folded."""
    return " ".join(text.split()).casefold()


def note_line(line: KnownLine) -> str:
    """Return a line below a note as text, with its sources."""
    addresses = [f"{words}: {address}" for words, address in line["links"]]
    sources = f" ({'; '.join(addresses)})" if addresses else ""
    return f"– {line['text']}{sources}"


def line_mark(text: str) -> str:
    """Return a checksum of a line, by which the form's own lines are recognised."""
    return f"{zlib.crc32(plain(text).encode()):08x}"


def answers_mark(form: CompiledForm, answers: Answers) -> str:
    """Return a checksum of the answers that a document shows; white space does not count."""
    names = {field["name"] for field in questions(form["fields"])} | form.get("was", {}).keys()
    form_answers = {name: value for name, value in answers.items() if name in names}
    text = json.dumps(_normalised(form_answers), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _normalised(value: object) -> object:
    """Return an answer normalised for comparison: sorted choices, no blanks, numbers as text."""
    if isinstance(value, Mapping):
        return {name: bare for name, cell in value.items() if (bare := _normalised(cell))}
    if isinstance(value, list):
        items = [_normalised(item) for item in value]
        while items and not items[-1]:
            items.pop()
        return sorted(items) if is_texts(items) else items
    return " ".join(str(value).split()) if value is not None else ""


def clock_rev(saved_at: str) -> int:
    """Return the ``rev`` of a Word file that was last changed at ``saved_at``.

    Word files do not count changes, so it is a time: the minutes since the year 2000, added to a
    number above any count of changes. A file without a time has the lowest number.
    """
    if not saved_at:
        return _FIRST_CLOCK_REV
    moment = datetime.fromisoformat(saved_at)
    return _FIRST_CLOCK_REV + max(0, int((moment - _EPOCH).total_seconds()) // 60)


def is_clock_rev(rev: int) -> bool:
    """Return whether a ``rev`` is from a clock, and so is not comparable with a count."""
    return rev >= _FIRST_CLOCK_REV
