"""``seminar merge``."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from seminarkit.cli.damage_notice import counted, named
from seminarkit.cli.forgotten_notice import forgotten_words
from seminarkit.cli.options import (
    dry_run_option,
    json_option,
    plural,
    print_json,
    progress_bar,
    with_folder,
)
from seminarkit.core.errors import SeminarError, UsageError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.shown_names import shown_name
from seminarkit.core.store.lock import writing
from seminarkit.forgetting.other_copies import ForgottenFiles, forget_as_in_copies
from seminarkit.topics.copies.merge_copies import Merged, Source, merge, new_lines, source_of


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@dry_run_option
@json_option
@with_folder
def command(folder: SeminarFolder, path: Path, dry_run: bool, as_json: bool) -> None:
    """Take in what another copy of this seminar has and this copy does not have.

    PATH is the folder of the other copy, a backup of it (.zip), an old log, or a copy of a log that
    a file-copying program has made ("decisions (conflicted copy).jsonl"). Files received there and
    decisions made there are added here. Nothing that is here is changed, and the result is the
    same whichever copy is merged into which. A person forgotten in either copy is forgotten in
    both. Where two people decided on the same subject without knowing of each other's decision,
    both decisions are shown: seminar next

    \b
    Example:
      seminar merge /media/stick/seminar --dry-run
      seminar merge ../laptop-of-a/seminar
      seminar merge "received/decisions (1).jsonl"

    Exit code 1 when something in the other copy could not be taken in.
    """
    with _source(folder, path) as source:
        if dry_run:
            merged = new_lines(folder.root, source)
        else:
            with writing(folder.lock):
                merged = merge(folder.root, source)
            folder = SeminarFolder(folder.root)
            forgotten = forget_and_read(folder, again=bool(merged.files))
    if as_json:
        print_json(_as_json(merged, source))
    else:
        show(merged, source, dry_run=dry_run)
        if not dry_run:
            show_after(SeminarFolder(folder.root), forgotten)
    raise SystemExit(1 if source.skipped or merged.refused else 0)


@contextmanager
def _source(folder: SeminarFolder, path: Path) -> Iterator[Source]:
    """Yield the other copy at a path, unpacked if it is an archive; raises UsageError."""
    if path.resolve() in (folder.root.resolve(), folder.received.resolve()):
        raise UsageError("That is this folder itself. Name the other copy of it.")
    if path.is_file() and path.suffix.lower() == ".zip":
        from seminarkit.topics.copies.packed_copy import unpack

        with tempfile.TemporaryDirectory(prefix="seminarkit-") as temporary:
            place = unpack(path, Path(temporary))
            yield source_of(place, same_seminar=is_same_seminar(folder, place))
    else:
        yield source_of(path, same_seminar=is_same_seminar(folder, path))


def is_same_seminar(folder: SeminarFolder, place: Path) -> bool:
    """Return whether a folder has this seminar's seminar.yml; raises UsageError for another's."""
    if not (place / "seminar.yml").is_file():
        return False
    try:
        other = SeminarFolder(place.resolve()).written.id
    except SeminarError:  # its logs may say more
        return False
    if other != folder.written.id:
        raise UsageError(
            f"That is another seminar ({shown_name(other)}); this one is {folder.written.id}."
        )
    return True


def forget_and_read(folder: SeminarFolder, *, again: bool) -> ForgottenFiles:
    """Forget the people forgotten in the other copy, and read the new files.

    ``again``: new files may be from a copy without the latest forgettings of this one.
    """
    from seminarkit.topics.intake.collect import read_what_came

    with progress_bar("Searching for people who were forgotten") as bar:
        gone = forget_as_in_copies(folder, step=bar, again=again)
    with progress_bar("Reading") as bar:
        read_what_came(
            SeminarFolder(folder.root), lambda what, done, of: bar(done, of, what.capitalize())
        )
    return gone


def show(merged: Merged, source: Source, *, dry_run: bool = False) -> None:
    """Print what is new here, or would be."""
    new = "Would be new here" if dry_run else "New here"
    for log in ("decisions", "arrivals", "forgotten"):
        if lines := merged.lines.get(log):
            click.echo(f"{new}: {counted(log, lines)}")
            for line in named(log, lines) if log != "forgotten" else ():
                click.echo(line)
    if merged.files:
        click.echo(f"{new}: the contents of {plural(merged.files, 'received file')}")
    if merged.missing:
        click.echo(
            f"{plural(merged.missing, 'received file is', 'received files are')} listed there, but "
            "still missing in both copies. Merge again when the rest of that copy has arrived."
        )
    for place, why in source.skipped:
        click.echo(f"Attention: {place} was not taken in: {why}", err=True)
    for sha256 in merged.refused:
        click.echo(
            f"Attention: the file {sha256[:12]}… there was not taken in. It is no longer as it was "
            "received.",
            err=True,
        )
    if not merged.anything:
        click.echo("The other copy has nothing that is missing here.")


def show_after(folder: SeminarFolder, forgotten: ForgottenFiles) -> None:
    """Print who was forgotten and how many conflicts wait for a decision."""
    for line in forgotten_words(forgotten):
        click.echo(line)
    if number := len(folder.decisions.conflicts()):
        click.echo(
            f"{plural(number, 'subject was', 'subjects were')} decided by two people who did not "
            "know of each other's decision. See: seminar next"
        )


def _as_json(merged: Merged, source: Source) -> dict[str, object]:
    return {
        **{log: len(lines) for log, lines in merged.lines.items()},
        "files": merged.files,
        "missing": merged.missing,
        "refused": merged.refused,
        "skipped": [{"log": str(place), "why": why} for place, why in source.skipped],
    }
