"""A filled-in form in a notebook as document pieces: its questions and answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from seminarkit.core.documents.pieces import Answer, Heading, Piece, Text
from seminarkit.core.documents.text_lines import line, person_lines
from seminarkit.core.errors import SeminarError
from seminarkit.core.forms.bundle import ANSWERS_MIME, FORM_MIME, Readable, readable
from seminarkit.core.forms.shapes import CompiledForm

_BROKEN = (
    "The form in this notebook cannot be read: somebody has changed it. Ask for the file that was "
    "filled in"
)


def form_pieces(data: Mapping[str, object]) -> list[Piece]:
    """Return the pieces for an output that contains a form and its answers.

    The sender of the notebook may have changed both, so they are shown as text, or refused.
    """
    form, filled = data.get(FORM_MIME), data.get(ANSWERS_MIME)
    if not isinstance(form, dict) or not isinstance(filled, dict):
        raise SeminarError(_BROKEN)
    try:
        # data of another shape raises one of the errors below
        lines = readable(cast("CompiledForm", form), filled["answers"])
        author = str(filled["author"]["name"])
        title = str(form["title"])
        return [Heading(title), Text(line(author), "by"), *_answers(lines, "")]
    except (AttributeError, KeyError, TypeError, ValueError, IndexError, RecursionError):
        raise SeminarError(_BROKEN) from None


def _answers(lines: Readable, row: str) -> Iterator[Piece]:
    for label, answer in lines:
        question = f"{row}: {label}" if row else str(label)
        if isinstance(answer, str):
            yield Answer(question, person_lines(answer))
        else:
            for name, inner in answer:
                assert not isinstance(inner, str)
                yield from _answers(inner, str(name))
