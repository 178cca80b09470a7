"""A seminar in which every answer has a word of its own, and everything made of it, made once."""

from __future__ import annotations

import shutil
from collections.abc import Mapping

import pytest
from canary_tools import COUNTRIES, Place, canaries, plant
from click.testing import CliRunner
from shared import keep_countries

from seminarkit.cli.main import seminar
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder

SILENT = ("BY", "XK")  # one of them with a footnote
_EACH = [word for code in COUNTRIES for word in ("--country", code)]
COMMANDS = (
    ["prepare", "--word", *_EACH],
    ["report"],
    ["publish"],
    ["recap"],
    ["conclude"],
    ["sheets"],
    ["status", "--html"],
    ["notes", "--html"],
    ["remind", *_EACH],
    ["ask", "GE-2", "Which law do you mean?"],
    ["mail", "invitation", *_EACH],
    ["mail", "thanks", *_EACH],
    ["publish"],
)


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> SeminarFolder:
    """A seminar of five delegations that answer, and two silent ones; each output is made once."""
    root = tmp_path_factory.mktemp("canaries")
    shutil.copy(KIT / "seminar.yml", root)
    keep_countries(root, (*COUNTRIES, *SILENT))
    folder = plant(SeminarFolder(root))
    for words in COMMANDS:
        result = CliRunner().invoke(seminar, ["--folder", str(root), *words])
        assert result.exit_code == 0, (words, result.output)
    return SeminarFolder(folder.root)


@pytest.fixture(scope="session")
def words(planted: SeminarFolder) -> Mapping[Place, str]:
    """The word in each answer."""
    return canaries(planted)
