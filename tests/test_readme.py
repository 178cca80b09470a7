"""Does the README tell the truth: its session, its paths, its commands?"""

from __future__ import annotations

import re
import sys

from shared import ROOT

from seminarkit.cli.main import COMMANDS
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.survey.disclosure.counts import LEAST_GROUP, SMALL

sys.path.insert(0, str(ROOT / "scripts"))

import make_structure

README = (ROOT / "README.md").read_text("utf-8")


def test_the_session_is_what_the_commands_print(demo: SeminarFolder) -> None:
    """Each line of the session stands behind its command in the output of the demo."""
    session = README.split("## A session")[1].split("```")[1]
    told = (demo.root.parent / "done.txt").read_text("cp1251")
    told = told.replace("seminar-demo/", "")
    place = 0
    for line in session.strip().splitlines():
        if line.startswith("$ seminar "):
            stage = f"(seminar {line.removeprefix('$ seminar ')})"
            assert stage in told, line  # the demo prepares once, when the groups are known
            place = told.index(stage)
        else:
            assert line in told[place:], line
            place = told.index(line, place)


def test_it_is_short_and_says_what_the_kit_is_for_first() -> None:
    first, analysts = README.split("## With Jupyter and pandas")
    assert len(first.splitlines()) < 120 and len(analysts.splitlines()) < 80
    assert README.splitlines()[2] == (
        "Prepare, hold and conclude a seminar of nominated country delegations, with notebooks."
    )


def test_every_path_and_command_named_exists() -> None:
    for text in (README, (ROOT / "CONTRIBUTING.md").read_text("utf-8")):
        for path in re.findall(r"`((?:templates|notebooks|readings|case_studies|scripts|tests|seminarkit)/[\w./-]*)`", text):  # fmt: skip
            assert (ROOT / path).exists(), path
        for command in re.findall(r"`seminar (\w+)", text):
            assert command in COMMANDS, command
    assert (ROOT / re.findall(r"\]\((scripts/.*?)\)", README)[0]).is_file()


def test_the_map_of_the_package_is_made_of_the_package() -> None:
    """K02: its picture, its folders and its topics; every file that it sends a reader to exists."""
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert make_structure.filled(page) == page, "python scripts/make_structure.py"
    rows = [line for line in page.splitlines() if line.startswith("|") and ".py`" in line]
    assert len(rows) > 50
    for row in rows:
        paths = re.findall(r"`([\w./*-]+\.(?:py|js|json|css|yml|md|j2|typ))`", row)
        homes = [ROOT, ROOT / "seminarkit"]
        for path in paths:
            homes.append((ROOT / "seminarkit" / path).parent)  # where the next of the row may be
            assert any([*home.glob(path)] for home in homes), (row, path)


def test_each_word_of_the_glossary_is_used_in_the_package() -> None:
    """K02: a word that the code no longer uses must leave the table."""
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    rows = re.findall(r"^\| ([a-z][\w ,-]+) \| ", page.split("## Words")[1].split("## ")[0], re.M)
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "seminarkit").rglob("*.py"))
    words = [word for row in rows if row != "word" for word in row.split(", ")]
    assert len(words) > 25
    assert [word for word in words if not re.search(rf"\b{word}", code, re.I)] == []


def test_the_numbers_of_disclosure_control_are_those_of_the_rule() -> None:
    """V02"""
    page = " ".join((ROOT / "CONTRIBUTING.md").read_text("utf-8").split())
    assert f'A count below {SMALL}, including 0, is shown as "fewer than {SMALL}"' in page
    assert f"Numbers appear from {LEAST_GROUP} answers on" in page


def test_the_words_of_the_trade_come_late() -> None:
    """Who takes part reads no word of Jupyter, papermill or MIME."""
    door = README.split("- **I chair")[0]
    for word in ("Jupyter", "papermill", "MIME", "kernel"):
        assert word not in door


def test_the_commands_of_the_makefile_are_those_of_the_readme() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"^make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")
