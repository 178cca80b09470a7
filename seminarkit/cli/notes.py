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
        made = {"groups": [asdict(group) for group in groups], "newer": newer_lines(folder)}
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
    for group in groups:
        by = group.by or "nobody named yet"
        table.add_row(
            cell_text(group.group),
            cell_text(by if group.confirmed or not group.by else f"{by} (to be confirmed)"),
            f"[{_MARKS[group.state]}]{group.state}[/]",
            group.receipt,
            moment_words(seminar, group.saved_at),
            cell_text(group.chair),
        )
    console().print(table)
    for group in groups:
        if group.missing:
            click.echo(f"{group.group}: text is missing under {'; '.join(group.missing)}")
        if group.others:
            beside = " too" if group.receipt else f", but none from {group.by or 'anybody asked'}"
            click.echo(f"{group.group}: received notes from {', '.join(group.others)}{beside}")
    came = [group for group in groups if group.came]
    seen = sum(status.chair == SEEN for status in came)
    click.echo(f"\n{len(came)} of {len(groups)} groups have sent notes; {seen} seen by the chair.")
