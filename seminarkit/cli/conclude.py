"""``seminar conclude``."""

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
    """Make the draft of the conclusions: a page, a Word document, a PDF and slides.

    From the notes of all groups of all days. Groups without notes are named, disagreement is kept,
    points of several groups stand before single ones, and the time to say it all is reckoned
    against the programme's. For the public there is a page of what was taken over by: seminar
    statement ID --take

    \b
    Example:
      seminar conclude --collect     from the last group's file in inbox/ to what is handed over
    """
    summarise(folder, "conclusions", take_in=take_in, as_json=as_json)
