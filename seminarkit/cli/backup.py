"""``seminar backup``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from seminarkit.cli.options import (
    json_option,
    plural,
    print_json,
    progress_bar,
    shown_path,
    with_folder,
)
from seminarkit.core.errors import UsageError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.shown_names import shown_name
from seminarkit.topics.copies.archive import back_up


@click.command()
@click.argument("file", type=click.Path(dir_okay=True, path_type=Path))
@json_option
@with_folder
def command(folder: SeminarFolder, file: Path, as_json: bool) -> None:
    """Write one archive of everything that cannot be made again.

    FILE is a zip archive, such as /media/stick/seminar.zip. Other commands may run meanwhile. The
    archive contains everything that was received and decided, your programme, forms and notebooks,
    and the links that you gave to people: keep it as safe as the seminar itself. Pages, documents
    and the index are not in it, because they can be made again.

    To continue from it, unpack it anywhere, also on another computer. Then run seminar collect and
    seminar verify. To add it to a folder that has changed since: seminar merge FILE. People who
    were forgotten after the backup was written are still in it; with merge they stay forgotten.

    \b
    Example:
      seminar backup /media/stick/seminar.zip

    Exit code 1 when received files were already lost, so that the archive lacks them too.
    """
    if not file.resolve().parent.is_dir():
        raise UsageError(f"There is no folder {file.resolve().parent}. Is the disk connected?")
    with progress_bar("Backing up") as bar:
        done = back_up(folder.root, folder.lock, file.resolve(), bar)
    if as_json:
        print_json({"file": str(file), **asdict(done)})
    else:
        files = plural(done.received, "received file")
        others = plural(done.others, "other file")
        click.echo(f"{shown_path(file.resolve())}: {plural(done.logs, 'log')}, {files}, {others}.")
        click.echo("It contains answers and links: keep it where nobody else can read it.")
        for name in done.lost:
            click.echo(f"Attention: not in it, because it is lost: {shown_name(name)}", err=True)
    raise SystemExit(1 if done.lost else 0)
