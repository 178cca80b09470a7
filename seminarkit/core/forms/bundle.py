"""The output of a form's cell: the form, the answers, and a readable preview.

The MIME bundle is plain data. It is written here when a pack is prepared and by form.js when a
person types, and read here when the notebook is received. Both write the same bundle for the same
answers (tests/browser/test_vectors.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from html import escape
from typing import cast

from seminarkit.core.forms.answer_versions import receipt
from seminarkit.core.forms.answers import is_blank, progress, relevant_fields
from seminarkit.core.forms.question_kinds import NO_ANSWER, words_of
from seminarkit.core.forms.shapes import (
    Answers,
    Author,
    CompiledForm,
    Field,
    Payload,
    PersonalForm,
    QuestionField,
    is_repeat,
    rows_of,
)

FORM_MIME = "application/vnd.seminarkit.form.v1+json"
ANSWERS_MIME = "application/vnd.seminarkit.answers.v1+json"
FORM_TAG = "seminarkit-form"
ANSWERS_TAG = "seminarkit-answers"

Readable = list[tuple[str, "str | Readable"]]


def instance_id(seminar: str, form: str, person: str, subject: str = "") -> str:
    """Return the id of a person's copy of a form, the same on every machine."""
    parts = [seminar, form, person, *([subject] if subject else [])]
    return hashlib.sha256("/".join(parts).encode()).hexdigest()[:16]


def personal_form(
    form: CompiledForm,
    *,
    seminar: str,
    country: str,
    author: Author,
    header: list[list[str]],
    file_name: str,
    subject: str = "",
) -> PersonalForm:
    """Return a compiled form with the data of the person who fills it in.

    ``header`` has the lines above the questions as [term, text] pairs: data that nobody has to be
    asked for. ``subject`` distinguishes copies of a form that a person fills in several times, such
    as one review per case study.
    """
    personal: PersonalForm = {
        **form,  # type: ignore[typeddict-item]  # the personal keys follow
        "instance": instance_id(seminar, form["form"], author["id"], subject),
        "seminar": seminar,
        "country": country,
        "author": author,
        "header": header,
        "file": file_name,
    }
    return {**personal, "subject": subject} if subject else personal


def payload(
    form: PersonalForm, answers: Answers | None = None, rev: int = 0, saved_at: str = ""
) -> Payload:
    """Return a payload. ``rev`` counts changes; ``saved_at`` is UTC in ISO 8601."""
    filled: Payload = {
        "form": form["form"],
        "form_version": form["version"],
        "instance": form["instance"],
        "rev": rev,
        "seminar": form["seminar"],
        "country": form["country"],
        "author": form["author"],
        "answers": dict(answers or {}),
        "saved_at": saved_at,
    }
    return {**filled, "subject": form["subject"]} if "subject" in form else filled


def mime_bundle(form: PersonalForm, filled: Payload) -> dict[str, object]:
    """Return the MIME bundle of the form cell's only output."""
    lines = readable(form, filled["answers"])
    state = _state(form, filled)
    return {
        FORM_MIME: form,
        ANSWERS_MIME: filled,
        "text/html": f"<p><strong>{escape(form['title'])}</strong><br>{escape(state)}</p>"
        + "".join(_html(lines)),
        "text/plain": "\n".join([form["title"], state, *_plain(lines, "")]),
    }


def output(form: PersonalForm, filled: Payload) -> dict[str, object]:
    """Return the form cell's output as stored in a notebook file."""
    return {"output_type": "display_data", "metadata": {}, "data": mime_bundle(form, filled)}


def readable(form: CompiledForm, answers: Answers) -> Readable:
    """Return the relevant questions as (label, answer) pairs; rows of a repeat are nested."""
    return _readable(form["fields"], answers, answers)


def answer_text(field: QuestionField, value: object) -> str:
    """Return an answer as text: the labels of choices, NO_ANSWER for a blank."""
    if is_blank(value):
        return NO_ANSWER
    return words_of(field, value)


def _readable(fields: Sequence[Field], answers: Answers, scope: Answers) -> Readable:
    lines: Readable = []
    for field in relevant_fields(fields, scope):
        value = answers.get(field["name"], "")
        if not is_repeat(field):
            lines.append((field["label"], answer_text(field, value)))
        elif is_blank(value):
            lines.append((field["label"], NO_ANSWER))
        else:
            rows: Readable = [
                (f"{field['row']} {i + 1}", _readable(field["fields"], row, {**scope, **row}))
                for i, row in enumerate(rows_of(value))
                if not is_blank(row)
            ]
            lines.append((field["label"], rows))
    return lines


def _state(form: PersonalForm, filled: Payload) -> str:
    done = progress(form, filled["answers"])
    code = "" if is_blank(filled["answers"]) else f" · receipt {receipt(filled)}"
    return f"{filled['author']['name']} · {done} answered{code}"


def _html(lines: Readable, row: str = "") -> Iterator[str]:
    """Yield each question in bold and its answer as a block quotation below it.

    Only paragraphs are used: a program's style for lists or tables could set an answer beside
    another question. In a row of a repeat, each question names its row.
    """
    for label, value in lines:
        if isinstance(value, str):
            words = escape(value).replace(chr(10), "<br>")
            yield f'<p dir="auto"><strong>{escape(row + label)}</strong></p>'
            yield f'<blockquote dir="auto">{words}</blockquote>'
        else:
            yield f'<p dir="auto"><strong>{escape(row + label)}</strong></p>'
            for name, row_lines in value:
                yield from _html(cast(Readable, row_lines), f"{row}{name}: ")


def _plain(lines: Readable, indent: str) -> Iterator[str]:
    for label, value in lines:
        if isinstance(value, str):
            yield f"{indent}{label}: " + value.replace("\n", f"\n{indent}  ")
        else:
            yield f"{indent}{label}:"
            yield from _plain(value, indent + "  ")
