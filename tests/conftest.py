"""What all tests share: the kit's own seminar, and folders to try it in."""

from __future__ import annotations

import compileall
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import loaded_reader as readers
import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from shared import ROOT, complete_report
from xdist.scheduler import LoadScopeScheduling

from seminarkit.core.forms.bundle import output, payload
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.form_notebook import form_cells, form_notebook, read_prose
from seminarkit.topics.packs.personal_form import form_for

# what the kit knows of a folder on this computer lies outside of it: here, in no home of anybody
os.environ["SEMINARKIT_STATE"] = tempfile.mkdtemp(prefix="seminarkit-state-")
# decisions are made under one name, whoever runs the tests
os.environ["SEMINARKIT_NAME"] = "An Organiser"

# machines are shared and slow at times: what counts is what is found, not how fast
slow = [HealthCheck.too_slow]
settings.register_profile("night", deadline=None, suppress_health_check=slow)
settings.register_profile("day", settings.get_profile("night"), max_examples=40)
settings.load_profile("day")  # another is named by --hypothesis-profile

# A shell without job control starts what it puts into the background with Ctrl+C ignored, and so
# would be every server that a test ends by it: each would wait, and be killed in the end.
signal.signal(signal.SIGINT, signal.default_int_handler)


# Tests that share what is dear to make, by where they lie, and what that is: one process has them
# all, so that it is made once. Where it is the name of a fixture, no other place may use that one.
# The browser and JupyterLab are apart: each takes minutes, and waits most of them.
TOGETHER = {
    "tests/browser/": "the browser",
    **dict.fromkeys(
        (
            f"tests/browser/test_{name}.py"
            for name in ("notebook_host", "open", "widget", "journey", "group_notes")
        ),
        " and JupyterLab",
    ),
    "tests/site/test_audiences.py": "planted",
    "tests/site/test_readers.py": "planted",
    "tests/site/test_each_alone.py": "the pages alone",
    "tests/faults/": "the failing disk",
    "tests/forgetting/": "happened",
    "tests/cli/test_nothing_changed.py": "twice",
    "tests/cli/test_report_again.py": "done",
    "tests/topics/intake/test_office_documents.py": "the office's documents",
    "tests/topics/copies/test_set_back.py": "the first day",
    "tests/reports/test_engine_cases.py": "ran",
    "tests/topics/groups/test_seating.py": "two_rounds",
    "tests/test_every_command.py": "walked",
    "tests/serve/test_live.py": "the live server",
    "tests/data/": "the tables",
}
LIMIT = 300  # what may take longer than this is begun first


class _Together(LoadScopeScheduling):
    """Each process takes one test after the other, and those that share something at once."""

    def _split_scope(self, nodeid: str) -> str:
        return _shared_by(nodeid) or nodeid


def _shared_by(nodeid: str) -> str:
    return "".join(name for place, name in TOGETHER.items() if nodeid.startswith(place))


def pytest_configure(config: pytest.Config) -> None:
    """Compile the kit once where Python may not keep that: each of a thousand processes would."""
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(ROOT / "seminarkit", quiet=2)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> _Together:
    return _Together(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what may take longest, so that no process waits for the other at the end."""
    items.sort(key=_limit, reverse=True)
    for item in items:
        shared = {*TOGETHER.values()} & {*getattr(item, "fixturenames", ())}
        if shared - {_shared_by(item.nodeid)}:
            raise pytest.UsageError(f"{item.nodeid} uses {shared}: name it in TOGETHER, or each process makes it")  # fmt: skip
        # the first test that wants the demo waits for all of it, on a busy machine for minutes
        if "demo" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.timeout(1200))


def _limit(item: pytest.Item) -> float:
    limit = item.get_closest_marker("timeout")
    return max(LIMIT, limit.args[0]) if limit else LIMIT


@pytest.fixture(scope="session", autouse=True)
def loaded_reader() -> Iterator[None]:
    """Fork each reader of received files from one that is loaded, but in tests of how it starts."""
    if not hasattr(os, "pidfd_open"):
        yield
        return
    process = readers.begin()
    readers.use_loaded_reader()
    yield
    readers.end(process)


@pytest.fixture(scope="session")
def kit() -> SeminarFolder:
    """The kit's own seminar, to be read only."""
    return SeminarFolder(ROOT)


@pytest.fixture
def folder(tmp_path: Path) -> SeminarFolder:
    """A fresh seminar with the kit's programme, forms and facts, and nothing collected."""
    root = tmp_path / "seminar"
    root.mkdir()
    shutil.copy(KIT / "seminar.yml", root)
    (root / "inbox").mkdir()
    return SeminarFolder(root)


Filled = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def filled(kit: SeminarFolder) -> Filled:
    """Make a notebook that a person filled in: filled("questions", "GE-2", {…}, rev=3)."""

    def make(
        form: str,
        person: str,
        answers: dict[str, Any] | None = None,
        rev: int = 5,
        saved_at: str = "2020-11-10T10:00:00Z",
        subject: str = "",
    ) -> dict[str, Any]:
        made = form_for(kit, form, person, subject)
        book = form_notebook(read_prose(ROOT / "notebooks" / "prepare" / f"{form}.ipynb"), made)
        (cell,) = form_cells(book)
        cell["outputs"] = [output(made, payload(made, answers, rev, saved_at))]
        return book

    return make


@pytest.fixture
def send(folder: SeminarFolder) -> Callable[[str, Any], Path]:
    """Put something into the inbox, arrived long enough ago to be read at once."""

    def put(name: str, content: Any) -> Path:
        path = folder.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, dict):
            content = json.dumps(content, ensure_ascii=False)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        os.utime(path, (1_600_000_000, 1_600_000_000))
        return path

    return put


@pytest.fixture
def answers() -> dict[str, Any]:
    """A complete country report."""
    return complete_report()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> SeminarFolder:
    """The sample seminar after 'python -m seminarkit demo', run once for all tests.

    K06: without make, from a path with a space and Cyrillic letters, on a console that knows
    Windows' Cyrillic letters only.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    place = shared / "Мой семинар 2020"
    with FileLock(shared / "demo.lock"):
        if not (place / "done.txt").exists():
            place.mkdir(exist_ok=True)
            environment = {
                **os.environ,
                "PATH": str(Path(sys.executable).parent),
                "PYTHONIOENCODING": "cp1251",
            }
            run = subprocess.run(
                [sys.executable, "-m", "seminarkit", "demo"],
                cwd=place,
                env=environment,
                capture_output=True,
                timeout=1100,
                check=False,
            )
            (place / "done.txt").write_bytes(run.stdout + run.stderr)
            (place / "code.txt").write_text(str(run.returncode))
    assert (place / "code.txt").read_text() == "0", (place / "done.txt").read_text("cp1251")
    return SeminarFolder(place / "seminar-demo")
