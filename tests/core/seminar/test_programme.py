"""Is the real programme whole, and are its real holes found?"""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.checks import check_programme
from seminarkit.core.seminar.clock import deadline_words, local_hours
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.read_seminar import read_seminar

FORMS = {path.stem for path in (KIT / "templates" / "forms").glob("*.yml")}
TEXT = (KIT / "seminar.yml").read_text(encoding="utf-8")


def changed(tmp_path: Path, *pairs: tuple[str, str]) -> Seminar:
    text = TEXT
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    path = tmp_path / "seminar.yml"
    path.write_text(text, encoding="utf-8")
    cases = {"zadar", "ghent", "warsaw", "dcu", "malardalen"}
    return read_seminar(path, cases, FORMS)


def found(seminar: Seminar) -> list[tuple[str, str, str]]:
    return [(f.kind, f.where, f.text) for f in check_programme(seminar)]


def test_the_whole_programme_is_there(kit: SeminarFolder) -> None:
    """O01 O12: two days, every session, 26 countries, both footnotes."""
    seminar = kit.seminar
    assert len(seminar.sessions) == 12
    assert len(seminar.countries) == 26
    assert {code for code in seminar.countries if seminar.footnote(code)} == {"XK", "PS"}
    assert seminar.display_name("XK") == "Kosovo*"
    assert seminar.display_name("GE") == "Georgia"
    assert seminar.people["decker"].name == "Frederik de Decker"


@pytest.mark.parametrize(
    ("kind", "where", "words"),
    [
        ("time", "d1-keynote", "20 minutes are planned in a slot of 35 (09:10–09:45)"),
        ("time", "d1-intro", "15 of its 45 minutes are planned"),
        ("time", "d2-recap", "09:20–09:30 on 27 November 2020 is empty"),
        ("time", "d2-transparency", "11:15–12:30 on 27 November 2020 is empty"),
        ("time", "d2-groups", "13:30–14:00 on 27 November 2020 is empty"),
        ("role", "d1-groups-1", "Five cases, three chairs."),
        ("role", "d1-groups-1", "no rapporteur"),
        ("role", "d1-groups-2", "It has no chairs."),
        ("role", "d1-groups-2", "number of groups is unknown"),
        ("role", "d1-fuss", "It has no chair."),
        ("role", "d1-fuss", "It has no moderator."),
        ("open", "time zone", "states no time zone"),
        ("open", "d1-groups-1", "Technical University of Warsaw, Poland), to be confirmed"),
        ("open", "d1-fuss", "No topic for the panellist Julia N. Ziyatdinova"),
        ("open", "d2-groups", "Three unnamed: group rapporteur"),
        ("open", "d2-groups", "Three unnamed: technical assistant"),
        ("open", "d2-recap", "Unnamed: general rapporteur"),
        ("open", "d2-conclusions", "Unnamed: closing words (SPHERE Team/EACEA)"),
        ("open", "d2-transparency", "'Ghent Unuversity, Belgium'"),
        ("open", "programme", "Elizabeth Colucci has six duties"),
        ("delegation", "LY", "Libya has nominated nobody yet"),
        ("delegation", "TM", "has nobody from its NEO"),
        ("delegation", "DZ", "has nominated 2, but must nominate 3"),
    ],
)
def test_the_real_holes_of_the_real_programme(
    kit: SeminarFolder, kind: str, where: str, words: str
) -> None:
    """O07 O08 O10 E02"""
    assert any(k == kind and w == where and words in text for k, w, text in found(kit.seminar))


def test_the_real_programme_has_no_clash(kit: SeminarFolder) -> None:
    """O06: nobody of the programme is in two rooms at once."""
    assert not [f for f in check_programme(kit.seminar) if f.kind == "clash"]


def test_one_person_in_two_groups_at_once_is_a_clash(tmp_path: Path) -> None:
    """O06"""
    seminar = changed(tmp_path, ("{role: chair, person: davies}", "{role: chair, person: gaebel}"))
    kind, _, text = found(seminar)[0]
    assert kind == "clash"
    assert "Michael Gaebel is in d2-group-2 and in d2-group-3 at the same time" in text


def test_one_person_in_two_sessions_that_overlap_is_a_clash(tmp_path: Path) -> None:
    """O06 O07"""
    seminar = changed(tmp_path, ('start: "10:15"', 'start: "10:00"'), ("person: bunescu}\n\n  - id: d2-groups", "person: smidt}\n\n  - id: d2-groups"))  # fmt: skip
    told = found(seminar)
    assert any(k == "clash" and "Hanne Smidt" in text for k, _, text in told)
    assert ("time", "d2-transparency", "It begins before d2-perspectives ends.") in told


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("    access: public\n    items:\n      - title: The EU", "    items:\n      - title: The EU", "does not say who may come"),
        ('end: "12:00"\n    access: core', 'end: "12:00"\n    access: public', "Discussion groups are for core participants only, but its access is public"),
        ('end: "10:30"\n    access: public', 'end: "10:30"\n    access: core', "Not all sessions of this block have the same access"),
    ],
)  # fmt: skip
def test_who_may_come_is_checked(tmp_path: Path, old: str, new: str, words: str) -> None:
    """O02"""
    assert any(
        k == "access" and words in text for k, _, text in found(changed(tmp_path, (old, new)))
    )


def test_a_filled_part_is_no_longer_told(tmp_path: Path) -> None:
    """O10: tracked until it is filled."""
    filled = ("- {role: general rapporteur}", "- {role: general rapporteur, person: davies}")
    told = found(changed(tmp_path, filled))
    assert not any(w == "d2-recap" and "general rapporteur" in text for _, w, text in told)


def test_two_countries_that_name_one_person_are_told(tmp_path: Path) -> None:
    """E02: nobody twice."""
    seminar = changed(tmp_path, ("Core participant 2, Georgia", "Core participant 2, Albania"))
    told = [text for kind, _, text in found(seminar) if kind == "delegation"]
    assert told.count("Core participant 2, Albania is nominated more than once.") == 2


@pytest.mark.parametrize(
    ("country", "hours"),
    [("AL", "09:00–09:45"), ("GE", "12:00–12:45"), ("UZ", "13:00–13:45"), ("MA", "09:00–09:45")],
)
def test_each_country_has_its_own_clock(kit: SeminarFolder, country: str, hours: str) -> None:
    """O04"""
    assert kit.seminar.sessions[0].start == time(9)
    assert local_hours(kit.seminar, kit.seminar.sessions[0], country) == hours


def test_a_deadline_is_told_in_both_clocks(kit: SeminarFolder) -> None:
    """O04 O15"""
    words = deadline_words(kit.seminar, kit.seminar.task("questions"), "GE")
    assert words == (
        "Friday 20 November 2020, 23:59 in Brussels (Saturday 21 November 2020, 02:59 in Tbilisi)"
    )
    for country in ("AL", ""):
        words = deadline_words(kit.seminar, kit.seminar.task("questions"), country)
        assert words == "Friday 20 November 2020, 23:59 in Brussels"
