"""Two people decide at the same time: nobody's word is lost in silence."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
from command_walk import SCRIPT, send, small_seminar
from in_process import seminar
from shared import complete_report

from seminarkit.cli.earlier_decisions import earlier_decision_words, replaced
from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.delegation_decisions import (
    Extended,
    Nominated,
    NominationUndone,
    Reminded,
    Seated,
)
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.question_decisions import QuestionMarked, QuestionOwned, StatementTaken
from seminarkit.core.seminar.version_decisions import Confirmed
from seminarkit.core.store.lock import writing
from seminarkit.core.store.read_store import seen_by, submissions
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.packs.prefill import prefilled_form

AT = "2020-11-21T17:16:00Z"


def begun(folder: SeminarFolder, *words: str) -> subprocess.Popen[str]:
    command = [str(SCRIPT), "--folder", str(folder.root), *words]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")  # fmt: skip


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    printed, _ = process.communicate(timeout=120)
    assert "Traceback" not in printed
    return process.returncode, printed


def until_it_waits(process: subprocess.Popen[str], lock: Path) -> None:
    """Return when a command has read what it reads before the lock: it has that open now."""
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        if str(lock.resolve()) in {each.path for each in psutil.Process(process.pid).open_files()}:
            return
        time.sleep(0.05)
    raise AssertionError("it did not come to the lock")


def behind(folder: SeminarFolder, words: Sequence[str], meanwhile: Any) -> tuple[int, str]:
    """Run a command that waits for the lock, held here until ``meanwhile`` was decided."""
    with writing(folder.lock):
        process = begun(folder, *words)
        until_it_waits(process, folder.lock)
        folder.decisions.add(meanwhile)
    return ended(process)


def decided(folder: SeminarFolder) -> dict[str, str]:
    """Decide the first round by the alphabet, and return who sits where."""
    people = [p.id for some in folder.seminar.delegations.values() for p in some]
    cases = next(s for s in folder.seminar.sessions if s.id == "d1-groups-1").cases
    held: list[dict[str, Any]] = [
        {"id": f"d1-groups-1-{case}", "title": case, "case": case, "people": people[i::5]}
        for i, case in enumerate(cases)
    ]
    folder.decisions.add([Seated("d1-groups-1", held, at=AT)])
    return {person: str(group["id"]) for group in held for person in group["people"]}


def test_two_moves_at_once_both_hold(folder: SeminarFolder) -> None:
    """T04 W04: who heard "Kept." is kept; whom the other forestalled hears so, and asks again."""
    before = decided(folder)
    names = sorted(set(before.values()))
    moves = {p: next(name for name in names if name != before[p]) for p in ("GE-2", "KG-3")}
    words = [("groups", "--move", f"{p}={g}", "--keep", "--yes") for p, g in moves.items()]
    runs = [ended(each) for each in [begun(folder, *each) for each in words]]
    for (code, printed), again in zip(runs, words, strict=True):
        assert code == 0 or "Look again: seminar groups" in printed, printed
        if code:
            assert (
                " moved, d1-groups-1 planned)" in printed
                and "Nothing from this run was kept" in printed
            )
            assert ended(begun(folder, *again))[0] == 0
    pins = SeminarFolder(folder.root).seminar.pins["d1-groups-1"]
    assert pins == moves


def test_a_plan_does_not_pass_over_a_nomination_that_was_taken_back(folder: SeminarFolder) -> None:
    """T04 W04: nor over a decision that came from elsewhere and stands before the last one."""
    decided(folder)
    people = [p.model_dump(exclude_none=True) for p in folder.seminar.delegations["GE"]]
    taken = Nominated("GE", people, "GE-0000", at=AT)
    code, printed = behind(
        folder, ["groups", "--session", "d1-groups-1", "--keep", "--yes"], [taken]
    )
    assert code == 1 and "GE nominated" in printed


def test_a_nomination_that_was_just_taken_is_not_taken_again(folder: SeminarFolder) -> None:
    """E01 W04: two people take it at once: it is in the log once."""
    send(folder, "GE-NEO", "nomination", {"nominees": nominees(folder)})
    collect(folder)
    receipt = submissions(folder.database)[0].receipt
    people = [p.model_dump(exclude_none=True) for p in folder.seminar.delegations["GE"]]
    people[1]["name"] = "Zurab Gelashvili"
    code, printed = behind(folder, ["nominate", "GE"], [Nominated("GE", people, receipt, at=now())])
    assert code == 0 and "0 nominations taken" in printed, printed
    code, printed = behind(folder, ["nominate", "GE", "--undo"], [NominationUndone("GE", receipt, at=now())])  # fmt: skip
    assert code == 2 and "there is nothing to take back" in printed


def nominees(folder: SeminarFolder) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = prefilled_form(folder, "nomination", "GE-NEO")[1]["answers"][
        "nominees"
    ]
    rows[1] |= {"nominee_name": "Zurab Gelashvili", "nominee_email": ""}
    return rows


def test_a_plain_plan_asks_before_it_moves_somebody_who_was_seated(folder: SeminarFolder) -> None:
    """T04: in a decided session, as two of one country sit together there."""
    decided(folder)
    held = [
        group.model_dump() for group in SeminarFolder(folder.root).seminar.seating["d1-groups-1"]
    ]
    held[1]["people"].append(held[0]["people"].pop())  # the alphabet seats one of a country in each
    folder.decisions.add([Seated("d1-groups-1", held, at=AT)])
    code, printed = ended(begun(folder, "groups", "--keep"))
    moved = SeminarFolder(folder.root).seminar.seating["d1-groups-1"]
    assert code == 1 and "would be moved in d1-groups-1, which is already decided" in printed, (
        printed
    )
    assert [group.model_dump() for group in moved] == held


def test_what_was_marked_before_is_said(folder: SeminarFolder) -> None:
    """M04 W04: another mark and owner say what they replace, with the answer, and how long ago."""
    small_seminar(folder)
    collect(folder)
    first = seminar(folder.root, "question", "GE-2-q1", "--answered", "Yes, the senate.", "--owner", "SPHERE")  # fmt: skip
    assert "was:" not in first.stdout
    again = seminar(folder.root, "question", "GE-2-q1", "--answered", "Yes, the senate.")
    assert "was:" not in again.stdout
    other = seminar(folder.root, "question", "GE-2-q1", "--parked", "--owner", "Ana")
    assert "  was: answered “Yes, the senate.”, a moment ago" in other.stdout
    assert "  was: SPHERE will answer, a moment ago" in other.stdout
    more = seminar(folder.root, "extend", "GE", "questions", "2020-11-24")
    assert "was:" not in more.stdout
    more = seminar(folder.root, "extend", "GE", "questions", "2020-11-25")
    assert "  was: due 2020-11-24 23:59, a moment ago" in more.stdout


@pytest.mark.parametrize(
    ("seconds", "words"),
    [("10:00:59", "a moment ago"), ("10:03:10", "3 minutes ago"), ("11:01:00", "1 hour ago"), ("09:00:00", "a moment ago")],
)  # fmt: skip
def test_how_long_ago_it_was(seconds: str, words: str) -> None:
    """W04: a clock that is behind another one says nothing of the future."""
    earlier = QuestionMarked("GE-2-q1", "GE-2", "Who?", "parked", "d1-groups-1", at="2020-11-23T10:00:00Z")  # fmt: skip
    told = earlier_decision_words(earlier, f"2020-11-23T{seconds}Z")
    assert told == f"was: parked in d1-groups-1, {words}"
    by_ana = earlier_decision_words(replace(earlier, by="Ana"), f"2020-11-23T{seconds}Z")
    assert by_ana == f"{told} by Ana"


def test_only_what_is_replaced_is_said() -> None:
    """W04: not what was said of another thing, nor what says the same; of joined ones, too."""
    at = "2020-11-23T10:00:00Z"
    log = [
        QuestionMarked("AM-1-q1", "AM-1", "Who?", "answered", text="We.", at=at),
        QuestionOwned("GE-2-q1", "GE-2", "Ana", at=at),
        Extended("GE", "questions", "2020-11-24T23:59", at=at),
        StatementTaken("a-k7f3mq", "GE-2", "Registers.", at=at),
    ]
    new = QuestionMarked("GE-2-q1", "GE-2", "Who?", "parked", at=at)
    assert replaced(log, new) is None
    assert replaced(log, new, {"GE-2-q1", "AM-1-q1"}) is log[0]
    assert replaced(log, Extended("AM", "questions", "2020-12-01T23:59", at=at)) is None
    assert replaced(log, StatementTaken("a-k7f3mq", "GE-3", "Registers.", at="later")) is None
    assert replaced(log, StatementTaken("a-k7f3mq", "GE-2", "Others.", at=at)) is log[3]


def test_a_version_and_a_statement_say_what_they_replace(folder: SeminarFolder) -> None:
    """O38 W04: by two real commands each."""
    small_seminar(folder)
    collect(folder)
    send(folder, "GE-2", "country_report", complete_report(legislation="It is new."))
    report = folder.inbox / "GE-2-country_report.ipynb"
    report.rename(folder.inbox / "again.ipynb")
    collect(folder)
    listed = json.loads(seminar(folder.root, "version", "GE-2", "country_report", "--json").stdout)
    first, second = (each["receipt"] for each in listed)
    seminar(folder.root, "version", first)
    told = seminar(folder.root, "version", second).stdout
    assert f"  was: {first} chosen, a moment ago" in told
    assert f"{second} counts now instead of {first}" in told


def test_what_another_run_did_meanwhile_is_left_out(folder: SeminarFolder) -> None:
    """O36 W04: a reminder and a confirmation that somebody wrote while this run was reading."""
    small_seminar(folder)
    collect(folder)
    moment = now()
    code, printed = behind(folder, ["remind", "--country", "AM"], [Reminded("AM", ["questions"], "x@example.org", at=moment)])  # fmt: skip
    assert code == 0 and "AM  was already reminded today" in printed
    assert not (folder.mails / "remind-AM.eml").exists()
    seen = seen_by(folder)
    code, printed = behind(folder, ["confirm"], [Confirmed("GE-2", "x@example.org", seen, at=moment)])  # fmt: skip
    assert code == 0 and "Nothing new was received" in printed
    assert sum(isinstance(each, Confirmed) for each in folder.decisions) == 1
