"""Whether a batch that is killed at any moment ends as one that was left alone.

A few reports are run by a program of its own, which is hit by SIGKILL at a random moment: itself,
the process that reports are forked from, one of its reports, or a worker of a Dask cluster on this
machine. Then it is run again, as an organiser would, until all is made. The files must be those of
a run that was left alone, hash by hash, and no process may be left behind.

Example:
    python scripts/benchmarks/report_kills.py seminar-demo
    python scripts/benchmarks/report_kills.py seminar-demo 20      # twenty kills instead of 200
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import psutil
from measuring import print_table

KILLS = 200
REPORTS = 6
VICTIMS = ("the run itself", "the loaded process", "a report", "a worker")
LONGEST = {"": 1.5, "local:2": 4.5}  # seconds until a kill, at the most
MARK = "SEMINAR_KILLS"
RUN = f"""
import pathlib, sys
from report_ways import reports
from seminarkit.reports.batch import run_batch
folder, output, cluster = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
if __name__ == "__main__":
    result = run_batch(reports(folder, output)[:{REPORTS}], folder, jobs=2, cluster=cluster)
    sys.exit(len(result.failed))
"""


def start(folder: Path, output: Path, cluster: str, mark: str) -> subprocess.Popen[bytes]:
    """Start the batch in a process of its own, told apart by a mark in its environment."""
    paths = (str(Path(__file__).parent), os.environ.get("PYTHONPATH", ""))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), MARK: mark}
    command = [sys.executable, "-c", RUN, str(folder), str(output), cluster]
    return subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)


def victim(process: subprocess.Popen[bytes], kind: str) -> int | None:
    """Return the process of a kind that is running now, if there is one."""
    if kind == "the run itself":
        return process.pid
    found = []
    with suppress(psutil.NoSuchProcess):
        for each in psutil.Process(process.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                here, above = _is_loaded(each), _is_loaded(each.parent())
                worker = not here and any(_is_loaded(child) for child in each.children())
                kinds = {"the loaded process": here and not above, "a report": above}
                if {**kinds, "a worker": worker}[kind]:
                    found.append(each.pid)
    return random.choice(found) if found else None


def _is_loaded(process: psutil.Process | None) -> bool:
    return process is not None and "multiprocessing.forkserver" in " ".join(process.cmdline())


def left(mark: str) -> list[int]:
    """Return the processes that bear a mark, those that have ended aside."""
    found = []
    for each in psutil.process_iter():
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            if each.status() != psutil.STATUS_ZOMBIE and each.environ().get(MARK) == mark:
                found.append(each.pid)
    return found


def tree(output: Path) -> dict[str, str]:
    """Return the hash of each file; of records, without the clock."""
    found = {}
    for path in sorted(output.rglob("*")):
        data = path.read_bytes()
        if path.suffix == ".json":
            record = json.loads(data)
            record.pop("finished_at"), record.pop("seconds")
            data = json.dumps(record, sort_keys=True).encode()
        found[path.name] = hashlib.sha256(data).hexdigest()
    return found


def one(folder: Path, output: Path, number: int, wanted: dict[str, str]) -> tuple[str, bool, bool]:
    """Kill once; return who was hit, whether the files are the same, whether nothing is left."""
    kind = VICTIMS[number % len(VICTIMS)]
    cluster = "local:2" if kind == "a worker" else ""
    mark = f"{os.getpid()}-{number}"
    process = start(folder, output, cluster, mark)
    time.sleep(random.uniform(0.3, LONGEST[cluster]))
    hit = ""
    until = time.monotonic() + 10
    while not hit and process.poll() is None and time.monotonic() < until:
        if pid := victim(process, kind):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                hit = kind
        time.sleep(0.02)
    process.wait()
    until = time.monotonic() + 15
    while left(mark) and time.monotonic() < until:
        time.sleep(0.1)
    gone = not left(mark)
    while start(folder, output, "", mark).wait():
        pass
    odd = sorted(name for name, _ in tree(output).items() ^ wanted.items())
    if odd:
        print(f"{hit or 'nobody'}, {number}: {odd}", flush=True)
    return hit or "nobody: it was done before", not odd, gone


def main(folder: Path, kills: int) -> None:
    """Kill as often as asked for, and print what came of it."""
    hit: Counter[str] = Counter()
    same = clean = 0
    with tempfile.TemporaryDirectory() as temporary:
        calm = Path(temporary) / "calm"
        assert start(folder, calm, "", "calm").wait() == 0
        wanted = tree(calm)
        for number in range(kills):
            output = Path(temporary) / "killed"
            who, as_calm, gone = one(folder, output, number, wanted)
            hit[who] += 1
            same, clean = same + as_calm, clean + gone
            shutil.rmtree(output, ignore_errors=True)
    rows = [(f"hit: {who}", str(number), "") for who, number in hit.most_common()]
    rows += [
        (f"the same {len(wanted)} files in the end", f"{same} of {kills}", "all"),
        ("no process left behind", f"{clean} of {kills}", "all"),
    ]
    print_table(f"{kills} kills of a batch of {REPORTS} reports", rows)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else KILLS)
