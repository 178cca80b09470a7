"""How long reports take, as notebooks and as pages, in five ways side by side.

The same country profiles, from the dossiers of a folder that ``seminar demo`` filled, are made by
the kit; by papermill's API and by ploomber-engine, each in a pool of two processes; by a loop of
papermill and nbconvert in a shell, of which a few are run and reckoned up; and by the report's
functions called plainly in children of a loaded process, which is the floor. Each way is a process
of its own, from its start to its end, one way after the other, round after round. Pictures, tables
and words of the pages are counted. Processor time is the whole machine's: run it on a quiet one.

ploomber-engine is run where ``ploomber=FOLDER`` says where it lies: in a folder of its own, so that
no other way loads it and nothing is added to JupyterLab.

``blocked`` keeps a slow import (rfc3987_syntax, which JupyterLab brings) from all ways. ``dear``
draws each chart nine times, in all ways, so that a country's take 0.3 s of a processor. ``grow``
makes a thousand reports by the kit, and says how time and memory grow. ``dask`` makes three hundred
on two workers of a Dask cluster, and as many without it.

Example:
    python scripts/benchmarks/reports.py seminar-demo
    python scripts/benchmarks/reports.py seminar-demo 3        # three rounds
    pip install --no-deps --target PLOOMBER ploomber-engine ploomber-core posthog debuglater backoff
    python scripts/benchmarks/reports.py seminar-demo 3 ploomber=PLOOMBER
    python scripts/benchmarks/reports.py seminar-demo 3 ploomber=PLOOMBER blocked
    python scripts/benchmarks/reports.py seminar-demo 3 dear
    python scripts/benchmarks/reports.py seminar-demo 1 grow
    python scripts/benchmarks/reports.py seminar-demo 3 dask
"""

from __future__ import annotations

import hashlib
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
from measuring import print_table
from report_ways import JOBS, WAYS, reports

from seminarkit.reports.batch import run_batch

MANY = 1_000
ON_DASK = 300
LOOP, PLOOMBER = "loop of papermill and nbconvert", "ploomber-engine in a pool of 2"
KIT, POOL = "the kit", "papermill's API in a pool of 2"
BEFORE = {
    "blocked": "import sys\nsys.modules['rfc3987_syntax'] = None\n",
    "dear": """
import importlib.util, sys
class Dear:
    def find_spec(self, name, path=None, target=None):
        if name != "seminarkit.core.documents.canvas":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        load = spec.loader.exec_module
        def load_and_change(module):
            load(module)
            once = module.svg
            module.svg = lambda drawing: [once(drawing) for _ in range(9)][-1]
        spec.loader.exec_module = load_and_change
        return spec
sys.meta_path.insert(0, Dear())
""",
}


@dataclass(frozen=True)
class Taken:
    """What one way took for a report: wall and processor seconds; and for all, memory in MiB."""

    wall: float
    cpu: float
    peak: float


def taken(way: str, folder: Path, output: Path, extra: list[str]) -> Taken:
    """Run one way in a process of its own; memory is that of all its processes together."""
    busy, start, peak = _busy(), time.monotonic(), 0.0
    # not as a script: ploomber-engine puts the notebook into the place of the main module
    run = "import sys, pathlib; from report_ways import WAYS; "
    run += "WAYS[sys.argv[1]](*map(pathlib.Path, sys.argv[2:]))"
    program = [sys.executable, "-c", run, way, str(folder), str(output)]
    paths = [str(Path(__file__).parent), *extra, os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    with subprocess.Popen(program, env=environment) as process:
        while process.poll() is None:
            peak = max(peak, _memory(process.pid))
            time.sleep(0.2)
    assert process.returncode == 0, way
    number = len(list(output.glob("*.ipynb"))) or len(list(output.glob("*.html")))
    wall = time.monotonic() - start
    return Taken(wall / number, (_busy() - busy) / number, peak)


def _busy() -> float:
    times = psutil.cpu_times()
    return float(times.user + times.nice + times.system)


def _memory(pid: int) -> float:
    total = 0
    try:
        tree = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0.0
    for each in tree:
        try:
            total += each.memory_full_info().pss
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue
    return total / 1024 / 1024


def pieces(output: Path, names: list[str]) -> tuple[int, int, int]:
    """Return how many pictures, tables and words are in some pages."""
    pages = [(output / name).read_text("utf-8") for name in names]
    words = sum(
        len(re.sub(r"<style.*?</style>|<[^>]*>", " ", p, flags=re.S).split()) for p in pages
    )
    text = "".join(pages)
    return text.count("data:image/svg+xml"), text.count("<table"), words


def compare(folder: Path, rounds: int, extra: list[str], ploomber: str) -> None:
    """Measure all ways and print them side by side."""
    ways = [way for way in WAYS if way != PLOOMBER or ploomber]
    found: dict[str, list[Taken]] = {way: [] for way in ways}
    with tempfile.TemporaryDirectory() as temporary:
        for number in range(rounds):
            for way in ways:
                output = Path(temporary) / f"{way} {number}"
                also = [ploomber] if way == PLOOMBER else []
                found[way].append(taken(way, folder, output, extra + also))
        outputs = {way: Path(temporary) / f"{way} {rounds - 1}" for way in ways}
        some = sorted(path.name for path in outputs[LOOP].glob("*.html"))
        counted = {way: pieces(output, some) for way, output in outputs.items()}
        same = _hashes(outputs[KIT]) == _hashes(outputs[POOL])
        number = len(_hashes(outputs[KIT])) // 2
    ours = statistics.median(each.wall for each in found[KIT])
    rows = [
        (
            way,
            f"{statistics.median(each.wall for each in every):.2f}",
            f"{statistics.median(each.cpu for each in every):.2f}",
            f"{max(each.peak for each in every):.0f}",
            f"{statistics.median(each.wall for each in every) / ours:.2f}",
            " ".join(map(str, counted[way])),
        )
        for way, every in found.items()
    ]
    heads = ("way", "wall s", "CPU s", "MiB in all", "÷ the kit", "pictures, tables, words")
    print_table(f"{number} country profiles, {rounds} rounds, medians a report", rows, heads)
    print(f"\nKit and pool: the same bytes: {'yes' if same else 'NO'}")


def _hashes(output: Path) -> dict[str, str]:
    files = [*output.glob("*.ipynb"), *output.glob("*.html")]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def grow(folder: Path) -> None:
    """Make as many reports as there are countries, and a thousand, and print how it grows."""
    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        for number in (0, MANY):
            every = reports(folder, Path(temporary) / str(number), number)
            with _Watched() as sizes:
                start = time.monotonic()
                assert not run_batch(every, folder, jobs=JOBS, force=True).failed
                each = (time.monotonic() - start) / len(every)
            first, last = sizes[len(sizes) // 10], sizes[-1]
            grown = f"{first:.0f} to {last:.0f} MiB ({last / first - 1:+.0%})"
            rows.append((str(len(every)), f"{each:.3f}", grown))
    print_table("Growth", rows, ("reports", "s a report", "memory of the process that runs them"))


def on_dask(folder: Path, rounds: int) -> None:
    """Make the same reports with Dask and without, by turns, and print how long each takes."""
    found: dict[str, list[float]] = {"": [], f"local:{JOBS}": []}
    with tempfile.TemporaryDirectory() as temporary:
        for number in range(rounds):
            for cluster, walls in found.items():
                every = reports(folder, Path(temporary) / f"{number}{cluster}", ON_DASK)
                start = time.monotonic()
                result = run_batch(every, folder, jobs=JOBS, cluster=cluster, force=True)
                walls.append(time.monotonic() - start)
                assert len(result.succeeded) == ON_DASK
        made = [_hashes(Path(temporary) / f"0{cluster}") for cluster in found]
    ours, theirs = (statistics.median(walls) for walls in found.values())
    rows = [
        ("two at a time here", f"{ours:.1f} s", "1.0"),
        ("two workers of a Dask cluster here", f"{theirs:.1f} s", f"{theirs / ours:.2f}"),
        ("the same bytes", "yes" if made[0] == made[1] else "NO", ""),
    ]
    print_table(f"{ON_DASK} reports, {rounds} rounds, medians", rows, ("way", "wall", "ratio"))


class _Watched:
    """Collect the memory of this process in MiB, every half a second."""

    def __enter__(self) -> list[float]:
        self._sizes: list[float] = [psutil.Process().memory_info().rss / 2**20]
        self._end = threading.Event()
        self._thread = threading.Thread(target=lambda: [*self._look()], daemon=True)
        self._thread.start()
        return self._sizes

    def _look(self) -> Iterator[None]:
        while not self._end.wait(0.5):
            self._sizes.append(psutil.Process().memory_info().rss / 2**20)
            yield

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()


def main(words: list[str]) -> None:
    """Measure and print."""
    folder = Path(words[0]).resolve()
    rounds = int(words[1]) if len(words) > 1 else 1
    if "grow" in words:
        grow(folder)
        return
    if "dask" in words:
        on_dask(folder, rounds)
        return
    with tempfile.TemporaryDirectory() as temporary:
        extra = []
        ploomber = next((w.removeprefix("ploomber=") for w in words if "ploomber=" in w), "")
        before = [program for word, program in BEFORE.items() if word in words]
        if before:  # in every process of every way, when it starts
            (Path(temporary) / "sitecustomize.py").write_text("\n".join(before), encoding="utf-8")
            extra = [temporary]
        compare(folder, rounds, extra, ploomber)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
