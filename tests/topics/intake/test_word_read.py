"""Do answers come back from Word letter by letter, and is everything else told and kept?"""

from __future__ import annotations

import io
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from shared import ROOT, complete_report, only

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(ROOT / "scripts"))
sys.path.insert(0, str(ROOT / "tests"))
from make_inbox import archive, mail
from make_sample import filled_forms
from word_tools import (
    edited,
    in_form_order,
    needs_office,
    packed,
    resave,
    without,
    without_bookmarks,
    without_controls,
    without_labels,
)

from seminarkit.core.clean_text import clean_text
from seminarkit.core.forms.bundle import payload
from seminarkit.core.forms.shapes import Payload, PersonalForm
from seminarkit.core.forms.word_form import PLACEHOLDER, clock_rev
from seminarkit.core.seminar.assignments import assignments
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.intake.expected import expected_of
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.reader import read_bytes
from seminarkit.topics.intake.reader_process import ReaderProcess
from seminarkit.topics.intake.verify import verify
from seminarkit.topics.intake.word.form_wording import _earlier_words
from seminarkit.topics.packs.personal_form import file_name, form_for, made_out
from seminarkit.topics.packs.word_form_writer import form_document

NOTES = {"group_notes", "day_notes"}  # of groups that are decided: test_notes.py reads theirs
SAVED = "2020-11-18T09:30:00Z"


@pytest.fixture(scope="module")
def sample(kit: SeminarFolder) -> list[tuple[PersonalForm, Payload]]:
    """Every filled form of the sample, all countries and scripts, saved in Word by their people."""
    return [
        (form, payload(form, in_form_order(form, filled["answers"]), 9, filled["saved_at"]))
        for form, filled in filled_forms(kit)
    ]


@pytest.fixture(scope="module")
def word(kit: SeminarFolder) -> Callable[..., bytes]:
    """Make a filled Word file: word("questions", "GE-2", {…})."""

    def make(
        form: str = "country_report",
        person: str = "GE-2",
        answers: dict[str, Any] | None = None,
        saved_at: str = SAVED,
    ) -> bytes:
        made = form_for(kit, form, person)
        given = complete_report() if answers is None else answers
        return form_document(made, payload(made, given, 9, saved_at))

    return make


def answers_in(data: bytes, expected: Expected) -> Any:
    part = only(read_bytes(data, expected))
    assert part.reading, part.problem
    assert part.remark == ""
    return part.reading.answers


def test_every_answer_of_the_sample_comes_back_letter_by_letter(
    sample: list[tuple[PersonalForm, Payload]], expected: Expected
) -> None:
    """C25 C22: every form, 24 countries and who presents a case, nine scripts."""
    assert len({form["country"] for form, _ in sample if form["country"]}) == 24
    assert {form["form"] for form, _ in sample} == set(expected.forms) - NOTES
    for form, filled in sample:
        part = only(read_bytes(form_document(form, filled), expected))
        assert part.reading, (form["file"], part.problem)
        assert (part.reading.answers, part.remark) == (filled["answers"], ""), form["file"]
        assert part.reading.subject == form.get("subject", "")
        assert part.reading.saved_at == filled["saved_at"]


def test_examples_and_terms_in_the_document_are_no_answers(
    expected: Expected, word: Callable[..., bytes]
) -> None:
    """C25 C38: nor is there a remark on them, as on a text that somebody added."""
    data = word()
    document = Document(io.BytesIO(data))
    shown = "\n".join(cell.text for t in document.tables for row in t.rows for cell in row.cells)
    assert "An example, made up: No agency examines single courses." in shown
    assert "Evaluation: Someone examines the quality of a course or institution" in shown
    assert answers_in(data, expected) == complete_report()


def test_a_document_with_the_words_of_before_comes_back_as_well(
    kit: SeminarFolder, expected: Expected
) -> None:
    """C25: handed out before labels and hints were changed, also where programs dropped all marks."""
    made, old = form_for(kit, "country_report", "GE-2"), _earlier_words()["country_report"]

    def before(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
        changed = []
        for field in fields:
            label, *hints = old.get(field["name"], [field["label"]])
            words = {"label": label, **({"hint": hints[0]} if hints else {})}
            inner = {"fields": before(field["fields"])} if "fields" in field else {}
            changed.append({**field, **words, **inner})
        return changed

    form = {**made, "fields": before(made["fields"])}
    data = form_document(form, payload(made, complete_report(), 9, SAVED))
    assert "Whether and how are they evaluated?" in data_words(data)
    assert answers_in(data, expected) == complete_report()
    bare = edited(data, lambda xml: without_bookmarks(without_controls(xml)))
    (part,) = read_bytes(bare, expected)
    assert part.reading and part.reading.answers["evaluated"] == complete_report()["evaluated"]


def data_words(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode("utf-8")


@needs_office
@pytest.mark.parametrize("every", [6, pytest.param(1, marks=pytest.mark.nightly)])
def test_and_after_libreoffice_saved_it(
    sample: list[tuple[PersonalForm, Payload]], expected: Expected, tmp_path: Path, every: int
) -> None:
    """C25 C22: it drops the tags of controls and writes another XML altogether."""
    made, saved = tmp_path / "made", tmp_path / "saved"
    made.mkdir()
    first_of_each = {form["form"]: (form, filled) for form, filled in reversed(sample)}
    some = [*first_of_each.values(), *sample[::every]]
    for form, filled in some:
        (made / f"{form['file']}.docx").write_bytes(form_document(form, filled))
    resave(made, saved, tmp_path / "profile")
    for form, filled in some:
        part = only(read_bytes((saved / f"{form['file']}.docx").read_bytes(), expected))
        assert part.reading, (form["file"], part.problem)
        assert (part.reading.answers, part.remark) == (filled["answers"], ""), form["file"]


@needs_office
def test_an_empty_form_is_empty_after_libreoffice_too(
    kit: SeminarFolder, expected: Expected, tmp_path: Path
) -> None:
    """C25: placeholders are never answers."""
    made = tmp_path / "made"
    made.mkdir()
    forms = [
        each for each in assignments(kit.seminar) if each.author.id in ("GE-2", "GE-NEO", "decker")
    ]
    assert {each.task.form for each in forms} == set(kit.forms) - NOTES
    for each in forms:
        (made / f"{file_name(each)}.docx").write_bytes(form_document(made_out(kit, each)))
    resave(made, tmp_path / "saved", tmp_path / "profile")
    for path in [*made.iterdir(), *(tmp_path / "saved").iterdir()]:
        part = only(read_bytes(path.read_bytes(), expected))
        assert part.problem.startswith("The form is empty: there is nothing in its boxes.")
        assert part.problem.endswith("save the file, and send it again."), "and no remark"


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1
)


@given(words=st.lists(WORDS, min_size=1, max_size=4).map("\n".join))
def test_any_text_comes_back(kit: SeminarFolder, expected: Expected, words: str) -> None:
    """C22: also what looks like markup, and signs that steer the direction."""
    form = form_for(kit, "country_report", "GE-2")
    data = form_document(form, payload(form, {"obstacle": words, "evaluated": "so"}, 1, SAVED))
    reading = only(read_bytes(data, expected)).reading
    assert reading
    text = clean_text(words)
    stripped = text.strip(" \t\r\n\f\v\u00a0")
    assert reading.answers.get("obstacle", "") == (text if stripped else "")


NASTY = [
    "<w:t>&amp;</w:t> ]]> <script>", "  two  blanks \t and a tab ", "line\nline\n\nline",
    "=1+1 {country} ${HOME} %(name)s", "report\u202egpj.exe\u2066", "5 ECTS \u05d1\u05e2\u05d1\u05e8\u05d9\u05ea",
]  # fmt: skip


@pytest.mark.parametrize("words", NASTY)
def test_words_are_only_words(words: str, word: Any, expected: Expected) -> None:
    """C22: nothing is markup, a formula or a template."""
    assert answers_in(word(answers={"obstacle": words}), expected) == {
        "obstacle": clean_text(words)
    }


def test_controls_deleted_and_the_tables_kept(word: Any, expected: Expected) -> None:
    """C25: the bookmarks in the labels tell the places."""
    data = edited(word(), without_controls)
    assert answers_in(data, expected) == complete_report()


def test_controls_and_bookmarks_deleted(word: Any, expected: Expected) -> None:
    """C25: the labels' words tell the places, and rows of repeats come in their order."""
    report = complete_report(examples=[{"example_title": "a"}, {"example_title": "b"}])
    data = edited(word(answers=report), lambda xml: without_bookmarks(without_controls(xml)))
    assert answers_in(data, expected) == report


def test_labels_deleted(word: Any, expected: Expected) -> None:
    """C25: the controls tell the places."""
    assert answers_in(edited(word(), without_labels), expected) == complete_report()


def test_labels_and_controls_deleted_is_told(word: Any, expected: Expected) -> None:
    """C25: what cannot be placed is not guessed."""
    data = edited(word(), lambda xml: without_labels(without_controls(xml)))
    part = only(read_bytes(data, expected))
    assert part.reading is None
    assert "The form is empty" in part.problem
    assert "Outside of the boxes there is 'Data analysis for teachers'" in part.problem


def test_properties_stripped(word: Any, expected: Expected) -> None:
    """C25: the last line says whose form it is; the time of the last change is lost too."""
    data = without(word(), "docProps/custom.xml", "docProps/core.xml")
    reading = only(read_bytes(data, expected)).reading
    assert reading
    assert (reading.person, reading.saved_at, reading.rev) == ("GE-2", "", clock_rev(""))
    assert reading.answers == complete_report()


def test_properties_and_last_line_deleted(word: Any, expected: Expected) -> None:
    data = edited(
        without(word(), "docProps/custom.xml"),
        lambda xml: xml.replace("please leave this line", ""),
    )
    part = only(read_bytes(data, expected))
    assert "does not say whose form it is" in part.problem
    assert "Copy the answers into the Word form that was sent out" in part.problem


def test_the_last_line_of_another_person(word: Any, expected: Expected) -> None:
    """One delegate's text pasted over another's document: nobody can tell whose it is."""
    data = edited(word(), lambda xml: xml.replace("Form GE-2", "Form GE-3"))
    assert "two different things about whose form" in only(read_bytes(data, expected)).problem


ONE = "country_report"
TYPED = [
    ("☐</w:t>", "x</w:t>"), ("☐</w:t>", "Х</w:t>"), ("☐</w:t>", "☑</w:t>"), ("☐</w:t>", "✓</w:t>"),
    ("> Most<", "> Most x<"), ("> Most<", "> Most ☒<"), ("> Most<", "> x Most<"), ("> Most<", "> Most (X)<"),
]  # fmt: skip


@pytest.mark.parametrize("controls", [True, False], ids=["in the control", "control deleted"])
@pytest.mark.parametrize(("old", "new"), TYPED)
def test_a_mark_typed_is_a_tick(
    old: str, new: str, controls: bool, word: Any, expected: Expected
) -> None:
    """C25: beside the box or instead of it."""

    def tick(xml: str) -> str:
        xml = xml if controls else without_controls(xml)
        line = xml.rindex("<w:p ", 0, xml.index("> Most<")) if "<w:p " in xml else 0
        line = max(line, xml.rindex("<w:p>", 0, xml.index("> Most<")) if "<w:p>" in xml else 0)
        return xml[:line] + xml[line:].replace(old, new, 1)

    data = edited(word(answers={"obstacle": "time"}), tick)
    assert answers_in(data, expected) == {"obstacle": "time", "institutions_share": "most"}


def test_two_ticks_where_one_was_asked_for(word: Any, expected: Expected) -> None:
    """C25: neither is taken, both are named."""
    data = edited(
        word(answers={"institutions_share": "few"}),
        lambda xml: xml.replace("> Most<", "> Most x<"),
    )
    part = only(read_bytes(data, expected))
    assert (
        "'A few' and 'Most' are ticked, but only one was asked for; none was used" in part.problem
    )


def test_a_box_that_says_two_things_is_told(word: Any, expected: Expected) -> None:
    """C25: what a person sees counts."""
    data = edited(word(), lambda xml: xml.replace('w14:checked w14:val="0"', 'w14:checked w14:val="1"', 1))  # fmt: skip
    part = only(read_bytes(data, expected))
    assert part.reading
    assert part.reading.answers == complete_report()
    assert "is ticked, but does not show it" in part.remark


def test_only_one_choice_left_is_the_answer(word: Any, expected: Expected) -> None:
    """C25: others were deleted, with their boxes; it is taken, and said."""

    def leave(xml: str) -> str:
        xml = without_controls(xml)
        for label in ("None that we know of", "A few", "About half"):
            at = xml.index(f"> {label}<")
            start = max(xml.rfind("<w:p>", 0, at), xml.rfind("<w:p ", 0, at))
            xml = xml[:start] + xml[xml.index("</w:p>", at) + 6 :]
        at = xml.index("> Most<")
        return xml[: xml.rindex("☐", 0, at)] + xml[xml.rindex("☐", 0, at) + 1 :]

    part = only(read_bytes(edited(word(answers={"obstacle": "time"}), leave), expected))
    assert part.reading
    assert part.reading.answers["institutions_share"] == "most"
    assert "only the choice 'Most' is left and was read as ticked" in part.remark


def test_comments_are_told(word: Any, expected: Expected) -> None:
    data = word()
    with zipfile.ZipFile(io.BytesIO(data)) as archive_:
        parts = [(name, archive_.read(name)) for name in archive_.namelist()]
    parts.append(("word/comments.xml", b"<comments><comment>Is that so?</comment></comments>"))
    assert "It contains comments, which were not read" in only(read_bytes(packed(parts), expected)).remark  # fmt: skip


def test_an_unknown_choice_is_told(word: Any, expected: Expected) -> None:
    data = edited(word(), lambda xml: xml.replace("> About half<", "> Only colleges x<"))
    part = only(read_bytes(data, expected))
    assert part.reading
    assert "there is 'Only colleges' next to" in part.remark or "'Only colleges x'" in part.remark


def typed(place: str, words: str) -> Callable[[str], str]:
    """Put a paragraph behind the placeholder or the answer that stands in a place."""
    paragraph = f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"

    def change(xml: str) -> str:
        at = xml.index("</w:p>", xml.index(f'w:val="{place}"'))
        return f"{xml[: at + 6]}{paragraph}{xml[at + 6 :]}"

    return change


def test_words_beside_an_untouched_control(word: Any, expected: Expected) -> None:
    """C25: typed into the cell, the placeholder left where it is."""
    data = edited(word(answers={"evaluated": "so"}), typed("obstacle", "No level."))
    assert answers_in(data, expected) == {"evaluated": "so", "obstacle": "No level."}


def test_several_paragraphs_are_lines(word: Any, expected: Expected) -> None:
    data = edited(word(answers={"obstacle": "one"}), typed("obstacle", "two"))
    assert answers_in(data, expected) == {"obstacle": "one\ntwo"}


RICH = (
    '<w:p><w:pPr><w:numPr/></w:pPr><w:hyperlink><w:r><w:rPr><w:b/></w:rPr><w:t>bold</w:t></w:r></w:hyperlink>'
    '<w:ins><w:r><w:tab/><w:t xml:space="preserve"> new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>'
    "<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:r><w:noBreakHyphen/><w:instrText>PAGE</w:instrText></w:r></w:p>"
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)  # fmt: skip


def test_pasted_rich_text_is_its_words(word: Any, expected: Expected) -> None:
    """C25: links, tables, tracked changes: what a reader sees."""

    def paste(xml: str) -> str:
        at = xml.index("</w:p>", xml.index('w:val="obstacle"')) + 6
        return xml[:at] + RICH + xml[at:]

    data = edited(word(answers={"obstacle": "one"}), paste)
    assert answers_in(data, expected) == {"obstacle": "one\nbold\t new\u2011\ncell"}


def test_a_placeholder_is_no_answer_without_its_control_either(
    word: Any, expected: Expected
) -> None:
    data = edited(word(answers={"evaluated": "so"}), without_controls)
    assert PLACEHOLDER in PLACEHOLDER
    assert answers_in(data, expected) == {"evaluated": "so"}


def test_words_outside_of_the_places_are_told(word: Any, expected: Expected) -> None:
    gap = '<w:p><w:pPr><w:pStyle w:val="SeminarGap"/></w:pPr>'
    data = edited(
        word(),
        lambda xml: xml.replace(
            "<w:sectPr", f"{gap}<w:r><w:t>And one thing more</w:t></w:r></w:p><w:sectPr", 1
        ),
    )
    part = only(read_bytes(data, expected))
    assert part.reading
    assert part.reading.answers == complete_report()
    assert "Outside of the boxes there is 'And one thing more'" in part.remark


def test_words_above_the_questions_are_told(word: Any, expected: Expected) -> None:
    data = edited(word(), lambda xml: xml.replace(">Georgia<", ">Georgia, and Batumi too<"))
    part = only(read_bytes(data, expected))
    assert part.reading
    assert "written above the questions" in part.remark


def test_a_number_with_its_unit_is_told_and_kept(word: Any, expected: Expected) -> None:
    """C25: 'say it, keep going'."""
    rows = [{"example_title": "a", "example_provider": "public", "example_credits": "6 ECTS"}]
    part = only(read_bytes(word(answers=complete_report(examples=rows)), expected))
    assert part.reading
    assert part.reading.answers["examples"] == rows
    assert not part.reading.complete
    assert "In 'Credits' there is '6 ECTS', which is not a whole number" in part.remark


def test_a_number_in_other_digits_is_a_number(word: Any, expected: Expected) -> None:
    """C22"""
    rows = [{"example_title": "a", "example_credits": "٦"}]
    (row,) = answers_in(word(answers={"examples": rows}), expected)["examples"]
    assert row["example_credits"] == 6


def test_a_block_that_was_copied_is_a_further_row(word: Any, expected: Expected) -> None:
    """C25: who needs a ninth example copies a block."""
    asked = [{"about": "ghent", "question": "a"}, {"about": "dcu", "question": "b"}]

    def copy(xml: str) -> str:
        start = xml.index("Question 3")
        start = xml.rindex("<w:p", 0, xml.rindex("<w:pPr>", 0, start))
        end = xml.index("Form GE-2")
        end = xml.rindex("<w:p", 0, xml.rindex("<w:pPr>", 0, end))
        block = xml[start:end].replace(PLACEHOLDER, "third").replace("<w:showingPlcHdr/>", "")
        return xml[:end] + block.replace("third", "third", 1) + xml[end:]

    data = edited(word("questions", answers={"questions": asked}), copy)
    rows = answers_in(data, expected)["questions"]
    assert rows == [*asked, {}, {"question": "third", "why": "third"}]


@pytest.mark.parametrize("wrap", ["zip", "mail", "zip in mail", "wrong name"])
def test_in_whatever_it_travels(wrap: str, word: Any, expected: Expected) -> None:
    """C25 O29"""
    data = word()
    wrapped = {
        "zip": archive(("a/GE-2.docx", data)),
        "mail": mail(("GE-2.docx", data)),
        "zip in mail": mail(("all.zip", archive(("GE-2.docx", data)))),
        "wrong name": data,
    }
    assert answers_in(wrapped[wrap], expected) == complete_report()


def stored(data: bytes) -> bytes:
    """Pack it as LibreOffice does: the list of types last."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        names = sorted(old.namelist(), key=lambda name: name == "[Content_Types].xml")
        return packed((name, old.read(name)) for name in names)


def test_the_order_of_its_parts_does_not_matter(word: Any, expected: Expected) -> None:
    assert answers_in(stored(word()), expected) == complete_report()


DTD = '<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "bbb">]>'


def with_doctype(xml: str) -> str:
    head, _, rest = xml.partition("?>")
    return f"{head}?>{DTD}{rest.replace('>By the faculty.<', '>&a;&b;<')}"


def bomb(data: bytes) -> bytes:
    return edited(data, lambda xml: xml.replace("<w:sectPr", " " * 30_000_000 + "<w:sectPr", 1))


def open_document(kind: str = "text", **parts: str) -> bytes:
    head = [("mimetype", f"application/vnd.oasis.opendocument.{kind}".encode())]
    return packed([*head, *((f"{name}.xml", xml.encode()) for name, xml in parts.items())])


BAD = {
    "other seminar": (lambda d: edited(d, lambda x: x.replace("sphere-2020", "sphere-2019"), "docProps/custom.xml"), "belongs to another seminar ('sphere-2019')"),
    "zip bomb": (bomb, "far too large for a form when it is unpacked. Ask for the form's own file"),
    "document type": (lambda d: edited(d, with_doctype), "contains a document type"),
    "truncated": (lambda d: d[: len(d) // 2], "Word file that is cut off or damaged. Ask for it again"),
    "xml cut off": (lambda d: edited(d, lambda x: x[: len(x) // 2]), "cut off or damaged. Ask for it again"),
    "nested too deeply": (lambda d: edited(d, lambda x: x.replace("<w:body>", "<w:body>" + "<w:ins>" * 5_000, 1).replace("</w:body>", "</w:ins>" * 5_000 + "</w:body>")), "It needs too much memory to be read"),
    "no body": (lambda d: edited(d, lambda x: "<x/>"), "cut off or damaged"),
    "spreadsheet": (lambda d: edited(d, lambda x: x.replace("wordprocessingml", "spreadsheetml"), "[Content_Types].xml"), "an Office file, but not a Word document"),
    "open document without its text": (lambda d: open_document(), "OpenDocument file that is cut off or damaged"),
    "open document with a document type": (lambda d: open_document(content=f"<?xml version='1.0'?>{DTD}<x/>"), "contains a document type"),
    "open spreadsheet": (lambda d: open_document("spreadsheet", content="<x><body><spreadsheet/></body></x>"), "an OpenDocument file, but not a text document"),
    "another open document": (lambda d: open_document(content="<x><body><text><p>Dear all</p></text></body></x>"), "does not say whose form it is"),
    "rich text": (lambda d: b"{\\rtf1 hello}", "save it as Word (.docx)"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_word_file_is_set_aside_with_a_sentence(
    name: str, word: Any, expected: Expected
) -> None:
    """C25 O29: what happened and what to do; nothing is executed, nothing raises."""
    spoil, sentence = BAD[name]
    part = only(read_bytes(spoil(word()), expected))
    assert part.reading is None
    assert sentence in part.problem
    assert part.problem[-1] in ".?"


def macro(data: bytes) -> bytes:
    return edited(
        data,
        lambda xml: xml.replace(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
        "[Content_Types].xml",
    )


def test_macros_are_not_run_and_the_answers_are_read(word: Any, expected: Expected) -> None:
    """C25 O29: a small program inside is never looked at, and that is said."""
    with zipfile.ZipFile(io.BytesIO(macro(word()))) as made:
        parts = [
            *((name, made.read(name)) for name in made.namelist()),
            ("word/vbaProject.bin", b"x"),
        ]
    part = only(read_bytes(packed(parts), expected))
    assert part.reading
    assert part.reading.answers == complete_report()
    assert (
        "It contains macros (a small program inside), which were neither run nor read"
        in part.remark
    )


def test_an_answer_without_end_is_told(word: Any, expected: Expected) -> None:
    part = only(read_bytes(word(answers={"obstacle": "x" * 60_000}), expected))
    assert "'obstacle' has 60,000 characters; 50,000 is the limit" in part.problem


def test_a_letter_is_no_form(expected: Expected) -> None:
    from docx import Document

    letter, buffer = Document(), io.BytesIO()
    letter.add_paragraph("Dear colleagues")
    letter.save(buffer)
    part = only(read_bytes(buffer.getvalue(), expected))
    assert "does not say whose form it is" in part.problem


def outcomes(folder: SeminarFolder) -> list[tuple[str, str]]:
    return [(outcome.kind, outcome.text) for _, outcome in collect(folder).outcomes]


def test_a_later_word_file_replaces_an_earlier_one(
    folder: SeminarFolder, send: Any, word: Any
) -> None:
    """C25: by its clock, as Word counts no changes; the same answers again are the same."""
    send("a.docx", word(answers=complete_report(obstacle="new")))
    assert [kind for kind, _ in outcomes(folder)] == ["accepted"]
    send("b.docx", word(saved_at="2020-11-19T08:00:00Z"))
    ((kind, text),) = outcomes(folder)
    assert (kind, "Attention" in text) == ("replaced", False)
    send("c.docx", word(answers=complete_report(obstacle="old"), saved_at="2020-11-17T08:00:00Z"))
    ((kind, text),) = outcomes(folder)
    assert (kind, "an older version" in text) == ("earlier", True)
    send("d.docx", word(saved_at="2020-11-20T08:00:00Z"))
    assert [kind for kind, _ in outcomes(folder)] == ["already"]
    (current,) = submissions(folder.database)
    assert current.answers == complete_report()


def test_word_against_the_form_is_told(
    folder: SeminarFolder, send: Any, word: Any, filled: Any
) -> None:
    """C25: a clock is not held against a count; the one saved later counts, and that is said."""
    send("a.ipynb", filled("country_report", "GE-2", complete_report(obstacle="typed"), rev=140))
    send("b.docx", word())  # saved eight days later
    (_, (kind, text)) = outcomes(folder)
    assert kind == "replaced"
    assert "was written in Word" in text
    assert "counts, because it was saved later. Ask GE-2 if that is right" in text
    later = filled("country_report", "GE-2", complete_report(obstacle="last"), 150, "2020-11-20T10:00:00Z")  # fmt: skip
    send("c.ipynb", later)
    ((kind, _),) = outcomes(folder)
    assert kind == "replaced"
    (current,) = submissions(folder.database)
    assert current.answers["obstacle"] == "last"


@pytest.mark.parametrize("own", ["2000-01-01T00:00:00Z", "2013-12-23T23:15:00Z", ""])
def test_a_templates_own_date_is_no_date(
    folder: SeminarFolder, send: Any, word: Any, filled: Any, own: str
) -> None:
    """P02 C25: such a Word file is as of its arrival, and nobody says when it was saved."""
    send("a.ipynb", filled("country_report", "GE-2", complete_report(obstacle="typed"), rev=140))
    data = word(saved_at=own) if own else without(word(), "docProps/core.xml")
    send("b.docx", data)
    (_, (kind, text)) = outcomes(folder)
    assert kind == "replaced"
    assert "counts, because it was received later" in text and "saved later" not in text
    (current,) = submissions(folder.database)
    assert current.answers == complete_report()


def test_a_mail_says_when_its_files_came(
    folder: SeminarFolder, send: Any, word: Any, filled: Any
) -> None:
    """P02: by its Received header, though the organiser saved and collected it long after."""
    later = complete_report(obstacle="typed later")
    send("a.ipynb", filled("country_report", "GE-2", later, 140, "2020-11-14T10:00:00Z"))
    came = b"Received: from a by b; Fri, 13 Nov 2020 10:00:00 +0100\r\n"
    send("b.eml", came + mail(("b.docx", without(word(), "docProps/core.xml"))))
    assert [kind for kind, _ in outcomes(folder)] == ["accepted", "earlier"]
    (current,) = submissions(folder.database)
    assert current.answers == later


def test_two_word_files_without_a_time_are_told(
    folder: SeminarFolder, send: Any, word: Any
) -> None:
    for name, words in (("a", "one"), ("b", "two")):
        data = word(answers=complete_report(obstacle=words))
        send(f"{name}.docx", without(data, "docProps/core.xml"))
    (_, (_, text)) = outcomes(folder)
    assert "two different versions have the same number" in text


def test_a_clock_that_is_ahead_is_told_and_not_believed(
    folder: SeminarFolder, send: Any, word: Any
) -> None:
    send("a.docx", word(saved_at="2099-01-01T00:00:00Z"))
    ((kind, text),) = outcomes(folder)
    assert kind == "accepted"
    assert "Attention: it says it was saved at 2099-01-01T00:00:00Z" in text
    # it is as of its arrival, so that what was saved before is earlier, and what came after later
    send("b.docx", word(answers=complete_report(obstacle="before")))
    assert [kind for kind, _ in outcomes(folder)] == ["earlier"]
    time.sleep(1.1)
    send("c.docx", without(word(answers=complete_report(obstacle="now")), "docProps/core.xml"))
    assert [kind for kind, _ in outcomes(folder)] == ["replaced"]
    assert [s.answers["obstacle"] for s in submissions(folder.database)] == ["now"]
    assert verify(folder).damage == (), "an index made again is the same"


@pytest.mark.parametrize("part", ["word/document.xml", "docProps/custom.xml", "word/styles.xml"])
@given(
    cut=st.tuples(st.floats(0, 1), st.integers(1, 400), st.sampled_from(["", "<w:p>", "x", "\0"]))
)
def test_whatever_was_cut_out_a_sentence_or_answers_come(
    kit: SeminarFolder, expected: Expected, part: str, cut: tuple[float, int, str]
) -> None:
    """C25: no file raises."""
    where, length, instead = cut
    form = form_for(kit, "questions", "GE-2")
    given_answers = {"questions": [{"about": "ghent", "question": "Who pays?"}]}
    data = form_document(form, payload(form, given_answers, 1, SAVED))

    def change(xml: str) -> str:
        at = int(where * len(xml))
        return xml[:at] + instead + xml[at + length :]

    (result,) = read_bytes(edited(data, change, part), expected)
    assert result.reading or result.problem


def test_a_document_far_too_large_is_told_and_the_next_is_read(
    kit: SeminarFolder, word: Any, tmp_path: Path
) -> None:
    """C25: it is read in the child, as every file is."""
    small, great = tmp_path / "small.docx", tmp_path / "great.docx"
    small.write_bytes(word())
    great.write_bytes(edited(word(), lambda xml: xml.replace("<w:sectPr", "<w:p/>" * 3_000_000 + "<w:sectPr", 1)))  # fmt: skip
    process = ReaderProcess(expected_of(kit))
    assert process.read(great, great.stat().st_size)[0].problem
    assert process.read(small, small.stat().st_size)[0].reading
    process.close()
