"""What does each received file end as, and is the sentence one that helps?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from shared import only

from seminarkit.core.clean_text import clean_text
from seminarkit.topics.intake.reader import read_bytes

sys.path.insert(0, str(Path(__file__).parents[2]))
from make_inbox import INBOX, NASTY, QUESTIONS, files

SAMPLES = dict(files())

# name -> words of the sentence; None for a file that is taken
TAKEN = {
    "good.ipynb",
    "good, renamed.txt",
    "utf-16.ipynb",
    "latin-1.ipynb",
    "half done.ipynb",
    "older version of the form.ipynb",
    "cell copied.ipynb",
    "older copy of the cell.ipynb",
    "two versions, one number.ipynb",
    "by hand, json.ipynb",
    "by hand, lines.ipynb",
    "answers.zip",
    "zip in zip.zip",
    "zip of a mail.zip",
    "zip with path.zip",
    "mail.eml",
    "pasted into a mail.eml",
    "pasted, as text.txt",
    "mail with a zip.eml",
    *(f"{name} in an answer.ipynb" for name in NASTY),
}
SENTENCES = {
    "truncated.ipynb": "cut off in the middle",
    "empty.ipynb": "It is empty",
    "not json.ipynb": "It is not a notebook: it cannot be read from line 1 on",
    "a list.ipynb": "It is not a notebook, mail or zip archive",
    "no cells.ipynb": "it has no cells",
    "nbformat 3.ipynb": "old format 3. Open it in JupyterLab, save it and send it again",
    "nested 100,000 deep.ipynb": "nested too deeply",
    "doubled key.ipynb": "contains the entry 'rev' twice",
    "nan.ipynb": "contains NaN",
    "infinite number.ipynb": "too large",
    "endless digits.ipynb": "contains a number that cannot be read",
    "nul.ipynb": "an invalid character",
    "half a letter.ipynb": "an invalid character",
    "unknown form.ipynb": "no form 'question'. Did you mean 'questions'?",
    "unknown country.ipynb": "says it is from 'ZZ', but GE-2 belongs to GE",
    "unknown person.ipynb": "signed 'GE-9', who is not in this seminar",
    "no author.ipynb": "signed 'nothing'",
    "another seminar.ipynb": "belongs to another seminar ('sphere-2019')",
    "another's number.ipynb": "internal number is not the number of GE-2",
    "negative version.ipynb": "version number is '-1'",
    "version in words.ipynb": "version number is 'seven'",
    "date in words.ipynb": "saved at 'yesterday'",
    "answers of the wrong kind.ipynb": "'questions' is text, not a list of rows",
    "no such choice.ipynb": "'oxford' is not a choice",
    "answers nested deep.ipynb": "nested deeper than 20",
    "too many answers.ipynb": "201 answers; the limit is 200",
    "an answer too long.ipynb": "50,001 characters; 50,000 is the limit",
    "no answers.ipynb": "The form is empty",
    "blank answers.ipynb": "The form is empty",
    "payload is a text.ipynb": "not in the format that a form writes",
    "without a form.ipynb": "a notebook without a form of this seminar",
    "outputs cleared.ipynb": "its outputs were cleared",
    "by hand, no form.ipynb": "not the form they belong to",
    "by hand, cannot be read.ipynb": "cannot be read from line",
    "by hand, alias.ipynb": "begins with &, * or !",
    "by hand, tag.ipynb": "begins with &, * or !",
    "by hand, just words.ipynb": "not in lines of 'question: answer'",
    "zip, cut off.zip": "cut off or damaged",
    "zip, empty.zip": "The archive is empty",
    "zip, locked.zip": "locked with a password",
    "zip bomb.zip": "26 MB; the limit is 25 MB",
    "zip nested too deep.zip": "too many archives or mails inside each other",
    "mail without attachment.eml": "No form is attached to this mail",
    "letter.pdf": "It is a PDF",
    "letter.docx": "an Office file, but not a Word document",
    "pasted, cut off.eml": "pasted into it are incomplete",
    "pasted, one letter changed.eml": "were changed on the way",
    "the page itself.html": "press 'Save my file' and send the file",
    "words.txt": "not a notebook, mail or zip archive",
    "outlook.msg": "Save a mail as .eml",
}


def test_the_samples_in_the_repository_are_those_the_script_makes() -> None:
    assert {path.name: path.read_bytes() for path in INBOX.iterdir()} == SAMPLES


def test_every_sample_has_its_place_in_a_table() -> None:
    several = {"mailbox.mbox", "zip of bad and good.zip"}
    assert set(SAMPLES) == TAKEN | set(SENTENCES) | several
    assert not TAKEN & set(SENTENCES)


@pytest.mark.parametrize("name", sorted(TAKEN))
def test_a_file_with_answers_is_taken_whatever_its_wrapping(name: str, expected: Any) -> None:
    """C05 O29: identity comes from the payload, never from a name."""
    part = only(read_bytes(SAMPLES[name], expected))
    assert part.reading, part.problem
    assert (part.reading.form, part.reading.person, part.reading.country) == (
        "questions",
        "GE-2",
        "GE",
    )


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_a_file_without_is_set_aside_with_a_sentence(name: str, expected: Any) -> None:
    """C05 O29"""
    part = only(read_bytes(SAMPLES[name], expected))
    assert part.reading is None
    assert SENTENCES[name] in part.problem
    assert not part.problem[0].islower()
    assert part.problem[-1] in ".?"


def test_one_bad_file_in_an_archive_stops_no_other(expected: Any) -> None:
    parts = read_bytes(SAMPLES["zip of bad and good.zip"], expected)
    assert [(p.part, bool(p.reading)) for p in parts] == [("bad.ipynb", False), ("q.ipynb", True)]


def test_every_mail_of_a_mailbox_is_read(expected: Any) -> None:
    """O29"""
    parts = read_bytes(SAMPLES["mailbox.mbox"], expected)
    assert [p.reading.rev for p in parts if p.reading] == [7, 9]


@pytest.mark.parametrize("name", sorted(NASTY))
def test_words_come_out_letter_by_letter(name: str, expected: Any) -> None:
    """C22: nothing is executed, changed or lost."""
    reading = only(read_bytes(SAMPLES[f"{name} in an answer.ipynb"], expected)).reading
    assert reading
    assert reading.answers["questions"][0]["question"] == clean_text(NASTY[name])


def test_a_draft_is_a_draft(expected: Any) -> None:
    """O32"""
    reading = only(read_bytes(SAMPLES["half done.ipynb"], expected)).reading
    assert reading
    assert (reading.answered, reading.total, reading.complete) == (1, 2, False)


def test_the_higher_version_of_a_copied_cell_counts(expected: Any) -> None:
    """C05: deleted or copied cells."""
    reading = only(read_bytes(SAMPLES["older copy of the cell.ipynb"], expected)).reading
    assert reading
    assert reading.rev == 7


def test_two_versions_with_one_number_are_told(expected: Any) -> None:
    part = only(read_bytes(SAMPLES["two versions, one number.ipynb"], expected))
    assert part.reading
    assert part.reading.answers["questions"] == QUESTIONS
    assert (
        "two versions with the same number, saved at the same time, but different answers"
        in part.remark
    )


def test_answers_by_hand_are_the_texts_they_are(expected: Any) -> None:
    reading = only(read_bytes(SAMPLES["by hand, lines.ipynb"], expected)).reading
    assert reading
    assert reading.answers["questions"][1] == {"about": "dcu", "question": "No: why?"}


def test_a_path_in_an_archive_is_only_a_name(expected: Any, tmp_path: Path) -> None:
    part = only(read_bytes(SAMPLES["zip with path.zip"], expected))
    assert part.part == "../../../etc/q.ipynb"
    assert not list(tmp_path.iterdir())
