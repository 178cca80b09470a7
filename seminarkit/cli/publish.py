"""``seminar publish``."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click

from seminarkit.cli import failure_lines
from seminarkit.cli.issue_lines import issue_lines
from seminarkit.cli.options import (
    json_option,
    plural,
    print_json,
    progress_bar,
    shown_path,
    with_folder,
)
from seminarkit.core.disk.attempts import NotMade
from seminarkit.core.seminar import up_to_date
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.submissions.audience import AUDIENCES
from seminarkit.site.outputs import HAND_OVER


@click.command()
@click.option(
    "--without",
    multiple=True,
    metavar="PAGE",
    help="Leave out a public page, such as countries/PT; its earlier version is removed.",
)
@click.option(
    "--jobs", "-j", type=click.IntRange(1), help="How many pages at a time [all processors]."
)
@json_option
@with_folder
def command(
    folder: SeminarFolder, without: tuple[str, ...], jobs: int | None, as_json: bool
) -> None:
    """Make the pages for each audience, each in its own folder.

    output/public/ contains what everybody may read: reports with consent, without names.
    output/core/ contains what every core participant may read, the board, and documents/ with each
    country's report as a Word document and a PDF. output/groups/ has a folder for each discussion
    group, and output/chairs/ has one for each person who leads a session.
    output/organisers/hand-over.html lists which folder to give to whom. All pages work from disk
    and from any web server, and load nothing from elsewhere.

    If a public page would contain anything that is not public, nothing is written, and you see
    whose words they are. --without leaves out such a page. If a page or file cannot be made, the
    others still are; it is named, and its last good version stays. If nothing has changed since
    the last run, the command says so at once.

    \b
    Example:
      seminar publish
      seminar report && seminar publish
      seminar publish --without countries/PT

    Exit code 1 when a page or file could not be made.
    """
    stamp = up_to_date.of_pages(folder)
    seen = stamp.inputs()
    run = None if without else _earlier(stamp.up_to_date(seen))
    if run is None:
        from seminarkit.topics.survey.disclosure.issue_dates import next_deadline

        run = _publish(folder, without, jobs or os.cpu_count() or 1)
        if not (without or run.failed):
            stamp.put(seen, run.noted, next_deadline(folder))  # which may bring new totals
    if as_json:
        print_json(
            {
                "pages": run.pages,
                "changed": list(run.changed),
                "missing": list(run.missing),
                "waiting_questions": run.waiting,
                "failed": failure_lines.as_json(run.failed),
            }
        )
    else:
        _show(folder, run)
    raise SystemExit(failure_lines.end_code(run.failed))


@dataclass(frozen=True)
class _Run:
    """The results of a run, or of the last complete run if nothing has changed."""

    pages: Mapping[str, int]
    missing: Sequence[str]
    waiting: int
    written_out: Sequence[str]
    changed: Sequence[str] = ()
    failed: Sequence[NotMade] = ()

    @property
    def noted(self) -> dict[str, object]:
        """The values that the next run prints if nothing has changed."""
        return {name: getattr(self, name) for name in _NOTED}


_NOTED = ("pages", "missing", "waiting", "written_out")


def _earlier(noted: object) -> _Run | None:
    """Return the last complete run from its stored values."""
    if not isinstance(noted, dict) or noted.keys() != {*_NOTED}:
        return None
    return _Run(**noted)


def _publish(folder: SeminarFolder, without: Sequence[str], jobs: int) -> _Run:
    from seminarkit.core.store.read_store import submissions
    from seminarkit.core.submissions.audience import receipts_for
    from seminarkit.site.missing_signs import written_out
    from seminarkit.site.publishing import publish
    from seminarkit.topics.progress.status_board import board_of
    from seminarkit.topics.questions.discussion import discussion
    from seminarkit.topics.questions.public_questions import waiting

    received = submissions(folder.database)
    with progress_bar("Pages") as bar:
        rows = board_of(folder, received, receipts_for(folder.forms, "core"))
        result = publish(folder, rows, received, bar, without, jobs)
    return _Run(
        pages=result.pages,
        missing=result.missing,
        waiting=len(waiting(folder.seminar, discussion(folder, received))),
        written_out=written_out(folder),
        changed=result.changed,
        failed=result.not_made,
    )


def _show(folder: SeminarFolder, run: _Run) -> None:
    for audience in AUDIENCES:
        page = shown_path(folder.site(audience) / "index.html")
        number = plural(run.pages.get(audience, 0), "page")
        click.echo(f"{audience:<7} {number}, begin with {page}")
    chairs, groups = run.pages.get("chairs", 0), run.pages.get("groups", 0)
    if chairs or groups:
        click.echo(f"{plural(groups, 'page')} for groups, {plural(chairs, 'page')} for chairs.")
    click.echo(f"What to give to whom: {shown_path(folder.pages.parent / HAND_OVER)}")
    click.echo(f"{len(run.changed)} changed; 0 leaks.")
    if run.waiting:
        from seminarkit.topics.questions.public_questions import waiting_words

        click.echo(f"{waiting_words(run.waiting)}. See: seminar questions")
    for line in (*issue_lines(folder), *run.written_out):
        click.echo(line)
    for name in run.missing:
        click.echo(f"No page for {name}: its report was not run. Run: seminar report")
    if failed := _not_renewed(folder):
        click.echo(
            f"Reports that failed in their last run: {', '.join(failed)}. Their pages show the "
            "last good version, if there is one. See: seminar report"
        )
    failure_lines.show_not_made(run.failed)


def _not_renewed(folder: SeminarFolder) -> list[str]:
    """Return the reports whose last run failed, such as 'GE (core)'."""
    ending = ".failed.ipynb"
    paths = sorted(folder.reports.glob(f"*/*{ending}"))
    return [f"{path.name.removesuffix(ending)} ({path.parent.name})" for path in paths]
