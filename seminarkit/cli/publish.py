"""``seminar publish``."""

from __future__ import annotations

import click

from seminarkit.analyse.audience import receipts_for
from seminarkit.analyse.status import board
from seminarkit.cli.common import (
    json_option,
    many,
    print_json,
    progress_bar,
    shown_path,
    with_folder,
)
from seminarkit.cli.issue_lines import issue_lines
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.store.reading import submissions


@click.command()
@json_option
@with_folder
def command(folder: SeminarFolder, as_json: bool) -> None:
    """Make the pages for the public and for core participants.

    output/public/ holds what everybody may read: reports with consent, without names. output/core/
    holds everything that core participants may read, the board, and documents/ with each country's
    report as a Word document and a PDF. Both work from disk and from any web server, and load
    nothing from elsewhere. If a public page would hold anything that is not public, nothing is
    written.

    \b
    Example:
      seminar publish
      seminar report && seminar publish
    """
    from seminarkit.publish.publishing import publish

    with progress_bar("Pages") as bar:
        shown = receipts_for(folder.forms, "core")
        rows = board(folder.seminar, submissions(folder.database), shown)
        result = publish(folder, rows, bar)
    if as_json:
        print_json(
            {
                "pages": result.pages,
                "changed": list(result.changed),
                "missing": list(result.missing),
            }
        )
        return
    for audience, number in result.pages.items():
        page = shown_path(folder.site(audience) / "index.html")
        click.echo(f"{audience:<7} {many(number, 'page')}, begin with {page}")
    click.echo(f"{len(result.changed)} changed; 0 leaks.")
    for line in issue_lines(folder):
        click.echo(line)
    for name in result.missing:
        click.echo(f"No page for {name}: its report was not run. Run: seminar report")
