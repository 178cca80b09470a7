"""From registrations to groups: who is seated, which cases are held, what is told and kept."""

from __future__ import annotations

import csv
import re
from collections import Counter

from seminarkit.core.seminar.delegation_decisions import Nominated, Seated
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.participant_duties import places_of
from seminarkit.core.seminar.seminar_today import applied
from seminarkit.core.seminar.sessions import Session
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.days.room_lists import breakout_file
from seminarkit.topics.groups.groups_of_session import planned_groups
from seminarkit.topics.groups.registrations import registrations

NAMES = {case: case.title() for case in ("zadar", "ghent", "warsaw", "dcu", "malardalen")}


def session(seminar: Seminar, name: str) -> Session:
    return next(each for each in seminar.sessions if each.id == name)


def test_registrations_say_who_comes_and_what_they_wish(demo: SeminarFolder) -> None:
    """O28: round 1 and day 2 as they were answered, and a second round that is optional."""
    seminar = demo.seminar
    received = submissions(demo.database)
    said = {
        r.person.id: r for r in registrations(seminar, session(seminar, "d1-groups-2"), received)
    }
    given = {s.person: s.answers for s in received if s.form == "registration"}
    assert len(given) == 60
    for person, each in said.items():
        answers = given.get(person, {})
        assert each.comes == {"yes": True, "no": False}.get(answers.get("round_2", ""))
        wishes = [answers.get(name) for name in ("first_case", "second_case")]
        assert list(each.wishes) == [wish for wish in wishes if wish]
    seats = session(seminar, "d1-groups-2").seats
    assert seats and not any(r.seated(seats) for r in said.values() if r.comes is None)
    first = session(seminar, "d1-groups-1")
    assert first.seats and all(
        r.seated(first.seats) for r in registrations(seminar, first, []) if r.comes is None
    )


def test_a_round_without_cases_takes_as_many_as_have_people(kit: SeminarFolder) -> None:
    """C16: 50 people, groups of 15 and more: three cases, the most wished for."""
    second = session(kit.seminar, "d1-groups-2")
    wishes = Counter({"dcu": 9, "warsaw": 5, "ghent": 7, "zadar": 1})
    groups = planned_groups(kit.seminar, second, 50, wishes, NAMES)
    assert [group.case for group in groups] == ["dcu", "ghent", "warsaw"]
    assert planned_groups(kit.seminar, second, 0, wishes, NAMES) == []


def test_a_case_has_several_groups_where_many_come(kit: SeminarFolder) -> None:
    """T04: 300 people in groups of 20 at most are 15 groups, three a case."""
    first = session(kit.seminar, "d1-groups-1")
    groups = planned_groups(kit.seminar, first, 300, Counter(), NAMES)
    assert Counter(group.case for group in groups) == dict.fromkeys(first.cases, 3)
    assert len({group.id for group in groups}) == 15
    assert groups[0].title == "Zadar, group 1"


def test_the_sample_is_seated(demo: SeminarFolder) -> None:
    """K01 T04 C16: everybody who comes sits once a round, and meets no case or chair twice."""
    seminar = demo.seminar
    assert set(seminar.seating) == {"d1-groups-1", "d1-groups-2", "d2-groups"}
    for name, groups in seminar.seating.items():
        sitting = [person for group in groups for person in group.people]
        come = registrations(seminar, session(seminar, name), submissions(demo.database))
        seats = session(seminar, name).seats
        assert seats and sorted(sitting) == sorted(r.person.id for r in come if r.seated(seats))
        for group in groups:
            assert len({person[:2] for person in group.people}) == len(group.people)
    for people in seminar.delegations.values():
        for person in people:
            both = [seminar.group_of(f"d1-groups-{i}", person.id) for i in (1, 2)]
            if both[0] and both[1]:
                assert both[0].case != both[1].case
                assert not both[0].chair or both[0].chair != both[1].chair


def test_everybody_finds_their_group_in_their_list_of_tasks(demo: SeminarFolder) -> None:
    """C15: which group, local time, how to join, who chairs; and what to do without a seat."""
    seminar = demo.seminar
    page = (demo.packs / "GE" / "GE-2" / "index.html").read_text("utf-8")
    for name, hours in (("d1-groups-1", "13:45–15:00"), ("d2-groups", "15:30–16:30")):
        group = seminar.group_of(name, "GE-2")
        assert group and group.title in page
        assert f"{hours} in Tbilisi" in page
        assert not group.chair or f"hair {seminar.people[group.chair].name}" in page
    assert "on Zoom; you will get the link by mail" in page
    away = next(
        p.id
        for c in seminar.delegations.values()
        for p in c
        if not seminar.group_of("d2-groups", p.id)
    )
    page = (demo.packs / away[:2] / away / "index.html").read_text("utf-8")
    assert "You are not in a group of this session." in page


def test_the_file_of_rooms_holds_every_known_address_once(demo: SeminarFolder) -> None:
    """T01 T02: one line a person; who has no address is named on the room list."""
    seminar = demo.seminar
    groups = seminar.seating["d1-groups-1"]
    rows = list(csv.reader(breakout_file(seminar, groups).splitlines()))
    assert rows[0] == ["Pre-assign Room Name", "Email Address"]
    people = {p.id: p for c in seminar.delegations.values() for p in c}
    expected = [
        [f"Room {number}", people[person].email]
        for number, group in enumerate(groups, start=1)
        for person in group.people
        if people[person].email
    ]
    assert rows[1:] == expected
    page = (demo.sheets / "rooms" / "d1-groups-1.html").read_text("utf-8")
    assert page.count("by hand</td>") == sum(len(g.people) for g in groups) - len(expected) > 0


def test_an_address_that_reads_as_a_formula_is_let_in_by_hand(demo: SeminarFolder) -> None:
    """T01: nothing that a spreadsheet would run stands in the file of rooms."""
    seminar = demo.seminar
    group = seminar.seating["d1-groups-1"][0]
    person = seminar.participant(group.people[0])
    assert person
    evil = person.model_copy(update={"email": "=cmd|' /C calc'!A0@example.org"})
    code = person.id[:2]
    people = [evil if p.id == person.id else p for p in seminar.delegations[code]]
    changed = seminar.model_copy(update={"delegations": {**seminar.delegations, code: people}})
    assert "cmd" not in breakout_file(changed, [group])


def test_a_sheet_of_duties_has_every_role_with_its_hours(demo: SeminarFolder) -> None:
    """O11 S03: one page a person, with who is beside them; a decided group stands on it."""
    places = places_of(demo.seminar, "colucci")
    assert len(places) == 7
    page = (demo.sheets / "people" / "colucci.html").read_text("utf-8")
    for place in places:
        assert f"{place.session.start:%H:%M}–{place.session.end:%H:%M}" in page
    chaired = [place.seated.title for place in places if place.seated]
    assert len(chaired) == 3 and all(title in page for title in chaired)
    brooks = (demo.sheets / "people" / "brooks.html").read_text("utf-8")
    assert "chair Hanne Smidt" in brooks and "45 minutes" in brooks


def test_the_days_stand_minute_by_minute(demo: SeminarFolder) -> None:
    """T05 T06: clock, minutes left, and the files to save under names that say what they are."""
    page = (demo.sheets / "index.html").read_text("utf-8")
    assert re.search(r"09:10</th><td[^>]*>Keynote[^<]*</td><td[^>]*>35</td>", page)
    assert "2020-11-26 d1-fuss chat.txt" in page
    assert "recording" not in page  # nobody decided on one


def test_the_room_list_says_who_has_prepared(demo: SeminarFolder) -> None:
    """T03 H07: nominated, and pre-survey and preparatory work done, person by person."""
    page = (demo.sheets / "rooms" / "d1-groups-1.html").read_text("utf-8")
    rows = dict(re.findall(r'<th scope="row">([^<]*)</th>.*?data-head="Prepared">(.*?)</td>', page))
    assert "all" in rows["KZ NEO representative, Kazakhstan"]
    assert "not yet: Pre-survey" in rows["LB Core participant 3, Lebanon"]


def test_the_public_site_knows_no_groups(demo: SeminarFolder) -> None:
    """Rule 3: neither the page nor a name of a group is public."""
    assert (demo.site("core") / "groups.html").is_file()
    assert not (demo.site("public") / "groups.html").exists()


def test_who_leaves_sits_in_no_group_and_their_successor_is_new(kit: SeminarFolder) -> None:
    """E03: a decided seating follows the delegation."""
    two = [{"id": "d1-a", "title": "A", "people": ["GE-1", "GE-2"]}]
    at = "2020-11-21T08:00:00Z"
    people = [p.model_dump() for p in kit.seminar.delegations["GE"] if p.id != "GE-2"]
    seated = Seated("d1-groups-1", two, at=at)
    seminar = applied(kit.written, [seated, Nominated("GE", people, "", at=at)])
    assert seminar.seating["d1-groups-1"][0].people == ["GE-1"]
