"""``seminar notes``."""

from __future__ import annotations

from dataclasses import asdict

import click

from seminarkit.cli import intake_lines
from seminarkit.cli.options import (
    cell_text,
    console,
    json_option,
    print_json,
    shown_path,
    with_folder,
)
from seminarkit.core.seminar.clock import city, moment_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.topics.conclusions.notes_status import SEEN, NotesStatus

_MARKS = {"complete": "green", "draft": "yellow", "missing": "red"}


@click.command()
@json_option
@click.option("--html", is_flag=True, help="Also write the table as output/core/notes.html.")
@with_folder
def command(folder: SeminarFolder, as_json: bool, html: bool) -> None:
    """Show which groups have sent their notes, and whether the chair has seen them.

    The chair's OK is a tick in the notes, or a mail with a line such as "OK UA-7K3F", where UA-7K3F
    is the receipt of the notes. "Changes UA-7K3F: …" asks for changes. An OK is for that one
    version only. The sender of a mail is no proof: the kit records that a reply named the receipt.

    \b
    Example:
      seminar notes                  after: seminar collect
      seminar notes --json | jq '.groups[] | select(.receipt == "")'
    """
    from seminarkit.topics.conclusions.newer_notes import newer_lines
    from seminarkit.topics.conclusions.notes_status import all_noted
    from seminarkit.topics.groups.differences import rapporteurs_elsewhere

    groups = all_noted(folder)
    if html:
        from seminarkit.site.publishing import publish_notes

        click.echo(f"Written: {shown_path(publish_notes(folder, groups))}", err=True)
    if as_json:
        made = {"groups": [asdict(each) for each in groups], "newer": newer_lines(folder)}
        print_json({"seminar": folder.seminar.id} | made)
    elif groups:
        _print_table(folder.seminar, groups)
        for sentence in newer_lines(folder):
            click.echo(f"Attention: {sentence}")
        intake_lines.show_set_aside(folder)
    else:
        click.echo("No groups are decided yet. Next: seminar groups --keep")
    for sentence in rapporteurs_elsewhere(folder.seminar):
        click.echo(f"Attention: {sentence}", err=as_json)


def _print_table(seminar: Seminar, groups: list[NotesStatus]) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    saved = f"Saved ({city(seminar.time_zone)})"
    for column in ("Group", "Notes by", "State", "Receipt", saved, "Chair"):
        table.add_column(column, no_wrap=column in ("Group", "Receipt"))
    for each in groups:
        by = each.by or "nobody named yet"
        table.add_row(
            cell_text(each.group),
            cell_text(by if each.confirmed or not each.by else f"{by} (to be confirmed)"),
            f"[{_MARKS[each.state]}]{each.state}[/]",
            each.receipt,
            moment_words(seminar, each.saved_at),
            cell_text(each.chair),
        )
    console().print(table)
    for each in groups:
        if each.missing:
            click.echo(f"{each.group}: text is missing under {'; '.join(each.missing)}")
        if each.others:
            beside = " too" if each.receipt else f", but none from {each.by or 'anybody asked'}"
            click.echo(f"{each.group}: received notes from {', '.join(each.others)}{beside}")
    came = [each for each in groups if each.came]
    seen = sum(each.chair == SEEN for each in came)
    click.echo(f"\n{len(came)} of {len(groups)} groups have sent notes; {seen} seen by the chair.")
