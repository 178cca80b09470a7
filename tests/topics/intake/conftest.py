"""What the tests of received files share."""

from __future__ import annotations

import shutil

import pytest
from notes_tools import seat

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.intake.expected import expected_of
from seminarkit.topics.intake.payload import Expected


@pytest.fixture(scope="session")
def expected(kit: SeminarFolder) -> Expected:
    """What payloads of the kit's own seminar are held against."""
    return expected_of(kit)


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory, kit: SeminarFolder) -> Expected:
    """What notes are held against once the groups of the kit's seminar are decided."""
    root = tmp_path_factory.mktemp("decided")
    shutil.copy(kit.root / "seminar.yml", root)
    return expected_of(seat(SeminarFolder(root)))
