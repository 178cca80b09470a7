"""Files with the traits of public bug reports: all are read, or named with what to do (P09).

The log with the sources is tests/cases/reported/README.md; a test holds it equal to these tables.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from notes_tools import ANSWERS as NOTED
from shared import ROOT

sys.path.insert(0, str(ROOT / "tests"))
from make_reported_files import received, seminars
from reported_forms import ANSWERS

from seminarkit.core.errors import SeminarError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.intake.file_types import NO_FORM
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.reader import read_bytes

FILES = received()
SEMINARS = dict(seminars())
LOG = (ROOT / "tests" / "cases" / "reported" / "README.md").read_text("utf-8")

# number -> words that the sentence has, each in small letters: what it is, and what to do
NAMED = {
    18: ("mailing list", "attached", "directly"),
    19: ("removed the attachment", "zip archive", "copy my answers"),
    20: ("encrypted", "open the mail in your mail program"),
    21: ("link to sharepoint", "download the file"),
    22: ("removed from the mail", "save the mail again"),
    29: ("a link", "the file itself"),
    34: ("points to a file", "download it"),
    35: ("points to a file", "download it"),
    36: ("points to a file", "download it"),
    37: ("picture", "form's own file"),
    38: ("web page", "where it was filled in"),
    40: ("cannot be read from line",),
    41: ("cleared", "save my file"),
    44: ("script", ".ipynb"),
    45: ("script", ".ipynb"),
    56: ("opened", "saved again"),
    57: ("word", "xml", ".docx"),
    58: ("web page", "where it was filled in"),
    61: ("rtf", ".docx"),
}
# what sends people the wrong way: the same would come again, or it says what is not so
WRONG_WAY = {
    18: ("no form is attached",),
    19: ("it is not a notebook",),
    20: ("it is not a notebook",),
    22: ("it is empty",),
    29: ("damaged", "cut off"),
    34: ("is not written in utf-8",),
    35: ("has no cells",),
    38: ("the page itself",),
    56: ("it is another document",),
    58: ("the page itself",),
}
# number -> a line of seminar.yml, and words of what is said of it
MISTAKES = {
    62: ("title: ", ("no-break space",)),
    63: ("due: “", ("quotation mark",)),
    66: ("", ("utf-8", "save it again")),
}


def number(name: str) -> int:
    return int(name[:2])


READ = [name for name in FILES if number(name) not in NAMED]


@pytest.mark.parametrize("name", READ)
def test_what_can_be_read_is_read_letter_by_letter(name: str, asked: Expected) -> None:
    """P09 C22: the form in it, and nothing beside it that somebody would have to ask about."""
    parts = read_bytes(FILES[name], asked)
    readings = [part.reading for part in parts if part.reading]
    assert len(readings) == 1, [part.problem for part in parts]
    (reading,) = readings
    notes = reading.form == "group_notes"
    assert (reading.person, reading.answers) == (
        ("UA-2", NOTED) if notes else ("GE-2", _lines(ANSWERS))
    )
    assert [part.problem for part in parts if part.kind == "aside" and not part.reading] == []
    usual = "It was read by its headings." if notes else ""
    assert {part.remark for part in parts if part.reading} == {usual}


@pytest.mark.parametrize("name", [name for name in FILES if number(name) in NAMED])
def test_what_cannot_be_read_is_named_with_what_to_do(name: str, asked: Expected) -> None:
    """P09: what it is, and a way on that leads somewhere; never one that brings the same again."""
    parts = read_bytes(FILES[name], asked)
    assert [part.reading for part in parts] == [None]
    (told,) = [part.problem for part in parts]
    small = told.lower()
    for word in NAMED[number(name)]:
        assert word in small, told
    assert not [word for word in WRONG_WAY.get(number(name), ()) if word in small], told
    assert told != NO_FORM
    assert told[0].isupper() and told[-1] in ".?"


@pytest.mark.parametrize("name", SEMINARS)
def test_seminar_yml_of_any_editor_is_read_or_its_line_is_named(name: str, tmp_path: Path) -> None:
    """P09 K02"""
    (tmp_path / "seminar.yml").write_bytes(SEMINARS[name])
    folder, usual = SeminarFolder(tmp_path), SeminarFolder(ROOT)
    if number(name) not in MISTAKES:
        assert folder.seminar == usual.seminar
        return
    begin, wanted = MISTAKES[number(name)]
    with pytest.raises(SeminarError) as raised:
        _ = folder.seminar
    told = str(raised.value)
    for word in wanted:
        assert word in told.lower(), told
    said = re.match(r"seminar\.yml line (\d+): ", told)
    assert said, told
    if begin:
        text = SEMINARS[name].decode("utf-8").splitlines()[int(said[1]) - 1]
        assert begin in text, told


def test_the_log_has_a_source_for_each_and_says_what_is_expected() -> None:
    rows = [line.split(" | ") for line in LOG.splitlines() if re.match(r"\| \d\d ", line)]
    told = {row[0].removeprefix("| "): row for row in rows}
    names = [*FILES, *SEMINARS]
    assert list(told) == [f"{number(name):02d}" for name in names]
    assert len(names) == len({number(name) for name in names}) >= 40
    for name in names:
        _, program, trait, source, expected = told[f"{number(name):02d}"]
        named = number(name) in NAMED or number(name) in MISTAKES
        assert expected.removesuffix(" |") == ("named" if named else "read"), name
        assert re.search(r"[\w.-]+/[\w.-]+#\d+", source), name
        assert program and trait


def _lines(answers: dict[str, Any]) -> dict[str, Any]:
    """Return answers as they are kept: letters composed."""
    return {
        "questions": [
            {key: unicodedata.normalize("NFC", words) for key, words in row.items()}
            for row in answers["questions"]
        ]
    }
