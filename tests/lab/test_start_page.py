"""Does the list of tasks say what is asked, by when, and how far it is?"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from seminarkit.core.errors import SeminarError
from seminarkit.core.forms.answer_versions import receipt
from seminarkit.core.forms.bundle import ANSWERS_MIME
from seminarkit.core.forms.notebook_forms import newest_answers
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.lab.start_page import start_notebook, write_start
from seminarkit.lab.task_list import entries_in
from seminarkit.topics.packs.form_notebook import form_cells
from seminarkit.topics.packs.write_packs import prepare

Book = dict[str, Any]


@pytest.fixture
def place(folder: SeminarFolder) -> Path:
    return prepare(folder, ["GE"])[0].folder / "GE-2"


def fill(place: Path, form: str, answers: Book, rev: int = 3) -> Book:
    """Write answers into a notebook of the pack as Lab would, and return the payload."""
    path = place / f"GE-2-{form}.ipynb"
    book = json.loads(path.read_text("utf-8"))
    (cell,) = form_cells(book)
    filled: Book = cell["outputs"][0]["data"][ANSWERS_MIME]
    filled |= {"answers": answers, "rev": rev}
    path.write_text(json.dumps(book), encoding="utf-8")
    return filled


def text_of(place: Path) -> str:
    """Return the list as a person reads it, with the addresses of links in brackets."""
    cells = json.loads(write_start(place).read_text("utf-8"))["cells"]
    text = "\n".join(cell["source"] for cell in cells)
    text = re.sub(r'<a href="(.*?)">(.*?)</a>', r"\2 [\1]", text)
    return re.sub(r"&#(\d+);", lambda c: chr(int(c[1])), re.sub(r"</?\w+>", "", text))


def test_it_lists_every_form_with_deadline_and_minutes(place: Path) -> None:
    """C01 C02: what is owed first, by deadline, in both clocks; no code, and nothing to run."""
    told = text_of(place)
    files = [path.name for path in place.glob("*.ipynb") if path.name != "start.ipynb"]
    for name in files:
        assert told.count(f"[{name}]") == 1
        assert f"[{Path(name).stem}.html]" in told
    for words in (
        "Core participant 2, Georgia",
        "Pre-survey [GE-2-pre_survey.ipynb] – not begun",
        "By Friday 20 November 2020, 23:59 in Brussels (Saturday 21 November 2020, 02:59 in Tbilisi)",
        "About 55 minutes.",
        "Any 2 of these, about 40 minutes each, 15 of them for the recording.",
        "Ghent University [GE-2-case_review-ghent.ipynb]",
    ):
        assert words in told
    order = ["Pre-survey [", "Country report [", "If you like", "When a form is done"]
    assert [told.index(words) for words in order] == sorted(told.index(words) for words in order)
    book = json.loads((place / "start.ipynb").read_text("utf-8"))
    nbformat.validate(nbformat.from_dict(book))
    assert {cell["cell_type"] for cell in book["cells"]} == {"markdown"}


def test_the_state_is_read_from_the_notebooks(place: Path, answers: Book) -> None:
    """C03 C26: the same count and receipt as in the form."""
    fill(place, "country_report", {"institutions": "Two."})
    assert "Country report [GE-2-country_report.ipynb] – 1 of 15 answered" in text_of(place)
    filled = fill(place, "country_report", answers, rev=4)
    code = receipt(filled)
    told = text_of(place)
    assert f"Country report [GE-2-country_report.ipynb] – complete, receipt {code}" in told
    assert "1 of 9 forms that you are asked for are complete." in told


def test_names_in_any_script_and_hostile_ones_stay_text(place: Path, filled: Any) -> None:
    """C21: Arabic is marked off with bdi; markup in a received notebook is text."""
    path = place / "GE-2-country_report.ipynb"
    book = json.loads(path.read_text("utf-8"))
    evil = "[x](javascript:a) <img src=x onerror=a> </li>\n\n# `b` *c* $d$"
    (cell,) = form_cells(book)
    cell["metadata"]["seminarkit"]["form"]["author"]["name"] = "ليلى حداد، فلسطين"
    book["metadata"]["seminarkit"]["task"]["title"] = evil
    for header in cell["metadata"]["seminarkit"]["form"]["header"]:
        header[1] = evil
    path.write_text(json.dumps(book), encoding="utf-8")
    source = "\n".join(cell["source"] for cell in start_notebook(entries_in(place))["cells"])
    assert "<bdi>ليلى حداد، فلسطين</bdi>" in source
    for mark in ("<img", "javascript:a)", "](", "`b`", "*c*", "\n# &"):
        assert mark not in source
    assert set(re.findall(r"</?(\w+)", source)) == {
        "h2",
        "ul",
        "li",
        "p",
        "br",
        "strong",
        "a",
        "bdi",
    }


def test_broken_notebooks_are_passed_over(place: Path) -> None:
    """C05: renamed, copied, cut off, strange."""
    (place / "GE-2-questions.ipynb").rename(place / "renamed (1).ipynb")
    whole = (place / "renamed (1).ipynb").read_text("utf-8")
    (place / "cut.ipynb").write_text(whole[:500], encoding="utf-8")
    strange = whole.replace('"header"', '"heading"').replace('"author"', '"autor"')
    (place / "strange.ipynb").write_text(strange, encoding="utf-8")
    (place / ".~GE-2-pre_survey.ipynb").write_text(whole, encoding="utf-8")
    (place / "mine.ipynb").write_text('{"cells": []}', encoding="utf-8")
    told = text_of(place)
    assert "[renamed%20%281%29.ipynb]" in told
    assert "cut.ipynb" not in told
    assert "mine.ipynb" not in told
    assert ".~" not in told


def test_a_pack_made_before_is_listed_without_its_facts(
    tmp_path: Path, filled: Callable[..., Book]
) -> None:
    for form in ("questions", "country_report"):
        book = filled(form, "GE-2", {})
        (tmp_path / f"{form}.ipynb").write_text(json.dumps(book), encoding="utf-8")
    assert "not begun" in text_of(tmp_path)


def test_the_same_notebooks_give_the_same_list(place: Path) -> None:
    first = write_start(place).read_bytes()
    assert write_start(place).read_bytes() == first


def test_another_notebook_in_its_place_is_left(place: Path) -> None:
    (place / "start.ipynb").write_text('{"cells": [], "metadata": {}}', encoding="utf-8")
    with pytest.raises(SeminarError, match="Rename it"):
        write_start(place)


def test_preparing_again_keeps_what_was_written_in_the_pack(
    folder: SeminarFolder, place: Path
) -> None:
    """C03: the list and the earlier versions are no strangers in a pack either."""
    fill(place, "country_report", {"institutions": "written here"})
    write_start(place)
    (place / ".earlier").mkdir()
    (place / ".earlier" / "GE-2-country_report-2.ipynb").write_text("{}")
    (pack,) = prepare(SeminarFolder(folder.root), ["GE"])
    path = place / "GE-2-country_report.ipynb"
    assert pack.kept == (path,)
    assert pack.left_over == ()
    (held,) = newest_answers(json.loads(path.read_text("utf-8"))).values()
    assert (held["rev"], held["answers"]) == (3, {"institutions": "written here"})
    (again,) = prepare(SeminarFolder(folder.root), ["GE"])
    assert again.changed == 0
