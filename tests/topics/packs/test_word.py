"""Is the Word form whole, clear to fill in, in the right direction, and the same each time?"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document
from shared import complete_report

from seminarkit.cli.prepare import command
from seminarkit.core.forms.bundle import instance_id, payload
from seminarkit.core.forms.word_form import (
    PLACEHOLDER,
    condition,
    identity_line,
    read_identity_line,
)
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.personal_form import form_for
from seminarkit.topics.packs.word_form_writer import form_document
from seminarkit.topics.packs.write_packs import prepare


def xml(data: bytes, name: str = "word/document.xml") -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode("utf-8")


def words(data: bytes) -> list[str]:
    return re.findall(r"<w:t [^>]*>([^<]*)</w:t>", xml(data))


@pytest.fixture(scope="module")
def empty(kit: SeminarFolder) -> bytes:
    return form_document(form_for(kit, "country_report", "GE-2"))


def test_a_pack_holds_each_form_as_a_word_document(folder: SeminarFolder) -> None:
    """C25: beside notebook and page, only when asked for; the README says how."""
    (plain,) = prepare(folder, ["GE"])
    assert not list(plain.folder.rglob("*.docx"))
    assert "Word" not in (plain.folder / "README.txt").read_text("utf-8")
    (pack,) = prepare(folder, ["GE"], word=True)
    names = {path.name for path in pack.folder.rglob("*.docx")}
    assert names == {f"{path.stem}.docx" for path in pack.folder.rglob("*.ipynb")}
    assert {"GE-2-case_review-ghent.docx", "GE-NEO-nomination.docx"} <= names
    assert "If you prefer Word" in (pack.folder / "README.txt").read_text("utf-8")
    (again,) = prepare(folder, ["GE"], word=True)
    assert (again.changed, again.left_over) == (0, ())
    (later,) = prepare(folder, ["GE"])
    assert later.left_over == (), "a Word document made before is no stranger"


def test_the_command_has_the_option(folder: SeminarFolder, monkeypatch: Any) -> None:
    """C25"""
    monkeypatch.chdir(folder.root)
    run = CliRunner().invoke(command, ["--country", "GE", "--word"])
    assert run.exit_code == 0, run.output
    assert (folder.packs / "GE" / "GE-2" / "GE-2-questions.docx").is_file()


def test_the_same_input_gives_the_same_bytes(kit: SeminarFolder, empty: bytes) -> None:
    """C25: no clock in the archive either."""
    assert form_document(form_for(kit, "country_report", "GE-2")) == empty
    entries = zipfile.ZipFile(io.BytesIO(empty)).infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert len(empty) < 60_000


def test_headings_are_headings_and_the_header_is_there(empty: bytes) -> None:
    """C25 C12: real styles; nothing is asked that is known."""
    document = Document(io.BytesIO(empty))
    by_style: dict[str, list[str]] = {}
    for paragraph in document.paragraphs:
        by_style.setdefault(paragraph.style.name, []).append(paragraph.text)
    assert by_style["Title"] == ["Micro-credentials in your country"]
    assert by_style["Heading 1"] == ["What is publicly known already", "1. Examples", "2. Evaluated, accredited, recognised", "3. One opportunity, one obstacle"]  # fmt: skip
    assert by_style["Heading 2"][0] == "Examples of micro-credentials"
    assert by_style["Heading 3"][:3] == ["Example 1", "Example 2", "Example 3"]
    assert by_style["Seminar Note"][0].startswith("How to fill it in: write in the boxes")
    head = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    assert (head["For"], head["Country"]) == ("Core participant 2, Georgia", "Georgia")
    assert "23:59 in Brussels" in head["Please send by"]


def test_each_question_has_a_label_a_hint_and_one_place(kit: SeminarFolder, empty: bytes) -> None:
    """C25: tag, placeholder and the mark of what is needed."""
    document = xml(empty)
    tags = re.findall(r'<w:tag w:val="([^"]+)"', document)
    assert len(tags) == len(set(tags))
    assert {"obstacle", "examples.0.example_title", "examples.2.example_provider=other"} <= set(
        tags
    )
    assert not any(tag.startswith("examples.3") for tag in tags), "three empty rows"
    assert all(len(tag) <= 64 for tag in tags), "Word keeps no longer ones"
    shown = words(empty)
    assert "One obstacle in your country (needed)" in shown
    assert "Credits" in shown
    assert "Up to 60 words." in shown
    places = document.count("<w:showingPlcHdr/>")
    assert places == shown.count(PLACEHOLDER) == 3 * 3 + 9
    assert document.count("<w:sdt>") == places + document.count("☐")
    assert "☒" not in document


def test_the_example_stands_below_its_question(kit: SeminarFolder) -> None:
    """C25 C38: once for rows of a kind; the weak answer on a line of its own."""
    shown = words(form_document(form_for(kit, "questions", "GE-2")))
    (place,) = (i for i, text in enumerate(shown) if text.startswith("An example, made up: Good"))
    assert shown[place - 2] == "Two or three questions"
    assert shown[place + 1] == "Weak: “What about quality?”"


def test_there_are_as_many_rows_as_needed(kit: SeminarFolder) -> None:
    """C25: at least three, at most what the form allows, never fewer than were filled in."""
    questions = form_for(kit, "questions", "GE-2")
    assert "Question 3" in words(form_document(questions))
    assert "Question 4" not in words(form_document(questions))
    report = form_for(kit, "country_report", "GE-2")
    five = complete_report(examples=[{"example_title": str(i)} for i in range(5)])
    assert "Example 5" in words(form_document(report, payload(report, five)))


def test_identity_stands_in_properties_and_in_the_last_line(empty: bytes) -> None:
    """C25"""
    properties = xml(empty, "docProps/custom.xml")
    instance = instance_id("sphere-2020", "country_report", "GE-2")
    for name, value in (("seminar", "sphere-2020"), ("form", "country_report"), ("form_version", "1"), ("country", "GE"), ("author", "GE-2"), ("instance", instance)):  # fmt: skip
        assert re.search(rf'name="seminarkit\.{name}"><vt:lpwstr>{value}<', properties), name
    last = words(empty)[-1]
    assert last == f"Form GE-2 · country_report · version 1 · {instance} · please leave this line"
    assert read_identity_line(f"  {last}  ") == {"author": "GE-2", "form": "country_report", "form_version": "1", "instance": instance}  # fmt: skip


def test_a_subject_is_part_of_the_identity(kit: SeminarFolder) -> None:
    """C25: one form of a kind for each of several things."""
    form = {**form_for(kit, "questions", "GE-2"), "subject": "ghent"}
    said = read_identity_line(identity_line(form))
    assert said
    assert (said["subject"], said["form"]) == ("ghent", "questions")
    assert 'name="seminarkit.subject"' in xml(form_document(form), "docProps/custom.xml")


def test_only_text_from_right_to_left_is_marked_so(kit: SeminarFolder, empty: bytes) -> None:
    """C22: an empty place stays automatic."""
    assert "<w:bidi/>" not in xml(empty)
    form = form_for(kit, "country_report", "EG-1")
    answers = {"evaluated": "القانون لا يذكرها مع 5 ECTS", "accredited": "החוק", "recognised": "ECTS في مصر", "obstacle": "საქართველო"}  # fmt: skip
    document = xml(form_document(form, payload(form, answers)))
    for name, rtl in (("evaluated", 1), ("accredited", 1), ("recognised", 0), ("obstacle", 0)):
        start = document.rindex("<w:p>", 0, document.index(f'<w:tag w:val="{name}"'))
        paragraph = document[start : document.index("</w:p>", start)]
        assert paragraph.count("<w:bidi/>") == rtl, name
        assert paragraph.count("<w:rtl/>") == rtl, name


def test_a_simple_condition_is_told_in_words(kit: SeminarFolder) -> None:
    """C25"""
    shown = words(form_document(form_for(kit, "pre_survey", "GE-2")))
    assert "Only if your answer to “I would trust a micro-credential from a university abroad.” is “I partly agree” or “I disagree”." in shown  # fmt: skip
    form = kit.forms["pre_survey"]
    for tree in (["not", ["ref", "trust"]], ["=", ["ref", "nothing"], "x"], ["or", ["=", ["ref", "trust"], "a"], ["=", ["ref", "need"], "a"]]):  # fmt: skip
        assert condition(tree, form) == ""
