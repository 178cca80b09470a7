"""Is a day that there is not told by its line, in seminar.yml and in forms, by every command?"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from in_process import printed

from seminarkit.core.errors import FileError
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.yaml.yaml_file import YamlFile

NONE = (
    "2027-04-31",
    "2027-02-29",
    "2027-13-01",
    "2027-03-01 24:00:00",
    "2027-03-01 13:75:00",
    "2027-03-01T10:00:00+99:00",
)


@pytest.mark.parametrize("day", NONE)
def test_a_day_that_is_none_is_told_by_its_line(day: str) -> None:
    """P15: YAML itself would end in a traceback."""
    with pytest.raises(FileError, match="line 3") as error:
        YamlFile(Path("seminar.yml"), f"title: x\nsessions:\n  - due: {day}\n")
    assert day in str(error.value)


def test_days_that_there_are_are_read() -> None:
    """P15: the look for those that are none finds no fault in these."""
    text = "a: 2028-02-29\nb: 2027-03-01T10:00:00+02:00\nc: '2027-02-31 is no day'\n"
    assert YamlFile(Path("x.yml"), text).data["c"] == "2027-02-31 is no day"


@pytest.mark.parametrize("command", ["check", "prepare", "next", "doctor"])
def test_no_command_ends_in_a_traceback(folder: SeminarFolder, command: str) -> None:
    """P15 F7"""
    path = folder.root / "seminar.yml"
    path.write_text(path.read_text("utf-8") + "\nextra: 2027-04-31\n", "utf-8")
    shown = printed(SeminarFolder(folder.root), command, code=1)
    assert "'2027-04-31' is not a valid date or time." in shown


def test_a_form_of_ones_own_leaves_all_others(folder: SeminarFolder) -> None:
    """K02: README: what the folder lacks comes from the kit, file by file."""
    own = folder.root / "templates" / "forms"
    own.mkdir(parents=True)
    shutil.copy(KIT / "templates" / "forms" / "nomination.yml", own)
    alone = SeminarFolder(folder.root)
    assert alone.forms == SeminarFolder(KIT).forms
    assert "is not in templates/forms/" not in printed(alone, "check")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("min_rows: 2", "min_rows: 9", "rows and at most"),
        ("choices: watched", "choices: none_of_these", "no choice list"),
        ("{name: parts,", "{name: whole,", "is written twice in"),
    ],
)
def test_a_form_that_nobody_can_complete_is_told(
    folder: SeminarFolder, old: str, new: str, words: str
) -> None:
    """P15: with its line."""
    own = folder.root / "templates" / "forms"
    own.mkdir(parents=True)
    for path in sorted((KIT / "templates" / "forms").glob("*.yml")):
        text = path.read_text("utf-8")
        if old in text:
            (own / path.name).write_text(text.replace(old, new, 1), "utf-8")
            break
    else:
        pytest.fail(f"no form of the kit has {old}")
    shown = printed(SeminarFolder(folder.root), "check", code=1)
    assert words in shown and f"{path.name} line" in shown


def test_a_notebook_that_is_not_python_is_told(folder: SeminarFolder) -> None:
    """P15: before a report of each country fails."""
    own = folder.root / "notebooks" / "report"
    own.mkdir(parents=True)
    text = (KIT / "notebooks" / "report" / "country_profile.ipynb").read_text("utf-8")
    book = json.loads(text)
    cell = {
        "cell_type": "code",
        "id": "own",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }
    for source, words in (
        ("%time 1", ""),
        ("print(undefined_name", "is not valid Python (line 1)"),
    ):
        book["cells"][-1:] = [{**cell, "source": source}]
        (own / "country_profile.ipynb").write_text(json.dumps(book), "utf-8")
        shown = printed(SeminarFolder(folder.root), "check", code=1 if words else 0)
        assert words in shown
