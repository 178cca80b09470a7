"""``seminar sheets``."""

from __future__ import annotations

import click

from seminarkit.analyse.group_slices import group_slices
from seminarkit.analyse.prepared import prepared
from seminarkit.analyse.status import board
from seminarkit.cli.common import shown_path, with_folder
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.store.reading import submissions


@click.command()
@with_folder
def command(folder: SeminarFolder) -> None:
    """Write what is printed or kept open on the days themselves, into output/sheets/.

    A room list for each round of groups, with who has prepared and who must be let in by hand; the
    file of rooms for the video platform; for each chair alone, what the group answered in the
    survey; a sheet of duties for each person of the programme; and both days minute by minute, with
    the files to save after each session. The sheets hold names and addresses: they are for those
    who run the seminar.

    \b
    Example:
      seminar sheets                 after: seminar groups --keep
    """
    from seminarkit.publish.sheets import write_sheets

    received = submissions(folder.database)
    rows = board(folder.seminar, received)
    groups = {g.id: g.people for held in folder.seminar.seating.values() for g in held}
    answers = group_slices(folder, received, groups)
    files = write_sheets(folder, prepared(folder.seminar, rows), answers)
    click.echo(f"{len(files)} sheets, begin with {shown_path(files[0])}")
    if not folder.seminar.seating:
        click.echo("There are no room lists, as no groups are decided: seminar groups --keep")
