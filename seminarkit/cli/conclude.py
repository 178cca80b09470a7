"""``seminar conclude``."""

from __future__ import annotations

import click

from seminarkit.cli.options import json_option, with_folder
from seminarkit.cli.write_summary import summarise
from seminarkit.core.seminar.folder import SeminarFolder


@click.command()
@click.option("--collect", "take_in", is_flag=True, help="Take in the files in inbox/ first.")
@json_option
@with_folder
def command(folder: SeminarFolder, take_in: bool, as_json: bool) -> None:
    """Make the draft of the conclusions: a page, a Word document, a PDF and slides.

    The draft is made from the notes of all groups of all days. Groups without notes are named, and
    disagreement is kept. Points made by several groups come first. The time needed to present
    everything is compared with the time in the programme. A page for the public contains the
    statements that were taken over with: seminar statement ID --take

    \b
    Example:
      seminar conclude --collect     take in the last group's file, then make all of these
    """
    summarise(folder, "conclusions", take_in=take_in, as_json=as_json)
