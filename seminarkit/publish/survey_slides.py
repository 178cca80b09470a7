"""The survey as slides for a few minutes: who answered, then a question a slide, totals alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from seminarkit.core.documents.canvas import png
from seminarkit.core.documents.pieces import Chart
from seminarkit.publish.slides import Deck, Picture, Slide, write_slides
from seminarkit.report.dossier import Dossier
from seminarkit.report.survey import rule
from seminarkit.report.survey_charts import answered, compared, in_words, side_by_side, total
from seminarkit.report.wording import count

_WIDTH = 9.0  # inches: on the slide a third larger, so that letters are read from the back
_BESIDE = 3  # as many questions as fit side by side


def survey_slides(dossier: Dossier) -> bytes:
    """Return the slides of the survey's core dossier, as .pptx."""
    deck = Deck(
        title=dossier["title"],
        subtitle=f"{dossier['seminar']['title']} – {dossier['seminar']['series']}",
        foot="For the core participants of the seminar. Not for the public.",
    )
    return write_slides(deck, list(_slides(dossier)))


def _slides(dossier: Dossier) -> Iterator[Slide]:
    yield _slide("Who has answered", answered(dossier, _WIDTH), rule(dossier))
    alike = groupby(dossier["questions"], key=lambda q: (q["several"], q["choices"]))
    for _, same in alike:
        questions = list(same)
        for begin in range(0, len(questions), _BESIDE):
            here = questions[begin : begin + _BESIDE]
            notes = "\n\n".join(_notes(dossier, question) for question in here)
            if len(here) == 1:
                yield _slide(here[0]["label"], total(dossier, here[0], _WIDTH), notes)
            else:
                title = f"{count(len(here), 'question').capitalize()} side by side"
                yield _slide(title, side_by_side(dossier, here, _WIDTH), notes)


def _slide(title: str, chart: Chart, notes: str) -> Slide:
    shown = Picture(png(chart.drawing), chart.alt)
    return Slide(title, (chart.finding,), shown, notes)


def _notes(dossier: Dossier, question: Mapping[str, Any]) -> str:
    """Return what the speaker may say besides: all numbers, and where groups differ."""
    lines = [f"{question['label']} {in_words(question, question['counts']['all'])}."]
    lines += [
        f"By {by}: {words}"
        for by in ("region", "profile")
        if (words := compared(dossier, question, by))
    ]
    return "\n".join(lines)
