"""Limit the time, memory, disk space and processes of one report, and kill all that it started.

A report is a process that may start others, also in sessions of their own. It becomes their reaper
(Linux's child subreaper), so all of them are its descendants while it lives. When it is killed, the
processes it leaves are adopted by the process that runs the batch, which kills them.
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
MEGABYTES = 2_000  # of memory, beyond what is preloaded
FILE_MEGABYTES = 100  # of each file that a report writes
PROCESSES = 64
_AT_ONCE = 2_000  # threads that a user may start before the next check; root is not limited
TOO_LONG = "It took longer than {} seconds."
TOO_MANY = "It started more than {} processes."
_END_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_REAP = 36  # PR_SET_CHILD_SUBREAPER


def threads_of_user() -> int:
    """Return the number of threads of this user, or 0 for root, who has no limit."""
    user = os.getuid()
    processes = psutil.process_iter(["uids", "num_threads"])
    infos = (p.info for p in processes if p.info["uids"] and p.info["uids"].real == user)
    return sum(info["num_threads"] or 0 for info in infos) if user else 0


def limit_this_process(threads: int) -> None:
    """Set the limits of a report's process before its notebook runs; it dies with its parent.

    ``threads`` is the number that the user had when the batch began; 0 sets no limit on new ones.
    """
    _prctl(_END_WITH_PARENT, signal.SIGKILL)
    _prctl(_REAP, 1)
    current = psutil.Process().memory_info().vms
    maximum = current + MEGABYTES * 1_000_000
    _limit(resource.RLIMIT_AS, maximum)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, FILE_MEGABYTES * 1_000_000)
    if threads:
        _limit(resource.RLIMIT_NPROC, threads + _AT_ONCE)


def _limit(resource_kind: int, maximum: int) -> None:
    """Set a resource limit, but never above the user's hard limit."""
    _, hard = resource.getrlimit(resource_kind)
    maximum = maximum if hard == resource.RLIM_INFINITY else min(maximum, hard)
    resource.setrlimit(resource_kind, (maximum, maximum))


class Orphans:
    """Kills the processes that killed reports leave behind; a context around a batch.

    This process becomes the subreaper, which adopts orphans among its descendants. Each report has
    a process group of its own, so no process in this process's own group comes from a report.
    """

    def __enter__(self) -> Orphans:
        self._before = set(_children())
        _prctl(_REAP, 1)
        return self

    def __exit__(self, *_: object) -> None:
        _prctl(_REAP, 0)

    def end(self) -> None:
        """Kill all orphans that this process has adopted, and their descendants."""
        while orphans := [pid for pid in _children() if self._is_orphan(pid)]:
            _kill(orphans)  # their children are adopted next

    def _is_orphan(self, pid: int) -> bool:
        try:
            return pid not in self._before and os.getpgid(pid) != os.getpgrp()
        except ProcessLookupError:
            return False


def end_group(pid: int) -> None:
    """Kill a process and its group; its children in other groups become orphans."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    with suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)


def end_children() -> None:
    """Kill all descendants of this process, which is their subreaper."""
    while _has_children():
        _kill(_children())


def over_process_limit(leaders: Iterable[int]) -> set[int]:
    """Return the processes whose groups have more members than allowed; a quick check."""
    sizes = dict.fromkeys(leaders, 0)
    for pid in psutil.pids():
        with suppress(ProcessLookupError, PermissionError):
            group = os.getpgid(pid)
            if group in sizes:
                sizes[group] += 1
    return {leader for leader, size in sizes.items() if size > PROCESSES}


def over_descendant_limit(leaders: Iterable[int]) -> set[int]:
    """Return the processes that have more descendants than allowed, in any group; slower."""
    too_many = set()
    for pid in leaders:
        with suppress(psutil.NoSuchProcess):
            if len(psutil.Process(pid).children(recursive=True)) > PROCESSES:
                too_many.add(pid)
    return too_many


def _children() -> list[int]:
    return [child.pid for child in psutil.Process().children()]


def _has_children() -> bool:
    """Say whether there are children, zombies included; much faster than listing them."""
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
