"""What an organiser decided by hand on groups: it stands, and nobody else is moved by it unasked."""

from __future__ import annotations

import json
import re
from pathlib import Path

import loaded
import pytest

from seminarkit.cli.keep_plan import about_groups, keep_decisions
from seminarkit.core.errors import SeminarError
from seminarkit.core.seminar.delegation_decisions import Seated
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.seat_decisions import Absent, Freed, Moved, Present
from seminarkit.core.seminar.seminar_today import applied
from seminarkit.topics.groups.differences import differences

ONE = ("--session", "d1-groups-1")
AT = "2020-11-21T17:16:00Z"


def groups(folder: SeminarFolder, *words: str, code: int = 0) -> str:
    run = loaded.run("groups", *words, cwd=folder.root)
    assert run.returncode == code and "Traceback" not in run.stderr, run.stdout + run.stderr
    return run.stdout + run.stderr


def places(folder: SeminarFolder, session: str = "d1-groups-1") -> dict[str, str]:
    held = SeminarFolder(folder.root).seminar.seating[session]
    return {person: group.id for group in held for person in group.people}


def decided(folder: SeminarFolder) -> None:
    """Decide the first round by the alphabet: quick, and nobody's best plan."""
    people = [p.id for some in folder.seminar.delegations.values() for p in some]
    cases = next(s for s in folder.seminar.sessions if s.id == "d1-groups-1").cases
    held = [
        {"id": f"d1-groups-1-{case}", "title": case, "case": case, "people": people[i::5]}
        for i, case in enumerate(cases)
    ]
    folder.decisions.add([Seated("d1-groups-1", held, at=AT)])


def move_one_after_another(folder: SeminarFolder, number: int) -> None:
    groups(folder, *ONE, "--keep")
    before = places(folder)
    wanted: dict[str, str] = {}
    people, names = sorted(before), sorted(set(before.values()))
    for person in people[: number * 3 : 3]:
        at = names[(names.index(before[person]) + 1) % len(names)]
        wanted[person] = at
        shown = groups(folder, "--move", f"{person}={at}", "--keep", "--yes")
        moved = re.search(r"  moved: (.*)", shown)
        after = places(folder)
        others = [p for p in people if after[p] != before[p] and p != person]
        assert moved and set(moved[1].split(", ")) == {person, *others}  # nobody moves in silence
        assert not set(others) & set(wanted), "a move by hand was undone"
        before = after
    for words in ([*ONE, "--keep"], [*ONE, "--afresh", "--keep", "--yes"]):
        groups(folder, *words)
        now = places(folder)
        assert {person: now[person] for person in wanted} == wanted


def test_moves_one_after_another_all_stand(folder: SeminarFolder) -> None:
    """T04 O35: three moves, a plain plan and one from scratch: each person sits where they were put."""
    move_one_after_another(folder, 3)


@pytest.mark.nightly
def test_ten_moves_one_after_another_all_stand(folder: SeminarFolder) -> None:
    """T04 O35"""
    move_one_after_another(folder, 10)


def test_a_move_holds_until_it_is_freed(folder: SeminarFolder) -> None:
    """O35: the log has the move itself; set free, the person may be moved, and is not at once."""
    decided(folder)
    groups(folder, "--move", "ge-2=d1-groups-1-dcu", "--keep", "--yes")
    (move,) = (d for d in folder.decisions if isinstance(d, Moved))
    assert (move.person, move.session, move.group) == ("GE-2", "d1-groups-1", "d1-groups-1-dcu")
    before = places(folder)
    assert "GE-2 in d1-groups-1-dcu" in groups(folder, *ONE)
    assert "GE-9" in groups(folder, "--free", "GE-9", "--keep", code=2)
    assert "No organiser put GE-3 into a group" in groups(
        folder, "--free", "GE-3", "--keep", code=2
    )
    assert "Nobody was moved." in groups(folder, "--free", "GE-2", "--keep")
    assert places(folder) == before and not SeminarFolder(folder.root).seminar.pins["d1-groups-1"]
    assert sum(isinstance(d, Freed) for d in folder.decisions) == 1


def test_a_rapporteur_is_named_where_they_sit_and_nobody_moves(folder: SeminarFolder) -> None:
    """T04: naming, confirming and a rapporteur who sits elsewhere, on a plan far from the best."""
    decided(folder)
    before = places(folder)
    names = sorted(set(before.values()))
    here = next(p for p, at in before.items() if at == names[0])
    shown = groups(folder, "--rapporteur", f"{here}={names[0]}", "--keep")
    assert "Nobody was moved." in shown and places(folder) == before
    groups(folder, "--confirmed", here, "--keep")
    assert places(folder) == before
    there = next(p for p, at in before.items() if at == names[1])
    said = groups(folder, "--rapporteur", f"{there}={names[0]}", "--keep", code=2)
    assert f"{there} is in {names[1]}" in said and f"--move {there}={names[0]}" in said
    elsewhere = groups(folder, *ONE, "--move", f"{here}=d2-group-1", code=2)
    assert "d2-group-1" in elsewhere and "takes notes" not in elsewhere
    seminar = SeminarFolder(folder.root).seminar
    unnamed = [name for name in names[1:] if f"take notes in {name}." in str(differences(seminar))]
    assert unnamed == names[1:], "a group that nobody notes is named where others have somebody"
    (group,) = (g for g in seminar.seating["d1-groups-1"] if g.rapporteur)
    assert (group.rapporteur, group.confirmed) == (here, True)


def test_who_is_absent_keeps_no_seat_and_comes_back_to_theirs(folder: SeminarFolder) -> None:
    """T04: said in one session, without seminar.yml; nobody moves, neither then nor on the way back."""
    decided(folder)
    before = places(folder)
    groups(folder, *ONE, "--absent", "GE-2", "--keep")
    assert places(folder) == {p: at for p, at in before.items() if p != "GE-2"}
    assert "absent: GE-2" in groups(folder, *ONE, "--absent", "GE-2")
    assert "GE-3 is not marked as absent" in groups(folder, "--present", "GE-3", code=2)
    seated = len(before)
    assert f": {seated - 1} people in 5 groups" in groups(folder, *ONE, "--absent", "GE-2")
    back = groups(folder, *ONE, "--present", "GE-2", "--keep")
    assert f": {seated} people in 5 groups" in back and "absent: GE-2" not in back
    assert places(folder) == before
    kinds = [type(d) for d in folder.decisions]
    assert kinds == [Seated, Absent, Present]


def test_a_poor_plan_is_not_kept_in_silence(folder: SeminarFolder) -> None:
    """T04 O27: without time there is a sketch with its gap; to keep it somebody has to say so."""
    said = groups(folder, *ONE, "--seconds", "0.01", "--keep", code=1)
    assert "Time ran out" in said and "Nothing was kept" in said and "--keep --yes" in said
    assert "70 people in 5 groups" in said and "--seconds 300" in said
    assert not SeminarFolder(folder.root).seminar.seating
    assert "Kept." in groups(folder, *ONE, "--seconds", "0.01", "--keep", "--yes")
    assert len(places(folder)) == 70


def test_a_plan_is_not_kept_over_another_one(folder: SeminarFolder) -> None:
    """O35: another run kept a move since this one read the groups: a sentence, and nothing is lost."""
    decided(folder)
    before = about_groups(folder.decisions)
    move = Moved("KG-3", "d1-groups-1", "d1-groups-1-dcu", at=AT)
    keep_decisions(folder, before, [move])
    with pytest.raises(SeminarError, match=r"kept at 18:16 \(KG-3 moved\).*Look again"):
        keep_decisions(folder, before, [Freed("KG-3", "d1-groups-1", at=AT)])
    assert about_groups(folder.decisions) == [*before, move]


def test_decided_groups_that_differ_from_the_programme_are_named(folder: SeminarFolder) -> None:
    """T04 O11: swapped chairs, an added group, a rapporteur elsewhere, a pin without a group."""
    groups(folder, *ONE, "--keep")
    assert differences(SeminarFolder(folder.root).seminar) == []
    session = next(s for s in folder.seminar.sessions if s.id == "d2-groups")
    held = [
        {"id": g.id, "title": g.title, "people": [f"GE-{i}", f"AM-{i}"], "chair": p.person}
        for i, g in enumerate(session.groups, start=1)
        for p in g.parts
        if p.role == "chair"
    ]
    assert len(held) == 3
    held[0]["rapporteur"] = "AM-2"
    held[0]["chair"], held[1]["chair"] = held[1]["chair"], held[0]["chair"]
    at = "2020-11-22T08:00:00Z"
    folder.decisions.add(
        [Seated("d2-groups", held, at=at), Moved("GE-1", "d2-groups", "d2-group-9", at=at)]
    )
    text = "\n".join(differences(SeminarFolder(folder.root).seminar))
    for part in ("d2-group-1: ", "d2-group-2: ", "the decided chair", "AM-2 takes notes in d2-group-1, but sits in d2-group-2", "GE-1 was put into d2-group-9"):  # fmt: skip
        assert part in text
    for command in (["check"], ["next"], ["sheets"], ["notes"]):
        run = loaded.run(*command, cwd=folder.root)
        assert "AM-2 takes notes in d2-group-1" in run.stdout, command
        assert command == ["notes"] or "the decided chair" in run.stdout, command
    written = Path(folder.root / "seminar.yml").read_text("utf-8")
    four = written.replace("      - id: d2-group-3\n", "      - id: d2-group-4\n", 1)
    assert four != written
    (folder.root / "seminar.yml").write_text(four, "utf-8")
    text = "\n".join(differences(SeminarFolder(folder.root).seminar))
    assert (
        "d2-groups: the groups in seminar.yml are not those decided" in text
        and "d2-group-4 added" in text
    )


def test_pins_follow_the_log(kit: SeminarFolder) -> None:
    """O35: the last word on a seat counts, each session for itself."""
    log = [
        Moved("GE-2", "a", "a-1", at=AT),
        Moved("GE-2", "a", "a-2", at=AT),
        Moved("GE-2", "b", "b-1", at=AT),
        Freed("GE-2", "b", at=AT),
        Absent("GE-2", "b", at=AT),
    ]
    seminar = applied(kit.written, log)
    assert seminar.pins == {"a": {"GE-2": "a-2"}, "b": {}}
    assert seminar.absent == {"b": ["GE-2"]}
    assert applied(seminar, [Present("GE-2", "b", at=AT)]).absent == {"b": []}


def test_json_has_pins(folder: SeminarFolder) -> None:
    """O35: other programs see who was put where by hand."""
    decided(folder)
    at = places(folder)["GE-2"]
    shown = json.loads(groups(folder, "--move", f"GE-2={at}", "--json"))
    assert shown["pins"] == {"d1-groups-1": {"GE-2": at}}
