"""Are people told how long it takes, and is it what it takes?"""

from __future__ import annotations

import re
import shutil
from html import unescape

import pytest

from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.assignments import assignments
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.reading_links import readings_for
from seminarkit.topics.packs.reading_time import first_hour, form_minutes, load, load_words
from seminarkit.topics.packs.write_packs import prepare


def tasks_of(folder: SeminarFolder, person: str) -> list:  # type: ignore[type-arg]
    asked = dict.fromkeys(
        a.task.form for a in assignments(folder.seminar) if a.author.id == person and a.task.owed
    )
    return [folder.seminar.task(form) for form in asked]


@pytest.mark.parametrize("person", ["GE-1", "GE-2", "KZ-3"])
def test_what_people_are_told_is_what_it_takes(kit: SeminarFolder, person: str) -> None:
    """C01 K08: at two minutes a page, and half of what a form has room for."""
    tasks = tasks_of(kit, person)
    readings = [r for r in kit.readings.values() if r.for_everybody]
    told = load(tasks, readings).total
    takes = sum(
        form_minutes(kit.forms[task.form], task.beforehand) * task.each for task in tasks
    ) + sum(2 * (r.pages_asked or r.minutes / 2) for r in readings)
    assert 0.9 <= told / takes <= 1.1


def test_the_list_of_tasks_says_it_with_and_without_the_readings(folder: SeminarFolder) -> None:
    prepare(folder, ["GE"])
    page = (folder.packs / "GE" / "GE-2" / "index.html").read_text("utf-8")
    assert re.search(
        r"takes about \d hours[^:]*: \d hours?[^.]* for the tasks and 1 hour[^.]* for the texts that "
        r"everybody reads\. If you have only one hour, do these first: Registration; Pre-survey; ",
        page,
    )


def test_with_one_hour_one_knows_what_to_do(kit: SeminarFolder) -> None:
    tasks = tasks_of(kit, "GE-2")
    readings = [r for r in kit.readings.values() if r.for_everybody]
    chosen = dict(first_hour(tasks, readings, people=3))
    assert 45 <= sum(chosen.values()) <= 60
    assert (
        chosen["your part of the country report"] == kit.seminar.task("country_report").minutes // 3
    )
    assert "Registration" in chosen and any(title.startswith("“") for title in chosen)


def test_who_is_asked_for_nothing_is_told_so() -> None:
    assert load_words([], [], 3) == "There is nothing for you to do at present."


def test_every_text_is_one_click_from_the_list(folder: SeminarFolder) -> None:
    """C11: what everybody reads is linked in the list; all others on the page beside it."""
    prepare(folder, ["GE"])
    page = (folder.packs / "GE" / "GE-2" / "index.html").read_text("utf-8")
    shelf = (folder.packs / "GE" / "readings.html").read_text("utf-8")
    author = next(a.author for a in assignments(folder.seminar) if a.author.id == "GE-2")
    for reading in readings_for(folder, author):
        assert f'href="{reading.url}"' in page
    for reading in folder.readings.values():
        assert f'href="{reading.url}" rel="noopener"' in unescape(shelf)
    terms = (folder.packs / "GE" / "terms.html").read_text("utf-8")
    assert all(f'id="term-{term.id}"' in terms for term in folder.glossary)


def test_a_case_without_presenter_or_recording_says_so_in_its_task(folder: SeminarFolder) -> None:
    """C12"""
    prepare(folder, ["GE"])
    page = (folder.packs / "GE" / "GE-2" / "index.html").read_text("utf-8")
    assert page.count("No address of the recording is known yet.") == 5
    assert page.count("The presenter is not named yet.") == 1


def test_what_prepares_a_discussion_group_is_no_offer(folder: SeminarFolder) -> None:
    """C17: the programme builds the groups on previous work; registration is required."""
    prepare(folder, ["GE"])
    page = (folder.packs / "GE" / "GE-2" / "index.html").read_text("utf-8")
    heads = ("What we ask of you", "To read", "For your discussion group", "If you like")
    asked, _, group, offer = (page.index(f"<h2>{head}</h2>") for head in heads)
    assert asked < page.index('html">Registration<') < group
    assert group < page.index("<h3>Plans and ideas for a discussion group") < offer
    assert "Needed if you come to “Peer learning for policy makers: A national approach" in page
    assert "(our choice of day)" in page


def test_a_pack_without_terms_has_no_link_to_them(folder: SeminarFolder) -> None:
    """C11: a list of one's own may have no glossary; nothing leads where nothing lies."""
    readings = folder.root / "readings"
    shutil.copytree(KIT / "readings", readings)
    for name in ("glossary.yml", "definitions.yml"):
        (readings / name).unlink()
    prepare(folder, ["GE"])
    pack = folder.packs / "GE"
    assert (pack / "readings.html").exists() and not (pack / "terms.html").exists()
    for path in (pack / "README.txt", pack / "GE-2" / "index.html"):
        assert "readings.html" in path.read_text("utf-8")
        assert "terms.html" not in path.read_text("utf-8")
