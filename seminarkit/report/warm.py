"""A process for each report, forked from one in which everything is loaded already.

Loading what a report needs takes many times as long as running it. So it is loaded once, in a
process that does nothing else (Python's fork server), and every report gets a child of its own:
what it does to its process, or its process to it, is no other report's concern.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, ForkServerProcess
from typing import Generic, TypeVar

from seminarkit.report.engine import Failure, Run

Key = TypeVar("Key", bound=Hashable)
SECONDS = 300  # for one report
_TRIES = 3
_LOOK = 1.0  # seconds between two looks at who takes too long
_END_WITH_PARENT = 1  # Linux's PR_SET_PDEATHSIG
_PARENT_GONE = 255  # what Python says of a child when the fork server has ended
DIED = Failure("", "It killed the process that ran it.")
_BESIDE = Failure("", "The loaded process ended while it ran.")


def can_fork() -> bool:
    """Say whether a loaded process may be forked here: not on Windows, nor safely on macOS."""
    return sys.platform.startswith("linux")


@dataclass
class _Child(Generic[Key]):
    key: Key
    process: ForkServerProcess
    answer: Connection
    started: float


def run_forked(
    runs: Mapping[Key, Run], jobs: int, work: Callable[[Run], Failure | None]
) -> Iterator[tuple[Key, tuple[Failure | None, float]]]:
    """Yield each run with its failure, if any, and the seconds it took, as they end.

    ``jobs`` run at once. One that takes longer than ``SECONDS`` is ended, with its own children.
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
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "seminarkit.report.loaded"])
    waiting = list(runs.items())[::-1]
    running: dict[int, _Child[Key]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                key, run = waiting.pop()
                process, answer = _started(context, work, run)
                running[process.sentinel] = _Child(key, process, answer, time.monotonic())
            wait(list(running), _LOOK)
            for sentinel, child in list(running.items()):
                seconds = time.monotonic() - child.started
                alive = child.process.is_alive()
                if alive and seconds <= SECONDS:
                    continue
                del running[sentinel]
                _end(child.process)  # with what it started and left behind
                failure = _told(child)
                if alive:
                    failure = Failure("", f"It took longer than {SECONDS} seconds.")
                yield child.key, failure, seconds
    finally:
        for child in running.values():
            _end(child.process)


def _started(
    context: ForkServerContext, work: Callable[[Run], Failure | None], run: Run
) -> tuple[ForkServerProcess, Connection]:
    """Start a child; where the loaded process ends at this moment, Python loads another."""
    for left in reversed(range(_TRIES)):
        answer, to_parent = context.Pipe(duplex=False)
        process = context.Process(target=_in_child, args=(work, run, to_parent))
        try:
            process.start()
            break
        except (EOFError, OSError):
            answer.close()
            if not left:
                raise
            time.sleep(_LOOK)
        finally:
            to_parent.close()
    return process, answer


def _told(child: _Child[Key]) -> Failure | None:
    try:
        failure: Failure | None = child.answer.recv()
    except (EOFError, OSError):
        child.process.join()
        return _BESIDE if child.process.exitcode == _PARENT_GONE else DIED
    finally:
        child.answer.close()
    return failure


def _in_child(work: Callable[[Run], Failure | None], run: Run, to_parent: Connection) -> None:
    os.setpgid(0, 0)  # so that its own children can be ended with it
    ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for past_python in (0, 1, 2):  # what a cell or its children read and write past the notebook
        os.dup2(nowhere, past_python)
    try:
        os.chdir(run.folder)
        told = work(run)
    except Exception as error:  # a full disk, for instance
        told = Failure("", f"{type(error).__name__}: {error}")
    to_parent.send(told)


def _end(process: ForkServerProcess) -> None:
    with suppress(ProcessLookupError, PermissionError):
        assert process.pid
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()
