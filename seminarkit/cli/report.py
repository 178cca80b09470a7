"""``seminar report``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, TypedDict

import click

from seminarkit.cli import failure_lines
from seminarkit.cli.issue_lines import issue_lines
from seminarkit.cli.options import (
    chosen,
    country_option,
    json_option,
    plural,
    print_json,
    progress_bar,
    shown_path,
    with_folder,
)
from seminarkit.core.disk.attempts import Attempts, NotMade
from seminarkit.core.disk.files import to_json, write_whole
from seminarkit.core.errors import UsageError
from seminarkit.core.seminar import up_to_date
from seminarkit.core.seminar.folder import SeminarFolder

if TYPE_CHECKING:
    from seminarkit.reports.batch import BatchResult
    from seminarkit.reports.engine.engines import Failure
    from seminarkit.reports.run_record import Report

_NAMED = 3  # reports named per shared failure


@click.command()
@country_option
@click.option(
    "--jobs", "-j", type=click.IntRange(1), help="How many reports at a time [all processors]."
)
@click.option(
    "--cluster",
    default="",
    metavar="ADDRESS",
    help="Run the reports on a Dask cluster; local:2 uses two Dask workers on this computer.",
)
@click.option(
    "--engine",
    type=click.Choice(["seminar", "papermill"]),
    default="seminar",
    help="Which engine runs them: the kit's, or papermill's (slower, with the same result).",
)
@click.option(
    "--force", is_flag=True, help="Run all reports, also those whose inputs did not change."
)
@click.option(
    "--parameter",
    "-p",
    "parameters",
    type=(str, str),
    multiple=True,
    metavar="NAME VALUE",
    help="Give a parameter of the notebooks another value.",
)
@click.option("--explain", is_flag=True, help="Say why each report is run.")
@json_option
@with_folder
def command(
    folder: SeminarFolder,
    countries: tuple[str, ...],
    jobs: int | None,
    cluster: str,
    engine: str,
    force: bool,
    parameters: tuple[tuple[str, str], ...],
    explain: bool,
    as_json: bool,
) -> None:
    """Run the report notebooks: one report per country, one brief per session.

    First makes the dossiers again from what was collected. Then runs country_profile.ipynb for
    every country, and comparison.ipynb and survey_results.ipynb for all countries together, each
    for core participants and for the public; and session_brief.ipynb for each session or discussion
    group. Reports whose inputs did not change are skipped. If a report fails, the others still run,
    and its last good version is kept. Plain papermill runs the notebooks too: papermill
    notebooks/report/country_profile.ipynb out.ipynb -p country AM

    \b
    Example:
      seminar report
      seminar report --country GE --force
      seminar report --explain                 why each report is run
      seminar report --engine papermill        slower, with the same result
      seminar report --cluster tls://10.0.0.5:8786

    Exit code 1 when a report failed, 2 for a wrong parameter.
    """
    if cluster and engine != "seminar":
        raise UsageError(
            "On a cluster, only the kit's own engine runs the reports. Leave out --engine."
        )
    if parameters:  # before anything is made
        from seminarkit.reports.parameters import check_parameters
        from seminarkit.reports.plan import notebooks

        check_parameters(notebooks(folder, over_all=not countries), dict(parameters))
    usual = not (force or parameters or countries)
    stamp = up_to_date.of_reports(folder)
    seen = stamp.inputs()
    if usual and isinstance(known := stamp.up_to_date(seen), list):
        _show(folder, [], known, [], [], as_json=as_json)
        return
    where: RunSettings = {"jobs": jobs or os.cpu_count() or 1, "cluster": cluster, "engine": engine}
    attempts = Attempts()
    result = _run(
        folder, countries, dict(parameters), where, attempts, force=force, explain=explain
    )
    broken = _dossiers(folder, attempts)
    if usual and not result.failed and not broken:
        from seminarkit.topics.survey.disclosure.issue_dates import next_deadline

        names = [r.name for r in (*result.succeeded, *result.skipped)]
        stamp.put(seen, names, next_deadline(folder))  # which may bring new totals
    succeeded, skipped = ([r.name for r in item] for item in (result.succeeded, result.skipped))
    _show(folder, succeeded, skipped, result.failed, broken, as_json=as_json)
    raise SystemExit(1 if result.failed or broken else 0)


def _dossiers(folder: SeminarFolder, attempts: Attempts) -> list[NotMade]:
    """Return the dossiers that failed; their reports are not run again."""
    failures = attempts.failures.items()
    return [NotMade(name, why, (folder.root / name).is_file()) for name, why in failures]


class RunSettings(TypedDict):
    """Where reports are run: ``jobs`` at a time here, or on a cluster, and by which engine."""

    jobs: int
    cluster: str
    engine: str


def _run(
    folder: SeminarFolder,
    countries: tuple[str, ...],
    parameters: dict[str, str],
    where: RunSettings,
    attempts: Attempts,
    *,
    force: bool,
    explain: bool,
) -> BatchResult:
    from seminarkit.core.store.read_store import submissions
    from seminarkit.reports.batch import (
        core_only_remarks,
        load_ahead,
        run_batch,
        slow_engine_remarks,
        unshown_output_remarks,
    )
    from seminarkit.reports.dossiers import build_dossiers
    from seminarkit.reports.engine.engines import ENGINE
    from seminarkit.reports.plan import planned
    from seminarkit.topics.progress.next_steps import reports_seen

    if not where["cluster"] and where["engine"] == ENGINE:
        load_ahead()
    codes = chosen(folder, countries, list(folder.seminar.countries))
    dossiers = build_dossiers(folder, submissions(folder.database), attempts)
    reports = planned(folder, dossiers, codes, over_all=not countries)
    for sentence in [
        *slow_engine_remarks({report.notebook for report in reports}),
        *core_only_remarks(reports),
    ]:
        click.echo(sentence, err=True)
    with progress_bar("Reports", len(reports)) as bar:
        finished: list[Report] = []

        def done(report: Report) -> None:
            finished.append(report)
            name = folder.seminar.countries.get(report.subject)
            bar(len(finished), len(reports), name.name if name else report.subject)

        def why(report: Report, reason: str) -> None:
            if explain:
                click.echo(f"  {report.name:<22} {reason}", err=True)

        result = run_batch(
            reports,
            folder.root,
            parameters=parameters,
            **where,
            force=force,
            done=done,
            why=why,
            say=partial(click.echo, err=True),
        )
    for sentence in unshown_output_remarks(result.succeeded):
        click.echo(sentence, err=True)
    if not countries and not result.failed and not attempts.failures:
        write_whole(folder.reports_seen, to_json(reports_seen(folder)))
    return result


def _show(
    folder: SeminarFolder,
    succeeded: list[str],
    skipped: list[str],
    failed: Sequence[tuple[Report, Failure]],
    broken: Sequence[NotMade],
    *,
    as_json: bool,
) -> None:
    if as_json:
        failures = [{"report": r.name, "cell": f.cell, "reason": f.reason} for r, f in failed]
        dossiers = failure_lines.as_json(broken)
        ended = {"succeeded": succeeded, "skipped": skipped, "failed": failures}
        print_json(ended | {"dossiers_failed": dossiers})
        return
    click.echo(
        f"{plural(len(succeeded), 'report')} run, {len(skipped)} unchanged, {len(failed)} failed. "
        f"They are in {shown_path(folder.reports)}."
    )
    for line in issue_lines(folder):
        click.echo(line)
    for failure, reports in _alike(failed).items():
        names = ", ".join(report.name for report in reports[:_NAMED])
        names += f" and {len(reports) - _NAMED} more" if len(reports) > _NAMED else ""
        where = f"cell '{failure.cell}'" if failure.cell else "the run itself"
        there = [report for report in reports if report.output.exists()]
        kept = "the last good one stays" if there else "there is none yet"
        click.echo(f"  failed  {names:<22} {where}: {failure.reason}\n{'':10}{kept}")
    failure_lines.show_not_made(broken)


def _alike(failed: Sequence[tuple[Report, Failure]]) -> dict[Failure, list[Report]]:
    """Return the failed reports by failure: one notebook serves many countries."""
    alike: dict[Failure, list[Report]] = {}
    for report, failure in failed:
        alike.setdefault(failure, []).append(report)
    return alike
