"""What a note sheet shows above its fields, and what lies beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from notes_tools import seat

from seminarkit.core.forms.answers import progress
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.question_decisions import QuestionMarked
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.packs.personal_form import form_for
from seminarkit.topics.packs.write_packs import prepare

Send = Callable[[str, Any], Path]


def fields(folder: SeminarFolder) -> dict[str, dict[str, Any]]:
    form = form_for(folder, "group_notes", "UA-2", "d2-group-1")
    return {field["name"]: field for field in form["fields"]}


def test_five_questions_are_to_be_ticked_those_on_the_own_matter_first(
    folder: SeminarFolder, send: Send, filled: Any
) -> None:
    """G02 G04 H04: the others stand above; chosen ones come before all, answered ones last."""
    seminar = seat(folder)
    empty = fields(seminar)["taken_up"]
    assert (empty["type"], empty["lines"][0]["text"]) == ("note", "None of them has asked yet.")
    for person, about in (("GE-1", "dcu"), ("KZ-1", "d2-groups"), ("UA-3", "zadar")):
        asked = [{"about": about, "question": f"{person} asks {n}?"} for n in (1, 2)]
        send(f"{person}.ipynb", filled("questions", person, {"questions": asked}))
    send("x.ipynb", filled("questions", "GE-2", {"questions": [{"about": "dcu", "question": "?"}]}))
    collect(seminar)
    shown = fields(seminar)
    codes = [code for code, _ in shown["taken_up"]["choices"]]
    assert codes == ["KZ-1-q1", "KZ-1-q2", "GE-1-q1", "GE-1-q2", "UA-3-q1"]
    assert len(shown["about_questions"]["lines"]) == 6
    marks = (("UA-3-q2", "chosen"), ("KZ-1-q1", "answered"))
    seminar.decisions.add(
        QuestionMarked(
            code, code[:4], f"{code[:4]} asks {code[-1]}?", mark, at="2020-11-26T10:00:00Z"
        )
        for code, mark in marks
    )
    codes = [code for code, _ in fields(seminar)["taken_up"]["choices"]]
    assert codes == ["UA-3-q2", "KZ-1-q2", "GE-1-q1", "GE-1-q2", "UA-3-q1"]


def test_the_pack_holds_the_sheet_as_text_and_says_what_to_bring(folder: SeminarFolder) -> None:
    """G01 G08 G09: the rapporteur's and the chair's."""
    packs = prepare(seat(folder), ["UA", "programme"])
    for person, form in (
        ("UA-2", "group_notes-d2-group-1"),
        ("colucci", "day_notes-d1-groups-1-dcu"),
    ):
        pack = next(p.folder for p in packs if (p.folder / person).is_dir()) / person
        text = (pack / f"{person}-{form}.txt").read_text("utf-8")
        assert text.startswith(f"{form.split('notes-')[1]} · {person}\n")
        assert f'href="{person}-{form}.txt"' in (pack / "index.html").read_text("utf-8")
    tasks = (packs[0].folder / "UA-2" / "index.html").read_text("utf-8")
    assert "you take notes" in tasks
    assert "Bring a computer with this sheet open" in tasks
    assert "you take notes" not in (packs[0].folder / "UA-3" / "index.html").read_text("utf-8")


def test_a_placeholder_is_told_beside_its_field(folder: SeminarFolder) -> None:
    """G05: as a gap; words in any script are none."""
    form = form_for(seat(folder), "group_notes", "UA-2", "d2-group-1")
    for words, is_gap in (
        ("…", True),
        ("TODO: ask the chair", True),
        ("xxx", True),
        ("Lorem ipsum dolor", True),
        ("Todos os países concordam.", False),
        ("Рамки спершу", False),
        ("لا أحد يعترف بها", False),
    ):
        gaps = progress(form, {"raised": [{"raised_text": words}]}).gaps
        assert ("raised.0.raised_text" in {gap.path for gap in gaps}) is is_gap, words
