"""Estimates the printed lines of a brief, so that long lists are cut to fit two pages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from math import ceil

from seminarkit.topics.briefs.dossier import BriefDossier, CountryQuotes, RunningStep, Seat

POINTS, REVIEWS = 6, 4  # most that are shown
REVIEW_WORDS, POINT_WORDS, TURN_WORDS = 30, 24, 24
_LINES = 2 * 72 - 5  # on two pages; a page break may leave the last lines of the first empty
_WIDE, _HALF = 105, 50  # characters per line, in the full width and in one of two columns
_MOST_QUESTIONS, _FEWEST_QUESTIONS = 8, 4
_HEAD = 3  # lines of a heading with its note
_REVIEW = 8  # lines of a review in one column
_MOST_WORDS, _FEWEST_WORDS, _LETTERS = 18, 8, 7


def room_for_questions(dossier: BriefDossier) -> int:
    """Return the number of questions that fit next to everything but the country reports."""
    for number in range(_MOST_QUESTIONS, _FEWEST_QUESTIONS, -1):
        if sum(_others(dossier, number)) <= _LINES:
            return number
    return _FEWEST_QUESTIONS


def room_for_reports(dossier: BriefDossier) -> tuple[int, int]:
    """Return the words per quotation and the number of countries that fit."""
    remaining = _LINES - sum(_others(dossier, room_for_questions(dossier)))
    countries = [country for country in dossier["reports"] if country["quoted"]]
    for words in range(_MOST_WORDS, _FEWEST_WORDS - 1, -1):
        if sum(_half(words, country) for country in countries) <= remaining:
            return words, len(countries)
    used = accumulate(_half(_FEWEST_WORDS, country) for country in countries)
    return _FEWEST_WORDS, sum(lines <= remaining for lines in used)


def _half(words: int, country: CountryQuotes) -> float:
    """Return the lines that one country takes in one of two columns."""
    letters = len(country["country"]) + sum(
        14 + min(len(quote["shown"]), words * _LETTERS) for quote in country["quoted"]
    )
    return ceil(letters / _HALF) / 2 + 0.15


def _others(dossier: BriefDossier, question_count: int) -> Iterator[float]:
    """Yield the lines of everything but the reports, with ``asked`` questions."""
    yield 6 + 1.6 * len(dossier["open"])
    yield _HEAD + len(dossier["people"])
    yield _HEAD + 4 + sum(_step(step) for step in dossier["running"]["steps"])
    opening_lines = sum(ceil(len(line) / _HALF) + 0.3 for line in dossier["opening"])
    boxes = sum(ceil(len(line) / _HALF) + 0.2 for line in dossier["checklist"])
    yield 2 + max(opening_lines, boxes)
    yield _HEAD + 1 + _questions(dossier, question_count)
    if dossier["left"]:
        yield _HEAD + _left(dossier)
    yield _HEAD + sum(_seat(seat) for seat in dossier["seats"]) / 2
    yield _HEAD + 2
    if dossier["case"]:
        yield _HEAD + 1 + min(len(dossier["reviews"]), REVIEWS) / 2 * _REVIEW
    yield _HEAD + 3 + 1.6 * len(dossier["footnotes"])


def _step(step: RunningStep) -> float:
    return 1.3 if not step["answers"] else 3.3


def _questions(dossier: BriefDossier, question_count: int) -> float:
    heights = [
        sum(ceil(len(question["text"]) / _HALF) + 1.3 for question in matter["questions"])
        + (2 if matter["near"] else 0)
        + 4 * len(matter["reworded"])
        for matter in dossier["questions"][:question_count]
    ]
    return (sum(heights) + max(heights, default=0) / 2) / 2  # in two columns of about one height


def _left(dossier: BriefDossier) -> float:
    words = POINT_WORDS * _LETTERS + 30
    points = sum(len(a.get("rows", ())) for g in dossier["left"] for a in g["answers"])
    silent = sum(not group["answers"] for group in dossier["left"])
    return 1 + silent / 2 + min(points, POINTS) * ceil(words / _WIDE)


def _seat(seat: Seat) -> int:
    owed = 11 + len(", ".join(seat["owes"])) if seat["owes"] else 0
    letters = len(seat["country"]) + len(seat["name"]) - 6 + len(seat["profile"]) + owed
    return ceil(letters / _HALF)
