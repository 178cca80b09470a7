"""How long reports take: the kit's way, papermill's API in a pool, a loop in a shell.

The same country profiles, from the dossiers of a folder that ``seminar demo`` filled, are made in
each way, one way after the other, round after round, so that a busy machine is busy for all. The
loop is run on a few and reckoned up. The first two must make the same bytes; the loop's notebooks
hold clocks, so its pictures and tables are counted.

Example:
    python scripts/benchmarks/reports.py seminar-demo
    python scripts/benchmarks/reports.py seminar-demo 3       # three rounds
"""

from __future__ import annotations

import hashlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from measuring import print_table

from seminarkit.report import batch
from seminarkit.report.batch import Report, run_batch
from seminarkit.seminar.folder import KIT

LOOPED = 3  # reports of the loop, which takes long
JOBS = 2
NOTEBOOK = KIT / "notebooks" / "report" / "country_profile.ipynb"
Made = Mapping[str, str]


def reports(folder: Path, output: Path) -> list[Report]:
    """Return a profile for each country, for core participants."""
    names = sorted(p.stem for p in (folder / "dossiers" / "core").glob("??.json"))
    return [
        Report(
            NOTEBOOK, n, "core", folder / "dossiers" / "core" / f"{n}.json", output / f"{n}.ipynb"
        )
        for n in names
    ]


def by_batch(folder: Path, output: Path, *, forked: bool) -> int:
    """Make all by the kit, forked or by papermill's own engine in a pool; return how many."""
    batch.can_fork = lambda: forked
    result = run_batch(reports(folder, output), folder, jobs=JOBS, force=True)
    return len(result.succeeded)


def by_loop(folder: Path, output: Path) -> int:
    """Make a few as a loop in a shell does: papermill, then nbconvert; return how many."""
    output.mkdir(parents=True, exist_ok=True)
    for report in reports(folder, output)[:LOOPED]:
        dossier = report.dossier.relative_to(folder).as_posix()
        for command in (
            ["papermill", str(NOTEBOOK), str(report.output), "-p", "dossier", dossier],
            ["jupyter", "nbconvert", "--to", "html", "--log-level=ERROR", str(report.output)],
        ):
            program = [str(Path(sys.executable).with_name(command[0])), *command[1:]]
            subprocess.run(program, cwd=folder, check=True, capture_output=True)
    return LOOPED


def used() -> float:
    """Return the processor seconds of this process and of all its children that have ended."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def contents(output: Path) -> Made:
    """Return the hash of each notebook."""
    found = output.glob("*.ipynb")
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def pieces(output: Path, names: list[str]) -> tuple[int, int]:
    """Return how many pictures and tables are in some notebooks."""
    text = "".join((output / name).read_text("utf-8") for name in names)
    return text.count("data:image/svg+xml"), text.count("<table")


def main(folder: Path, rounds: int) -> None:
    """Measure and print."""
    ways: dict[str, Callable[[Path], int]] = {
        "the kit": lambda out: by_batch(folder, out, forked=True),
        "papermill's API in a pool of 2": lambda out: by_batch(folder, out, forked=False),
        "loop of papermill and nbconvert": lambda out: by_loop(folder, out),
    }
    walls: dict[str, list[float]] = {way: [] for way in ways}
    made: dict[str, Made] = {}
    with tempfile.TemporaryDirectory() as temporary:
        for _ in range(rounds):
            for way, run in ways.items():
                output = Path(temporary) / way
                start = time.monotonic()
                number = run(output)
                walls[way].append((time.monotonic() - start) / number)
                made[way] = contents(output)
        kit, pool, loop = made.values()
        some = sorted(loop)
        same = (
            pieces(Path(temporary) / "the kit", some),
            pieces(Path(temporary) / "loop of papermill and nbconvert", some),
        )
    ours = statistics.median(walls["the kit"])
    rows = [
        (way, f"{statistics.median(each):.2f} s", f"{statistics.median(each) / ours:.1f}")
        for way, each in walls.items()
    ]
    rows += [
        (
            "reports of kit and pool that are the same",
            f"{len(kit)} of {len(pool)}" if kit == pool else "no",
            "–",
        ),
        ("pictures and tables, kit and loop", f"{same[0]} and {same[1]}", "–"),
    ]
    title = f"{len(kit)} country profiles, {rounds} rounds, seconds a report"
    print_table(title, rows, ("way", "median", "÷ the kit"))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
