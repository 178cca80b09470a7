"""``seminar sync``."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from seminarkit.cli.merge import forget_and_read, is_same_seminar, show, show_after
from seminarkit.cli.options import plural, with_folder
from seminarkit.core.errors import UsageError
from seminarkit.core.logs.last_seen import logs_in
from seminarkit.core.logs.writers import writer_of
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.lock import writing
from seminarkit.topics.copies.merge_copies import Merged, Source, merge, source_of
from seminarkit.topics.copies.synchronise import (
    fetch,
    give_to_folder,
    give_to_remote,
    note_met,
    remote_of,
)


@click.command()
@click.argument("place")
@with_folder
def command(folder: SeminarFolder, place: str) -> None:
    """Synchronise this copy of the seminar with another copy.

    PLACE is a folder, or USER@HOST:PATH for a folder on a server (through ssh and rsync, which must
    be installed on both sides). Files received there and decisions made there are taken in, and
    those from here are copied there; nothing is overwritten. PLACE may be another copy that
    somebody works in, such as the server's, or a folder used only for this, on a stick or a shared
    disk.

    Links and drafts stay where they are: they are secrets of the server that gave them out. Your
    programme, forms and notebooks are not copied either: if you change them, send them to the
    others.

    \b
    Example:
      seminar sync organiser@forms.example.org:seminar
      seminar sync /media/stick/seminar

    Exit code 1 when something in the other copy could not be taken in.
    """
    remote = remote_of(place)
    with tempfile.TemporaryDirectory(prefix="seminarkit-") as temporary:
        other = fetch(remote, Path(temporary) / "there") if remote else _folder(folder, place)
        source, merged = _take(folder, other)
        if remote:
            writer = writer_of(folder.root).id
            give_to_remote(folder.root, remote, Path(temporary) / "there", writer)
            given = None
        else:
            there = SeminarFolder(Path(place).resolve())
            given = give_to_folder(folder.root, there.root, there.lock)
    note_met(folder.root, place if remote else str(Path(place).resolve()))
    if given:
        _show_given(given)
    click.echo(f"This copy and {place} are synchronised.")
    raise SystemExit(1 if (source and source.skipped) or merged.refused else 0)


def _folder(folder: SeminarFolder, place: str) -> Path | None:
    """Return the other folder, or None if it has no logs yet; raises UsageError."""
    other = Path(place)
    if not other.parent.is_dir():
        raise UsageError(f"There is no folder {other.parent}. Is the disk connected?")
    if other.resolve() == folder.root.resolve():
        raise UsageError("That is this folder itself. Name the other copy of it.")
    if other.exists() and not other.is_dir():
        raise UsageError(f"{other} is a file. Name a folder, or take it in: seminar merge {other}")
    if not other.is_dir():
        return None
    if (
        not is_same_seminar(folder, other)
        and any(other.iterdir())
        and not (other / "received").is_dir()
    ):
        raise UsageError(
            f"{other} is not empty, and is not a copy of this seminar. Name a new folder in it: "
            f"seminar sync {other / folder.written.id}"
        )
    return other if logs_in(other / "received") else None


def _take(folder: SeminarFolder, other: Path | None) -> tuple[Source | None, Merged]:
    if other is None:
        return None, Merged()
    source = source_of(other, same_seminar=is_same_seminar(folder, other))
    with writing(folder.lock):
        merged = merge(folder.root, source)
    forgotten = forget_and_read(SeminarFolder(folder.root), again=bool(merged.files))
    show(merged, source)
    show_after(SeminarFolder(folder.root), forgotten)
    return source, merged


def _show_given(given: Merged) -> None:
    decisions = plural(len(given.lines.get("decisions", ())), "decision")
    arrivals = plural(len(given.lines.get("arrivals", ())), "received file")
    click.echo(f"Copied there: {decisions}, {arrivals}.")
