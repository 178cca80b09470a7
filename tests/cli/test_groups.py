"""``seminar groups``: plans, says what is wrong, decides when told to."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from in_process import seminar

from seminarkit.cli.main import seminar as seminar_command
from seminarkit.core.seminar.delegation_decisions import Seated
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.groups.seating.rules import PROFILE_POINTS, WISH_POINTS


def test_nothing_is_decided_before_keep_and_the_log_keeps_it(
    folder: SeminarFolder, send: Callable[[str, Any], Path], filled: Any
) -> None:
    """T04 O35: a plan is shown, then kept; the same plan again decides nothing new."""
    wish = {"round_1": "yes", "round_2": "no", "first_case": "dcu", "second_case": "ghent"}
    send("r.ipynb", filled("registration", "GE-2", {**wish, "day_2": "no"}))
    seminar(folder.root, "collect")
    only = ("groups", "--session", "d1-groups-1")
    told = seminar(folder.root, *only, "--people").stdout
    assert "70 people in 5 groups" in told and "GE-2   Core participant 2, Georgia" in told
    assert "make 14 in each, but 15 to 20 are wanted" in told
    assert "chair still missing" in told  # three chairs for five cases
    assert "Nothing is decided yet" in told
    assert "seating" not in told and not SeminarFolder(folder.root).seminar.seating
    assert "Nothing is decided" in seminar(folder.root, *only, "--keep", "--dry-run").stdout
    assert "Kept." in seminar(folder.root, *only, "--keep").stdout
    group = SeminarFolder(folder.root).seminar.group_of("d1-groups-1", "GE-2")
    assert group and group.case == "dcu"
    seminar(folder.root, *only, "--keep")
    assert sum(isinstance(d, Seated) for d in SeminarFolder(folder.root).decisions) == 1
    seminar(folder.root, "collect")  # note sheets are asked of others now
    seminar(folder.root, "verify")
    told = seminar(folder.root, *only, "--move", "ge-2=d1-groups-1-zadar", "--json").stdout
    planned = json.loads(told)
    zadar = next(g for g in planned["groups"]["d1-groups-1"] if g["case"] == "zadar")
    assert "GE-2" in zadar["people"] and "GE-2" in planned["moved"]["d1-groups-1"]
    assert len(planned["moved"]["d1-groups-1"]) <= 3


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--session", "d2-group"], "'d2-group' is not a session with groups. Did you mean 'd2-groups'?"),
        (["--move", "GE-2"], "'GE-2' does not name a group. Write it like GE-2=d1-groups-1-dcu."),
        (["--move", "GE-9=x"], "'GE-9' is not a core participant."),
        (["--move", "GE-2=d1-groups-1-dc"], "'d1-groups-1-dc' is not a group. Did you mean 'd1-groups-1-dcu'?"),
        (["--move", "GE-2=d2-group-1"], "GE-2 is not coming to that session"),
        (["--move", "GE-2=d1-groups-1-dcu", "--move", "GE-2=d1-groups-1-ghent"], "GE-2 is put into two groups"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_sentence(
    folder: SeminarFolder, words: list[str], sentence: str
) -> None:
    """A person in two groups, a group or session that is not: what is wrong, and what to write."""
    assert sentence in seminar(folder.root, "groups", *words, code=2).stderr


def test_the_help_counts_wishes_as_the_rules_do() -> None:
    """T04: a promise of the help is the rule's own number."""
    words = " ".join(CliRunner().invoke(seminar_command, ["groups", "--help"]).output.split())
    first, later = WISH_POINTS
    assert (
        f"{first} points for a first wish, {later} for another wish, {PROFILE_POINTS} for" in words
    )
