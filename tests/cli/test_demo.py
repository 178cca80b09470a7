"""Does the whole run, from the sample's inbox to published pages, as an organiser would do it?"""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

from seminarkit.core.forms.shapes import questions
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import JOINT
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.intake.expected import expected_of
from seminarkit.topics.intake.verify import verify
from seminarkit.topics.progress.status_board import board


def test_the_demo_ends_by_saying_where_to_look(demo: SeminarFolder) -> None:
    """K01 K06 O16"""
    told = (demo.root.parent / "done.txt").read_text("cp1251")
    assert "Look at:" in told
    assert "78 reports run, 0 unchanged, 0 failed" in told
    assert "0 leaks" in told
    assert "all is as it was" in told
    for site in ("core", "public"):
        assert (demo.site(site) / "index.html").is_file()


def test_every_state_shows_in_the_sample(demo: SeminarFolder) -> None:
    """K01 O13 O32: complete, draft, missing, late, nobody nominated, two people of one country."""
    rows = {row.country: row for row in board(demo.seminar, submissions(demo.database))}
    words = {cell.words for row in rows.values() for cell in row.cells}
    assert {"complete", "complete, late", "missing", "3 of 3", "3 of 3, 1 late"} <= words
    assert any("draft" in each for each in words)
    assert rows["LY"].nominated == 0
    assert not rows["TM"].rule_met
    assert sum(e.state == "complete" for e in rows["GE"].cells[1].entries) == 2


def test_the_sample_says_that_it_is_a_sample(demo: SeminarFolder) -> None:
    """K01: on its face, in every report; its people are named by role."""
    for submission in submissions(demo.database):
        if submission.form == "country_report":
            assert "[sample]" in json.dumps(submission.answers, ensure_ascii=False)
    for people in demo.seminar.delegations.values():
        assert all(p.name.startswith(("NEO representative", "Core participant")) for p in people)


def test_the_sample_speaks_many_scripts(demo: SeminarFolder) -> None:
    """C22: letter by letter on the pages of core participants."""
    scripts = {"GE": "ა", "AM": "ա", "UA": "и", "EG": "ا", "IL": "א", "KZ": "қ"}
    for code, letter in scripts.items():
        page = (demo.site("core") / "countries" / f"{code}.html").read_text("utf-8")
        answers = [s.answers for s in submissions(demo.database) if s.country == code]
        assert letter in page
        assert letter in json.dumps(answers, ensure_ascii=False)


def test_the_stray_files_are_set_aside_with_their_reasons(demo: SeminarFolder) -> None:
    told = (demo.root.parent / "done.txt").read_text("cp1251")
    for words in ("cut off in the middle", "The form is empty", "outputs were cleared", "a PDF"):
        assert words in told


def test_the_demo_leaves_a_store_that_verifies(demo: SeminarFolder) -> None:
    """O38"""
    result = verify(demo)
    assert (result.damage, result.stale) == ((), ())
    assert result.outputs == 85 + 555


def test_making_the_sample_again_gives_the_same_bytes(demo: SeminarFolder, tmp_path: Path) -> None:
    """K01: also the notes of groups, once the same groups are decided."""
    module = runpy.run_path(str(KIT / "scripts" / "make_sample.py"))
    (tmp_path / "seminar.yml").write_bytes((demo.root / "seminar.yml").read_bytes())
    again = SeminarFolder(tmp_path)
    module["make_sample"](again)
    first, second = (
        {p.relative_to(inbox): p.read_bytes() for p in inbox.rglob("*") if p.is_file()}
        for inbox in (demo.inbox, again.inbox)
    )
    notes = {path: data for path, data in first.items() if path.parts[0] == "notes"}
    assert first == {**second, **notes}
    assert len(notes) == 10
    made = {Path(name): data for name, data in module["_notes"](demo)}
    assert {path: made[path] for path in notes} == notes


def test_the_sample_never_mixes_with_real_files(demo: SeminarFolder, tmp_path: Path) -> None:
    module = runpy.run_path(str(KIT / "scripts" / "make_sample.py"))
    (tmp_path / "seminar.yml").write_bytes((demo.root / "seminar.yml").read_bytes())
    other = SeminarFolder(tmp_path)
    other.inbox.mkdir()
    (other.inbox / "real.ipynb").write_text("{}")
    with pytest.raises(Exception, match=r"'real\.ipynb'"):
        module["make_sample"](other)


def test_the_store_expects_everybody_who_fills_in_forms(demo: SeminarFolder) -> None:
    """Core participants, a NEO a country but Syria, where it closed, and all of the programme, who may sign notes."""
    programme = set(demo.seminar.people)
    people = set(expected_of(demo).people)
    assert programme < people and len(people - programme) == (22 * 3 + 2 + 2) + 25


def test_everything_that_is_asked_for_has_come_from_somebody(demo: SeminarFolder) -> None:
    """K01: each form of the seminar shows in the sample, those about a case or a strategy too."""
    come = submissions(demo.database)
    assert {s.form for s in come} == set(demo.forms)
    about = {s for task in demo.seminar.tasks for s in task.subjects}
    groups = {group.id for held in demo.seminar.seating.values() for group in held}
    assert {s.subject for s in come} | {"d1-groups-2-warsaw"} == about | groups | {"", JOINT}
    reviews = [s for s in come if s.form == "case_review"]
    assert len({s.country for s in reviews}) == 14
    assert len([s for s in reviews if not s.complete]) == 3
    told = (demo.root.parent / "done.txt").read_text("cp1251")
    assert "Case studies  2 accepted, 1 accepted as draft" in told


def test_every_answer_of_the_sample_belongs_to_a_question(kit: SeminarFolder) -> None:
    """K01: a comma in the wrong place of the YAML would make two answers of one."""
    module = runpy.run_path(str(KIT / "scripts" / "make_sample.py"))
    for form, filled in module["filled_forms"](kit):
        asked = {field["name"]: field for field in questions(form["fields"])}
        assert set(filled["answers"]) <= set(asked), form["file"]
        for name, value in filled["answers"].items():
            if asked[name]["type"] == "repeat":
                inner = {field["name"] for field in questions(asked[name]["fields"])}
                assert all(set(row) <= inner for row in value), (form["file"], name)
