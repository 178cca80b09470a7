"""``seminar status``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Literal

import click

from seminarkit.cli import intake_lines
from seminarkit.cli.conflict_lines import conflict_lines, conflicts_json
from seminarkit.cli.options import (
    cell_text,
    console,
    json_option,
    print_json,
    shown_path,
    with_folder,
)
from seminarkit.core.seminar.clock import day_of, moment_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.shown_names import shown_name
from seminarkit.core.store.read_store import submissions, unsettled
from seminarkit.core.submissions.audience import receipts_for
from seminarkit.core.submissions.board_rows import BoardCell, BoardRow
from seminarkit.core.submissions.set_aside_files import set_aside
from seminarkit.core.submissions.sign_off import STATE_WORDS
from seminarkit.core.submissions.version_words import unsettled_lines
from seminarkit.topics.copies.synchronise import met_at
from seminarkit.topics.progress.open_queries import still_asked
from seminarkit.topics.progress.status_board import board_of

_NAME, _WIDE = 12, 108  # widths in characters: of a name, and of the full table
_MARKS = {"complete": "green", "draft": "yellow", "missing": "red"}


@click.command()
@json_option
@click.option("--html", is_flag=True, help="Also write the board as output/core/status.html.")
@with_folder
def command(folder: SeminarFolder, as_json: bool, html: bool) -> None:
    """Show what each country has sent and what is still missing, task by task.

    A draft is marked as a draft ("draft 4 of 6"), and a form saved after the deadline as late.
    Group is how many people of a delegation are in a discussion group. Sign-off is what the NEO
    said about the report.

    \b
    Example:
      seminar status
      seminar status --html
      seminar status --json | jq '.countries[] | select(.owes != [])'
    """
    received = submissions(folder.database)
    readers: Literal["organisers", "core"] = "core" if html else "organisers"
    versions = unsettled(folder.database, folder.decisions)
    rows = board_of(folder, received, receipts_for(folder.forms, readers))
    asked = still_asked(folder.decisions, received)
    if html:
        from seminarkit.site.publishing import publish_status

        click.echo(f"Written: {shown_path(publish_status(folder, rows))}", err=True)
    if as_json:
        countries = [_as_json(row) for row in rows]
        questions = [asdict(question) for question in asked]
        aside = [asdict(file) for file in set_aside(folder)]
        lines = unsettled_lines(folder.forms, versions)
        print_json(
            {
                "seminar": folder.seminar.id,
                "countries": countries,
                "asked": questions,
                "set_aside": aside,
                "conflicts": conflicts_json(folder),
                "versions": [{"decide": d, "what": words, "how": how} for d, words, how in lines],
            }
        )
    else:
        _print_table(folder, rows)
        for sentence in conflict_lines(folder):
            click.echo(sentence)
        for decide, words, how in unsettled_lines(folder.forms, versions):
            state = "Needs a decision" if decide else "Changes begun"
            click.echo(f"{state}: {words}. See: {how}")
        for place, at in met_at(folder.root).items():
            name, words = shown_name(place), moment_words(folder.seminar, at)
            click.echo(f"Last sync with {name}: {words}. Again: seminar sync {name}")
        for question in asked:
            day = day_of(folder.seminar, question.at)
            click.echo(f"Asked on {day}, no answer yet: {question.person}, “{question.text}”")
        intake_lines.show_set_aside(folder)


def _as_json(row: BoardRow) -> dict[str, object]:
    cells = {
        cell.form: {**asdict(cell), "done": cell.done, "state": cell.state, "words": cell.words}
        for cell in row.cells
    }
    return {
        "country": row.country,
        "name": row.name,
        "nominated": row.nominated,
        "expected": row.expected,
        "rule_met": row.rule_met,
        "owes": row.owes,
        "sign_off": asdict(row.sign_off),
        "grouped": row.grouped,
        "tasks": cells,
    }


def _print_table(folder: SeminarFolder, rows: list[BoardRow]) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    wide = console().width >= _WIDE
    if wide:
        table.add_column("")
    table.add_column("Country", width=None if wide else _NAME, no_wrap=wide)
    table.add_column("Named", no_wrap=True)
    for task in folder.seminar.board_tasks:
        # at least its longest word, which is never cut
        least = max(len("complete,"), *map(len, task.title.split()))
        table.add_column(cell_text(task.title), width=None if wide else least)
    table.add_column("Group", no_wrap=True)
    # without room for this column, the cell of the report shows the sign-off
    signs = wide and any(row.sign_off.state for row in rows)
    if signs:
        table.add_column("Sign-off", min_width=8)
    for row in rows:
        named = f"{row.nominated} of {row.expected}"
        style = "green" if row.rule_met else "red"
        cells = [_styled(cell, signs) for cell in row.cells]
        cells.append(cell_text(row.group_words))
        if signs:
            cells.append(_sign_off(row))
        code = [row.country] if wide else []
        table.add_row(*code, cell_text(row.name), f"[{style}]{named}[/]", *cells)
    console().print(table)
    done = [
        sum(row.cells[i].state == "complete" for row in rows) for i in range(len(rows[0].cells))
    ]
    tasks = ", ".join(
        f"{task.title.lower()} {n} of {len(rows)}"
        for task, n in zip(folder.seminar.board_tasks, done, strict=True)
    )
    for row in rows:
        if row.sign_off.state == "refused":
            click.echo(f"{row.name}: the NEO {row.sign_off.words}")
    click.echo(f"\nCountries with nothing more to send: {tasks}.")


_SIGN_MARKS = {
    "signed": "green",
    "refused": "red",
    "changed": "yellow",
    "corrected": "yellow",
    "unclear": "red",
}


def _sign_off(row: BoardRow) -> str:
    words = cell_text(STATE_WORDS[row.sign_off.state])
    style = _SIGN_MARKS.get(row.sign_off.state)
    return f"[{style}]{words}[/]" if style else words


def _styled(cell: BoardCell, signs: bool) -> str:
    words = cell.progress_words if signs else cell.words
    return f"[{_MARKS[cell.state]}]{cell_text(words)}[/]"
