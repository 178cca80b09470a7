"""A public sentence that is reworded again and again, each time confirmed, and what goes with it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Sequence
from itertools import pairwise, product

import pytest
from click.testing import CliRunner
from notes_tools import TEXT, seat
from shared import arrives

from seminarkit.cli.main import seminar as group
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.delegation_decisions import Seated
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.question_decisions import (
    StatementReworded,
    StatementsJoined,
    StatementTaken,
)
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.conclusions.all_notes import notes
from seminarkit.topics.conclusions.public_wording import choice_date
from seminarkit.topics.conclusions.rewritten_notes import orphaned_statements
from seminarkit.topics.conclusions.statement_ids import FormerStatement, Statement

OLD = "The ministries name a contact by March"
FOUR = (OLD, f"{OLD}, in writing", "A contact is named by each ministry", "Names are sent by May")

pytestmark = pytest.mark.timeout(300)


def run(folder: SeminarFolder, *words: str) -> str:
    result = CliRunner().invoke(group, ["--folder", str(folder.root), *words])
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


def say(folder: SeminarFolder, words: str, number: int) -> None:
    arrives(folder.inbox / f"{number}.txt", TEXT.replace(OLD, words))
    run(folder, "collect")


def one_group(folder: SeminarFolder, rapporteur: str) -> None:
    made = {"id": "d2-group-1", "title": "Policy", "rapporteur": rapporteur, "confirmed": True}
    groups = [{**made, "people": ["GE-1", "UA-2", "UA-3"]}]
    folder.decisions.add([Seated("d2-groups", groups, at="2020-11-20T08:00:00Z")])


def code_of(folder: SeminarFolder, words: str) -> str:
    found = notes(SeminarFolder(folder.root), submissions(folder.database))
    (code,) = (each.id for each in found.statements if each.text == words)
    return code


def since(folder: SeminarFolder) -> str:
    fresh = SeminarFolder(folder.root)
    found = notes(fresh, submissions(fresh.database))
    return choice_date(fresh.seminar, found, found.public)


def confirmed(printed: str) -> str:
    (command,) = re.findall(r"If they still say this: seminar (statement \S+ --was \S+);", printed)
    return str(command)


def test_a_public_sentence_is_reworded_three_times(folder: SeminarFolder) -> None:
    """X05 X07: conclude goes on, the public page holds what was taken over, each time asked."""
    seat(folder)
    say(folder, OLD, 0)
    run(folder, "statement", code_of(folder, OLD), "--take")
    public = folder.site("public") / "conclusions.html"
    for number, words in enumerate(FOUR[1:], start=1):
        say(folder, words, number)
        assert since(folder)
        printed = run(folder, "statement")
        assert f"New words: “{words}”" in printed
        if number == 2:  # once before the second answer, and once at the end
            made = run(folder, "conclude")
            assert "It is public" in made
            assert OLD in public.read_text("utf-8")
            assert "The choice was made on" in public.read_text("utf-8")
        run(folder, *shlex.split(confirmed(printed)))
        assert not since(folder)
    run(folder, "conclude")
    assert OLD in public.read_text("utf-8")


def test_what_was_never_public_is_reworded_twice(folder: SeminarFolder) -> None:
    """X05: two that say the same stay one point, and nothing becomes public by it."""
    seat(folder)
    say(folder, OLD, 0)
    run(folder, "statement", code_of(folder, OLD), "--same-as", code_of(folder, "Fees were named by nobody"))  # fmt: skip
    for number, words in enumerate(FOUR[1:], start=1):
        say(folder, words, number)
        assert not since(folder)
        run(folder, *shlex.split(confirmed(run(folder, "statement"))))
        found = notes(SeminarFolder(folder.root), submissions(folder.database))
        assert sorted(len(point.statements) for point in found.points)[-1] == 2
        assert found.taken == {}


def test_a_writer_is_forgotten_between_two_rewordings(folder: SeminarFolder) -> None:
    """X07 S06: what they had said goes, and conclude goes on with the other's notes."""
    one_group(folder, "UA-2")
    say(folder, OLD, 0)
    run(folder, "statement", code_of(folder, OLD), "--take")
    say(folder, FOUR[1], 1)
    run(folder, *shlex.split(confirmed(run(folder, "statement"))))
    one_group(folder, "UA-3")
    other = TEXT.replace("UA-2", "UA-3").replace(OLD, FOUR[1])
    arrives(folder.inbox / "other.txt", other)
    run(folder, "collect")
    run(folder, "forget", "UA-2", "--yes")
    arrives(folder.inbox / "later.txt", other.replace(FOUR[1], FOUR[2]))
    run(folder, "collect")
    run(folder, "conclude")
    run(folder, "statement")


def statement(words: str) -> Statement:
    return Statement(words, "next", f"words {words}", "d2-group-1", "d2-groups", "UA-2")


def asked_about(log: Sequence[Decision], now: str, others: Iterable[str] = ("x",)) -> list[str]:
    present = [statement(each) for each in (now, *others)]
    former = {
        each: FormerStatement(statement(each), each, {"UA-2": (each, *others)}) for each in "abcd"
    }
    return [each.id for each in orphaned_statements(present, log, former)]


@pytest.mark.parametrize("begin", ["taken", "joined"])
def test_every_walk_through_wordings_asks_about_the_last_one(begin: str) -> None:
    """X05: also where a group goes back to older words; what is decided is never lost silently."""
    for walk in product("abcd", repeat=5):
        log: list[Decision] = [
            StatementTaken(walk[0], "UA-2", "public", at="1")
            if begin == "taken"
            else StatementsJoined(walk[0], "x", at="1")
        ]
        for old, new in pairwise(walk):
            if old == new:
                continue
            assert asked_about(log, new) == [old], walk
            log.append(StatementReworded(new, old, at="2"))
            assert asked_about(log, new) == [], walk
