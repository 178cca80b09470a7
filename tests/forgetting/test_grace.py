"""Can a forgetting be taken back within its time of grace, and is it done after it?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from in_process import seminar

from seminarkit.core.seminar.delegation_decisions import ForgettingPlanned, Undone
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions

Send = Callable[[str, Any], Path]
Filled = Callable[..., dict[str, Any]]
QUESTIONS = {"questions": [{"question": "Why?"}]}


@pytest.fixture
def answered(folder: SeminarFolder, send: Send, filled: Filled) -> SeminarFolder:
    send("q.ipynb", filled("questions", "GE-2", QUESTIONS))
    seminar(folder.root, "collect")
    assert [s.person for s in submissions(folder.database)] == ["GE-2"]
    return folder


def plan_of(folder: SeminarFolder) -> ForgettingPlanned:
    (plan,) = (d for d in SeminarFolder(folder.root).decisions if isinstance(d, ForgettingPlanned))
    return plan


def test_after_the_time_of_grace_collect_forgets(answered: SeminarFolder) -> None:
    """P10 W02: not before; then wholly, and the plan names nobody any more."""
    told = seminar(answered.root, "forget", "GE-2", "--in", "24h").stdout
    assert "GE-2 will be forgotten by the first 'seminar collect' after" in told
    plan = plan_of(answered)
    seminar(answered.root, "collect")
    assert submissions(answered.database), "it is not due yet"
    past = ForgettingPlanned("GE-2", True, "2020-01-01T00:00:00Z", at=plan.at)
    answered.decisions.add([past])
    told = seminar(answered.root, "collect").stderr
    assert "GE-2 was forgotten as planned" in told
    assert submissions(answered.database) == []
    logs = (answered.received / "logs").glob("*/*.jsonl")
    assert not any("GE-2" in log.read_text() for log in logs)
    assert "forgotten as planned" not in seminar(answered.root, "collect").stderr


def test_within_it_the_plan_can_be_undone(answered: SeminarFolder) -> None:
    """P10 W04"""
    seminar(answered.root, "forget", "GE-2", "--in", "3d")
    plan = plan_of(answered)
    answered.decisions.add([Undone(plan.id, plan.kind, list(plan.decides_on), at=plan.at)])
    assert not [d for d in answered.decisions if isinstance(d, ForgettingPlanned)]
    seminar(answered.root, "collect")
    assert submissions(answered.database)


@pytest.mark.parametrize("words", ["soon", "0h", "24", "-3d", "1e9h"])
def test_what_is_no_time_is_told(answered: SeminarFolder, words: str) -> None:
    told = seminar(answered.root, "forget", "GE-2", f"--in={words}", code=2).stderr
    assert "is not a length of time. Write it as 24h or 3d." in told
    assert json.dumps([d.kind for d in answered.decisions]) == "[]"
