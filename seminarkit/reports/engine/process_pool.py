"""Run reports with papermill's default engine in a process pool, each with a kernel process."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from seminarkit.core.isolation import settle, spawn_context
from seminarkit.reports.engine.engines import Failure, Run, run_notebook
from seminarkit.reports.guard.scratch import own_scratch
from seminarkit.reports.run_record import Report


def in_pool(
    runs: Mapping[Report, Run], jobs: int
) -> Iterator[tuple[Report, tuple[Failure | None, float]]]:
    """Yield each report with its failure or None, and its seconds; skip those whose worker died."""
    if not runs:
        return
    context = spawn_context()
    workers = max(1, min(jobs, len(runs)))
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin) as pool:
        futures: dict[Future[tuple[Failure | None, float]], Report] = {
            pool.submit(_timed, run): report for report, run in runs.items()
        }
        for future in as_completed(futures):
            try:
                yield futures[future], future.result()
            except BrokenProcessPool:
                continue


def _begin() -> None:
    """Silence the loggers of libraries: failures are returned instead."""
    settle()
    logging.disable(logging.CRITICAL)


def _timed(run: Run) -> tuple[Failure | None, float]:
    start = time.monotonic()
    with own_scratch():
        return run_notebook(run), time.monotonic() - start
