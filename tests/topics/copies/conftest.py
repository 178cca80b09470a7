"""A seminar that has begun, to be copied."""

from __future__ import annotations

from pathlib import Path

import pytest
from team_tools import Copy, begun


@pytest.fixture(scope="session")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A small seminar whose first forms were collected; not to be changed."""
    return begun(tmp_path_factory.mktemp("first day") / "seminar")


@pytest.fixture
def ana(first_day: Copy, tmp_path: Path) -> Copy:
    """Ana's copy of the seminar's folder."""
    return first_day.copied(tmp_path / "ana", "Ana")


@pytest.fixture
def ben(ana: Copy, tmp_path: Path) -> Copy:
    """Ben's copy, made from Ana's."""
    return ana.copied(tmp_path / "ben", "Ben")
