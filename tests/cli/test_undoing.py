"""Can each decision be taken back, so that all is as it was before?"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from command_walk import send
from in_process import seminar
from shared import by_day, complete_report, keep_countries
from two_copies import copy_of, meet, named, newest_id

from seminarkit.cli.keep_plan import about_groups, keep_decisions
from seminarkit.core.errors import SeminarError
from seminarkit.core.forms.bundle import output, payload
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.decision_log import KINDS
from seminarkit.core.seminar.delegation_decisions import (
    Extended,
    FileGivenUp,
    ForgettingPlanned,
    Nominated,
    PersonForgotten,
    Reminded,
    Seated,
)
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.question_decisions import QuestionReworded, StatementReworded
from seminarkit.core.seminar.seat_decisions import Freed, Moved
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.conclusions.all_notes import notes
from seminarkit.topics.packs.form_notebook import form_cells, form_notebook, read_prose
from seminarkit.topics.packs.personal_form import form_for

pytestmark = pytest.mark.timeout(600)
AT = "2020-11-20T08:00:00Z"
NOTED = {
    "raised": [{"raised_text": "Teachers need hours.", "raised_about": "GE"}],
    "agreed": [
        {"agreed_text": "One page for each course.", "agreed_about": "LO1"},
        {"agreed_text": "A page for every course.", "agreed_about": "LO1"},
    ],
    "disagreement": "none",
    "next": [{"next_text": "Compare registers in spring, online."}],
    "chair_seen": "not_yet",
}
NOMINEES = [
    {"nominee_name": f"Name {n}", "nominee_function": "Adviser", "nominee_email": f"n{n}@example.org", "nominee_profile": "neo" if n == 1 else "policy"}
    for n in (1, 2, 3)
]  # fmt: skip
CHAT = "09:15:02 From Ana to Everyone:\n\tWho pays in the end?\n"
QUESTIONS = {"questions": [{"question": "Who pays?", "about": "d1-keynote"}, {"question": "How?"}]}


def put(
    folder: SeminarFolder, form: str, person: str, subject: str, answers: Any, rev: int
) -> None:
    made = form_for(folder, form, person, subject)
    book = form_notebook(read_prose(folder.form_notebook(form)), made)
    (cell,) = form_cells(book)
    cell["outputs"] = [output(made, payload(made, answers, rev, f"2020-11-12T10:0{rev}:00Z"))]
    path = folder.inbox / f"{person}-{form}-{rev}.ipynb"
    path.write_text(json.dumps(book), "utf-8")
    os.utime(path, (1_600_000_000, 1_600_000_000))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small seminar in which each kind of decision has something to decide on."""
    place = tmp_path_factory.mktemp("undoing")
    shutil.copy(KIT / "seminar.yml", place)
    keep_countries(place, ("AM", "GE"))
    folder = SeminarFolder(place)
    folder.inbox.mkdir()
    groups = [
        {"id": f"d2-group-{n}", "title": f"Group {n}", "rapporteur": who, "people": [who]}
        for n, who in enumerate(("GE-2", "AM-2"), start=1)
    ]
    folder.decisions.add([Seated("d2-groups", groups, at=AT)])
    folder = SeminarFolder(place)
    put(folder, "country_report", "GE-2", "", complete_report(), 1)
    put(folder, "country_report", "GE-2", "", complete_report(legislation="Newer."), 2)
    put(folder, "group_notes", "GE-2", "d2-group-1", NOTED, 1)
    send(folder, "GE-2", "questions", QUESTIONS)
    send(folder, "AM-1", "questions", QUESTIONS)
    send(folder, "GE-NEO", "nomination", {"nominees": NOMINEES})
    (folder.inbox / "holiday.jpg").write_bytes(b"\xff\xd8\xff\xe0 no form")
    os.utime(folder.inbox / "holiday.jpg", (1_600_000_000, 1_600_000_000))
    (place / "chat.txt").write_text(CHAT, "utf-8")
    seminar(place, "collect")
    seminar(place, "chat", "chat.txt", "--session", "d1-keynote")
    return place


def statements(root: Path) -> list[str]:
    folder = SeminarFolder(root)
    return sorted(s.id for s in notes(folder, submissions(folder.database)).statements)


def in_chat(root: Path) -> str:
    data = json.loads(seminar(root, "questions", "--json").stdout)
    ids = [q["id"] for m in data["matters"].values() for q in m["questions"]]
    return next(each for each in ids if each.startswith("d1-keynote-c"))


def first_receipt(root: Path) -> str:
    shown = json.loads(seminar(root, "version", "GE-2", "country_report", "--json").stdout)
    return str(next(each["receipt"] for each in shown if each["standing"] == "earlier"))


def command(*words: str) -> Callable[[Path], None]:
    return lambda root: seminar(root, *words) and None


def add(*decisions: Decision) -> Callable[[Path], None]:
    return lambda root: SeminarFolder(root).decisions.add(decisions)


def on_statements(*words: str, of: Sequence[int] = (0,)) -> Callable[[Path], None]:
    def do(root: Path) -> None:
        ids = statements(root)
        seminar(root, "statement", *(ids[n] for n in of), *(w.format(*ids) for w in words))

    return do


def after(*steps: Callable[[Path], None]) -> Callable[[Path], None]:
    """Do some things that stay, and a last one that is undone."""

    def do(root: Path) -> None:
        for step in steps:
            step(root)

    return do


SEATED = [{"id": "d2-group-1", "title": "Group 1", "people": ["GE-3", "AM-2"]}]
PEOPLE = [{"id": "GE-9", "name": "Name 9", "profile": "policy"}]
TAKE = on_statements("--words", "Courses are described.")
PARKED = command("question", "GE-2-q1", "--parked")
# How each kind of decision is made; the last step is what is undone.
DONE: dict[str, tuple[Callable[[Path], None], ...]] = {
    "nominated": (command("nominate", "GE", "--anyway"),),
    "nomination undone": (
        add(Nominated("GE", PEOPLE, "GE-AAAA", at=AT)),
        command("nominate", "GE", "--undo", "--anyway"),
    ),
    "extended": (command("extend", "GE", "country_report", "2020-11-24"),),
    "asked": (command("ask", "GE", "Which law?"),),
    "reminded": (add(Reminded("GE", ["questions"], "neo@example.org", at=AT)),),
    "seated": (add(Seated("d2-groups", SEATED, at=AT)),),
    "file settled": (command("collect", "--settled", "holiday.jpg"),),
    "forgetting planned": (
        add(ForgettingPlanned("GE-2", True, "2099-01-01T00:00:00Z", at=AT)),
    ),
    "file given up": (add(FileGivenUp("ab" * 32, "lost.ipynb", at=AT)),),
    "undone": (PARKED, lambda root: seminar(root, "undo", newest_id(SeminarFolder(root))) and None),
    "moved": (add(Moved("GE-3", "d2-groups", "d2-group-1", at=AT)),),
    "freed": (
        add(Moved("GE-3", "d2-groups", "d2-group-1", at=AT)),
        add(Freed("GE-3", "d2-groups", at=AT)),
    ),
    "absent": (command("groups", "--absent", "GE-2", "--session", "d2-groups", "--keep", "--yes"),),
    "present": (
        command("groups", "--absent", "GE-2", "--session", "d2-groups", "--keep", "--yes"),
        command("groups", "--present", "GE-2", "--session", "d2-groups", "--keep", "--yes"),
    ),
    "version chosen": (lambda root: seminar(root, "version", first_receipt(root)) and None,),
    "confirmed": (command("confirm", "GE-2"),),
    "question marked": (PARKED,),
    "question owned": (command("question", "GE-2-q1", "--owner", "SPHERE"),),
    "questions joined": (command("question", "GE-2-q1", "--same-as", "AM-1-q1"),),
    "question parted": (
        command("question", "GE-2-q1", "--same-as", "AM-1-q1"),
        command("question", "GE-2-q1", "--apart"),
    ),
    "question published": (
        lambda root: seminar(root, "question", in_chat(root), "--publish") and None,
    ),
    "question reworded": (
        add(QuestionReworded("GE-2-q1", "GE-2-q9", "Who pays?", "Who?", True, at=AT)),
    ),
    "chat taken": (
        lambda root: (root / "more.txt").write_text(CHAT.replace("pays", "learns"), "utf-8") and None,
        command("chat", "more.txt", "--session", "d1-keynote"),
    ),
    "statements joined": (on_statements("--same-as", "{1}"),),
    "statement parted": (on_statements("--same-as", "{1}"), on_statements("--apart")),
    "statement reworded": (add(StatementReworded("a-aaaaaa", "a-bbbbbb", at=AT)),),
    "statement taken": (TAKE,),
    "statement left": (TAKE, on_statements("--leave")),
}  # fmt: skip
ELSEWHERE = {"person forgotten": "refused below", "chosen": "tests/core/seminar/test_conflicts.py"}


def state(root: Path) -> dict[str, str]:
    """Return all that commands say of the seminar."""
    seminar(root, "collect")
    told = {
        " ".join(words): seminar(root, *words).stdout
        for words in (["status", "--json"], ["questions", "--json"], ["nominate", "--json"], ["version", "GE-2", "--json"], ["statement"], ["confirm", "--dry-run"], ["remind", "--dry-run"])
    }  # fmt: skip
    folder = SeminarFolder(root)
    told["seminar"] = folder.seminar.model_dump_json()
    told["decisions"] = repr(list(folder.decisions))
    return told


def pages(root: Path) -> dict[str, bytes]:
    """Return each dossier and page, made anew."""
    for words in (["collect"], ["report"], ["publish"], ["sheets"]):
        seminar(root, *words)
    made = [*root.rglob("output/**/*.html"), *root.rglob("output/**/*.csv"), *root.rglob("dossiers/**/*.json")]  # fmt: skip
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(made)}


def last_of(root: Path, kind: str) -> str:
    lines = SeminarFolder(root).decisions.everything()
    return next(entry.id for entry, each in reversed(lines) if each and each.kind == kind)


def test_each_kind_is_undone_here() -> None:
    """W04: a new kind of decision is tried as well, or this fails."""
    assert {*DONE, *ELSEWHERE} == set(KINDS)


def begun(root: Path, place: Path, kind: str) -> Path:
    """Return a copy of the seminar in which all but the last step was done."""
    shutil.copytree(root, place)
    for step in DONE[kind][:-1]:
        step(place)
    return place


@pytest.mark.parametrize("kind", DONE)
def test_after_undo_all_is_as_it_was(root: Path, tmp_path: Path, kind: str) -> None:
    """W04: status, questions, groups, statements, versions; and undoing the undo does it again."""
    place = begun(root, tmp_path / "seminar", kind)
    before = state(place)
    DONE[kind][-1](place)
    done = repr(list(SeminarFolder(place).decisions))
    assert done != before["decisions"]
    told = seminar(place, "undo", last_of(place, kind)[:10], "--dry-run", "--anyway").stdout
    assert told.startswith("Would be undone: ")
    told = seminar(place, "undo", last_of(place, kind)[:10], "--anyway").stdout
    assert told.startswith("Undone: ") and "An Organiser, on " in told
    assert state(place) == before
    seminar(place, "undo", last_of(place, "undone"), "--anyway")
    assert repr(list(SeminarFolder(place).decisions)) == done


@pytest.mark.parametrize("kind", by_day(DONE, every=len(DONE)))
def test_after_undo_each_page_is_as_it_was(root: Path, tmp_path: Path, kind: str) -> None:
    """W04: byte for byte, and verify agrees."""
    place = begun(root, tmp_path / "seminar", kind)
    before = pages(place)
    DONE[kind][-1](place)
    pages(place)
    seminar(place, "undo", last_of(place, kind)[:10], "--anyway")
    after = pages(place)
    assert [name for name in {**before, **after} if before.get(name) != after.get(name)] == []
    assert "all is as it was" in seminar(place, "verify").stdout


def due(root: Path, day: int) -> str:
    """Decide a day, and return the id of that decision."""
    seminar(root, "extend", "GE", "questions", f"2020-11-{day}")
    return newest_id(SeminarFolder(root))


def test_what_later_decisions_build_on_is_refused_with_the_order(folder: SeminarFolder) -> None:
    """W04: in that order all can be undone."""
    root = folder.root
    first, second, third = (due(root, day) for day in (22, 23, 24))
    told = seminar(root, "undo", first[:6], code=1).stderr
    assert "later decisions build on it" in told
    assert "questions of GE due 2020-11-23" in told and "questions of GE due 2020-11-24" in told
    order = (
        f"seminar undo {third[:6]}, then seminar undo {second[:6]}, then seminar undo {first[:6]}"
    )
    assert f"Undo them in this order: {order}" in told
    for each in (third, second):
        assert "Now decided: form questions of GE due" in seminar(root, "undo", each).stdout
    assert "No decision on this subject is valid now" in seminar(root, "undo", first).stdout
    told = seminar(root, "undo", first, code=1).stderr
    assert "was already undone" in told and "To restore it: seminar undo" in told
    again = told.rsplit("seminar undo ", 1)[1].split()[0]
    assert "Now decided: form questions of GE due 2020-11-22" in seminar(root, "undo", again).stdout


def test_undos_are_undone_in_their_order(folder: SeminarFolder) -> None:
    """W04: else a decision would come back without the one that it was made upon."""
    root = folder.root
    first, second = due(root, 22), due(root, 23)
    seminar(root, "undo", second)
    of_second = newest_id(SeminarFolder(root))
    seminar(root, "undo", first)
    told = seminar(root, "undo", of_second, code=1).stderr
    assert "later decisions build on it" in told and "undone: extended (GE, questions)" in told


def test_what_cannot_be_undone_says_why(folder: SeminarFolder) -> None:
    root = folder.root
    folder.decisions.add([PersonForgotten("ab" * 32, at=AT)])
    assert "cannot be undone" in seminar(root, "undo", newest_id(folder), code=1).stderr
    folder.decisions.log.append([{"kind": "painted", "at": AT, "colour": "red"}])
    told = seminar(root, "undo", newest_id(folder), code=1).stderr
    assert "does not know what 'painted' decides" in told
    for odd in ("zzz", "", "\x1b[31m"):
        assert "No decision has an id that begins with" in seminar(root, "undo", odd, code=2).stderr
    due(root, 22)
    ids = [entry.id for entry, _ in folder.decisions.everything()]
    signs = {each[0] for each in ids}
    if len(signs) < len(ids):
        twice = next(sign for sign in signs if sum(each[0] == sign for each in ids) > 1)
        assert "Several ids" in seminar(root, "undo", twice, code=2).stderr


def test_who_was_forgotten_leaves_no_name_in_what_was_undone(
    folder: SeminarFolder, tmp_path: Path
) -> None:
    """W04 P10: neither the decision nor what took it back names them, nor does the log."""
    root = folder.root
    folder.decisions.add([Moved("GE-3", "d2-groups", "d2-group-1", at=AT)])
    seminar(root, "undo", newest_id(folder))
    seminar(root, "forget", "GE-3", "--yes")
    logs = "".join(path.read_text("utf-8") for path in folder.received.rglob("decisions.jsonl"))
    assert "GE-3" not in logs
    told = seminar(root, "log").stdout
    assert "GE-3" not in told and "a decision on somebody who was forgotten" in told
    gone = next(e.id for e, each in folder.decisions.everything() if each is None)
    assert "Its content was removed too" in seminar(root, "undo", gone, code=1).stderr


def test_a_nomination_is_not_undone_over_the_head_of_who_has_sent_something(root: Path, tmp_path: Path) -> None:  # fmt: skip
    """W04 E03: as by 'nominate --undo': somebody has to say --anyway."""
    place = tmp_path / "seminar"
    shutil.copytree(root, place)
    seminar(place, "nominate", "GE", "--anyway")
    folder = SeminarFolder(place)
    new = next(p.id for p in folder.seminar.delegations["GE"] if p.name == "Name 3")
    send(folder, new, "questions", QUESTIONS)
    seminar(place, "collect")
    nominated = last_of(place, "nominated")
    refused = seminar(place, "undo", nominated, code=1).stderr
    assert "Nothing was undone." in refused and f"{new} Name 3 would leave" in refused
    seminar(place, "undo", nominated, "--anyway")
    assert new not in {p.id for p in SeminarFolder(place).seminar.delegations["GE"]}


def test_what_was_decided_at_the_same_moment_is_named(folder: SeminarFolder) -> None:
    """W04: a move and the plan that follows from it are two decisions."""
    folder.decisions.add([Moved("GE-3", "d2-groups", "d2-group-1", at=AT), Seated("d2-groups", SEATED, at=AT)])  # fmt: skip
    (moved, _), (seated, _) = folder.decisions.everything()
    told = seminar(folder.root, "undo", moved.id).stdout
    assert "Decided at the same moment, and still counts: groups of d2-groups decided" in told
    assert f"To undo it too: seminar undo {seated.id[:6]}" in told
    folder.decisions.add([Extended(code, "questions", "2020-11-24", at=AT) for code in ("AM", "AL", "BA", "BY", "GE", "KZ")])  # fmt: skip
    assert "other decisions made at the same moment still count" in seminar(folder.root, "undo", newest_id(folder)).stdout  # fmt: skip


def test_of_two_copies_one_undoes_what_the_other_decided(folder: SeminarFolder) -> None:
    """W04: and says whose it was."""
    other = copy_of(folder, "other")
    with named("Ana"):
        due(folder.root, 22)
    meet(folder, other)
    with named("Ben"):
        told = seminar(other.root, "undo", newest_id(other)).stdout
    assert "questions of GE due 2020-11-22T23:59 (Ana, on " in told
    meet(folder, other)
    assert list(folder.decisions) == []
    (line, undone) = json.loads(seminar(folder.root, "log", "--json").stdout)["lines"]
    assert (line["by"], line["state"], undone["by"]) == ("Ana", "undone", "Ben")


def test_of_two_chosen_versions_the_one_that_is_chosen_again_counts(root: Path, tmp_path: Path) -> None:  # fmt: skip
    """W04 R03: also where the other was made from it; verify finds the index as it should be."""
    place = tmp_path / "seminar"
    shutil.copytree(root, place)
    folder = SeminarFolder(place)
    other = copy_of(folder, "other")
    shown = json.loads(seminar(place, "version", "GE-2", "country_report", "--json").stdout)
    receipts = {each["standing"]: each["receipt"] for each in shown}
    old, new = receipts["earlier"], receipts["counts"]
    with named("Ana"):
        seminar(place, "version", old)
    with named("Ben"):
        seminar(other.root, "version", old)
        seminar(other.root, "version", new)
    meet(folder, other)
    seminar(place, "collect")
    told = seminar(place, "version").stderr
    assert f"country_report of GE-2: version {old} counts" in told
    assert f"country_report of GE-2: version {new} counts" in told
    side = folder.decisions.conflicts()[0][0]
    assert side.decision.by == "Ana"
    told = seminar(place, "choose", side.entry.id).stdout
    assert f"Now decided: form country_report of GE-2: version {old} counts." in told
    assert folder.decisions.conflicts() == []
    counts = {s.receipt for s in submissions(folder.database) if s.form == "country_report"}
    assert counts == {old}
    assert "all is as it was" in seminar(place, "verify").stdout


def test_a_plan_that_stood_on_what_was_undone_is_not_kept(folder: SeminarFolder) -> None:
    """W04 T04: its run had read the groups before."""
    folder.decisions.add([Moved("GE-3", "d2-groups", "d2-group-1", at=AT)])
    before = about_groups(folder.decisions)
    seminar(folder.root, "undo", newest_id(folder))
    with pytest.raises(SeminarError, match=r"A decision was undone \(GE-3 moved\)"):
        keep_decisions(folder, before, [Seated("d2-groups", SEATED, at=AT)])
    assert list(folder.decisions) == []
