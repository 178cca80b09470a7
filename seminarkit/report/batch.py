"""Runs report notebooks for many countries: all of them, whatever one of them does."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from seminarkit.errors import UsageError, did_you_mean
from seminarkit.files import sweep
from seminarkit.isolation import settle, spawn_context
from seminarkit.report.engine import (
    DIED,
    ENGINE,
    KERNEL,
    Failure,
    Run,
    can_fork,
    kernel_of,
    parameter_names,
    run_notebook,
)
from seminarkit.report.fingerprint import file_hash, made_of, reasons, template_hash
from seminarkit.report.record import Report, is_current, read_record, write_record

_FORCED = "nothing changed, but all were asked for"


@dataclass(frozen=True)
class BatchResult:
    """How a batch ended: every report is in exactly one of the three."""

    succeeded: tuple[Report, ...]
    failed: tuple[tuple[Report, Failure], ...]
    skipped: tuple[Report, ...]


def run_batch(
    reports: Sequence[Report],
    folder: Path,
    *,
    parameters: Mapping[str, Any] | None = None,
    jobs: int = 2,
    cluster: str = "",
    force: bool = False,
    done: Callable[[Report], None] = lambda report: None,
    why: Callable[[Report, str], None] = lambda report, reason: None,
) -> BatchResult:
    """Run every report whose inputs changed, or all with ``force``; ``folder`` is the seminar's.

    ``cluster`` is the address of a Dask cluster to run them on, instead of ``jobs`` at a time here.
    ``why`` is told of each that is run, with the reason, and ``done`` of each that is finished.
    A failure stops no other report and leaves the last good output of its own. Raises UsageError
    for a parameter that a notebook does not take.
    """
    more = dict(parameters or {})
    if more:  # which loads papermill here
        check_parameters({report.notebook for report in reports}, ["dossier", *more])
    notebooks = {path: file_hash(path) for path in {report.notebook for report in reports}}
    templates = {path: template_hash(path) for path in {report.template for report in reports}}
    runs: dict[Report, tuple[Run, Mapping[str, Any]]] = {}
    took: dict[Report, tuple[float, int]] = {}
    skipped = []
    for report in reports:
        given = {**more, "dossier": report.dossier.relative_to(folder).as_posix()}
        shared = notebooks[report.notebook], templates[report.template]
        now = made_of(shared[0], file_hash(report.dossier), shared[1], given)
        record = read_record(report)
        current = record is not None and is_current(report, now, record)
        if current and not force:
            skipped.append(report)
            done(report)
        else:
            why(report, _FORCED if current else reasons(now, record, report.dossier))
            runs[report] = (_run(report, folder, given), now)
            seconds = float((record or {}).get("seconds", math.inf))
            took[report] = seconds, report.dossier.stat().st_size
    succeeded, failed = [], []
    # those that took longest last time, or have most to show, go first: at the end none is alone
    order = sorted(runs, key=took.__getitem__, reverse=True)
    for report, failure, seconds in _run_all({r: runs[r][0] for r in order}, jobs, cluster):
        if failure:
            failed.append((report, failure))
        else:
            write_record(report, runs[report][1], seconds)
            succeeded.append(report)
        done(report)
    for made in {report.output.parent for report in runs}:
        sweep(made)
    place = {report: i for i, report in enumerate(reports)}
    return BatchResult(
        tuple(sorted(succeeded, key=place.__getitem__)),
        tuple(sorted(failed, key=lambda pair: place[pair[0]])),
        tuple(skipped),
    )


def slow_ways(notebooks: Iterable[Path]) -> list[str]:
    """Return in sentences where papermill's own engine has to be used, which takes longer."""
    if not can_fork():
        return ["Processes cannot be forked on this system: papermill's own engine is used."]
    asked = {path.name: kernel_of(path) for path in sorted(notebooks)}
    return [
        f"{name} asks for the kernel '{kernel}': papermill's own engine runs it."
        for name, kernel in asked.items()
        if kernel != KERNEL
    ]


def load_ahead() -> None:
    """Begin to load what reports need while there is something else to do; returns at once."""
    if can_fork():
        from seminarkit.report.warm import load

        load()


def check_parameters(notebooks: set[Path], names: Sequence[str]) -> None:
    """Raise UsageError for a name that is no parameter of one of these notebooks."""
    for notebook in sorted(notebooks):
        known = parameter_names(notebook)
        for name in names:
            if name not in known:
                hint = did_you_mean(name, known)
                raise UsageError(f"{notebook.name} has no parameter '{name}'.{hint}")


def _run(report: Report, folder: Path, parameters: Mapping[str, Any]) -> Run:
    return Run(
        kernel=kernel_of(report.notebook),
        notebook=str(report.notebook),
        output=str(report.output),
        folder=str(folder),
        parameters=dict(parameters),
        template=str(report.template) if report.template else None,
    )


def _run_all(
    runs: Mapping[Report, Run], jobs: int, cluster: str
) -> Iterator[tuple[Report, Failure | None, float]]:
    """Yield each report with its failure, if any, and the seconds it took, as they end."""
    if cluster:
        if runs:
            from seminarkit.report.cluster import run_on_cluster

            for report, outcome in run_on_cluster(runs, cluster):
                yield report, *outcome
        return
    if can_fork():
        from seminarkit.report.warm import run_forked  # Windows cannot load it

        forked = {r: replace(run, engine=ENGINE) for r, run in runs.items()}
        for report, outcome in run_forked(forked, jobs, run_notebook):
            yield report, *outcome
        return
    waiting = dict(runs)
    for report, outcome in _pool(waiting, jobs):
        del waiting[report]
        yield report, *outcome
    # a run that killed its worker took the pool down with it: find it, each in a pool of its own
    for report, run in waiting.items():
        alone = dict(_pool({report: run}, 1))
        yield report, *alone.get(report, (DIED, 0.0))


def _pool(
    runs: Mapping[Report, Run], jobs: int
) -> Iterator[tuple[Report, tuple[Failure | None, float]]]:
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
    """Keep the libraries' own remarks off the terminal: what counts comes back as a failure."""
    settle()
    logging.disable(logging.CRITICAL)


def _timed(run: Run) -> tuple[Failure | None, float]:
    start = time.monotonic()
    return run_notebook(run), time.monotonic() - start
