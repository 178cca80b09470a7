"""``seminar sheets``."""

from __future__ import annotations

import click

from seminarkit.cli.failure_lines import end_code, show_not_made
from seminarkit.cli.options import plural, shown_path, with_folder
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.briefs.preparation import prepared
from seminarkit.topics.progress.status_board import board_of


@click.command()
@with_folder
def command(folder: SeminarFolder) -> None:
    """Write the sheets to print or keep open on the days, into output/organisers/sheets/.

    There is a room list for each round of groups: it shows who has prepared and whom you must let
    in yourself. There is also the file of rooms for the video platform, a sheet of duties for each
    person of the programme, and both days minute by minute, with the files to save after each
    session. The sheets contain names and addresses: they are for the people who run the seminar.
    What a group answered in the survey is on its chair's own page, which `seminar publish` writes.

    \b
    Example:
      seminar sheets                 after: seminar groups --keep
    """
    from seminarkit.topics.days.sheets import write_sheets
    from seminarkit.topics.groups.differences import differences

    received = submissions(folder.database)
    rows = board_of(folder, received)
    files = write_sheets(folder, prepared(folder.seminar, rows))
    first = shown_path(folder.sheets / "index.html")
    click.echo(f"{plural(len(files.paths), 'sheet')}, begin with {first}")
    for sentence in differences(folder.seminar):
        click.echo(f"Attention: the sheets show the groups as they were decided. {sentence}")
    if not folder.seminar.seating:
        click.echo(
            "There are no room lists: no groups are decided yet. Decide them: seminar groups --keep"
        )
    show_not_made(files.not_made)
    raise SystemExit(end_code(files.not_made))
