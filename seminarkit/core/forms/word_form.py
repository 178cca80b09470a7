"""What the writer and the reader of a Word form both know: tags, fixed words, identity, version.

A place to write is found by the tag of its control; failing that by a bookmark in the label above
it (LibreOffice 7 drops the tags); failing that by the label's words. Whose form it is stands in the
document's custom properties, and once more in its last line, for programs that drop properties.
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
BEGIN = "skbegin"  # the bookmark where the top ends and the questions begin
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
_LONGEST_TAG = 60  # Word keeps 64 characters
_FIRST_REV = 10**8  # no person makes so many changes in a form: what is above is a clock's
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class Place(NamedTuple):
    """One place to write: the question, and in a repeat which and which row; a choice to tick."""

    field: QuestionField
    repeat: str = ""
    row: int = 0
    choice: str = ""

    @property
    def key(self) -> str:
        """Where its answer belongs, such as ``examples.0.link``."""
        name = self.field["name"]
        return f"{self.repeat}.{self.row}.{name}" if self.repeat else name

    @property
    def tag(self) -> str:
        """The tag of its control, short enough for Word, and its own in the document."""
        tag = f"{self.key}={self.choice}" if self.choice else self.key
        if len(tag) <= _LONGEST_TAG:
            return tag
        return f"{tag[:44]}~{hashlib.sha256(tag.encode()).hexdigest()[:12]}"

    @property
    def bookmark(self) -> str:
        """The name of the bookmark in its label: letters and digits, at most 40."""
        return "sk" + hashlib.sha256(self.key.encode()).hexdigest()[:16]


def places(form: CompiledForm) -> Iterator[Place]:
    """Yield every place that a document of this form may have."""
    for field in questions(form["fields"]):
        if is_repeat(field):
            for row in range(MAX_ROWS):
                for inner in row_questions(field):
                    yield from _each(Place(inner, field["name"], row))
        else:
            yield from _each(Place(field))


def places_before(place: Place, form: CompiledForm) -> Iterator[Place]:
    """Yield a place under each name that its question or its repeat had before."""
    was = form.get("was", {})
    name = place.field["name"]
    names = [name, *(then for then, now in was.items() if now == name)]
    repeats = [place.repeat, *(then for then, now in was.items() if now == place.repeat)]
    for then, repeat in product(names, repeats):
        if (then, repeat) != (name, place.repeat):
            yield place._replace(field={**place.field, "name": then}, repeat=repeat)


def _each(place: Place) -> Iterator[Place]:
    yield place
    for name, _ in choices_of(place.field):
        yield place._replace(choice=name)


def label_line(field: Field) -> str:
    """Return the label as it stands above a place."""
    return f"{field['label']}{NEEDED if field.get('required') else ''}"


def hint_lines(field: Field, form: CompiledForm) -> list[str]:
    """Return what stands in small letters below a label."""
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
    """Return a simple condition in words ("Only if …"), or nothing for one that is not."""
    known = {field["name"]: field for field in questions(form["fields"])}
    parts = tree[1:] if isinstance(tree, list) and tree[0] == "or" else [tree]
    asked, values = set(), []
    for part in parts:
        match part:
            case ["=" | "selected", ["ref", name], str(value)] if name in known:
                asked.add(name)
                values.append(str(labels_of(known[name]).get(value, value)))
            case _:
                return ""
    if len(asked) != 1:
        return ""
    words = " or ".join(f"“{value}”" for value in values)
    return f"Only if your answer to “{known[asked.pop()]['label'].strip('“”')}” is {words}."


def identity(form: PersonalForm) -> dict[str, str]:
    """Return what says whose form this is, as custom properties."""
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
    """Return the small last line that says the same to anybody who reads it."""
    subject = form.get("subject")
    about = f" · {subject}" if isinstance(subject, str) else ""
    return (
        f"Form {form['author']['id']} · {form['form']}{about} · version {form['version']} · "
        f"{form['instance']} · please leave this line"
    )


def read_identity_line(text: str) -> dict[str, str] | None:
    """Return what an identity line says, or None for any other text."""
    match = _LINE.search(" ".join(text.split()))
    if not match:
        return None
    said = {key: value for key, value in match.groupdict().items() if value}
    said["form_version"] = said.pop("version")
    return said


def top_mark(texts: Iterable[str]) -> str:
    """Return a short sum over what stands above the questions, so that an addition is seen."""
    return f"{zlib.crc32(' '.join(' '.join(texts).split()).encode()):08x}"


def plain(text: str) -> str:
    """Return a text for comparing: white space as one blank, letters of one size."""
    return " ".join(text.split()).casefold()


def note_line(line: KnownLine) -> str:
    """Return a line below a note as a document shows it: its text, and where it comes from."""
    addresses = [f"{words}: {address}" for words, address in line["links"]]
    sources = f" ({'; '.join(addresses)})" if addresses else ""
    return f"– {line['text']}{sources}"


def line_mark(text: str) -> str:
    """Return a short sum over a line, by which the form's own is known again."""
    return f"{zlib.crc32(plain(text).encode()):08x}"


def answers_mark(form: CompiledForm, answers: Answers) -> str:
    """Return a short sum over the answers that a document shows, whatever became of its blanks."""
    asked = {field["name"] for field in questions(form["fields"])} | form.get("was", {}).keys()
    shown = {name: value for name, value in answers.items() if name in asked}
    text = json.dumps(_bare(shown), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _bare(value: object) -> object:
    """Return a value as it is compared: choices in one order, no blanks, numbers as text."""
    if isinstance(value, Mapping):
        return {name: bare for name, held in value.items() if (bare := _bare(held))}
    if isinstance(value, list):
        listed = [_bare(held) for held in value]
        while listed and not listed[-1]:
            listed.pop()
        return sorted(listed) if is_texts(listed) else listed
    return " ".join(str(value).split()) if value is not None else ""


def clock_rev(saved_at: str) -> int:
    """Return the version number of a Word file that was last changed at ``saved_at``.

    A Word file counts no changes, so its number is taken from its clock: the minutes since the
    year 2000, above any number that a form counts up to. A file without a time has the lowest.
    """
    if not saved_at:
        return _FIRST_REV
    moment = datetime.fromisoformat(saved_at)
    return _FIRST_REV + max(0, int((moment - _EPOCH).total_seconds()) // 60)


def is_clock_rev(rev: int) -> bool:
    """Say whether a version number is a clock's, and so cannot be held against a count."""
    return rev >= _FIRST_REV
