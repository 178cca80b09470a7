"""``seminar collect``."""

from __future__ import annotations

import click

from seminarkit.analyse.set_aside import file_name, set_aside
from seminarkit.cli import taken_in
from seminarkit.cli.common import json_option, print_json, progress_bar, with_folder
from seminarkit.errors import UsageError, did_you_mean
from seminarkit.names import shown_name
from seminarkit.rights import make_folder
from seminarkit.seminar.clock import now
from seminarkit.seminar.decisions import FileSettled
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.seminar.ignoring import write_ignore_files
from seminarkit.store.lock import writing


@click.command()
@click.option("--rebuild", is_flag=True, help="Make the index again from the received files.")
@click.option("--verbose", "-v", is_flag=True, help="A line for every file, not only for problems.")
@click.option(
    "--settled", metavar="NAME", multiple=True, help="Nothing is to be done about this file."
)
@json_option
@with_folder
def command(
    folder: SeminarFolder, rebuild: bool, verbose: bool, settled: tuple[str, ...], as_json: bool
) -> None:
    """Take in what came into inbox/.

    Save everything there as it came: notebooks, Word forms (.docx, .odt), zip archives, whole mails
    (.eml) with files attached or answers pasted in, notes of groups as plain text below their
    headings, a chair's reply such as "OK UA-7K3F", in any folders and under any names. Every file
    is kept byte for byte, then read as data, never run. Each ends as accepted, accepted as draft,
    replaced an earlier one, an older version, already received, in need of a decision (see seminar
    version), or set aside with a sentence that says what to do. That sentence comes again at every
    run, and in status, notes and conclude, until a file of the same name was taken in or you say
    that nothing is to be done about it.
    What the kit made for reading, and forms that nobody wrote in beside others that somebody did,
    are counted as with nothing to collect.

    \b
    Example:
      seminar collect
      seminar collect --verbose
      seminar collect --settled holiday.jpg

    Exit code 0 also when files were set aside; 1 when the store itself is damaged.
    """
    from seminarkit.collect.collecting import collect

    if settled:
        _settle(folder, settled)
        return
    make_folder(folder.inbox)
    write_ignore_files(folder)
    with progress_bar("Collecting") as bar:
        result = collect(
            folder,
            rebuild=rebuild,
            step=lambda what, done, total: bar(done, total, what.capitalize()),
        )
    if as_json:
        print_json(taken_in.as_json(folder, result))
    else:
        taken_in.show(folder, result, verbose=verbose)


def _settle(folder: SeminarFolder, names: tuple[str, ...]) -> None:
    """Log that nothing is to be done about files that were set aside; raises UsageError."""
    waiting = set_aside(folder)
    there = sorted({each.name for each in waiting})
    hashes: dict[str, str] = {}
    for name in names:
        meant = {e.sha256: e.name for e in waiting if name in (e.name, file_name(e.name))}
        if not meant:
            raise UsageError(f"No file '{name}' is set aside.{did_you_mean(name, there)}")
        hashes |= meant
    with writing(folder.lock):
        folder.decisions.add(FileSettled(sha, name, at=now()) for sha, name in hashes.items())
    for name in hashes.values():
        click.echo(f"Settled: {shown_name(name)} is not named any more. It stays as it came.")
