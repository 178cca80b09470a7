"""``seminar prepare``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from seminarkit.cli.options import (
    chosen,
    country_option,
    plural,
    progress_bar,
    shown_path,
    with_folder,
)
from seminarkit.core.seminar import up_to_date
from seminarkit.core.seminar.assignments import presenters_missing
from seminarkit.core.seminar.folder import PROGRAMME, SeminarFolder
from seminarkit.core.seminar.ignore_files import write_ignore_files
from seminarkit.core.seminar.recipients import nobody_words


@click.command()
@country_option
@click.option("--word", is_flag=True, help="Also make each form as a Word document.")
@with_folder
def command(folder: SeminarFolder, countries: tuple[str, ...], word: bool) -> None:
    """Make the packs that the delegations fill in.

    Each person gets a list of their tasks. Each form is a notebook and a page that already contain
    name, role, country and deadline. A README explains the pack in plain words. Presenters of a
    case study get their pack in packs/cases/. packs/forms/ contains every form as JSON, with a JSON
    Schema of its answers. With --word, each form is also a Word document, which collect reads
    back. The same input gives the same files, and a file that does not change is left alone. If
    nothing has changed since the last run, the command says so at once.

    \b
    Example:
      seminar prepare
      seminar prepare --country GE --country Moldova
      seminar prepare --word
    """
    stamp = up_to_date.of_packs(folder, word=word)
    seen = stamp.inputs()
    run = None if countries else _earlier(stamp.up_to_date(seen))
    if run is None:
        run = _prepare(folder, countries, word=word)
        if not countries:
            stamp.put(seen, run.noted)
    click.echo(
        f"{plural(len(run.packs), 'pack')} in {shown_path(folder.packs)}: "
        f"{plural(run.files, 'file')}, {run.changed} of them new or changed."
    )
    for name in run.left_over:
        path = shown_path(folder.packs / name)
        click.echo(f"No longer part of this seminar, delete it: {path}")
    for name in run.kept:
        click.echo(
            f"Somebody wrote in {shown_path(folder.packs / name)}: their answers are kept in it."
        )
    seminar = folder.seminar
    for code in seminar.countries:
        if code not in seminar.delegations and not countries:
            pack_words = _of_contact(code, run.packs)
            click.echo(f"{seminar.at_start(code)} has nominated nobody yet: {pack_words}.")
            if unreached := nobody_words(seminar, code):
                click.echo(f"    {unreached}")
    if not countries:
        for case in presenters_missing(folder.seminar):
            click.echo(f"No case study sheet for '{case}': its presenter is not named yet.")
    click.echo("Next: send each delegation its folder. Put what they send back into inbox/.")


@dataclass(frozen=True)
class _Run:
    """The results of a run, or of the last complete run if nothing has changed."""

    packs: Sequence[str]
    files: int
    left_over: Sequence[str]
    kept: Sequence[str]
    changed: int = 0

    @property
    def noted(self) -> dict[str, object]:
        """The values that the next run prints if nothing has changed."""
        return {name: getattr(self, name) for name in _NOTED}


_NOTED = ("packs", "files", "left_over", "kept")


def _earlier(noted: object) -> _Run | None:
    """Return the last complete run from its stored values."""
    return _Run(**noted) if isinstance(noted, dict) and noted.keys() == {*_NOTED} else None


def _prepare(folder: SeminarFolder, countries: Sequence[str], *, word: bool) -> _Run:
    from seminarkit.core.store.promise_log import note_promises
    from seminarkit.topics.packs.write_packs import pack_names, prepare, write_forms

    names = chosen(folder, countries, pack_names(folder))

    def done(name: str) -> None:
        display = folder.seminar.display_name
        shown = "people of the programme" if name == PROGRAMME else display(name)
        step(names.index(name) + 1, len(names), shown)

    def within(paths: Sequence[Path]) -> list[str]:
        return [path.relative_to(folder.packs).as_posix() for path in paths]

    write_ignore_files(folder)
    note_promises(folder)
    with progress_bar("Making packs", len(names)) as step:
        packs = prepare(folder, names, done, word=word)
    write_forms(folder)
    return _Run(
        packs=names,
        files=sum(len(pack.files) for pack in packs),
        left_over=[name for pack in packs for name in within(pack.left_over)],
        kept=[name for pack in packs for name in within(pack.kept)],
        changed=sum(pack.changed for pack in packs),
    )


def _of_contact(code: str, names: Sequence[str]) -> str:
    return "its pack is for its NEO alone" if code in names else "there is no pack"
