"""``seminar report`` a second time: at once where nothing changed, and only what a change feeds."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from shared import complete_report
from test_commands import seminar

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.up_to_date import of_reports

HEAVY = {
    "pandas",
    "numpy",
    "nbformat",
    "nbconvert",
    "matplotlib",
    "papermill",
    "IPython",
    "highspy",
}
FOUND = re.compile(r"^  (\S+) \((core|public)\) +(.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def done(demo: SeminarFolder, tmp_path_factory: pytest.TempPathFactory) -> SeminarFolder:
    """A copy of the sample seminar whose reports are all as they should be."""
    root = tmp_path_factory.mktemp("again") / "seminar"
    shutil.copytree(demo.root, root, ignore=shutil.ignore_patterns("packs", "public"))
    (root / "inbox").mkdir(exist_ok=True)
    seminar(root, "report")
    return SeminarFolder(root)


def up_to_date(folder: SeminarFolder) -> object | None:
    """Return the names of all reports if the last whole run is still good."""
    stamp = of_reports(folder)
    return stamp.up_to_date(stamp.inputs())


def explained(folder: SeminarFolder) -> dict[str, str]:
    """Run the reports and return by name why each was run."""
    told = seminar(folder.root, "report", "--explain").stderr
    return {f"{name} ({audience})": why for name, audience, why in FOUND.findall(told)}


def loaded(root: Path, *words: str) -> set[str]:
    """Return the packages that a command loads, as Python's own trace tells."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "seminarkit", *words],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode in (0, 1), run.stderr[-2000:]
    return {line.rpartition("|")[2].strip().split(".")[0] for line in run.stderr.splitlines()}


@pytest.mark.parametrize("words", [("--help",), ("check",), ("status",), ("report",), ("report", "--help")])  # fmt: skip
def test_what_is_often_asked_loads_nothing_heavy(
    done: SeminarFolder, words: tuple[str, ...]
) -> None:
    """K05 O19: read from -X importtime, so that what is loaded late is seen too."""
    assert not HEAVY & loaded(done.root, *words)


def test_nothing_changed_is_told_without_a_look_inside(done: SeminarFolder) -> None:
    """O19"""
    names = up_to_date(done)
    assert isinstance(names, list) and "GE (core)" in names and "comparison (public)" in names
    told = seminar(done.root, "report").stdout
    assert told.startswith(f"0 reports run, {len(names)} unchanged, 0 failed.")
    assert json.loads(seminar(done.root, "report", "--json").stdout)["skipped"] == names


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("output/reports/core/GE.ipynb", {"GE (core)": "its output was changed or deleted"}),
        ("output/reports/public/GE.html", {"GE (public)": "its output was changed or deleted"}),
        ("output/reports/core/GE.json", {"GE (core)": "it was not run before"}),
        ("dossiers/core/GE.json", {}),  # it is made again, as it was
        ("seminar.yml", {}),  # saved again without a change
    ],
)
def test_whatever_changed_is_seen(done: SeminarFolder, what: str, why: dict[str, str]) -> None:
    """O19 O38: also a file of the same size, and a time that was set back."""
    path = done.root / what
    text, times = path.read_text("utf-8"), path.stat()
    if what == "seminar.yml":
        path.write_text(text, "utf-8")
    else:
        changed = text.replace("a", "b", 1) if why else ""
        path.unlink()
        path.write_text(changed or "{}", "utf-8")
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        if "before" in str(why):
            path.unlink()
    assert up_to_date(done) is None
    assert explained(done) == why
    assert up_to_date(done) is not None


def test_a_late_answer_runs_what_it_feeds_and_no_other_country(
    done: SeminarFolder, filled: Callable[..., dict[str, Any]]
) -> None:
    """O18 O19: the country's own reports and those over all."""
    answers = complete_report(institutions="Three universities, and a company besides.")
    book = filled("country_report", "AM-2", answers, rev=9999, saved_at="2020-11-25T10:00:00Z")
    path = done.inbox / "late.ipynb"
    path.write_text(json.dumps(book), "utf-8")
    os.utime(path, (1_600_000_000, 1_600_000_000))
    assert "1 replaced an earlier one" in seminar(done.root, "collect").stdout
    why = explained(done)
    assert why["AM (core)"].startswith("its dossier changed (")
    assert "forms" in why["AM (core)"]
    assert "comparison (core)" in why
    countries = {name[:2] for name in why if re.match(r"[A-Z]{2} ", name)}
    assert countries == {"AM"}


def test_a_run_that_was_asked_for_says_so(done: SeminarFolder) -> None:
    """O20: and a run of one country is no whole run."""
    told = seminar(done.root, "report", "--country", "GE", "--force", "--explain").stderr
    assert {(name, why) for name, _, why in FOUND.findall(told)} == {
        ("GE", "nothing changed, but all reports were asked for")
    }
