"""A seminar of five delegations that answered everything, with a word of its own in each answer."""

from __future__ import annotations

import shutil

import pytest
from canary_tools import COUNTRIES, plant
from shared import keep_countries

from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.reports.dossiers import build_dossiers

SILENT = "BY"


@pytest.fixture(scope="session")
def answered(tmp_path_factory: pytest.TempPathFactory) -> SeminarFolder:
    """Collected, with its totals and dossiers, and nothing else made; to be read only."""
    root = tmp_path_factory.mktemp("answered")
    shutil.copy(KIT / "seminar.yml", root)
    keep_countries(root, (*COUNTRIES, SILENT))
    folder = plant(SeminarFolder(root))
    build_dossiers(folder, submissions(folder.database))
    return folder
