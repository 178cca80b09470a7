"""Do answers pasted into a mail survive what mail programs do to text?"""

from __future__ import annotations

import io
import re
import sys
from email import message_from_bytes
from email.policy import default as modern
from html import escape
from textwrap import fill
from typing import Any

import pytest
from docx import Document
from shared import ROOT, only

sys.path.insert(0, str(ROOT / "tests"))
from make_inbox import QUESTIONS, letter, mail, pasted, payload, with_answers

from seminarkit.core.forms.bundle import mime_bundle
from seminarkit.core.forms.bundle import payload as bundle_payload
from seminarkit.core.forms.shapes import questions
from seminarkit.core.seminar.assignments import assignments
from seminarkit.topics.intake.edited_words import text_edit_warning
from seminarkit.topics.intake.reader import read_bytes
from seminarkit.topics.packs.personal_form import form_for

GEORGIAN = {"questions": [{"about": "ghent", "question": "\u10d5\u10d8\u10dc \u10d8\u10ee\u10d3\u10d8\u10e1?"}, QUESTIONS[1]]}  # fmt: skip


def quoted(text: str) -> str:
    return "".join(f"> > {line}\n" for line in text.splitlines())


def rewrapped(text: str) -> str:
    """As a program does that fills lines to 72 letters, and quotes the first of each."""
    return "\n".join("> " + fill(line, 50) for line in text.splitlines())


MANGLED = {
    "as it was": lambda text: text,
    "quoted": quoted,
    "quoted and wrapped": lambda text: rewrapped(quoted(text)),
    "indented": lambda text: re.sub("(?m)^", "    ", text),
    "with long dashes": lambda text: text.replace("-----", "\u2014\u2014-"),
    "in one line": lambda text: " ".join(text.split()),
    "with empty lines": lambda text: text.replace("\n", "\r\n\r\n"),
    "with a signature": lambda text: f"Dear all,\n\n{text}\n--\nKind regards\n",
}


@pytest.mark.parametrize("how", sorted(MANGLED))
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_answers_come_out_letter_by_letter(how: str, encoding: str, expected: Any) -> None:
    """C25 O29 C22: with the person's own rev and time, as from the form."""
    text = MANGLED[how](pasted(payload(answers=GEORGIAN)))
    part = only(read_bytes(letter(text, encoding), expected))
    assert part.reading, part.problem
    assert part.part == "the mail's text"
    assert part.reading.answers == GEORGIAN
    assert (part.reading.rev, part.reading.saved_at) == (7, "2020-11-18T09:30:00Z")


def test_a_mail_in_html_alone_is_read_too(expected: Any) -> None:
    """O29"""
    lines = escape(pasted(payload())).replace("\n", "<br>\n")
    part = only(read_bytes(letter(f"<div>{lines}</div>", subtype="html"), expected))
    assert part.reading


def test_the_same_block_in_both_halves_of_a_mail_is_one(expected: Any) -> None:
    text = pasted(payload())
    both = message_from_bytes(letter(text), policy=modern)
    both.add_alternative(f"<pre>{escape(text)}</pre>", subtype="html")  # type: ignore[attr-defined]
    assert only(read_bytes(both.as_bytes(), expected)).reading


def test_an_answer_to_an_answer_holds_both(expected: Any) -> None:
    """O29: the quoted older version and the newer one; the same one again counts once."""
    older, newer = pasted(payload(rev=3)), pasted(payload())
    parts = read_bytes(letter(newer + quoted(older) + quoted(quoted(older))), expected)
    assert [part.reading.rev for part in parts if part.reading] == [7, 3]


def test_text_and_attachment_are_both_read(expected: Any) -> None:
    made = mail(("q.ipynb", with_answers(rev=9))).replace(
        b"please find our file attached.", pasted(payload()).encode()
    )
    assert [p.reading.rev for p in read_bytes(made, expected) if p.reading] == [7, 9]


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16"])
def test_a_text_file_saved_by_a_simple_editor(mark: str, expected: Any) -> None:
    assert only(read_bytes(pasted(payload()).encode(mark), expected)).reading


@pytest.mark.parametrize("how", sorted(MANGLED))
def test_words_changed_above_the_block_are_told(how: str, kit: Any, expected: Any) -> None:
    """O31: the block counts, and nobody's correction is silently dropped."""
    made = form_for(kit, "questions", "GE-2")
    filled = payload(answers=GEORGIAN)
    words = mime_bundle(made, filled)["text/plain"]
    mended = words.replace(QUESTIONS[1]["question"], "Who pays, and who decides?")
    added = words.replace(QUESTIONS[1]["question"], f"{QUESTIONS[1]['question']} And when?")
    said = [
        only(read_bytes(letter(MANGLED[how](pasted(filled, words=each))), expected)).remark
        for each in (words, mended, added, "Our answers are below.")
    ]
    assert [("Attention" in each, "in “Your question”" in each) for each in said] == [
        (False, False), (True, True), (True, False), (False, False)
    ]  # fmt: skip


def document(text: str) -> bytes:
    """A Word document into which somebody pasted what the page copied."""
    made, file = Document(), io.BytesIO()
    for line in text.splitlines():
        made.add_paragraph(line)
    made.save(file)
    return file.getvalue()


@pytest.mark.parametrize("packed", [letter, document])
def test_words_beside_the_block_are_compared_wherever_they_stand(
    kit: Any, expected: Any, packed: Any
) -> None:
    """O31: behind the last answer, below the block, and in a Word document."""
    filled = payload(answers=GEORGIAN)
    words = mime_bundle(form_for(kit, "questions", "GE-2"), filled)["text/plain"]
    other = words.replace(QUESTIONS[1]["question"], "Who decides?")
    for text, changed in (
        (pasted(filled, words=words), False),
        (pasted(filled, words=f"{words}\nAnd when?"), True),
        (pasted(filled, words="Dear all") + other, True),
        (pasted(filled, words="Dear all") + words + "\nBest regards,\nAna\n", False),
        (pasted(filled, words=words) + "\nOn 27.11.2020 13:05, X wrote:\n" + quoted(other), False),
    ):
        part = only(read_bytes(packed(text), expected))
        assert part.reading.answers == GEORGIAN
        assert ("differs from its block" in part.remark) == changed, text


def test_no_form_of_the_sample_is_taken_for_changed(kit: Any) -> None:
    """O31: what a person copies is what the organisers' own form reads, in every form."""
    checked = 0
    for assignment in assignments(kit.seminar):
        if assignment.author.id not in ("GE-2", "GE-NEO"):
            continue
        form = kit.forms[assignment.task.form]
        answers = {
            field["name"]: "some words"
            for field in questions(form["fields"])
            if field["type"] == "text"
        }
        made = form_for(kit, assignment.task.form, assignment.author.id, assignment.subject)
        words = mime_bundle(made, bundle_payload(made, answers))["text/plain"]
        assert text_edit_warning(form, answers, words) == "", form["form"]
        assert not answers or text_edit_warning(
            form, answers, words.replace("some words", "others")
        )
        checked += bool(answers)
    assert checked > 8


def test_one_letter_lost_is_told(expected: Any) -> None:
    """C25: the receipt proves that nothing of the block is missing."""
    text = pasted(payload())
    at = text.index("Receipt") + 100
    part = only(read_bytes(letter(text[:at] + text[at + 1 :]), expected))
    assert "they do not match their receipt GE-" in part.problem
    assert "Ask for the file that 'Save my file' makes" in part.problem


def test_a_mail_of_blocks_without_end_is_told(expected: Any) -> None:
    part = only(read_bytes(letter("BEGIN SEMINAR ANSWERS\n" * 5_000), expected))
    assert "more than 20 blocks" in part.problem


def test_what_stands_in_the_block_is_judged_like_any_payload(expected: Any) -> None:
    part = only(read_bytes(letter(pasted(payload(seminar="sphere-2019"))), expected))
    assert "belongs to another seminar" in part.problem
