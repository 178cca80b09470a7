"""Does papermill's own engine run the reports, and a sentence say so, where the kit's cannot?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from shared import ROOT, keep_countries

# what a next version of ipykernel might do, each to a class or name that nobody promised to keep
CHANGES = {
    "a name is gone": "import ipykernel.inprocess.socket as s; del s.DummySocket",
    "a class is made of something else": (
        "import ipykernel.inprocess.ipkernel as k\n"
        "def other(self, *, session): raise TypeError('one thing more is wanted')\n"
        "k.InProcessKernel.__init__ = other"
    ),
    "messages go elsewhere": (
        "import ipykernel.inprocess.ipkernel as k\n"
        "k.InProcessKernel._io_dispatch = lambda self, change: None"
    ),
}
SAID = "The kit's own engine does not work here ("


def changed(folder: Path, change: str) -> dict[str, str]:
    """Return the environment of a process, and all it starts, in which a library has changed."""
    place = folder / "changed"
    place.mkdir()
    (place / "sitecustomize.py").write_text(change, "utf-8")
    return {**os.environ, "PYTHONPATH": str(place)}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_noticed(tmp_path: Path, change: str) -> None:
    """O16: before the first report, whether it is loaded, made or used that fails."""
    program = (
        "from seminarkit.reports.batch import load_ahead; load_ahead()\n"
        "from seminarkit.reports.engine.trial import engine_problem; print(engine_problem())"
    )
    run = subprocess.run(
        [sys.executable, "-P", "-c", program],
        cwd=tmp_path,
        env=changed(tmp_path, CHANGES[change]),
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
    )
    assert run.stdout.startswith(SAID), run
    assert run.stdout.count("\n") == 1 and not run.stderr


@pytest.mark.timeout(600)
def test_both_engines_and_the_fallback_make_the_same_bytes(tmp_path: Path) -> None:
    """O16: a report of the kit's own, as notebook and page."""
    shutil.copy(ROOT / "seminar.yml", tmp_path)
    keep_countries(tmp_path, ["GE"])
    made = {}
    odd = changed(tmp_path, CHANGES["a name is gone"])
    for name, more, environment in (
        ("quick", (), None),
        ("by choice", ("--engine", "papermill"), None),
        ("instead", (), odd),
    ):
        run = subprocess.run(
            [sys.executable, "-m", "seminarkit", "report", "--country", "GE", "--force", *more],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=240,
            check=True,
        )
        assert "2 reports run, 0 unchanged, 0 failed" in run.stdout
        assert (SAID in run.stderr) == (name == "instead"), run.stderr
        files = [*tmp_path.glob("output/reports/*/GE.html"), *tmp_path.glob("output/reports/*/GE.ipynb")]  # fmt: skip
        made[name] = {path: path.read_bytes() for path in files}
        assert len(files) == 4
        for path in files:
            path.unlink()
    assert made["quick"] == made["by choice"] == made["instead"]


def test_a_cluster_takes_no_other_engine(tmp_path: Path) -> None:
    shutil.copy(ROOT / "seminar.yml", tmp_path)
    run = subprocess.run(
        [sys.executable, "-m", "seminarkit", "report", "--cluster", "local:2", "--engine", "papermill"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )  # fmt: skip
    assert run.returncode == 2 and "Leave out --engine" in run.stderr
