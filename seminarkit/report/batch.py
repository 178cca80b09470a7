"""Runs report notebooks for many countries: all of them, whatever one of them does."""

from __future__ import annotations

import json
import logging
import math
import multiprocessing
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from seminarkit.errors import UsageError, did_you_mean
from seminarkit.files import to_json, write_whole
from seminarkit.report.engine import (
    DIED,
    ENGINE,
    Failure,
    Run,
    can_fork,
    parameter_names,
    run_notebook,
)
from seminarkit.report.fingerprint import dossier_parts, file_hash, made_of, reasons, template_hash


@dataclass(frozen=True)
class Report:
    """One report to make: which notebook, on whom, for whom, from which dossier, to which file."""

    notebook: Path
    subject: str
    audience: str
    dossier: Path
    output: Path
    template: Path | None = None  # nbconvert's, for its page; None makes none

    @property
    def page(self) -> Path:
        """What is shown of it, as HTML without a frame."""
        return self.output.with_suffix(".html")

    @property
    def record(self) -> Path:
        """The run record beside the output."""
        return self.output.with_suffix(".json")

    @property
    def name(self) -> str:
        """The report as people speak of it: 'GE (public)'."""
        return f"{self.subject} ({self.audience})"


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
    took: dict[Report, float] = {}
    skipped = []
    for report in reports:
        given = {**more, "dossier": report.dossier.relative_to(folder).as_posix()}
        shared = notebooks[report.notebook], templates[report.template]
        now = made_of(shared[0], file_hash(report.dossier), shared[1], given)
        record = _record(report)
        if not force and record and _is_current(report, now, record):
            skipped.append(report)
            done(report)
        else:
            why(report, reasons(now, record, report.dossier))
            runs[report] = (_run(report, folder, given), now)
            took[report] = float((record or {}).get("seconds", math.inf))
    succeeded, failed = [], []
    # those that took longest last time go first, so that none is waited for at the end alone
    order = sorted(runs, key=took.__getitem__, reverse=True)
    for report, failure, seconds in _run_all({r: runs[r][0] for r in order}, jobs, cluster):
        if failure:
            failed.append((report, failure))
        else:
            _write_record(report, runs[report][1], seconds)
            succeeded.append(report)
        done(report)
    place = {report: i for i, report in enumerate(reports)}
    return BatchResult(
        tuple(sorted(succeeded, key=place.__getitem__)),
        tuple(sorted(failed, key=lambda pair: place[pair[0]])),
        tuple(skipped),
    )


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
        notebook=str(report.notebook),
        output=str(report.output),
        folder=str(folder),
        parameters=dict(parameters),
        template=str(report.template) if report.template else None,
    )


def _record(report: Report) -> dict[str, Any] | None:
    try:
        record = json.loads(report.record.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) else None


def _is_current(report: Report, now: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    try:
        made = (record["output"], record["page"])
        return bool(record["made_of"] == now and made == _made(report))
    except (OSError, KeyError):
        return False


def _made(report: Report) -> tuple[str, str]:
    """Return the hashes of a report and of its page."""
    return file_hash(report.output), file_hash(report.page) if report.template else ""


def _write_record(report: Report, made_of: Mapping[str, Any], seconds: float) -> None:
    output, page = _made(report)
    record = {
        "subject": report.subject,
        "audience": report.audience,
        "notebook": report.notebook.name,
        "made_of": dict(made_of),
        "dossier_parts": dossier_parts(report.dossier),
        "output": output,
        "page": page,
        "finished_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "seconds": round(seconds, 2),
    }
    write_whole(report.record, to_json(record))


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

        quick = {report: replace(run, engine=ENGINE) for report, run in runs.items()}
        for report, outcome in run_forked(quick, jobs, run_notebook):
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
    context = multiprocessing.get_context("spawn")
    workers = max(1, min(jobs, len(runs)))
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_quiet) as pool:
        futures: dict[Future[tuple[Failure | None, float]], Report] = {
            pool.submit(_timed, run): report for report, run in runs.items()
        }
        for future in as_completed(futures):
            try:
                yield futures[future], future.result()
            except BrokenProcessPool:
                continue


def _quiet() -> None:
    """Keep the libraries' own remarks off the terminal: what counts comes back as a failure."""
    logging.disable(logging.CRITICAL)


def _timed(run: Run) -> tuple[Failure | None, float]:
    start = time.monotonic()
    return run_notebook(run), time.monotonic() - start
