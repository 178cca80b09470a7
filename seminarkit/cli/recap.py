"""``seminar recap``."""

from __future__ import annotations

import click

from seminarkit.cli.options import json_option, with_folder
from seminarkit.cli.write_summary import summarise
from seminarkit.core.seminar.folder import SeminarFolder


@click.command()
@click.option("--collect", "take_in", is_flag=True, help="Take in what lies in inbox/ first.")
@json_option
@with_folder
def command(folder: SeminarFolder, take_in: bool, as_json: bool) -> None:
    """Make what the groups of the day before said: a page, a Word document, a PDF and slides.

    From the light notes of each group's chair. Groups without notes are named, what several groups
    say is put together by a person alone (seminar statement), and the time to say it all is
    reckoned.

    \b
    Example:
      seminar recap --collect
    """
    summarise(folder, "day_recap", take_in=take_in, as_json=as_json)
