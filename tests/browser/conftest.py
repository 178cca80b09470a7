"""A real Chromium and real Jupyter servers; where Chromium is missing, the tests say so."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright
from serve_tools import FormServer
from shared import complete_report

sys.path.insert(0, str(Path(__file__).parent))
from browser_tools import ARGUMENTS, CHROMIUM, JupyterServer, start_server, stop_server

from seminarkit.core.disk.files import to_json
from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.delegation_decisions import Seated
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.packs.write_packs import prepare


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                reason = "Chromium is not installed (Debian: apt install chromium)"
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield running
    running.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser profile of its own: no draft of another test is in it."""
    made = browser.new_context(accept_downloads=True)
    made.set_default_timeout(20_000)
    yield made
    made.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility rules, as a script."""
    script = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        reason = "axe-core is not installed (npm install --prefix tests/browser)"
        raise pytest.skip.Exception(reason)
    return script.read_text("utf-8")


@pytest.fixture(scope="session")
def handed(
    tmp_path_factory: pytest.TempPathFactory, kit: SeminarFolder, filled: Any
) -> SeminarFolder:
    """A seminar with packs in which every form lies, what comes late too. To be read only."""
    folder = SeminarFolder(tmp_path_factory.mktemp("handed"))
    shutil.copy(kit.root / "seminar.yml", folder.root)
    folder.inbox.mkdir()
    joint = folder.inbox / "joint.ipynb"
    joint.write_text(
        to_json(filled("country_report", "GE-NEO", complete_report(), subject="joint")), "utf-8"
    )
    os.utime(joint, (1_600_000_000, 1_600_000_000))
    collect(folder)
    ghent = {"id": "g-ghent", "title": "Group on Ghent", "chair": "decker", "people": ["GE-2"]}
    national = {"id": "g-national", "title": "Group on strategies", "people": ["GE-2", "UZ-2"]}
    seated = [("d1-groups-1", ghent), ("d2-groups", {**national, "rapporteur": "GE-2"})]
    folder.decisions.add(Seated(session, [group], at=now()) for session, group in seated)
    folder = SeminarFolder(folder.root)
    prepare(folder, ["GE", "UZ", "programme"])
    return folder


@pytest.fixture(scope="module")
def form_server(
    tmp_path_factory: pytest.TempPathFactory, kit: SeminarFolder
) -> Iterator[FormServer]:
    """``seminar serve`` of a fresh seminar; each test comes as somebody else."""
    root = tmp_path_factory.mktemp("served")
    shutil.copy(kit.root / "seminar.yml", root)
    (root / "inbox").mkdir()
    running = FormServer(SeminarFolder(root))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module", params=["lab", "notebook"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[JupyterServer]:
    """JupyterLab 4, then Notebook 7."""
    root = tmp_path_factory.mktemp(f"{request.param}-root")
    running = start_server(request.param, root, tmp_path_factory.mktemp(f"{request.param}-home"))
    yield running
    stop_server(running)
