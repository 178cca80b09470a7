"""``seminar prepare``."""

from __future__ import annotations

from collections.abc import Sequence

import click

from seminarkit.cli.common import (
    chosen,
    country_option,
    many,
    progress_bar,
    shown_path,
    with_folder,
)
from seminarkit.seminar.assignments import presenters_missing
from seminarkit.seminar.folder import PROGRAMME, SeminarFolder
from seminarkit.seminar.ignoring import write_ignore_files
from seminarkit.seminar.reached import nobody_words
from seminarkit.store.promises import note_promises


@click.command()
@country_option
@click.option("--word", is_flag=True, help="Make each form as a Word document too.")
@with_folder
def command(folder: SeminarFolder, countries: tuple[str, ...], word: bool) -> None:
    """Make the packs that the delegations fill in.

    For each person a list of their tasks, and of every form a notebook and a page that already
    hold name, role, country and deadline; a README in plain words. Those who present a case study
    get theirs in packs/cases/. packs/forms/ holds every form as JSON, and a JSON Schema of its
    answers. With --word each form is there as a Word document too; collect reads it back. The same
    input gives the same files; a file that does not change is left alone.

    \b
    Example:
      seminar prepare
      seminar prepare --country GE --country Moldova
      seminar prepare --word
    """
    from seminarkit.prepare.packs import pack_names, prepare, write_forms

    names = chosen(folder, countries, pack_names(folder))

    def done(name: str) -> None:
        display = folder.seminar.display_name
        shown = "people of the programme" if name == PROGRAMME else display(name)
        step(names.index(name) + 1, len(names), shown)

    write_ignore_files(folder)
    note_promises(folder)
    with progress_bar("Making packs", len(names)) as step:
        packs = prepare(folder, names, done, word=word)
    write_forms(folder)
    changed = sum(pack.changed for pack in packs)
    click.echo(
        f"{many(len(packs), 'pack')} in {shown_path(folder.packs)}: "
        f"{many(sum(len(p.files) for p in packs), 'file')}, {changed} of them new or changed."
    )
    for pack in packs:
        for path in pack.left_over:
            click.echo(f"Not of this seminar any more, delete it: {shown_path(path)}")
        for path in pack.kept:
            click.echo(f"Somebody wrote in {shown_path(path)}; the answers stay in it.")
    seminar = folder.seminar
    for code in seminar.countries:
        if code not in seminar.delegations and not countries:
            click.echo(
                f"{seminar.at_start(code)} has nominated nobody yet: {_of_contact(code, names)}."
            )
            if unreached := nobody_words(seminar, code):
                click.echo(f"    {unreached}")
    if not countries:
        for case in presenters_missing(folder.seminar):
            click.echo(f"No case study sheet for '{case}': its presenter is not named yet.")
    click.echo("Next: send each delegation its folder. What comes back goes into inbox/.")


def _of_contact(code: str, names: Sequence[str]) -> str:
    return "its pack is for its NEO alone" if code in names else "there is no pack"
