"""``seminar demo``."""

from __future__ import annotations

import runpy
import shlex
import time
from pathlib import Path

import click

from seminarkit.cli.main import seminar as group
from seminarkit.cli.options import heading, plural, shown_path
from seminarkit.core.disk.files import write_whole
from seminarkit.core.errors import SeminarError
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.question_decisions import QuestionMarked, StatementTaken

_RAPPORTEURS = " ".join(
    f"--rapporteur {person}=d2-group-{number} --confirmed {person}"
    for number, person in enumerate(("UA-2", "GE-3", "AM-2"), start=1)
)
_STAGES = (
    ("collect", "Taking in the received files"),
    ("status", "What is still missing"),
    (f"groups --keep --seconds 300 {_RAPPORTEURS}", "Discussion groups, decided"),
    ("prepare", "Packs for every delegation, with everybody's group"),
    ("collect", "Taking in the notes of the groups"),
    ("report", "Reports, one notebook per country"),
    ("publish", "Pages"),
    ("conclude", "The draft of the conclusions"),
    ("sheets", "Rooms and duties"),
    ("verify", "Proof that nothing was lost"),
)


@click.command()
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.pass_context
def command(ctx: click.Context, folder: Path | None) -> None:
    """Run everything once on the sample seminar.

    It fills the inbox with files that 26 delegations might have sent. Then it collects, makes the
    groups, prepares, reports and publishes as an organiser does. Without FOLDER it runs in the
    current seminar; with FOLDER, in a copy of the kit's own seminar in that folder.

    \b
    Example:
      seminar demo
      seminar demo ../my-demo
    """
    start = time.monotonic()
    seminar = _seminar(folder or ctx.find_root().obj)
    make = runpy.run_path(str(seminar.material("scripts", "make_sample.py")))
    _say("The sample's inbox")
    click.echo(f"{plural(make['make_sample'](seminar), 'file')} in {shown_path(seminar.inbox)}")
    noted = False
    for stage, words in _STAGES:
        _say(words, stage.partition(" -")[0])
        _run(seminar, *stage.split())
        if stage == "status":
            _discuss(seminar)
        elif stage.startswith("groups"):
            noted = bool(make["make_notes"](SeminarFolder(seminar.root)))
        elif noted and stage == "collect":
            _decide(seminar, "statement", StatementTaken, "What the general rapporteur takes over")
    _say(f"Done in {time.monotonic() - start:.0f} seconds. Look at:")
    for path, words in (
        (seminar.site("core") / "index.html", "what core participants see"),
        (seminar.site("public") / "index.html", "what everybody sees"),
        (seminar.packs / "GE" / "GE-1" / "GE-1-country_report.html", "a form to fill in"),
        (seminar.site("core") / "conclusions.html", "what all groups said"),
        (seminar.site("organisers") / "hand-over.html", "what to give to whom"),
        (seminar.site("organisers") / "index.html", "what people wrote to you"),
        (seminar.sheets / "index.html", "rooms and duties on the days"),
        (seminar.inbox, "what delegations sent"),
    ):
        click.echo(f"  {shown_path(path):<42} {words}")


def _discuss(seminar: SeminarFolder) -> None:
    """Take in the sample's chats and its decisions on questions, as if both days were over."""
    sample = seminar.material("scripts", "sample")
    _say("Saved chats of the public sessions", "chat")
    for path in sorted((sample / "chats").glob("*.txt")):
        _run(seminar, "chat", str(path), "--session", path.stem)
    _decide(seminar, "question", QuestionMarked, "Decisions on questions")


def _decide(seminar: SeminarFolder, command: str, kind: type[Decision], words: str) -> None:
    """Run a command for each decision of the sample, unless an earlier demo has done so."""
    if any(isinstance(decision, kind) for decision in seminar.decisions):
        return
    _say(words, command)
    path = seminar.material("scripts", "sample", f"{command}s.txt")
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            _run(seminar, command, *shlex.split(line))


def _run(seminar: SeminarFolder, *words: str) -> None:
    try:
        group.main(["--folder", str(seminar.root), *words], "seminar", standalone_mode=False)
    except SystemExit as end:
        if end.code:
            raise


def _seminar(folder: Path | None) -> SeminarFolder:
    if folder is None:
        try:
            return SeminarFolder.find()
        except SeminarError:
            folder = Path("seminar-demo")
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "seminar.yml").exists():
        write_whole(folder / "seminar.yml", (KIT / "seminar.yml").read_bytes())
    return SeminarFolder.find(folder)


def _say(words: str, command: str = "") -> None:
    click.echo()
    heading(f"{words}{f'   (seminar {command})' if command else ''}")
