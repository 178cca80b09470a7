"""Does each audience see its own sessions, in its own clock, and what is still open?"""

from __future__ import annotations

import re
from html import unescape

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.sessions import Part
from seminarkit.site.pages import frame
from seminarkit.topics.days.programme_page import clocks, duties, programme_page


def changed(seminar: Seminar, **values: object) -> Seminar:
    return seminar.model_copy(update=values)


def test_core_participants_see_every_session_and_break(kit: SeminarFolder) -> None:
    """O01 O03"""
    page = unescape(programme_page(kit, "core", frame(kit, "core", "programme.html")))
    assert page.count('class="session"') == 10
    assert page.count('class="session pause"') == 2
    for session in kit.seminar.sessions:
        assert session.title in page
        assert f"{session.start:%H:%M}–{session.end:%H:%M}" in page
    assert "Day 2: Friday 27 November 2020" in page
    assert page.count("Closed session: registered HERE & NEO (core participants)</p>") == 4
    assert page.count("Public session: all HERE & NEO, upon registration</p>") == 6
    for session in kit.seminar.sessions:
        assert (session.abstract or "") in page


def test_the_public_sees_public_sessions_alone(kit: SeminarFolder) -> None:
    """O02 O03 U02: of a closed session it sees the hours, so that the day has no holes."""
    page = unescape(programme_page(kit, "public", frame(kit, "public", "programme.html")))
    assert page.count('class="session"') == 6
    assert page.count("<em>Closed session: registered HERE & NEO (core participants)</em>") == 4
    assert "Public sessions are open to all HERE & NEO, upon registration." in page
    for words in ("discussion groups", "Conclusions and way forward", "Howard Davies"):
        assert words not in page


def test_the_time_zone_is_stated_and_each_country_finds_its_clock(kit: SeminarFolder) -> None:
    """O04"""
    page = unescape(programme_page(kit, "public", frame(kit, "public", "programme.html")))
    assert "All times are in Brussels time." in page
    assert "The programme states no time zone" in page
    named = "".join(re.findall(r"<dd>(.*?)</dd>", page.split('id="clocks"')[1], re.DOTALL))
    for code in kit.seminar.countries:
        assert kit.seminar.display_name(code) in named
    assert "UNSCR 1244" in page
    row = re.search(r"Welcome and keynote</th>(.*?)</tr>", page)
    assert re.findall(r">(\d\d:\d\d–\d\d:\d\d)<", row[1]) == [  # type: ignore[index]
        "09:00–09:45", "10:00–10:45", "11:00–11:45", "12:00–12:45", "13:00–13:45", "14:00–14:45",
    ]  # fmt: skip


def test_countries_are_grouped_by_what_their_clocks_show(kit: SeminarFolder) -> None:
    """O04"""
    seminar = kit.seminar
    found = {clock.head: clock.countries for clock in clocks(seminar, seminar.sessions)}
    assert list(found) == ["Brussels", "+1 h", "+2 h", "+3 h", "+4 h", "+5 h"]
    assert found["+3 h"] == ["Armenia", "Azerbaijan", "Georgia"]
    assert sum(len(names) for names in found.values()) == 26
    assert clocks(seminar, []) == []


def test_two_clocks_that_part_on_another_day_are_two_groups(kit: SeminarFolder) -> None:
    """O04: in summer Brussels goes ahead and Tunis does not."""
    seminar = kit.seminar
    winter = seminar.sessions[0]
    summer = winter.model_copy(update={"date": winter.date.replace(month=7)})
    found = clocks(seminar, [winter, summer])
    by_country = {name: clock for clock in found for name in clock.countries}
    assert by_country["Albania"] is not by_country["Tunisia"]
    assert by_country["Tunisia"].hours == ("09:00–09:45", "08:00–08:45")
    assert len({clock.head for clock in found}) == len(found)


def test_half_an_hour_and_behind(kit: SeminarFolder) -> None:
    """O04"""
    seminar = kit.seminar
    zones = {"GE": "Asia/Kolkata", "AM": "America/New_York"}
    countries = {
        code: country.model_copy(update={"time_zone": zones.get(code, country.time_zone)})
        for code, country in seminar.countries.items()
    }
    found = clocks(changed(seminar, countries=countries), seminar.sessions[:1])
    heads = {name: clock.head for clock in found for name in clock.countries}
    assert heads["Georgia"] == "+4:30 h"
    assert heads["Armenia"] == "−6 h"


def test_a_part_without_a_person_is_to_be_confirmed(kit: SeminarFolder) -> None:
    """O10"""
    page = programme_page(kit, "core", frame(kit, "core", "programme.html"))
    assert "Technical University of Warsaw, Poland <span" in page
    assert page.count(">to be confirmed</span>") == 6
    parts = [
        Part(role="chair", person="davies", status="tbc"),
        Part(role="technical assistant", count=3),
        Part(role="moderator", person="colucci"),
    ]
    found = [(duty.role, list(duty.people)) for duty in duties(kit.seminar, parts)]
    assert found == [
        ("Chair", [("Howard Davies, EUA/SPHERE Team", True)]),
        ("Technical assistants", [("3 people", True)]),
        ("Moderator", [("Elizabeth Colucci, EUA/SPHERE Team", False)]),
    ]
