"""Is a received file never executed, in whichever folder a command is run?

Decoys lie in the inbox, in the seminar's folder and in a folder beside it. By day, every command is
run in the inbox by tests/test_every_command.py; here are the other ways to start one.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from command_walk import COUNTRIES, MODULE, SCRIPT, Walk, small_seminar
from decoys import decoy_names, marks, set_decoys
from shared import ROOT

from seminarkit.core.import_path import isolate
from seminarkit.core.isolation import elsewhere, empty_folder, start_python
from seminarkit.core.seminar.folder import SeminarFolder


def loaded_by_python_before(tmp_path: Path) -> set[str]:
    """Return what ``python -m`` itself looks for before the first line of ours, as measured."""
    probe = tmp_path / "probe"
    probe.mkdir()
    (probe / "__init__.py").touch()
    (probe / "__main__.py").write_text("import sys; print(*sys.modules)")
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONSAFEPATH", "PYTHONPATH")}
    run = subprocess.run([sys.executable, "-m", "probe"], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=True)  # fmt: skip
    return {name.partition(".")[0] for name in run.stdout.split()}


@pytest.fixture(scope="session")
def names() -> list[str]:
    return decoy_names()


def test_the_decoys_would_work(tmp_path: Path, names: list[str]) -> None:
    """P06: the walk below can fail: Python as it is by default executes what lies beside it."""
    set_decoys(tmp_path / "here", names, tmp_path / "mark")
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONSAFEPATH"}
    for words in (["-c", "import json"], ["-m", "seminarkit"]):
        (tmp_path / "mark").unlink(missing_ok=True)
        subprocess.run([sys.executable, *words], cwd=tmp_path / "here", env=environment, capture_output=True, timeout=60, check=False)  # fmt: skip
        assert marks(tmp_path / "mark"), words


def walk(
    folder: SeminarFolder,
    cwd: Path,
    names: Sequence[str],
    program: Sequence[str] = (str(SCRIPT),),
    environment: Mapping[str, str] | None = None,
    *,
    every: bool = False,
) -> None:
    mark = folder.root.parent / "mark"
    small_seminar(folder, countries=() if every else COUNTRIES)
    for place in {folder.inbox, folder.root, cwd}:
        set_decoys(place, names, mark)
    run = Walk(folder, cwd, program, environment or {}, every=every, long=every)
    for each in run.run():
        assert "Traceback" not in each.printed, each
        assert each.code != 2, f"Give 'seminar {each.words[0]}' words in command_walk: {each}"
        assert not marks(mark), (each.words, marks(mark))


@pytest.mark.nightly
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("where", ["inbox", "seminar", "beside"])
def test_nor_does_any_with_all_its_words(
    folder: SeminarFolder, names: list[str], tmp_path: Path, where: str
) -> None:
    """P06: the same with more words, from each folder, and with PYTHONPATH as some set it."""
    cwd = {"inbox": folder.inbox, "seminar": folder.root, "beside": tmp_path / "Downloads"}[where]
    walk(folder, cwd, names, every=True)


@pytest.mark.nightly
@pytest.mark.timeout(1800)
def test_nor_by_its_module(folder: SeminarFolder, names: list[str], tmp_path: Path) -> None:
    """P06: ``python -P -m seminarkit`` guards all that lies there, as ``seminar`` does."""
    walk(folder, folder.inbox, names, (MODULE[0], "-P", *MODULE[1:]))


@pytest.mark.timeout(120)
def test_python_m_executes_nothing_once_the_kit_is_reached(
    folder: SeminarFolder, names: list[str], tmp_path: Path
) -> None:
    """P06: ``python -m seminarkit``, as far as Python allows, with and without a PYTHONPATH."""
    own = loaded_by_python_before(tmp_path) | {"seminarkit", "sitecustomize", "usercustomize"}
    assert len(own) < 80  # most decoys are there
    left = [name for name in names if name not in own]
    small_seminar(folder)
    mark = tmp_path / "mark"
    set_decoys(folder.inbox, left, mark)
    for path, words in (
        ("", ["collect"]),
        (".", ["verify"]),
        (f"{tmp_path}{os.pathsep}", ["report", "--country", "GE", "--force"]),
    ):
        run = Walk(folder, folder.inbox, MODULE, {"PYTHONPATH": path} if path else {})
        each = run.one(*words)
        assert each.code == 0 and not marks(mark), (path, each, marks(mark))


def test_the_path_loses_the_current_folder_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """P06"""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["", "lib", "/named/on/purpose", "."]))
    monkeypatch.setattr(sys, "path", ["", "lib", str(tmp_path), str(tmp_path / "lib"), "/named/on/purpose", "/usr/lib"])  # fmt: skip
    isolate()
    assert sys.path == ["/named/on/purpose", "/usr/lib"]
    assert os.environ["PYTHONPATH"] == "/named/on/purpose"
    assert os.environ["PYTHONSAFEPATH"] == "1"


def test_another_process_begins_in_an_empty_folder(tmp_path: Path) -> None:
    """P06: also where somebody has put something into the folder that is meant to be empty."""
    with start_python(["-c", "import os; print(os.getcwd())"], stdout=subprocess.PIPE, text=True) as run:  # fmt: skip
        where = Path(run.communicate(timeout=60)[0].strip())
    assert where != Path.cwd() and not list(where.iterdir())
    stray = empty_folder() / "json.py"
    stray.touch()
    try:
        with elsewhere():
            assert not list(Path.cwd().iterdir())
    finally:
        stray.unlink()
    assert Path.cwd() != where


# Who may start a process, and by which call. All else goes through seminarkit/core/isolation.py.
STARTERS = {"Popen", "system", "popen", "fork", "forkpty", "posix_spawn",
    "posix_spawnp", "startfile", "get_context", "set_start_method", "Pool", "Manager", "ensure_running",
    "ProcessPoolExecutor", "LocalCluster", "create_subprocess_exec", "create_subprocess_shell", "start_kernel",
    "execute_notebook"}  # fmt: skip
OF_MODULES = ("spawn", "exec", "run", "call", "check_", "getoutput", "getstatusoutput")
DOORS = {
    "seminarkit/core/isolation.py": {"Popen", "run", "get_context", "ensure_running"},
    # a kernel is started by Jupyter; those who ask for it have called isolate() before
    "seminarkit/reports/engine/engines.py": {"execute_notebook"},
    "seminarkit/lab/quiet_kernels.py": {"start_kernel"},
    "seminarkit/serve/live_kernels.py": {"start_kernel"},
    # with contexts of isolation.py
    "seminarkit/reports/engine/process_pool.py": {"ProcessPoolExecutor"},
    "seminarkit/reports/engine/dask_cluster.py": {"LocalCluster"},
}


def starts(path: Path) -> Iterator[tuple[int, str]]:
    """Yield each call in a file that starts a process, and each use of Python's own name."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            of = getattr(getattr(node.func, "value", None), "id", "")
            odd = of in ("os", "subprocess", "pty") and name.startswith(OF_MODULES)
            if odd or name in STARTERS:
                yield node.lineno, name
        if isinstance(node, ast.ImportFrom) and node.module in ("os", "subprocess", "pty"):
            for name in (alias.name for alias in node.names):
                if name.startswith(OF_MODULES) or name in STARTERS - {
                    "Popen"
                }:  # which is a type too
                    yield node.lineno, name
        if isinstance(node, ast.Attribute) and node.attr == "executable":
            yield node.lineno, "executable"


def test_only_one_door_starts_python() -> None:
    """P06: a process that is started another way fails here."""
    found: dict[str, set[str]] = {}
    files = [*(ROOT / "seminarkit").rglob("*.py"), *(ROOT / "scripts").glob("*.py")]
    files += (ROOT / "scripts" / "sample").rglob("*.py")
    for path in files:
        place = path.relative_to(ROOT).as_posix()
        allowed = DOORS.get(place, set()) | ({"executable"} if place.endswith("isolation.py") else set())  # fmt: skip
        for line, name in starts(path):
            assert name in allowed, f"{place} line {line}: start it by seminarkit.core.isolation, not by {name}"  # fmt: skip
            found.setdefault(place, set()).add(name)
    assert found.keys() == DOORS.keys()  # none is left in the list above that needs it no more
    for place in DOORS.keys() - {"seminarkit/core/isolation.py"}:
        text = (ROOT / place).read_text("utf-8")
        assert "isolate()" in text or "spawn_context()" in text, place


@pytest.mark.parametrize(
    "line",
    ["subprocess.run([x])", "os.system('x')", "subprocess.Popen(x)", "os.execv(x, y)", "os.spawnl(x)",
     "multiprocessing.get_context('spawn')", "asyncio.create_subprocess_exec(x)", "y = sys.executable",
     "from subprocess import run", "from os import system"],
)  # fmt: skip
def test_the_look_for_other_doors_sees_them(tmp_path: Path, line: str) -> None:
    """P06"""
    (tmp_path / "new.py").write_text(line)
    assert list(starts(tmp_path / "new.py"))
