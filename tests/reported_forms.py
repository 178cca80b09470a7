"""What the reported files are made of: the sample seminar's own forms, filled in, and small tools.

Every file of reported_mails.py, reported_archives.py and so on begins as one of these and gets
one trait that a public bug report tells of; tests/cases/reported/README.md names each report.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from shared import ROOT

from seminarkit.core.forms.bundle import payload
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.form_notebook import form_notebook, read_prose
from seminarkit.topics.packs.personal_form import form_for
from seminarkit.topics.packs.word_form_writer import form_document

SAVED = "2020-11-18T09:30:00Z"
# letters of several scripts and signs that encodings, parsers and mail programs stumble over
QUESTIONS = [
    {"about": "ghent", "question": "Who pays – and “why”? რატომ? = 100 % <b>&amp;"},
    {"about": "dcu", "question": "Кто признаёт это?\nFrom whom does a learner\thear of it?"},
]
ANSWERS = {"questions": QUESTIONS}


@cache
def _seminar() -> SeminarFolder:
    return SeminarFolder(ROOT)


def book(answers: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the notebook of questions that GE-2 filled in; changing it changes no other."""
    made = form_for(_seminar(), "questions", "GE-2")
    prose = read_prose(ROOT / "notebooks" / "prepare" / "questions.ipynb")
    return form_notebook(prose, made, payload(made, answers or ANSWERS, 7, SAVED))


def text(value: Any) -> bytes:
    """Return JSON as Jupyter writes it."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


@cache
def notebook() -> bytes:
    """Return that notebook as a file."""
    return text(book())


@cache
def word() -> bytes:
    """Return the same form filled in in Word."""
    made = form_for(_seminar(), "questions", "GE-2")
    return form_document(made, payload(made, ANSWERS, 7, SAVED))
