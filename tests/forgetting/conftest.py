"""The folder in which a seminar has happened, made once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from happening import happen


@pytest.fixture(scope="module", autouse=True)
def own_temporary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep to ourselves what the kit remembers: it is searched, and all other tests add to it."""
    place = str(tmp_path_factory.mktemp("temporary"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", place)
        patch.setattr(tempfile, "tempdir", place)
        yield


@pytest.fixture(scope="session")
def happened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, to be copied and not to be changed."""
    return happen(tmp_path_factory.mktemp("happened") / "seminar")
