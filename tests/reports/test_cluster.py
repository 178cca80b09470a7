"""The same batch on a Dask cluster: the same bytes, nothing lost where a worker goes."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from test_batch import DIED, Bench, names

from seminarkit.core.errors import SeminarError, UsageError
from seminarkit.core.package_folder import KIT
from seminarkit.reports.batch import run_batch
from seminarkit.reports.engine import dask_cluster as cluster
from seminarkit.reports.engine.engines import Run
from seminarkit.reports.run_record import Report

pytestmark = pytest.mark.timeout(200)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    before = {each.pid for each in psutil.Process().children(recursive=True)}
    yield
    left = [p for p in psutil.Process().children(recursive=True) if p.pid not in before]
    left = [p for p in left if "forkserver" not in _line(p) and "tracker" not in _line(p)]
    _, alive = psutil.wait_procs(left, timeout=20)
    assert not alive


def _line(process: psutil.Process) -> str:
    with suppress(psutil.NoSuchProcess):
        return " ".join(process.cmdline())
    return ""


def test_a_cluster_makes_the_same_bytes(bench: Bench) -> None:
    """O16: pages too; failures by cell, with the notebook as far as it came."""
    bench.dossier("UZ", fine=False)
    reports = [
        Report(r.notebook, r.subject, r.audience, r.dossier, r.output, KIT / "templates" / "report")
        for r in bench.reports("AL", "GE", "UZ")
    ]
    here = run_batch(reports, bench.root)
    assert names(here.succeeded) == ["AL", "GE"]
    made = {p.name: p.read_bytes() for p in (bench.root / "out").iterdir() if p.suffix != ".json"}
    for path in (bench.root / "out").iterdir():
        path.unlink()
    there = run_batch(reports, bench.root, cluster="local:2")
    assert names(there.succeeded) == ["AL", "GE"]
    assert [failure for _, failure in there.failed] == [failure for _, failure in here.failed]
    again = {p.name: p.read_bytes() for p in (bench.root / "out").iterdir() if p.suffix != ".json"}
    assert set(made) == {"AL.ipynb", "AL.html", "GE.ipynb", "GE.html", "UZ.failed.ipynb"}
    assert again == made
    assert names(run_batch(reports[:2], bench.root, cluster="local:2").skipped) == ["AL", "GE"]


def test_a_report_that_kills_its_worker_is_named_and_given_up(bench: Bench) -> None:
    """O17: after its retries; the others are made by the workers that come anew."""
    bench.write(
        "import os, psutil, signal\n"
        "if 'GE' in dossier:\n"
        "    os.kill(psutil.Process(os.getppid()).ppid(), signal.SIGKILL)\n"
        "    import time; time.sleep(60)"
    )
    result = bench.run(cluster="local:2")
    assert names(result.succeeded) == ["AL", "UZ"]
    assert [failure.reason for _, failure in result.failed] == [DIED]


def test_a_worker_that_is_killed_loses_nothing(bench: Bench) -> None:
    """O17 K02: its reports are made by another."""
    bench.write("import time; time.sleep(1); print(dossier)")
    runs = {
        n: Run(str(bench.notebook), str(bench.root / "out" / f"{n}.ipynb"), str(bench.root), {"dossier": f"dossiers/{n}.json"})
        for n in (f"X{i}" for i in range(8))
    }  # fmt: skip
    for name in runs:
        bench.dossier(name)
    ended, killed = {}, 0
    for key, (failure, _) in cluster.run_on_cluster(runs, "local:2"):
        ended[key] = failure
        if not killed:
            workers = [p for p in psutil.Process().children(recursive=True) if _is_worker(p)]
            killed = workers[0].pid
            os.kill(killed, signal.SIGKILL)
    assert killed and ended == dict.fromkeys(runs)
    assert len(list((bench.root / "out").glob("X*.ipynb"))) == 8


def _is_worker(process: psutil.Process) -> bool:
    """Say whether a process is a worker: it has started the process that reports are forked from."""
    with suppress(psutil.NoSuchProcess):
        children = process.children()
        return "forkserver" not in _line(process) and any(
            "forkserver" in _line(c) for c in children
        )
    return False


@pytest.mark.parametrize("address", ["local:", "local:two", "local:0"])
def test_an_address_that_is_none_is_refused(bench: Bench, address: str) -> None:
    with pytest.raises(UsageError, match="no number of workers"):
        bench.run(cluster=address)


def test_nobody_who_answers_is_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 2)
    with pytest.raises(SeminarError, match=r"No cluster answers at tcp://127\.0\.0\.1:9"):
        bench.run(cluster="tcp://127.0.0.1:9")


def test_a_worker_with_another_kit_is_refused(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would make other reports, and nobody would know."""
    monkeypatch.setattr(cluster, "versions", lambda: {"papermill": "1.0"})
    with pytest.raises(
        SeminarError, match=r"has a different papermill \(.*\) from this machine \(1.0\)"
    ):
        bench.run(cluster="local:1")


def test_without_the_extra_it_says_what_to_install(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'seminarkit\[cluster\]'"):
        bench.run(cluster="local:2")


def test_what_travels_is_all_that_is_needed(bench: Bench, tmp_path: Path) -> None:
    """A run is made from its parcel alone, in a folder that is gone afterwards."""
    (report,) = bench.reports("GE")
    run = Run(str(report.notebook), str(report.output), str(bench.root), {"dossier": "dossiers/GE.json"}, template=str(KIT / "templates" / "report"))  # fmt: skip
    sent = cluster.parcel(run)
    report.dossier.unlink()
    report.notebook.unlink()
    made = cluster.make(sent)
    assert made.failure is None and set(made.files) == {".ipynb", ".html"}
    assert "GE" in json.dumps(json.loads(made.files[".ipynb"]))
