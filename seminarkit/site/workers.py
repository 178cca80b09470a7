"""Files that are slow to make are made beside this process, several at once.

Each worker is a process of its own that makes one file at a time. One that ends takes no file with
it but the one that it was making; all of them end with the process that began them.
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

Make = Callable[[], bytes]  # can be sent to another process
SECONDS = 300
_ENDED = "The process that made it ended. If it happens again, please report this line."
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
    """Begins workers as they are needed."""

    def __init__(self, jobs: int, modules: Sequence[str]) -> None:
        """``jobs`` are at work at once; ``modules`` are loaded once for all, where that works."""
        self._context = fork_context(modules) if can_fork() else spawn_context()
        self._threads = ThreadPoolExecutor(jobs)
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._all: list[_Worker] = []

    def make(self, make: Make, place: Path) -> Future[Outcome]:
        """Have a file made and written to its place."""
        return self._threads.submit(self._make, make, place)

    def close(self) -> None:
        """End all workers, whatever they are doing."""
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
            worker = self._begin()
        try:
            worker.line.send((make, place))
            if not worker.line.poll(SECONDS):
                worker.process.kill()
                return Outcome(reason=_TOO_LONG)
            outcome: Outcome = worker.line.recv()
        except (EOFError, OSError):
            return Outcome(reason=_ENDED)
        self._idle.put(worker)
        return outcome

    def _begin(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs,), daemon=True)
        with without_main():
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._all.append(worker)
        return worker


def written(make: Make, place: Path) -> Outcome:
    """Make a file and write it to its place."""
    try:
        data = make()
        write_whole(place, data)
        return Outcome(hash_of(data))
    except Exception as error:
        return Outcome(reason=reason_of(error))


def _work(line: Connection) -> None:
    """Make what comes, until the process that began this one ends or says no more."""
    settle()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends with the one that began it
    while True:
        try:
            line.send(written(*line.recv()))
        except (EOFError, OSError):
            return
