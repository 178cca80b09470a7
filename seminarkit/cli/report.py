"""``seminar report``."""

from __future__ import annotations

import os
from typing import Any

import click

from seminarkit.cli.common import (
    chosen,
    country_option,
    json_option,
    many,
    print_json,
    progress_bar,
    shown_path,
    with_folder,
)
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.store.reading import submissions


@click.command()
@country_option
@click.option("--jobs", "-j", type=click.IntRange(1), help="How many at a time [all processors].")
@click.option("--force", is_flag=True, help="Run all, also those whose inputs did not change.")
@click.option(
    "--parameter",
    "-p",
    "parameters",
    type=(str, str),
    multiple=True,
    metavar="NAME VALUE",
    help="Another value for a parameter of the notebooks.",
)
@json_option
@with_folder
def command(
    folder: SeminarFolder,
    countries: tuple[str, ...],
    jobs: int | None,
    force: bool,
    parameters: tuple[tuple[str, str], ...],
    as_json: bool,
) -> None:
    """Run the report notebooks: a report a country, a brief a session.

    Makes the dossiers anew from what was collected, then runs country_profile.ipynb for every
    country, comparison.ipynb and survey_results.ipynb over all, each for core participants and for
    the public, and session_brief.ipynb for each session or discussion group. Reports whose inputs
    did not change are skipped. One that fails stops no other and never replaces the last good one.

    \b
    Example:
      seminar report
      seminar report --country GE --force

    Exit code 1 when a report failed, 2 for a wrong parameter.
    """
    from seminarkit.analyse.dossier import build_dossiers
    from seminarkit.analyse.next_steps import reports_seen
    from seminarkit.files import to_json, write_whole
    from seminarkit.report.batch import BatchResult, run_batch
    from seminarkit.report.plan import planned

    codes = chosen(folder, countries, list(folder.seminar.countries))
    dossiers = build_dossiers(folder, submissions(folder.database))
    reports = planned(folder, dossiers, codes, over_all=not countries)
    with progress_bar("Reports", len(reports)) as bar:
        finished: list[Any] = []

        def done(report: Any) -> None:
            finished.append(report)
            name = folder.seminar.countries.get(report.subject)
            bar(len(finished), len(reports), name.name if name else report.subject)

        result: BatchResult = run_batch(
            reports,
            folder.root,
            parameters=dict(parameters),
            jobs=jobs or os.cpu_count() or 1,
            force=force,
            done=done,
        )
    if not countries and not result.failed:
        write_whole(folder.reports_seen, to_json(reports_seen(folder)))
    if as_json:
        print_json(
            {
                "succeeded": [r.name for r in result.succeeded],
                "skipped": [r.name for r in result.skipped],
                "failed": [
                    {"report": r.name, "cell": f.cell, "reason": f.reason} for r, f in result.failed
                ],
            }
        )
    else:
        click.echo(
            f"{many(len(result.succeeded), 'report')} run, {len(result.skipped)} unchanged, "
            f"{len(result.failed)} failed. They lie in {shown_path(folder.reports)}."
        )
        for report, failure in result.failed:
            where = f"cell '{failure.cell}'" if failure.cell else "the run itself"
            kept = "the last good one stays" if report.output.exists() else "there is none yet"
            click.echo(f"  failed  {report.name:<22} {where}: {failure.reason}\n{'':10}{kept}")
    raise SystemExit(1 if result.failed else 0)
