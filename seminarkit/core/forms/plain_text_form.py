"""The plain text form for notes: its text, and the rules by which replies are read.

A heading is a question's label on its own line. Every line below it is one entry, with codes in
brackets at its end. Marks that a mail program adds around a heading are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from seminarkit.core.forms.question_kinds import kind_of
from seminarkit.core.forms.shapes import (
    AnswerField,
    CompiledForm,
    PersonalForm,
    QuestionField,
    choices_of,
    is_repeat,
    questions,
)

HOW = "(one line a point, and the codes behind it in brackets, such as: GE, KZ-1-q2, LO4)"
ONE = "(put an x between the brackets of one)"
SEVERAL = "(put an x between the brackets)"
FREE = "(whatever else you scribbled)"
FIRST = "Leave the first line as it is, write below the headings, and send it as a mail or a file."
_AROUND = re.compile(r"^[\s>#*_=|\d.)•·–—-]+|[\s:*_=#|.?–—-]+$")
_BULLET = re.compile(
    r"\s*(?:[-–—*•·▪●○◦‣§➢➤►■□✓✔\uf0b7\uf0a7\uf0d8\uf02d\uf0fc]|\d{1,2}[.)])(?:\s+|$)"
)


def plain_form(form: PersonalForm) -> str:
    """Return a form as plain text to fill in, in a mail or any editor."""
    lines = [
        f"{form.get('subject', '')} · {form['author']['id']}",
        "",
        form["title"],
        FIRST,
        f"Send it to: {dict(form['header']).get('Send your file to', '')}",
    ]
    for field in questions(form["fields"]):
        lines += ["", "", field["label"], *_lines_below(field)]
    return "\n".join(lines) + "\n"


def _lines_below(field: AnswerField) -> Iterator[str]:
    if is_repeat(field):
        yield HOW
        yield from ("- " for _ in range(max(field["min"], 3)))
    elif kind_of(field).choices:
        yield SEVERAL if kind_of(field).several else ONE
        yield from (f"[ ] {label}" for _, label in choices_of(field))
    else:
        yield FREE


def is_ours(line: str) -> bool:
    """Return whether a line is an instruction of the form itself."""
    words = " ".join(line.split()).lstrip("> ")
    return words in (HOW, ONE, FREE, SEVERAL) or words.startswith(
        ("Leave the first line as it is, write below", "Send it to:")
    )


def own_sentences(form: CompiledForm) -> list[str]:
    """Return the form's own sentences, which a mail program may have wrapped."""
    fields = list(questions(form["fields"]))
    ticks = [f"[ ] {label}" for field in fields for _, label in choices_of(field)]
    labels = [field["label"] for field in fields]
    return [form["title"], FIRST, HOW, ONE, SEVERAL, FREE, *labels, *ticks]


def bare_heading(line: str) -> str:
    """Return a line normalised for comparison with labels: no numbers, marks and capitals."""
    words = line.replace("’", "'").replace("\u00a0", " ")
    return " ".join(_AROUND.sub("", words).split()).casefold()


def entry(line: str) -> tuple[bool, str]:
    """Return whether a line begins with a bullet or a number, and the text after it."""
    match = _BULLET.match(line)
    return bool(match), (line[match.end() :] if match else line).strip()


def choice_named(field: QuestionField, words: str) -> str:
    """Return the choice that words name, by its label or by a unique first word; else ''."""
    bare = bare_heading(words)
    labels = {bare_heading(label): name for name, label in choices_of(field)}
    matches = [name for label, name in labels.items() if _first_word(label) == _first_word(bare)]
    return labels.get(bare) or (matches[0] if len(matches) == 1 else "")


def _first_word(words: str) -> str:
    return words.partition(",")[0].partition(" ")[0]


def headings(form: CompiledForm) -> dict[str, AnswerField]:
    """Return the questions of a form by their normalised labels."""
    return {bare_heading(field["label"]): field for field in questions(form["fields"])}
