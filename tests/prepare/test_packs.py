"""Is a pack whole, made out to its people, and the same for the same input?"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from seminarkit.errors import UsageError
from seminarkit.forms.bundle import ANSWERS_MIME, FORM_MIME, instance_id
from seminarkit.prepare.cell import form
from seminarkit.prepare.notebook import form_cells
from seminarkit.prepare.packs import prepare
from seminarkit.prepare.personal import form_for
from seminarkit.seminar.folder import SeminarFolder


def tree(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file()
    }


def test_each_person_has_notebook_and_page_of_each_form(folder: SeminarFolder) -> None:
    """C01 C21 C24"""
    (pack,) = prepare(folder, ["GE"])
    names = set(tree(pack.folder))
    expected = {
        f"GE-{n}/GE-{n}-{name}.{kind}"
        for n in (1, 2, 3)
        for name in folder.forms
        for kind in ("ipynb", "html")
    }
    assert names == {*expected, "README.txt"}


def test_the_same_input_gives_the_same_bytes(folder: SeminarFolder, tmp_path: Path) -> None:
    prepare(folder, ["GE", "XK"])
    first = tree(folder.packs)
    again = prepare(SeminarFolder(folder.root), ["GE", "XK"])
    assert [pack.changed for pack in again] == [0, 0]
    for path in folder.packs.rglob("*"):
        if path.is_file():
            path.unlink()
    prepare(SeminarFolder(folder.root), ["XK", "GE"])
    assert tree(folder.packs) == first


def test_a_notebook_shows_its_form_before_anything_is_run(folder: SeminarFolder) -> None:
    """C01 C02 C12: valid, no code to read, name, country and deadline already there."""
    prepare(folder, ["PS"])
    for path in (folder.packs / "PS").rglob("*.ipynb"):
        book = json.loads(path.read_text("utf-8"))
        nbformat.validate(nbformat.from_dict(book))
        (cell,) = form_cells(book)
        assert cell["metadata"]["jupyter"]["source_hidden"] is True
        assert "\n" not in cell["source"]
        (out,) = cell["outputs"]
        shown = out["data"][FORM_MIME]
        person = path.parent.name
        assert shown["author"]["id"] == person
        assert shown["instance"] == instance_id("sphere-2020", shown["form"], person)
        header = dict(shown["header"])
        assert header["Country"] == "Palestine*"
        assert "November 2020, 23:59 in Brussels" in header["Please send by"]
        assert out["data"][ANSWERS_MIME]["answers"] == {}
        assert not any("parameters" in c["metadata"].get("tags", []) for c in book["cells"])


def test_a_page_asks_nothing_from_outside_and_is_small(folder: SeminarFolder) -> None:
    """C23 C24 K08"""
    prepare(folder, ["GE"])
    for path in (folder.packs / "GE").rglob("*.html"):
        page = path.read_text("utf-8")
        assert len(page.encode()) <= 80_000
        assert not re.findall(r"(?:src|href)=[\"'](?!data:)[^\"']+", page)
        assert "default-src 'none'" in page


def test_form_js_and_css_stay_small() -> None:
    from seminarkit.prepare.page import _FORMS

    sizes = [len((_FORMS / name).read_bytes()) for name in ("form.js", "form.css")]
    assert sum(sizes) <= 25_000


def test_a_file_of_somebody_who_left_is_named_and_kept(folder: SeminarFolder) -> None:
    prepare(folder, ["GE"])
    stray = folder.packs / "GE" / "GE-9" / "GE-9-questions.html"
    stray.parent.mkdir()
    stray.write_text("old")
    (pack,) = prepare(folder, ["GE"])
    assert pack.left_over == (stray,)
    assert stray.exists()


def test_the_readme_says_it_in_plain_words(folder: SeminarFolder) -> None:
    prepare(folder, ["XK"])
    words = (folder.packs / "XK" / "README.txt").read_text("utf-8")
    assert "Pack for the delegation of Kosovo*" in words
    assert "without prejudice to positions on status" in words
    for word in ("kernel", "Run all", "metadata", "JSON"):
        assert word not in words


@pytest.mark.parametrize(
    ("name", "person", "words"),
    [("question", "GE-1", "Did you mean 'questions'"), ("questions", "GE-8", "Did you mean 'GE-")],
)
def test_an_unknown_form_or_person_gets_a_near_match(
    kit: SeminarFolder, name: str, person: str, words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        form_for(kit, name, person)


@pytest.fixture
def displayed(monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    shown: list[dict] = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: shown.append(bundle))
    return shown


def test_the_cell_shows_the_answers_of_its_own_notebook(
    displayed: list[dict], tmp_path: Path, filled: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C03: on any computer, with no seminar folder near."""
    book = filled("questions", "GE-2", {"questions": [{"about": "ghent", "question": "?"}]}, 9)
    path = tmp_path / "any name.ipynb"
    path.write_text(json.dumps(book), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    form("questions", for_person="GE-2")
    assert displayed[0][ANSWERS_MIME]["rev"] == 9
    assert displayed[0][FORM_MIME]["author"]["id"] == "GE-2"


def test_the_cell_brings_the_form_back_after_its_output_was_cleared(
    displayed: list[dict], tmp_path: Path, filled: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C03: form and owner stand in the cell's metadata too."""
    book = filled("questions", "GE-2")
    for cell in form_cells(book):
        cell["outputs"] = []
    (tmp_path / "x.ipynb").write_text(json.dumps(book), encoding="utf-8")
    (tmp_path / "broken.ipynb").write_text("{")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    form("questions", for_person="GE-2")
    assert displayed[0][FORM_MIME]["form"] == "questions"
    assert displayed[0][ANSWERS_MIME]["rev"] == 0


def test_the_cell_never_shows_another_persons_answers(
    displayed: list[dict], tmp_path: Path, filled: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C28: drafts never mix."""
    other = filled("questions", "GE-3", {"questions": [{"about": "ghent", "question": "theirs"}]})
    (tmp_path / "theirs.ipynb").write_text(json.dumps(other), encoding="utf-8")
    mine = filled("questions", "GE-2", None, 0)
    (tmp_path / "mine.ipynb").write_text(json.dumps(mine), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    form("questions", for_person="GE-2")
    assert displayed[0][ANSWERS_MIME]["answers"] == {}
