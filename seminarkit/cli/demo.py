"""``seminar demo``."""

from __future__ import annotations

import runpy
import shutil
import time
from pathlib import Path

import click

from seminarkit.cli.common import many, shown_path
from seminarkit.cli.main import seminar as group
from seminarkit.errors import SeminarError
from seminarkit.seminar.folder import KIT, SeminarFolder

_STAGES: tuple[tuple[str, str, dict[str, bool]], ...] = (
    ("prepare", "Packs for every delegation", {}),
    ("collect", "Taking in what came", {}),
    ("status", "Who owes what", {}),
    ("groups", "Discussion groups, decided", {"keep": True}),
    ("prepare", "Packs again, with everybody's group", {}),
    ("report", "Reports, a notebook a country", {}),
    ("publish", "Pages", {}),
    ("sheets", "Rooms and duties", {}),
    ("verify", "Proof that nothing was lost", {}),
)


@click.command()
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.pass_context
def command(ctx: click.Context, folder: Path | None) -> None:
    """Run everything once on the sample seminar.

    Fills the inbox with what 26 delegations might have sent, then prepares, collects, makes the
    groups, reports and publishes as an organiser does. Without FOLDER it runs in the current
    seminar; with one, in a copy of the kit's own seminar there.

    \b
    Example:
      seminar demo
      seminar demo ../my-demo
    """
    start = time.monotonic()
    seminar = _seminar(folder or ctx.find_root().obj)
    make = runpy.run_path(str(seminar.material("scripts", "make_sample.py")))["make_sample"]
    _say("The sample's inbox")
    click.echo(f"{many(make(seminar), 'file')} in {shown_path(seminar.inbox)}")
    for name, words, options in _STAGES:
        _say(words, name)
        stage = group.get_command(ctx, name)
        assert stage
        try:
            ctx.find_root().obj = seminar.root
            ctx.invoke(stage, **options)
        except SystemExit as end:
            if end.code:
                raise
    _say(f"Done in {time.monotonic() - start:.0f} seconds. Look at:")
    for path, words in (
        (seminar.site("core") / "index.html", "what core participants see"),
        (seminar.site("public") / "index.html", "what everybody sees"),
        (seminar.packs / "GE" / "GE-1" / "GE-1-country_report.html", "a form to fill in"),
        (seminar.sheets / "index.html", "rooms and duties on the days"),
        (seminar.inbox, "what delegations sent"),
    ):
        click.echo(f"  {shown_path(path):<42} {words}")


def _seminar(folder: Path | None) -> SeminarFolder:
    if folder is None:
        try:
            return SeminarFolder.find()
        except SeminarError:
            folder = Path("seminar-demo")
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "seminar.yml").exists():
        shutil.copy(KIT / "seminar.yml", folder / "seminar.yml")
    return SeminarFolder.find(folder)


def _say(words: str, command: str = "") -> None:
    click.echo()
    click.secho(f"{words}{f'   (seminar {command})' if command else ''}", bold=True)
