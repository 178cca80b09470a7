"""The survey on slides: the response, then the totals of each question.

Questions with the same choices share a slide, so that there are few slides.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from seminarkit.core.documents.pieces import Heading, Piece, Text
from seminarkit.core.documents.text_lines import line
from seminarkit.core.number_words import count
from seminarkit.topics.survey.charts_view import (
    comparison_sentence,
    response_chart,
    side_by_side,
    total,
)
from seminarkit.topics.survey.dossier import Totals, TotalsQuestion

_WIDTH = 9.0  # inches; slides enlarge it by a third, so that it can be read from the back
_BESIDE = 3  # questions that fit side by side


def slide_pieces(dossier: Totals, rule: str) -> Iterator[Piece]:
    """Yield heading, chart and speaker's notes of each slide; ``rule`` explains small numbers."""
    yield Heading("Who has answered")
    yield response_chart(dossier, _WIDTH)
    yield Text(line(rule), "note")
    by_choices = groupby(dossier.data["questions"], key=lambda q: (q["several"], q["choices"]))
    for _, group in by_choices:
        questions = list(group)
        for begin in range(0, len(questions), _BESIDE):
            batch = questions[begin : begin + _BESIDE]
            if len(batch) == 1:
                yield Heading(batch[0]["label"])
                yield total(dossier, batch[0], _WIDTH)
            else:
                yield Heading(f"{count(len(batch), 'question').capitalize()} side by side")
                yield side_by_side(dossier, batch, _WIDTH)
            yield from _notes(dossier, batch)


def _notes(dossier: Totals, questions: list[TotalsQuestion]) -> Iterator[Piece]:
    """Yield the speaker's notes: how regions and profiles differ."""
    for question in questions:
        for by in ("region", "profile"):
            if words := comparison_sentence(dossier, question, by):
                yield Text(line(f"{question['label']} By {by}: {words}"), "note")
