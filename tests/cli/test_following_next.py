"""Can an organiser do what 'seminar next' says, one line after the other, and lose nothing?"""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import pytest
from test_commands import seminar

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.progress.status_board import board

RANK = {"missing": 0, "draft": 1, "complete": 2}
SLOW = ("report", "publish")  # they read what is there, and take minutes on a busy machine
MOST = 60


def states(folder: SeminarFolder) -> dict[tuple[str, str, str], int]:
    """How far every person is with every form, as the board counts it."""
    return {
        (entry.person, cell.form, entry.subject): RANK[entry.state]
        for row in board(folder.seminar, submissions(folder.database))
        for cell in row.cells
        for entry in cell.entries
    }


def seats(folder: SeminarFolder) -> set[tuple[str, str]]:
    return {
        (session, person)
        for session, groups in folder.seminar.seating.items()
        for group in groups
        for person in group.people
    }


def reports(folder: SeminarFolder) -> dict[str, int]:
    return {
        row.country: RANK[cell.state]
        for row in board(folder.seminar, submissions(folder.database))
        for cell in row.cells
        if cell.form == "country_report"
    }


def follow(folder: SeminarFolder, skipped: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Run what 'next' says until it says nothing new; return the commands, and what people do."""
    done: list[str] = []
    for _ in range(MOST):
        steps = json.loads(seminar(folder.root, "next", "--json").stdout)
        by_hand = [step["how"] for step in steps if not step["how"].startswith("seminar ")]
        left = [
            step["how"]
            for step in steps
            if step["how"] not in (*done, *by_hand) and step["how"].split()[1] not in skipped
        ]
        if not left:
            return done, by_hand
        for command in left[0].split(", then "):
            seminar(folder.root, *shlex.split(command)[1:])
        done.append(left[0])
    raise AssertionError(f"'next' does not come to an end: {done}")


@pytest.mark.parametrize(
    "skipped", [pytest.param(SLOW, id="by day"), pytest.param((), marks=pytest.mark.nightly)]
)
def test_following_next_from_the_demo_to_its_end_loses_nothing(
    demo: SeminarFolder, tmp_path: Path, skipped: tuple[str, ...]
) -> None:
    """P05 K03 E03: 0 answers, 0 reports, 0 seats, and nobody is further back on the board."""
    root = tmp_path / "seminar"
    shutil.copytree(demo.root, root)
    folder = SeminarFolder(root)
    before = (states(folder), seats(folder), reports(folder))
    came = {(s.key, s.receipt) for s in submissions(folder.database)}
    done, _ = follow(folder, skipped)
    assert any(command.startswith("seminar nominate ") for command in done), done
    after = SeminarFolder(root)
    assert {(s.key, s.receipt) for s in submissions(after.database)} == came
    now = states(after)
    assert {k: (v, now.get(k)) for k, v in before[0].items() if now.get(k, -1) < v} == {}
    assert before[1] - seats(after) == set()
    later = reports(after)
    assert {code for code, rank in before[2].items() if later[code] < rank} == set()
