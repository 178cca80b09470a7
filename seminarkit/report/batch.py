"""Runs report notebooks for many countries: all of them, whatever one of them does."""

from __future__ import annotations

import json
import logging
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
from seminarkit.report.engine import ENGINE, Failure, Run, parameter_names, run_notebook
from seminarkit.report.fingerprint import code_hash, file_hash, fingerprint, versions
from seminarkit.report.warm import DIED, can_fork, run_forked


@dataclass(frozen=True)
class Report:
    """One report to make: which notebook, on whom, for whom, from which dossier, to which file."""

    notebook: Path
    subject: str
    audience: str
    dossier: Path
    output: Path

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
    force: bool = False,
    done: Callable[[Report], None] = lambda report: None,
) -> BatchResult:
    """Run every report whose inputs changed, or all with ``force``; ``folder`` is the seminar's.

    A failure stops no other report and leaves the last good output of its own. Raises UsageError
    for a parameter that a notebook does not take.
    """
    more = dict(parameters or {})
    check_parameters({report.notebook for report in reports}, ["dossier", *more])
    runs: dict[Report, tuple[Run, str]] = {}
    skipped = []
    for report in reports:
        given = {**more, "dossier": report.dossier.relative_to(folder).as_posix()}
        print_ = fingerprint(report.notebook, report.dossier, given)
        if not force and _is_current(report, print_):
            skipped.append(report)
            done(report)
        else:
            output = str(report.output)
            runs[report] = (Run(str(report.notebook), output, str(folder), given), print_)
    succeeded, failed = [], []
    for report, failure, seconds in _run_all({r: run for r, (run, _) in runs.items()}, jobs):
        if failure:
            failed.append((report, failure))
        else:
            _write_record(report, runs[report][1], runs[report][0].parameters, seconds)
            succeeded.append(report)
        done(report)
    order = {report: i for i, report in enumerate(reports)}
    return BatchResult(
        tuple(sorted(succeeded, key=order.__getitem__)),
        tuple(sorted(failed, key=lambda pair: order[pair[0]])),
        tuple(skipped),
    )


def check_parameters(notebooks: set[Path], names: Sequence[str]) -> None:
    """Raise UsageError for a name that is no parameter of one of these notebooks."""
    for notebook in sorted(notebooks):
        known = parameter_names(notebook)
        for name in names:
            if name not in known:
                hint = did_you_mean(name, known)
                raise UsageError(f"{notebook.name} has no parameter '{name}'.{hint}")


def _is_current(report: Report, print_: str) -> bool:
    try:
        record = json.loads(report.record.read_text(encoding="utf-8"))
        return bool(
            record["fingerprint"] == print_ and record["output"] == file_hash(report.output)
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _write_record(
    report: Report, print_: str, parameters: Mapping[str, Any], seconds: float
) -> None:
    record = {
        "subject": report.subject,
        "audience": report.audience,
        "notebook": report.notebook.name,
        "notebook_sha256": file_hash(report.notebook),
        "dossier_sha256": file_hash(report.dossier),
        "output": file_hash(report.output),
        "parameters": dict(parameters),
        "fingerprint": print_,
        "code": code_hash(),
        "versions": versions(),
        "finished_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "seconds": round(seconds, 2),
    }
    write_whole(report.record, to_json(record))


def _run_all(
    runs: Mapping[Report, Run], jobs: int
) -> Iterator[tuple[Report, Failure | None, float]]:
    """Yield each report with its failure, if any, and the seconds it took, as they end."""
    if can_fork():
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
