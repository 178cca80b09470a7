"""Run a batch of report notebooks; a failure stops none of the others."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from seminarkit.core.disk.attempts import reason_of
from seminarkit.core.disk.files import sweep
from seminarkit.core.disk.rights import make_folder
from seminarkit.core.documents.table_names import remarks_in
from seminarkit.core.notebook_json import read_notebook
from seminarkit.core.package_folder import KIT
from seminarkit.reports.engine.engines import (
    DIED,
    ENGINE,
    Failure,
    Run,
    can_fork,
    run_notebook,
)
from seminarkit.reports.engine.kernel_choice import kernel_of, kernel_problem, kernel_words
from seminarkit.reports.engine.process_pool import in_pool
from seminarkit.reports.engine.trial import engine_problem
from seminarkit.reports.guard.dossier_reads import DossierRead, read_of
from seminarkit.reports.guard.guard import PUBLIC
from seminarkit.reports.inputs_hash import (
    ReportInputs,
    file_hash,
    reasons,
    report_inputs,
    template_hash,
)
from seminarkit.reports.own_cells import added_cells, added_words
from seminarkit.reports.parameters import (
    DOSSIER,
    check_parameters,
    parameter_names,
    problem_of,
    typed_values,
)
from seminarkit.reports.run_record import Report, is_current, read_record, write_record

_FORCED = "nothing changed, but all reports were asked for"


@dataclass(frozen=True)
class BatchResult:
    """The result of a batch: every report is in exactly one of the three tuples."""

    succeeded: tuple[Report, ...]
    failed: tuple[tuple[Report, Failure], ...]
    skipped: tuple[Report, ...]


def run_batch(
    reports: Sequence[Report],
    folder: Path,
    *,
    parameters: Mapping[str, object] | None = None,
    jobs: int = 2,
    cluster: str = "",
    engine: str = ENGINE,
    force: bool = False,
    done: Callable[[Report], None] = lambda report: None,
    why: Callable[[Report, str], None] = lambda report, reason: None,
    say: Callable[[str], None] = lambda sentence: None,
) -> BatchResult:
    """Run every report whose inputs changed, or all with ``force``; ``folder`` is the seminar's.

    ``jobs`` reports run at once on this machine, or ``cluster`` is the address of a Dask cluster.
    ``engine`` is the kit's own or papermill's, with the same outputs. If the kit's engine does not
    work, papermill's is used and ``say`` is called with a sentence about it. ``why`` is called with
    each report that is run and the reason, ``done`` with each finished report. A failed report
    keeps its last good output. Raises UsageError for a parameter that a notebook does not take.
    """
    more = dict(parameters or {})
    notebooks = {path: file_hash(path) for path in {report.notebook for report in reports}}
    problems = {
        path: problem for path in notebooks if (problem := problem_of(path) or kernel_problem(path))
    }
    if more:
        check_parameters({*notebooks}, more)
    templates = {path: template_hash(path) for path in {report.template for report in reports}}
    runs: dict[Report, tuple[Run, ReportInputs]] = {}
    priority: dict[Report, tuple[float, int]] = {}
    skipped = []
    succeeded, failed = [], []

    def fail(report: Report, failure: Failure) -> None:
        failed.append((report, failure))
        done(report)

    for report in reports:
        if report.notebook in problems:
            fail(report, Failure("", problems[report.notebook]))
            continue
        try:
            values = _parameter_values(report, folder, more)
            hashes = notebooks[report.notebook], templates[report.template]
            now = report_inputs(hashes[0], file_hash(report.dossier), hashes[1], values)
            record = read_record(report)
            current = record is not None and is_current(report, now, record)
            if current and not force:
                skipped.append(report)
                done(report)
                continue
            dossier = _dossier_of(report)
            if dossier.audience != report.audience:
                problem = f"It is for '{report.audience}', but its dossier is not: {dossier.words}."
                fail(report, Failure("", problem))
                continue
            why(report, _FORCED if current else reasons(now, record, report.dossier))
            make_folder(report.output.parent)  # the guard of a public report forbids it
            runs[report] = (_run(report, folder, values, dossier), now)
            seconds = (record or {}).get("seconds")
            last_seconds = float(seconds) if isinstance(seconds, int | float) else math.inf
            priority[report] = last_seconds, report.dossier.stat().st_size
        except Exception as error:  # such as an unreadable dossier or a full disk
            fail(report, Failure("", reason_of(error)))
    # the slowest last time, then the largest dossiers, go first, so that no long run ends alone
    order = sorted(runs, key=priority.__getitem__, reverse=True)
    for report, failure, seconds in _run_all(
        {r: runs[r][0] for r in order}, jobs, cluster, engine, say
    ):
        try:
            if not failure:
                write_record(report, runs[report][1], seconds)
                succeeded.append(report)
        except OSError as error:  # without its record the report is run again next time
            failure = Failure("", reason_of(error))
        if failure:
            failed.append((report, failure))
        done(report)
    for outputs in {report.output.parent for report in runs}:
        sweep(outputs)
    position = {report: i for i, report in enumerate(reports)}
    return BatchResult(
        tuple(sorted(succeeded, key=position.__getitem__)),
        tuple(sorted(failed, key=lambda pair: position[pair[0]])),
        tuple(skipped),
    )


def slow_engine_remarks(notebooks: Iterable[Path]) -> list[str]:
    """Return sentences on where papermill's slower engine has to be used."""
    if not can_fork():
        return ["This system cannot fork (copy) a process, so papermill's own engine is used."]
    return [sentence for path in sorted(notebooks) if (sentence := kernel_words(path))]


def core_only_remarks(reports: Iterable[Report]) -> list[str]:
    """Return sentences on which notebooks have cells that the public will not see."""
    notebooks = {report.notebook for report in reports if report.audience == PUBLIC}
    runnable = sorted(path for path in notebooks if not problem_of(path))
    return [sentence for path in runnable if (sentence := added_words(path))]


def unshown_output_remarks(reports: Iterable[Report]) -> list[str]:
    """Return the remarks on outputs of the seminar's own notebooks that no page can show."""
    own = [r for r in reports if not r.notebook.is_relative_to(KIT / "notebooks")]
    remarks = [remark for r in own for remark in remarks_in(read_notebook(r.output))]
    return list(dict.fromkeys(remarks))


def load_ahead() -> None:
    """Begin to preload what reports need, and return at once."""
    if can_fork():
        from seminarkit.reports.engine.fork_server import load

        load()


def _run(
    report: Report, folder: Path, parameters: Mapping[str, object], dossier: DossierRead
) -> Run:
    return Run(
        kernel=kernel_of(report.notebook),
        notebook=str(report.notebook),
        output=str(report.output),
        folder=str(folder),
        parameters=dict(parameters),
        template=str(report.template) if report.template else None,
        dossier=dossier,
        hidden_cells=_hidden_cells(report),
    )


def _parameter_values(
    report: Report, folder: Path, chosen: Mapping[str, object]
) -> dict[str, object]:
    """Return the parameter values of a report, as far as its notebook declares them."""
    declared = parameter_names(report.notebook)
    own = {name: value for name, value in report.values if name in declared}
    dossier = report.dossier.relative_to(folder).as_posix()
    return {**typed_values(report.notebook, chosen), **own, DOSSIER: dossier}


def _dossier_of(report: Report) -> DossierRead:
    """Return the subject, audience and hash of a report's dossier."""
    content = report.dossier.read_bytes()
    return read_of(json.loads(content), hashlib.sha256(content).hexdigest(), report.dossier)


def _hidden_cells(report: Report) -> tuple[int, ...]:
    if report.audience != PUBLIC:
        return ()
    return tuple(cell.index for cell in added_cells(report.notebook))


def _run_all(
    runs: Mapping[Report, Run], jobs: int, cluster: str, engine: str, say: Callable[[str], None]
) -> Iterator[tuple[Report, Failure | None, float]]:
    """Yield each report with its failure or None, and its seconds, as they finish."""
    if not runs:
        return
    if cluster:
        from seminarkit.reports.engine.dask_cluster import run_on_cluster

        for report, outcome in run_on_cluster(runs, cluster):
            yield report, *outcome
        return
    use_own_engine = engine == ENGINE and can_fork()
    if use_own_engine and (problem := engine_problem()):
        say(problem)
        use_own_engine = False
    if use_own_engine:
        from seminarkit.reports.engine.fork_server import run_forked  # Windows cannot import it

        forked = {r: replace(run, engine=ENGINE) for r, run in runs.items()}
        for report, outcome in run_forked(forked, jobs, run_notebook):
            yield report, *outcome
        return
    waiting = dict(runs)
    for report, outcome in in_pool(waiting, jobs):
        del waiting[report]
        yield report, *outcome
    # a run that killed its worker broke the pool: run the rest in a pool each, to find which
    for report, run in waiting.items():
        outcomes = dict(in_pool({report: run}, 1))
        yield report, *outcomes.get(report, (DIED, 0.0))
