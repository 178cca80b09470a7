"""Is a pack whole, made out to its people, and the same for the same input?"""

from __future__ import annotations

import ast
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from seminarkit.core.errors import UsageError
from seminarkit.core.forms.bundle import ANSWERS_MIME, FORM_MIME, instance_id
from seminarkit.core.forms.shapes import questions
from seminarkit.core.seminar.assignments import assignments
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import JOINT
from seminarkit.topics.packs.form_cell import form
from seminarkit.topics.packs.form_notebook import form_cells
from seminarkit.topics.packs.form_page import form_asset
from seminarkit.topics.packs.personal_form import form_for
from seminarkit.topics.packs.write_packs import pack_names, prepare

SHELF = ("readings.html", "terms.html")  # what all people of a pack share


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
    handed = [each for each in assignments(folder.seminar) if each.author.country == "GE"]
    people = {each.author.id for each in handed}
    assert people == {"GE-NEO", "GE-1", "GE-2", "GE-3"}
    # there is nothing to join or to sign yet
    handed = [a for a in handed if a.subject != JOINT and a.task.form != "sign_off"]
    expected = {
        f"{a.author.id}/{'-'.join(filter(None, (a.author.id, a.task.form, a.subject)))}.{kind}"
        for a in handed
        for kind in ("ipynb", "html")
    }
    assert "GE-2/GE-2-case_review-ghent.html" in expected
    lists = {f"{person}/index.html" for person in people}
    guides = {"guide-neo.html", "guide-participant.html"}
    assert names == {*expected, *lists, *guides, *SHELF, "README.txt"}


def test_who_presents_a_case_study_gets_the_sheet_of_that_one(folder: SeminarFolder) -> None:
    """S01: Warsaw's presenter is not named yet, and no sheet is made out to nobody."""
    (pack,) = prepare(folder, ["programme"])
    sheets = {path.stem for path in pack.files if path.suffix == ".ipynb"}
    assert sheets == {
        "brown-case_study_submission-dcu",
        "decker-case_study_submission-ghent",
        "marusic-case_study_submission-zadar",
        "rosqvist-case_study_submission-malardalen",
    }
    shown = form_for(folder, "case_study_submission", "decker", "ghent")
    assert [term for term, _ in shown["header"]][:2] == ["For", "About"]


def test_a_country_without_a_delegation_gets_its_nomination(folder: SeminarFolder) -> None:
    """E01"""
    assert "LY" in pack_names(folder)
    (pack,) = prepare(folder, ["LY"])
    names = sorted(path.relative_to(pack.folder).as_posix() for path in pack.files)
    stem = "LY-NEO/LY-NEO-nomination"
    others = ["LY-NEO/index.html", "README.txt", "guide-neo.html", *SHELF]
    assert names == [f"{stem}.html", f"{stem}.ipynb", *others]


def test_the_report_shows_what_is_known_with_its_sources(kit: SeminarFolder) -> None:
    """C07: people correct instead of starting empty; every line has a link to where it was read."""
    known = form_for(kit, "country_report", "GE-2")["fields"][0]["fields"][0]
    assert known["type"] == "note"
    before = [fact for fact in kit.facts.countries["GE"] if (fact.year or 0) <= 2020]
    assert len(known["lines"]) == len(before) < len(kit.facts.countries["GE"])
    assert all(line["links"] for line in known["lines"])
    assert any("National Center for Educational Quality" in line["text"] for line in known["lines"])


def test_the_list_of_tasks_leads_to_each_form(folder: SeminarFolder) -> None:
    """C01 O15 K08: owed ones first, by deadline; nothing from outside."""
    (pack,) = prepare(folder, ["GE"])
    page = (pack.folder / "GE-2" / "index.html").read_text("utf-8")
    links = [each for each in re.findall(r'href="([^"]+)"', page) if "://" not in each]
    files = {path.name for path in pack.files if path.parent.name == "GE-2"} - {"index.html"}
    assert set(links) - {"data:,"} == files | {f"../{name}" for name in SHELF}
    assert page.index("Pre-survey") < page.index("Questions") < page.index("If you like")
    assert "Any 2 of these (two is our choice;" in page
    assert "About 40 minutes each, 15 of them for the recording." in page
    assert "default-src 'none'" in page


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
        ast.parse(cell["source"])
        assert cell["source"].startswith("try:\n    from seminarkit import form\n")
        assert f"{path.stem}.html" in cell["source"], "it names the page beside it"
        assert f"{path.stem}.html" in "".join(book["cells"][0]["source"])
        assert path.with_suffix(".html").is_file()
        (out,) = cell["outputs"]
        shown = out["data"][FORM_MIME]
        person = path.parent.name
        assert shown["author"]["id"] == person
        about = shown.get("subject", "")
        assert shown["instance"] == instance_id("sphere-2020", shown["form"], person, about)
        header = dict(shown["header"])
        assert header["Country"] == "Palestine*"
        assert "2020, 23:59 in Brussels" in header["Please send by"]
        begun = out["data"][ANSWERS_MIME]["answers"]
        assert set(begun) == ({"nominees"} if shown["form"] == "nomination" else set())
        assert not any("parameters" in c["metadata"].get("tags", []) for c in book["cells"])


def test_a_page_asks_nothing_from_outside_and_is_small(folder: SeminarFolder) -> None:
    """C23 C24 K08"""
    prepare(folder, ["GE"])
    for path in (folder.packs / "GE").rglob("*.html"):
        page = path.read_text("utf-8")
        assert len(page.encode()) <= (130_000 if path.name in SHELF else 85_000)
        links = "" if path.name in (*SHELF, "index.html") else "|href"
        assert not re.findall(rf"(?:src{links})=[\"'](?!data:)[^\"']+", page)
        assert "default-src 'none'" in page


def test_form_js_and_css_stay_small() -> None:
    sizes = [len(form_asset(name).encode()) for name in ("form.js", "form.css")]
    assert sum(sizes) <= 36_000


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
    [
        ("question", "GE-1", "Did you mean 'questions'"),
        ("questions", "GE-8", "Did you mean 'GE-"),
        ("nomination", "GE-1", "'nomination' is not for GE-1"),
        (
            "case_review",
            "GE-1",
            "needs a subject: one of dcu, ghent, malardalen, warsaw, zadar, not ''",
        ),
    ],
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


def test_every_form_says_who_reads_it(folder: SeminarFolder) -> None:
    """C29: above its questions, in each form; what is published is said with it."""
    for name, asked_form in folder.forms.items():
        asked = [a for a in assignments(folder.seminar) if a.task.form == name]
        for each in asked[:1]:  # note sheets are asked for once the groups are decided
            made = form_for(folder, name, each.author.id, each.subject)
            assert dict(made["header"])["Read by"] == asked_form["read_by"]
        assert re.search("[Pp]ubli|[Tt]otals|shown", asked_form["read_by"]), name


def test_a_presenter_decides_what_is_recorded_and_published(kit: SeminarFolder) -> None:
    """S04: two questions that must be answered, apart from each other."""
    fields = {f["name"]: f for f in questions(kit.forms["case_study_submission"]["fields"])}
    for name in ("consent_recording", "consent_publishing"):
        assert fields[name]["required"]
        assert [choice[0] for choice in fields[name]["choices"]] == ["yes", "no"]


def test_the_pre_survey_comes_before_all_else_of_a_participant(folder: SeminarFolder) -> None:
    """C06: it is due first, and stands first in the list."""
    (pack,) = prepare(folder, ["GE"])
    page = (pack.folder / "GE-2" / "index.html").read_text("utf-8")
    links = re.findall(r'href="(GE-2-[^"]+)\.html"', page)
    assert links[0] == "GE-2-pre_survey"
