"""Does the board say who owes what: done, half done, late, not nominated?"""

from __future__ import annotations

from typing import Any

import pytest

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import receipts_for
from seminarkit.core.submissions.board_rows import BoardCell
from seminarkit.topics.progress.status_board import board


def submission(form: str, person: str, **changed: Any) -> Submission:
    values: dict[str, Any] = {
        "arrival": 1,
        "part": "",
        "form": form,
        "subject": "",
        "form_version": "1",
        "instance": "0" * 16,
        "rev": 3,
        "saved_at": "2020-11-10T10:00:00Z",
        "country": person[:2],
        "person": person,
        "answers": {},
        "answered": 6,
        "total": 6,
        "complete": True,
        "receipt": "GE-0000",
    }
    return Submission(**{**values, **changed})


def draft(form: str, person: str, answered: int, total: int) -> Submission:
    return submission(form, person, answered=answered, total=total, complete=False)


@pytest.mark.parametrize(
    ("come", "form", "words", "state"),
    [
        ([], "questions", "missing", "missing"),
        ([], "country_report", "missing", "missing"),
        ([submission("questions", "GE-1")], "questions", "1 of 3", "draft"),
        (
            [submission("questions", f"GE-{n}") for n in (1, 2, 3)],
            "questions",
            "3 of 3",
            "complete",
        ),
        (
            [submission("questions", "GE-1"), draft("questions", "GE-2", 1, 2)],
            "questions",
            "1 of 3, draft 1 of 2",
            "draft",
        ),
        ([draft("questions", "GE-2", 0, 2)], "questions", "0 of 3, draft 0 of 2", "draft"),
        ([submission("country_report", "GE-3")], "country_report", "complete", "complete"),
        ([draft("country_report", "GE-3", 4, 15)], "country_report", "draft 4 of 15", "draft"),
        (
            [submission("country_report", "GE-1"), draft("country_report", "GE-2", 4, 15)],
            "country_report",
            "complete",
            "complete",
        ),
        (
            [submission("country_report", "GE-1", saved_at="2020-11-20T23:00:00Z")],
            "country_report",
            "complete, late",
            "complete",
        ),
        (
            [
                submission("questions", f"GE-{n}", saved_at=f"2020-11-2{n}T08:00:00Z")
                for n in (1, 2)
            ],
            "questions",
            "2 of 3, 2 late",
            "draft",
        ),
    ],
)
def test_a_cell_says_what_has_come(
    kit: SeminarFolder, come: list[Submission], form: str, words: str, state: str
) -> None:
    """O13 O15 O32"""
    shown = receipts_for(kit.forms, "organisers")
    row = next(r for r in board(kit.seminar, come, shown) if r.country == "GE")
    cell = next(c for c in row.cells if c.form == form)
    assert (cell.words, cell.state) == (words, state)


def test_others_do_not_learn_how_far_a_draft_is(kit: SeminarFolder) -> None:
    """P01: how many questions there are can follow from an answer, so it is for readers of it."""
    come = [submission("case_review", "GE-2", subject="ghent", complete=False, answered=3, total=6)]
    for reader, words in (("organisers", "draft 3 of 6"), ("core", "draft")):
        shown = receipts_for(kit.forms, reader)  # type: ignore[arg-type]
        row = next(r for r in board(kit.seminar, come, shown) if r.country == "GE")
        (cell,) = (c for c in row.cells if c.form == "case_review")
        assert cell.words.endswith(f", {words}")


def test_the_last_minute_of_the_day_is_in_time(kit: SeminarFolder) -> None:
    """O15: midnight in Brussels is 23:00 in UTC in winter."""
    for saved, late in (("2020-11-20T22:59:59Z", 0), ("2020-11-20T23:00:00Z", 1)):
        come = [submission("country_report", "GE-1", saved_at=saved)]
        row = next(r for r in board(kit.seminar, come) if r.country == "GE")
        assert row.cells[1].late == late


def test_every_country_has_its_row_and_what_it_owes(kit: SeminarFolder) -> None:
    """O13 E02"""
    come = [submission("questions", f"GE-{n}") for n in (1, 2, 3)]
    rows = {row.country: row for row in board(kit.seminar, come)}
    assert list(rows) == list(kit.seminar.countries)
    assert rows["GE"].owes == ["pre_survey", "country_report", "case_review", "registration"]
    assert (rows["LY"].nominated, rows["LY"].rule_met) == (0, False)
    assert not rows["TM"].rule_met
    assert rows["GE"].rule_met


def test_a_task_with_subjects_asks_for_as_many_as_are_needed(kit: SeminarFolder) -> None:
    """O13 C13: any two of the five case studies a person; the sixth review adds nothing."""
    reviews = [
        submission("case_review", f"GE-{n}", subject=case)
        for n in (1, 2, 3)
        for case in ("ghent", "zadar")
    ]

    def cell(come: list[Submission]) -> BoardCell:
        (row,) = (row for row in board(kit.seminar, come) if row.country == "GE")
        return next(cell for cell in row.cells if cell.form == "case_review")

    assert cell(reviews[:3]).words == "3 of 6"
    assert cell(reviews).state == "complete"
    assert cell([*reviews, submission("case_review", "GE-1", subject="dcu")]).words == "6 of 6"
    assert {e.subject for e in cell([]).entries} == set(kit.cases)
