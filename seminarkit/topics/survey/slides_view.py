"""The survey on slides for a few minutes: who answered, then the questions, totals alone.

Questions with the same choices are side by side, so that there are few slides.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from seminarkit.core.documents.pieces import Heading, Piece, Text
from seminarkit.core.documents.text_lines import line
from seminarkit.core.number_words import count
from seminarkit.topics.survey.charts_view import answered, compared, side_by_side, total
from seminarkit.topics.survey.dossier import Totals, TotalsQuestion

_WIDTH = 9.0  # inches: on the slide a third larger, so that letters are read from the back
_BESIDE = 3  # as many questions as fit side by side


def slide_pieces(dossier: Totals, rule: str) -> Iterator[Piece]:
    """Yield the heading, chart and speaker's notes of each slide; ``rule`` hides small numbers."""
    yield Heading("Who has answered")
    yield answered(dossier, _WIDTH)
    yield Text(line(rule), "note")
    alike = groupby(dossier.data["questions"], key=lambda q: (q["several"], q["choices"]))
    for _, same in alike:
        questions = list(same)
        for begin in range(0, len(questions), _BESIDE):
            here = questions[begin : begin + _BESIDE]
            if len(here) == 1:
                yield Heading(here[0]["label"])
                yield total(dossier, here[0], _WIDTH)
            else:
                yield Heading(f"{count(len(here), 'question').capitalize()} side by side")
                yield side_by_side(dossier, here, _WIDTH)
            yield from _notes(dossier, here)


def _notes(dossier: Totals, questions: list[TotalsQuestion]) -> Iterator[Piece]:
    """Yield what the speaker may say besides: where groups differ."""
    for question in questions:
        for by in ("region", "profile"):
            if words := compared(dossier, question, by):
                yield Text(line(f"{question['label']} By {by}: {words}"), "note")
