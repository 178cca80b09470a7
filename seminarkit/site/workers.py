"""Make slow files in worker processes, several in parallel.

Each worker makes one file at a time. If a worker dies, only its current file is lost; all workers
die with the process that started them.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import Empty, SimpleQueue

from seminarkit.core.disk.attempts import reason_of
from seminarkit.core.disk.files import write_whole
from seminarkit.core.isolation import fork_context, settle, spawn_context, without_main
from seminarkit.reports.engine.engines import can_fork
from seminarkit.site.staging import hash_of

Make = Callable[[], bytes]  # must be picklable
SECONDS = 300
_WORKER_DIED = "The process that made it crashed. If this happens again, please report this line."
_TOO_LONG = f"It took longer than {SECONDS} seconds."


@dataclass(frozen=True)
class Outcome:
    """The hash of a file that was made, or the reason why it was not."""

    sha256: str = ""
    reason: str = ""


@dataclass(frozen=True)
class _Worker:
    process: BaseProcess
    line: Connection


class Workers:
    """Starts workers as they are needed."""

    def __init__(self, jobs: int, modules: Sequence[str]) -> None:
        """``jobs`` workers run at once; ``modules`` are preloaded for all if forking works."""
        self._context = fork_context(modules) if can_fork() else spawn_context()
        self._threads = ThreadPoolExecutor(jobs)
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._all: list[_Worker] = []

    def make(self, make: Make, place: Path) -> Future[Outcome]:
        """Make a file in a worker, and write it to its path."""
        return self._threads.submit(self._make, make, place)

    def close(self) -> None:
        """Kill all workers."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._all:
            worker.process.kill()
        self._threads.shutdown()
        for worker in self._all:
            worker.process.join()
            worker.line.close()

    def _make(self, make: Make, place: Path) -> Outcome:
        try:
            worker = self._idle.get_nowait()
        except Empty:
            worker = self._start()
        try:
            worker.line.send((make, place))
            if not worker.line.poll(SECONDS):
                worker.process.kill()
                return Outcome(reason=_TOO_LONG)
            outcome: Outcome = worker.line.recv()
        except (EOFError, OSError):
            return Outcome(reason=_WORKER_DIED)
        self._idle.put(worker)
        return outcome

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs,), daemon=True)
        with without_main():
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._all.append(worker)
        return worker


def write_file(make: Make, place: Path) -> Outcome:
    """Make a file and write it to its path."""
    try:
        data = make()
        write_whole(place, data)
        return Outcome(hash_of(data))
    except Exception as error:
        return Outcome(reason=reason_of(error))


def _work(line: Connection) -> None:
    """Make the requested files until the connection or the parent process ends."""
    settle()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process handles it
    while True:
        try:
            line.send(write_file(*line.recv()))
        except (EOFError, OSError):
            return
