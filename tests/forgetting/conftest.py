"""The folder in which a seminar has happened, made once."""

from __future__ import annotations

from pathlib import Path

import pytest
from happening import happen


@pytest.fixture(scope="session")
def happened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, to be copied and not to be changed."""
    return happen(tmp_path_factory.mktemp("happened") / "seminar")
