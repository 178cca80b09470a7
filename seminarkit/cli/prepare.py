"""``seminar prepare``."""

from __future__ import annotations

import click

from seminarkit.cli.common import chosen, country_option, progress_bar, shown_path, with_folder
from seminarkit.seminar.folder import SeminarFolder


@click.command()
@country_option
@click.option("--word", is_flag=True, help="Make each form as a Word document too.")
@with_folder
def command(folder: SeminarFolder, countries: tuple[str, ...], word: bool) -> None:
    """Make the packs that the delegations fill in.

    For each person a notebook and a page of every form, already holding name, role, country and
    deadline, and a README in plain words. packs/forms/ holds every form as JSON, and a JSON Schema
    of its answers. With --word each form is there as a Word document too; collect reads it back.
    The same input gives the same files; a file that does not change is left alone.

    \b
    Example:
      seminar prepare
      seminar prepare --country GE --country Moldova
      seminar prepare --word
    """
    from seminarkit.prepare.packs import prepare, write_forms

    codes = chosen(folder, countries, list(folder.seminar.delegations))
    with progress_bar("Making packs", len(codes)) as step:
        packs = prepare(
            folder,
            codes,
            lambda code: step(codes.index(code) + 1, len(codes), folder.seminar.display_name(code)),
            word=word,
        )
    write_forms(folder)
    changed = sum(pack.changed for pack in packs)
    click.echo(
        f"{len(packs)} packs in {shown_path(folder.packs)}: "
        f"{sum(len(p.files) for p in packs)} files, {changed} of them new or changed."
    )
    for pack in packs:
        for path in pack.left_over:
            click.echo(f"Not of this seminar any more, delete it: {shown_path(path)}")
    for code, country in folder.seminar.countries.items():
        if code not in folder.seminar.delegations and not countries:
            click.echo(f"No pack for {country.name}: nobody is nominated yet.")
    click.echo("Next: send each delegation its folder. What comes back goes into inbox/.")
