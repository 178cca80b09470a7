"""``seminar recap``."""

from __future__ import annotations

import click

from seminarkit.cli.options import json_option, with_folder
from seminarkit.cli.write_summary import summarise
from seminarkit.core.seminar.folder import SeminarFolder


@click.command()
@click.option("--collect", "take_in", is_flag=True, help="First take in what is in inbox/.")
@json_option
@with_folder
def command(folder: SeminarFolder, take_in: bool, as_json: bool) -> None:
    """Sum up what the groups of the day before said: a page, a Word document, a PDF and slides.

    The summary is made from the short notes of each group's chair. It names the groups without
    notes, and says how long it takes to say it all. Statements of several groups are put together
    only by a person (seminar statement).

    \b
    Example:
      seminar recap --collect
    """
    summarise(folder, "day_recap", take_in=take_in, as_json=as_json)
