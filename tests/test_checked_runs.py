"""Does what ``seminar check`` passes run through every later command?

One line of seminar.yml, of a form or of a notebook is dropped, doubled or written otherwise. Either
``check`` says so and ends with 1, or no command after it may end with anything but a sentence.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from checked_edits import all_edits, drawn
from checked_tools import COMMANDS, SLOW, Edit, apply, begun, crashes, fresh

BY_DAY, BY_NIGHT = 8, 2_000
PARTS = 20  # of the long draw
SEED = 15
ALL = (*COMMANDS, *SLOW)
NOMINEES = "templates/forms/nomination.yml"
PROFILE = "notebooks/report/country_profile.ipynb"
# what was reported as passing check and ending a later command, and its brothers
KNOWN = [
    ("seminar.yml", "    joint: true\n", ""),
    ("seminar.yml", "    minutes: 8\n", "    minutes: 8\n    owed: false\n"),
    ("seminar.yml", "    minutes: 40\n", "    minutes: 40\n    owed: false\n"),
    ("seminar.yml", "form: questions", "form: group_notes"),
    ("seminar.yml", "form: recognition_case", "form: case_review"),
    ("seminar.yml", "    subjects: [dcu, ghent]\n    needed: 1\n", ""),
    ("seminar.yml", "  - {id: west, name: West}\n", ""),
    ("seminar.yml", "must_include: neo", "must_include: student"),
    ("seminar.yml", "date: 2020-11-27", "date: 9999-12-31"),
    ("seminar.yml", "due: 2020-11-13", "due: 9999-12-31"),
    ("seminar.yml", "    kind: conclusions", "    kind: farewell"),
    ("seminar.yml", "seats: {size: [1, 20], comes: registration.day_2", "seats: {size: [1, 20], comes: registration.day_3"),
    (NOMINEES, "name: institution,", "name: student,"),
    (NOMINEES, "name: nominee_name", "name: nominee_words"),
    ("templates/forms/mini_statement.yml", "type: text\n    name: statement_speaker", "type: integer\n    name: statement_speaker"),
    ("templates/forms/country_report.yml", "name: evaluated", "name: valued"),
    (PROFILE, '\\"statement_next\\"', '\\"statement_nxt\\"'),
    (PROFILE, '\\"own_opportunities\\"', '\\"own_oportunities\\"'),
    (PROFILE, "read_dossier(dossier, country=country, audience=audience)", "wrogn"),
    (PROFILE, "show.title(", "show.tilte("),
    ("templates/forms/case_study_submission.yml", "type: group\n    name: case_video", "type: note\n    name: case_video"),
    (PROFILE, '"name": "python3"', '"name": "sphere-env"'),
    (PROFILE, '"kernelspec": {', '"kernelspecs": {'),
]  # fmt: skip


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The small seminar before anything came, and with something of everybody."""
    place = tmp_path_factory.mktemp("checked")
    return {"fresh": fresh(place / "fresh").root, "begun": begun(place / "begun").root}


@pytest.mark.timeout(900)
def test_nothing_is_wrong_with_what_is_edited(states: dict[str, Path], tmp_path: Path) -> None:
    """P15: the seminar itself passes, and every command and every report runs on it."""
    for name, commands in (("fresh", COMMANDS), ("begun", ALL)):
        root = _copy(states[name], tmp_path / name)
        assert [*crashes(root, commands, and_reports=True)] == []


@pytest.mark.timeout(900)
def test_edits_that_were_known_to_end_a_command(states: dict[str, Path], tmp_path: Path) -> None:
    """P15 K02"""
    wrong = []
    for number, (file, old, new) in enumerate(KNOWN):
        root = _copy(states["begun"], tmp_path / "edited")
        text = (root / file).read_text("utf-8")
        assert old in text, (file, old)
        (root / file).write_text(text.replace(old, new, 1), "utf-8")
        found = crashes(root, COMMANDS, and_reports=True)
        wrong += [f"{KNOWN[number]}: {words}" for words in found]
    assert not wrong, "\n".join(wrong)


@pytest.mark.timeout(900)
def test_what_check_passes_runs(states: dict[str, Path], tmp_path: Path) -> None:
    """P15 K02: a fixed draw of edits."""
    _hold(states, tmp_path, drawn(all_edits(states["fresh"]), BY_DAY, SEED))


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(PARTS))
def test_what_check_passes_runs_at_length(
    states: dict[str, Path], tmp_path: Path, part: int
) -> None:
    """P15 K02: in parts, which can be run alone."""
    edits = drawn(all_edits(states["fresh"]), BY_NIGHT, SEED + 1)
    _hold(states, tmp_path, edits[part * BY_NIGHT // PARTS : (part + 1) * BY_NIGHT // PARTS])


def _hold(states: dict[str, Path], place: Path, edits: Sequence[Edit]) -> None:
    wrong = []
    for number, edit in enumerate(edits):
        state = "fresh" if number % 4 == 0 else "begun"
        root = _copy(states[state], place / "edited")
        apply(root, edit)
        commands = ALL if number % 20 == 0 else COMMANDS
        found = crashes(root, commands, and_reports=True)
        wrong += [f"{state} {edit}: {words}" for words in found]
    assert not wrong, "\n".join(wrong)


def _copy(state: Path, to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(state, to)
    return to
