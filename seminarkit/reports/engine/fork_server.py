"""A process for each report, forked from one in which everything is loaded already.

Loading what a report needs takes many times as long as running it. So it is loaded once, in a
process that does nothing else (Python's fork server), and every report gets a child of its own:
what it does to its process, or its process to it, is no other report's concern.
"""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, ForkServerProcess
from tempfile import TemporaryDirectory
from typing import Generic, TypeVar

from seminarkit.core.disk.attempts import reason_of
from seminarkit.core.isolation import fork_context, start_fork_server, without_main
from seminarkit.reports.engine import limits
from seminarkit.reports.engine.engines import DIED, Failure, Run
from seminarkit.reports.guard.guard import keep_to
from seminarkit.reports.guard.scratch import PREFIX, own_scratch

Key = TypeVar("Key", bound=Hashable)
_TRIES = 3
_PAUSE = 1.0  # seconds before the next try
_LOOK = 0.1  # seconds between two looks at who takes too much
_DEEP = 0.2  # seconds between two that take longer, for groups of a kernel's own
_PARENT_GONE = 255  # what Python says of a child when the fork server has ended
_BESIDE = Failure("", "The loaded process ended while it ran.")


@dataclass
class _Child(Generic[Key]):
    key: Key
    process: ForkServerProcess
    answer: Connection
    started: float

    @property
    def pid(self) -> int:
        assert self.process.pid
        return self.process.pid


def load() -> None:
    """Begin to load what reports need, in its own process, and return at once."""
    _context()
    with without_main():
        start_fork_server()


def _context() -> ForkServerContext:
    return fork_context(["seminarkit.reports.engine.preload"])


def run_forked(
    runs: Mapping[Key, Run], jobs: int, work: Callable[[Run], Failure | None]
) -> Iterator[tuple[Key, tuple[Failure | None, float]]]:
    """Yield each run with its failure, if any, and the seconds it took, as they end.

    ``jobs`` run at once. One that takes more than limits.py says is ended, with all it started.
    One that ends the loaded process takes with it what runs beside it: all of them are run once
    more, each alone, which shows who it was.
    """
    beside: dict[Key, Run] = {}
    for key, failure, seconds in _forked(runs, jobs, work):
        if failure is _BESIDE and len(runs) > 1:
            beside[key] = runs[key]
        else:
            yield key, (DIED if failure is _BESIDE else failure, seconds)
    for key, run in beside.items():
        yield from run_forked({key: run}, 1, work)


def _forked(
    runs: Mapping[Key, Run], jobs: int, work: Callable[[Run], Failure | None]
) -> Iterator[tuple[Key, Failure | None, float]]:
    context = _context()
    threads = limits.threads_of_user()
    waiting = list(runs.items())[::-1]
    running: dict[int, _Child[Key]] = {}
    looked = time.monotonic()

    def start() -> None:
        while waiting and len(running) < jobs:
            key, run = waiting.pop()
            process, answer = _started(context, work, run, threads, scratch)
            running[process.sentinel] = _Child(key, process, answer, time.monotonic())

    # a child that is ended leaves its temporary files behind: they go with this folder
    with limits.Orphans() as orphans, TemporaryDirectory(prefix=PREFIX) as scratch:
        try:
            start()
            while running:
                wait(list(running), _LOOK)
                now = time.monotonic()
                leaders = [child.pid for child in running.values()]
                crowded = limits.crowded(leaders)
                if not crowded and now - looked > _DEEP:
                    looked, crowded = now, limits.crowded_below(leaders)
                ended = []
                for sentinel, child in list(running.items()):
                    seconds = now - child.started
                    over = _over(child, seconds, crowded)
                    if over or not child.process.is_alive():
                        del running[sentinel]
                        _end(child.process)  # with what it started
                        ended.append((child.key, over or _answered(child), seconds))
                start()  # the next at once; what these left behind may wait as long
                if ended:
                    orphans.end()
                yield from ended
        finally:
            if running:
                for child in running.values():
                    _end(child.process)
                orphans.end()


def _over(child: _Child[Key], seconds: float, crowded: set[int]) -> Failure | None:
    """Return why a report is ended from outside, if it is."""
    if not child.process.is_alive():
        return None
    if child.pid in crowded:
        return Failure("", limits.TOO_MANY.format(limits.PROCESSES))
    if seconds > limits.SECONDS:
        return Failure("", limits.TOO_LONG.format(limits.SECONDS))
    return None


def _started(
    context: ForkServerContext,
    work: Callable[[Run], Failure | None],
    run: Run,
    threads: int,
    scratch: str,
) -> tuple[ForkServerProcess, Connection]:
    """Start a child; where the loaded process ends at this moment, Python loads another."""
    for left in reversed(range(_TRIES)):
        answer, to_parent = context.Pipe(duplex=False)
        # the loaded process keeps the environment that it began with
        given = work, run, to_parent, threads, {**os.environ, "TMPDIR": scratch}
        process = context.Process(target=_in_child, args=given)
        try:
            with without_main():
                process.start()
            break
        except (EOFError, OSError):
            answer.close()
            if not left:
                raise
            time.sleep(_PAUSE)
        finally:
            to_parent.close()
    return process, answer


def _answered(child: _Child[Key]) -> Failure | None:
    try:
        failure: Failure | None = child.answer.recv()
    except (EOFError, OSError):
        child.process.join()
        return _BESIDE if child.process.exitcode == _PARENT_GONE else DIED
    finally:
        child.answer.close()
    return failure


def _in_child(
    work: Callable[[Run], Failure | None],
    run: Run,
    to_parent: Connection,
    threads: int,
    environment: Mapping[str, str],
) -> None:
    os.setpgid(0, 0)  # so that its own children can be ended with it
    os.nice(10)  # who looks after it comes first, however many it starts
    limits.limit_this_process(threads)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a cell may be interrupted
    nowhere = os.open(os.devnull, os.O_RDWR)
    for past_python in (0, 1, 2):  # what a cell or its children read and write past the notebook
        os.dup2(nowhere, past_python)
    os.environ.update(environment)
    tempfile.tempdir = None  # the environment names another place
    try:
        os.chdir(run.folder)
        with own_scratch():
            if run.alone and run.bounds:
                keep_to(run.bounds)
            failure = work(run)
    except OSError as error:
        failure = Failure("", reason_of(error))
    except Exception as error:
        failure = Failure.of(type(error).__name__, error)
    limits.end_children()
    to_parent.send(failure)


def _end(process: ForkServerProcess) -> None:
    assert process.pid
    limits.end_group(process.pid)
    process.kill()
    process.join()
