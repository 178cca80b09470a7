"""``seminar publish``."""

from __future__ import annotations

import click

from seminarkit.analyse.audience import AUDIENCES, receipts_for
from seminarkit.analyse.status import board_of
from seminarkit.cli import not_made
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
@click.option(
    "--without",
    multiple=True,
    metavar="PAGE",
    help="Leave a public page out, such as countries/PT; its last one is removed.",
)
@json_option
@with_folder
def command(folder: SeminarFolder, without: tuple[str, ...], as_json: bool) -> None:
    """Make the pages of each audience, in a folder of its own.

    output/public/ holds what everybody may read: reports with consent, without names. output/core/
    holds what every core participant may read, the board, and documents/ with each country's
    report as a Word document and a PDF. output/groups/ has a folder for each discussion group,
    output/chairs/ one for each person who leads a session, and output/organisers/hand-over.html
    says who is given which. All of them work from disk and from any web server, and load
    nothing from elsewhere. If a public page would hold anything that is not public, nothing is
    written, and it is said whose words they are; --without leaves such a page out. A page or file
    that cannot be made stops no other: it is named, and its last good version stays.

    \b
    Example:
      seminar publish
      seminar report && seminar publish
      seminar publish --without countries/PT

    Exit code 1 when a page or file could not be made.
    """
    from seminarkit.analyse.discussion import discussion
    from seminarkit.analyse.public_questions import waiting, waiting_words
    from seminarkit.publish.handover import HAND_OVER
    from seminarkit.publish.publishing import publish
    from seminarkit.publish.written_out import written_out

    received = submissions(folder.database)
    with progress_bar("Pages") as bar:
        rows = board_of(folder, received, receipts_for(folder.forms, "core"))
        result = publish(folder, rows, received, bar, without)
    waits = len(waiting(folder.seminar, discussion(folder, received)))
    if as_json:
        print_json(
            {
                "pages": result.pages,
                "changed": list(result.changed),
                "missing": list(result.missing),
                "waiting_questions": waits,
                "failed": not_made.as_json(result.not_made),
            }
        )
        raise SystemExit(not_made.end_code(result.not_made))
    for audience in AUDIENCES:
        page = shown_path(folder.site(audience) / "index.html")
        number = many(result.pages.get(audience, 0), "page")
        click.echo(f"{audience:<7} {number}, begin with {page}")
    chairs, groups = result.pages.get("chairs", 0), result.pages.get("groups", 0)
    if chairs or groups:
        click.echo(f"{many(groups, 'page')} for groups, {many(chairs, 'page')} for chairs.")
    place = shown_path(folder.pages.parent / HAND_OVER)
    click.echo(f"What to give to whom: {place}")
    click.echo(f"{len(result.changed)} changed; 0 leaks.")
    if waits:
        click.echo(f"{waiting_words(waits)}. See: seminar questions")
    for line in (*issue_lines(folder), *written_out(folder)):
        click.echo(line)
    for name in result.missing:
        click.echo(f"No page for {name}: its report was not run. Run: seminar report")
    not_made.show_not_made(result.not_made)
    raise SystemExit(not_made.end_code(result.not_made))
