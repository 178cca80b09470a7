"""Run each report in a process of its own, forked from one that has everything loaded.

Importing what a report needs takes many times as long as running it. So it is imported once, in
Python's fork server, and every report runs in a child of it. Nothing that a report does to its
process affects another report.
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
_ATTEMPTS = 3
_PAUSE = 1.0  # seconds before the next try
_CHECK = 0.1  # seconds between two checks of the limits
_DEEP_CHECK = 0.2  # seconds between two slower checks, which see all descendants
_PARENT_GONE = 255  # exit code of a child when the fork server has died
_SERVER_DIED = Failure("", "The loaded process ended while it ran.")


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
    """Begin to preload, in the fork server, what reports need; return at once."""
    _context()
    with without_main():
        start_fork_server()


def _context() -> ForkServerContext:
    return fork_context(["seminarkit.reports.engine.preload"])


def run_forked(
    runs: Mapping[Key, Run], jobs: int, work: Callable[[Run], Failure | None]
) -> Iterator[tuple[Key, tuple[Failure | None, float]]]:
    """Yield each run with its failure or None, and its seconds, as they finish.

    ``jobs`` runs are active at once. A run that exceeds a limit (limits.py) is killed with all its
    descendants. If a run kills the fork server, all active runs are lost: each is run again alone,
    which shows which of them did it.
    """
    lost: dict[Key, Run] = {}
    for key, failure, seconds in _forked(runs, jobs, work):
        if failure is _SERVER_DIED and len(runs) > 1:
            lost[key] = runs[key]
        else:
            yield key, (DIED if failure is _SERVER_DIED else failure, seconds)
    for key, run in lost.items():
        yield from run_forked({key: run}, 1, work)


def _forked(
    runs: Mapping[Key, Run], jobs: int, work: Callable[[Run], Failure | None]
) -> Iterator[tuple[Key, Failure | None, float]]:
    context = _context()
    threads = limits.threads_of_user()
    waiting = list(runs.items())[::-1]
    running: dict[int, _Child[Key]] = {}
    last_deep_check = time.monotonic()

    def start() -> None:
        while waiting and len(running) < jobs:
            key, run = waiting.pop()
            process, answer = _start_child(context, work, run, threads, scratch)
            running[process.sentinel] = _Child(key, process, answer, time.monotonic())

    # a killed child leaves its temporary files behind: they are removed with this folder
    folder = TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True)
    with limits.Orphans() as orphans, folder as scratch:
        try:
            start()
            while running:
                wait(list(running), _CHECK)
                now = time.monotonic()
                leaders = [child.pid for child in running.values()]
                crowded = limits.over_process_limit(leaders)
                if not crowded and now - last_deep_check > _DEEP_CHECK:
                    last_deep_check, crowded = now, limits.over_descendant_limit(leaders)
                ended = []
                for sentinel, child in list(running.items()):
                    seconds = now - child.started
                    failure = _limit_failure(child, seconds, crowded)
                    if failure or not child.process.is_alive():
                        del running[sentinel]
                        _kill(child.process)  # with its process group
                        ended.append((child.key, failure or _result_of(child), seconds))
                start()  # start the next before the orphans are killed, which takes longer
                if ended:
                    orphans.end()
                yield from ended
        finally:
            if running:
                for child in running.values():
                    _kill(child.process)
                orphans.end()


def _limit_failure(child: _Child[Key], seconds: float, crowded: set[int]) -> Failure | None:
    """Return the failure of a report that exceeds a limit, or None."""
    if not child.process.is_alive():
        return None
    if child.pid in crowded:
        return Failure("", limits.TOO_MANY.format(limits.PROCESSES))
    if seconds > limits.SECONDS:
        return Failure("", limits.TOO_LONG.format(limits.SECONDS))
    return None


def _start_child(
    context: ForkServerContext,
    work: Callable[[Run], Failure | None],
    run: Run,
    threads: int,
    scratch: str,
) -> tuple[ForkServerProcess, Connection]:
    """Start a child; if the fork server dies meanwhile, try again, as Python starts another."""
    for attempts_left in reversed(range(_ATTEMPTS)):
        answer, to_parent = context.Pipe(duplex=False)
        # the fork server has the environment of its own start
        args = work, run, to_parent, threads, {**os.environ, "TMPDIR": scratch}
        process = context.Process(target=_in_child, args=args)
        try:
            with without_main():
                process.start()
            break
        except (EOFError, OSError):
            answer.close()
            if not attempts_left:
                raise
            time.sleep(_PAUSE)
        finally:
            to_parent.close()
    return process, answer


def _result_of(child: _Child[Key]) -> Failure | None:
    try:
        failure: Failure | None = child.answer.recv()
    except (EOFError, OSError):
        child.process.join()
        return _SERVER_DIED if child.process.exitcode == _PARENT_GONE else DIED
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
    os.setpgid(0, 0)  # a process group, so that its children can be killed with it
    os.nice(10)  # the supervising process has priority over all that the report starts
    limits.limit_this_process(threads)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # so that a cell can be interrupted
    devnull = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):  # no input or output outside of the notebook
        os.dup2(devnull, descriptor)
    os.environ.update(environment)
    tempfile.tempdir = environment["TMPDIR"]  # on a failed disk, tempfile would choose another
    try:
        os.chdir(run.folder)
        with own_scratch():
            if run.in_process and run.bounds:
                keep_to(run.bounds)
            failure = work(run)
    except OSError as error:
        failure = Failure("", reason_of(error))
    except Exception as error:
        failure = Failure.of(type(error).__name__, error)
    limits.end_children()
    to_parent.send(failure)


def _kill(process: ForkServerProcess) -> None:
    assert process.pid
    limits.end_group(process.pid)
    process.kill()
    process.join()
