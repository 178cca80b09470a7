"""What one report may take: time, memory, disk, processes; and how all that it started is ended.

A report is a process that may start others, also in sessions of their own. It becomes the reaper of
what it started (Linux's subreaper), so that while it lives, all of that is found below it; and what
it leaves behind when it is killed comes to the process that runs the batch, which ends it.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from collections.abc import Iterable, Sequence
from contextlib import suppress

import psutil

SECONDS = 300
MEGABYTES = 2_000  # of memory, on top of what is loaded before it starts
FILE_MEGABYTES = 100  # of each file that it writes
PROCESSES = 64
_AT_ONCE = 2_000  # more than these no user but root can start before somebody looks
TOO_LONG = "It took longer than {} seconds."
TOO_MANY = "It started more than {} processes."
_END_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_REAP = 36  # PR_SET_CHILD_SUBREAPER


def threads_of_user() -> int:
    """Return how many threads this user has; 0 for root, whom the system lets have any number."""
    user = os.getuid()
    found = psutil.process_iter(["uids", "num_threads"])
    mine = (each.info for each in found if each.info["uids"] and each.info["uids"].real == user)
    return sum(info["num_threads"] or 0 for info in mine) if user else 0


def limit_this_process(threads: int) -> None:
    """Limit the process of a report, before its notebook runs; it ends with its parent.

    ``threads`` are those its user had when the batch began: 0 sets no limit on new ones.
    """
    _prctl(_END_WITH_PARENT, signal.SIGKILL)
    _prctl(_REAP, 1)
    now = psutil.Process().memory_info().vms
    most = now + MEGABYTES * 1_000_000
    _limit(resource.RLIMIT_AS, most)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, FILE_MEGABYTES * 1_000_000)
    if threads:
        _limit(resource.RLIMIT_NPROC, threads + _AT_ONCE)


def _limit(what: int, most: int) -> None:
    """Set a limit; where the user has a narrower one, that holds."""
    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))


class Orphans:
    """Ends what reports leave behind when they are killed: to be used around a batch.

    This process becomes the reaper of what loses its parent below it. Each report is a group of
    processes of its own, so what stands in this process's group is none of theirs.
    """

    def __enter__(self) -> Orphans:
        self._before = set(_children())
        _prctl(_REAP, 1)
        return self

    def __exit__(self, *_: object) -> None:
        _prctl(_REAP, 0)

    def end(self) -> None:
        """End all children that came to this process by losing their parents, and all below."""
        while orphans := [pid for pid in _children() if self._came(pid)]:
            _kill(orphans)  # what was below them comes to this process next

    def _came(self, pid: int) -> bool:
        try:
            return pid not in self._before and os.getpgid(pid) != os.getpgrp()
        except ProcessLookupError:
            return False


def end_group(pid: int) -> None:
    """End a process and its group at one blow; what it started in other groups is orphaned."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    with suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)


def end_children() -> None:
    """End all that this process, the reaper of what is below it, has started, however deep."""
    while _has_children():
        _kill(_children())


def crowded(leaders: Iterable[int]) -> set[int]:
    """Return which of these processes have more in their groups than they may; at once."""
    sizes = dict.fromkeys(leaders, 0)
    for pid in psutil.pids():
        with suppress(ProcessLookupError, PermissionError):
            group = os.getpgid(pid)
            if group in sizes:
                sizes[group] += 1
    return {leader for leader, size in sizes.items() if size > PROCESSES}


def crowded_below(leaders: Iterable[int]) -> set[int]:
    """Return which of these processes have more below them than they may, in whatever groups."""
    found = set()
    for pid in leaders:
        with suppress(psutil.NoSuchProcess):
            if len(psutil.Process(pid).children(recursive=True)) > PROCESSES:
                found.add(pid)
    return found


def _children() -> list[int]:
    return [each.pid for each in psutil.Process().children()]


def _has_children() -> bool:
    """Say whether there are any, as ended ones that nobody waited for; much faster than which."""
    with suppress(ChildProcessError):
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        return True
    return False


def _kill(children: Sequence[int]) -> None:
    for pid in children:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    for pid in children:
        with suppress(ChildProcessError):
            os.waitpid(pid, 0)


def _prctl(option: int, value: int) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)
