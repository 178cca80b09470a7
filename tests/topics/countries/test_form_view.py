"""Does a report show whatever its form asks, and a comparison every answer in words?"""

from __future__ import annotations

from typing import Any

import pytest

from seminarkit.core.documents.pieces import (
    EMPTY,
    Chart,
    Fold,
    Group,
    Heading,
    Quote,
    Table,
)
from seminarkit.core.documents.plain_text import plain_text
from seminarkit.core.errors import UsageError
from seminarkit.core.forms.outline import outline
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.submissions.dossier import Dossier
from seminarkit.reports import comparison_view as compare
from seminarkit.topics.countries import view as show

CHOICES = [["yes", "Yes"], ["no", "No"]]


def answer(name: str, value: Any, shown: str = "") -> dict[str, Any]:
    return {"name": name, "label": name.capitalize(), "value": value, "shown": shown or value}


def country(*entries: list[dict[str, Any]]) -> Dossier:
    """A country whose people filled in a form of two groups."""
    forms = [
        {"title": "Report", "about": "", "by": by, "state": "complete", "answers": answers}
        for by, answers in zip("AB", entries, strict=False)
    ]
    parts = [
        {"label": "1. Courses", "questions": ["courses", "law", "level"]},
        {"label": "2. Outlook", "questions": ["hope"]},
    ]
    asks = ["courses", "course", "credits", "law", "level", "hope"]
    return Dossier(
        {
            "audience": "core",
            "forms": {"report": forms},
            "outlines": {"report": parts},
            "choices": {"law": CHOICES, "level": CHOICES},
            "asks": asks,
            "links": [],
            "country": {"code": "GE"},
        }
    )


ROW = [answer("course", "Data"), {**answer("credits", 6), "label": "Credits?", "shown": "6"}]
FULL = [
    {"name": "courses", "label": "Courses", "rows": [ROW], "row": "Course"},
    answer("law", "yes", "Yes"),
    answer("level", "no", "No"),
    answer("hope", "More."),
]


def flat(piece: Any) -> list[Any]:
    return [p for part in piece.pieces for p in flat(part)] if isinstance(piece, Group) else [piece]


def test_a_form_is_shown_group_by_group() -> None:
    """F6: repeats as tables with their numbers drawn, questions of one list as one chart, texts."""
    pieces = flat(show.form(country(FULL), "report"))
    assert [type(piece) for piece in pieces] == [
        *(Heading, Table, Chart, Chart),
        *(Heading, Heading, Quote),
    ]
    table = pieces[1]
    assert [cell.value for cell in table.groups[0].rows[0]] == ["Data", 6]
    assert table.name == "courses" and [c.name for c in table.columns] == ["course", "credits"]
    assert pieces[2].finding == "One example carries 6 credits."
    assert pieces[3].finding == "Of two questions, yes: 1; no: 1."


def test_a_group_that_nobody_answered_is_not_there() -> None:
    shown = plain_text(show.form(country(FULL[-1:], [answer("hope", "Less.")]), "report"))
    assert shown == "2. Outlook\n==========\n\nHope\n----\n\n> More.\n— A\n\n> Less.\n— B"
    assert show.form(country(), "report") == EMPTY


def test_a_misspelt_form_is_told_with_a_near_one() -> None:
    with pytest.raises(
        UsageError, match=r"'raport' is not a form that reports show\. Did you mean 'report'\?"
    ):
        show.form(country(FULL), "raport")


def test_the_outline_holds_what_a_reader_may_see(kit: SeminarFolder) -> None:
    """O25: neither notes, nor the question for consent, nor what is for core participants alone."""
    form = kit.forms["country_report"]
    core, public = outline(form, "core"), outline(form, "public")
    names = [name for part in core for name in part["questions"]]
    assert "known_corrections" in names and "publish" not in names and "known" not in names
    assert [n for part in public for n in part["questions"]] == [
        name for name in names if name != "known_corrections"
    ]
    assert [part["label"] for part in public] == [
        "1. Examples",
        "2. Evaluated, accredited, recognised",
        "3. One opportunity, one obstacle",
    ]
    assert outline(kit.forms["pre_survey"], "public") == []


def compared(**texts: list[dict[str, Any]]) -> Dossier:
    countries = [
        {"code": code, "name": code, "region": "R", "footnote": "", "reported": True}
        for code in ("GE", "AM")
    ]
    data = {"audience": "core", "regions": ["R"], "countries": countries, "questions": []}
    asked = [{"name": "hope", "label": "Hope?"}, {"name": "fear", "label": "Fear?"}]
    return Dossier(
        data | {"open": asked, "texts": {"GE": texts, "AM": {}}, "asks": ["hope", "fear"]}
    )


def test_an_open_question_is_one_row_per_country() -> None:
    """F11 O23: each with who wrote it where a delegation differs; a dash says what it means."""
    dossier = compared(hope=[{"words": "More.", "by": ["A", "C"]}, {"words": "Less.", "by": ["B"]}])
    heading, table = flat(compare.answers(dossier, "hope"))
    assert heading.text == "Hope?" and table.name == "hope"
    (georgia, armenia) = table.groups[0].rows
    assert [cell.value for cell in georgia] == ["GE", "More.\n\nLess."]
    assert "— A and C" in plain_text(table) and "— B" in plain_text(table)
    assert armenia[1].value is None and armenia[1].lines[0][0].hint == compare.OPEN
    (_, fold) = flat(compare.all_answers(dossier, "In their own words"))
    assert isinstance(fold, Fold) and fold.printed and fold.pieces[0] == table
    with pytest.raises(UsageError, match="Did you mean 'hope'"):
        compare.answers(dossier, "hoped")
    assert compare.all_answers(compared(), "In their own words") == EMPTY
