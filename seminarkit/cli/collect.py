"""``seminar collect``."""

from __future__ import annotations

import click

from seminarkit.cli import intake_lines
from seminarkit.cli.forgotten_notice import forgotten_words
from seminarkit.cli.options import json_option, plural, print_json, progress_bar, with_folder
from seminarkit.core.disk.rights import make_folder
from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.delegation_decisions import FileGivenUp, FileSettled
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.ignore_files import write_ignore_files
from seminarkit.core.shown_names import shown_name
from seminarkit.core.store.lock import BusyError, writing
from seminarkit.core.submissions.set_aside_files import SetAside, file_name, set_aside


@click.command()
@click.option("--rebuild", is_flag=True, help="Make the index again from the received files.")
@click.option("--verbose", "-v", is_flag=True, help="Print a line per file, not only for problems.")
@click.option(
    "--settled",
    metavar="NAME",
    multiple=True,
    help="Nothing needs to be done about this file.",
)
@click.option(
    "--without",
    metavar="NAME",
    multiple=True,
    help="Go on without this lost file.",
)
@json_option
@with_folder
def command(
    folder: SeminarFolder,
    rebuild: bool,
    verbose: bool,
    settled: tuple[str, ...],
    without: tuple[str, ...],
    as_json: bool,
) -> None:
    """Take in the files in inbox/.

    The files may be notebooks, Word forms (.docx, .odt), zip archives, or whole mails (.eml) with
    files attached or answers pasted in. They may also be group notes as plain text below their
    headings, or a chair's reply such as "OK UA-7K3F". Their folders and names do not matter. Every
    file is kept byte for byte, then read as data, never run.

    Each file ends as accepted, accepted as draft, replaced an earlier one, an older version,
    already received, in need of a decision (see seminar version), or set aside with a sentence
    that says what to do. That sentence is repeated at every run, and in status, notes and conclude.
    It ends when a file of the same name is taken in, or when you say that nothing is to be done.

    Files that the kit made for reading are counted as with nothing to collect. So are empty forms
    that were received together with filled ones.

    A received file is lost if it is missing or has changed. All others are read, and the lost file
    is named at each run until it is back, or until you go on without it.

    \b
    Example:
      seminar collect
      seminar collect --verbose
      seminar collect --settled holiday.jpg
      seminar collect --without "Questions GE-2.ipynb"

    Exit code 0 even when files were set aside; 1 when the store itself is damaged.
    """
    from seminarkit.topics.intake.collect import collect

    if settled or without:
        _settle(folder, settled, without)
        return
    make_folder(folder.inbox)
    write_ignore_files(folder)
    with progress_bar("Collecting") as bar:
        result = collect(
            folder,
            rebuild=rebuild,
            step=lambda what, done, total: bar(done, total, what.capitalize()),
        )
    forget_due_people(folder)  # the index knows all versions now, by which a person is found
    folder = SeminarFolder(folder.root)
    if as_json:
        print_json(intake_lines.as_json(folder, result))
    else:
        intake_lines.show(folder, result, verbose=verbose)


def forget_due_people(folder: SeminarFolder) -> None:
    """Forget people whose grace period is over or who were forgotten on another copy."""
    from seminarkit.forgetting.other_copies import (
        due,
        forget_as_in_copies,
        forget_when_due,
        pending,
    )

    if not (due(folder) or pending(folder)):
        return
    try:
        with progress_bar("Searching for people to be forgotten") as bar:
            planned = forget_when_due(folder, step=bar)
            gone = forget_as_in_copies(SeminarFolder(folder.root), step=bar)
    except BusyError as busy:
        click.echo(f"Somebody has still to be forgotten on this copy. {busy}", err=True)
        return
    for person, files in planned.items():
        click.echo(f"{person} was forgotten as planned: {plural(files, 'file')}.", err=True)
    for line in forgotten_words(gone):
        click.echo(line, err=True)


def _settle(folder: SeminarFolder, settled: tuple[str, ...], without: tuple[str, ...]) -> None:
    """Record in the log that files are settled or given up; UsageError for unknown names."""
    waiting = set_aside(folder)
    aside = _meant([item for item in waiting if not item.is_lost], settled, "set aside")
    lost = _meant([item for item in waiting if item.is_lost], without, "lost")
    with writing(folder.lock):
        folder.decisions.add(FileSettled(sha, name, at=now()) for sha, name in aside.items())
        folder.decisions.add(FileGivenUp(sha, name, at=now()) for sha, name in lost.items())
    for name in aside.values():
        click.echo(f"Settled: {shown_name(name)} will not be named again. It is kept as it is.")
    for name in lost.values():
        click.echo(f"{shown_name(name)} is given up. If it is received again, it is taken in.")


def _meant(waiting: list[SetAside], names: tuple[str, ...], state: str) -> dict[str, str]:
    """Return hash and name of each requested file, given by name or by a prefix of its hash."""
    hashes: dict[str, str] = {}
    for name in names:
        meant = {
            e.sha256: e.name
            for e in waiting
            if name in (e.name, file_name(e.name)) or (len(name) > 5 and e.sha256.startswith(name))
        }
        if not meant:
            hint = did_you_mean(name, sorted({item.name for item in waiting}))
            raise UsageError(f"No file '{name}' is {state}.{hint}")
        hashes |= meant
    return hashes
