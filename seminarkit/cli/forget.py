"""``seminar forget``."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from seminarkit.cli.options import (
    dry_run_option,
    json_option,
    plural,
    print_json,
    progress_bar,
    shown_path,
    with_folder,
)
from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.core.seminar.clock import moment_words, now
from seminarkit.core.seminar.delegation_decisions import ForgettingPlanned
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.shown_names import shown_name
from seminarkit.core.store.lock import writing

if TYPE_CHECKING:
    from seminarkit.forgetting.forget import TraceReport
    from seminarkit.forgetting.search import Hit, Search

# what no program can reach from here; printed every time
OUT_OF_REACH = (
    "mails that were sent, and the mail programs of people who have them",
    "copies and backups of this folder, and what was put on a website or into an archive",
    "the person's own computer, with the draft in their browser",
)


@click.command()
@click.argument("person")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.option("--in", "grace", metavar="TIME", help="Only after this time, such as 24h or 3d.")
@click.option("--whole", is_flag=True, help="Also remove files that cannot be blacked out.")
@click.option(
    "--own-files", is_flag=True, help="Also black out your own files: seminar.yml, notes."
)
@dry_run_option
@json_option
@with_folder
def command(
    folder: SeminarFolder,
    person: str,
    yes: bool,
    grace: str | None,
    whole: bool,
    own_files: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Remove a person everywhere, prove it, and say what remains.

    PERSON is an id, or the name or address of somebody without an id. Every file of the folder, and
    the kit's own cache on this computer, is searched for the person's id, names, addresses and
    answers. What is theirs alone is removed. Elsewhere they are blacked out, and what others said
    is kept. This cannot be undone. Stop 'seminar serve' first, and start it again afterwards.

    With --in, nothing is removed until that time is over. Until then, 'seminar undo' cancels it;
    after that, the next 'seminar collect' forgets the person. Other copies of this folder forget
    the person when they are brought together with it; 'seminar verify' says which have not done so
    yet. Somebody without an id must be named on each copy.

    \b
    Example:
      seminar forget GE-2 --dry-run
      seminar forget GE-2
      seminar forget GE-2 --in 24h
      seminar forget "Maria Kovacs" --yes

    Exit code 1 when something is left in files that the kit wrote in this folder.
    """
    from seminarkit.forgetting.forget import find_traces, forget

    person, is_id = _meant(folder, person)
    due = _due(grace) if grace else ""
    with progress_bar("Searching") as bar:
        traces = find_traces(folder, person, is_id=is_id, step=bar)
    if not (is_id or traces.search.hits):
        raise UsageError(f"Nothing in this folder names '{shown_name(person)}'.")
    if not as_json:
        _show(traces)
    if dry_run:
        if as_json:
            print_json(_as_json(folder, traces, None))
        return
    if due:
        _plan(folder, person, is_id, due)
        return
    if not yes:
        if as_json or not sys.stdin.isatty():
            raise UsageError("This cannot be undone. Add --yes, or look first: --dry-run")
        click.confirm(
            f"Remove everything of {shown_name(person)}? This cannot be undone", abort=True
        )
    with progress_bar("Searching again") as bar:
        left = forget(folder, traces, whole=whole, own=own_files, step=bar)
    bad = [hit for hit in left.hits if hit.place not in ("own", "cache") and not _kept(traces, hit)]
    if as_json:
        print_json(_as_json(folder, traces, left))
    else:
        _prove(folder, left)
    raise SystemExit(1 if bad else 0)


def _due(grace: str) -> str:
    """Return when a time of grace is over (UTC); raises UsageError if it cannot be parsed."""
    time = re.fullmatch(r"(\d{1,3}) ?(h|d)", grace.strip().lower())
    if not time or not int(time[1]):
        raise UsageError(f"'{shown_name(grace)}' is not a length of time. Write it as 24h or 3d.")
    hours = int(time[1]) * (24 if time[2] == "d" else 1)
    return (datetime.now(UTC) + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _plan(folder: SeminarFolder, person: str, is_id: bool, due: str) -> None:
    with writing(folder.lock):
        folder.decisions.add([ForgettingPlanned(person, is_id, due, at=now())])
    moment = moment_words(folder.seminar, due)
    click.echo(
        f"{shown_name(person)} will be forgotten by the first 'seminar collect' after {moment}. To "
        "cancel this before then: seminar undo, with the id from seminar log"
    )


def _meant(folder: SeminarFolder, person: str) -> tuple[str, bool]:
    """Return the person, and whether it is an id; raises UsageError if unknown."""
    from seminarkit.forgetting.gather_traces import people
    from seminarkit.forgetting.unfinished import read_plan

    known = people(folder)
    person = person.strip()
    for way in (person, person.upper()):
        if way in known:
            return way, True
    begun = read_plan(folder.received)
    if begun and begun.person == person:
        return person, bool(begun.traces.ids)
    if "@" in person or len(person.split()) > 1:
        return person, False
    raise UsageError(
        f"'{shown_name(person)}' is not a person of this seminar."
        f"{did_you_mean(person.upper(), known)} Without an id, give the full name or address."
    )


def _kept(traces: TraceReport, hit: Hit) -> bool:
    """Return whether the first search listed the file as one that cannot be changed."""
    return traces.actions.get(hit.path) == "cannot"


def _show(traces: TraceReport) -> None:
    from seminarkit.forgetting.forget import ACTIONS

    number = len(traces.search.hits)
    click.echo(f"{plural(number, 'file names', 'files name')} {shown_name(traces.plan.person)}:")
    for action, words in ACTIONS.items():
        hits = [hit for hit in traces.search.hits if traces.actions[hit.path] == action]
        if hits:
            verb = "" if action in ("cannot", "own") else "to be "
            click.echo(f" {(verb + words)[:1].upper()}{(verb + words)[1:]}:")
        for hit in hits:
            click.echo(f"  {_line(hit)}")
    if traces.sums:
        click.echo(
            f" {plural(len(traces.sums), 'file contains', 'files contain')} totals of everybody's "
            "answers: to be removed; the next run makes them again."
        )


def _line(hit: Hit) -> str:
    counts = ", ".join(f"{what} {number}" for what, number in sorted(hit.counts.items()))
    parts = f"; in {', '.join(map(shown_name, hit.parts[:3]))}" if hit.parts else ""
    return f"{shown_name(shown_path(hit.path))}  ({counts}{parts})"


def _prove(folder: SeminarFolder, left: Search) -> None:
    click.echo(f"Searched again: {plural(left.files, 'file')}.")
    if left.hits:
        click.echo(f"{plural(len(left.hits), 'file still names', 'files still name')} them:")
    else:
        click.echo("No file names them any more.")
    for hit in left.hits:
        click.echo(f"  {_line(hit)}")
    if any(hit.path == folder.root / "seminar.yml" for hit in left.hits):
        click.echo(
            "  In seminar.yml: remove the line, or write another name. As it is now, nobody is "
            "asked or shown because of this line any more."
        )
    click.echo("The kit cannot reach these; take care of them yourself:")
    for words in _unreached(folder, left):
        click.echo(f"  {words}")
    click.echo("Next: seminar prepare, seminar report, seminar publish")


def _unreached(folder: SeminarFolder, left: Search) -> list[str]:
    git = any((place / ".git").exists() for place in (folder.root, *folder.root.parents))
    history = ["the history of git, which keeps everything that was ever committed"] if git else []
    unread = [f"{shown_name(shown_path(path))}: {why}" for path, why in left.unread]
    return [*unread, *history, *OUT_OF_REACH]


def _as_json(folder: SeminarFolder, traces: TraceReport, left: Search | None) -> dict[str, object]:
    def hits(search: Search) -> list[dict[str, object]]:
        return [
            {
                "file": hit.path.as_posix(),
                "parts": list(hit.parts),
                "counts": dict(hit.counts),
                "action": traces.actions.get(hit.path, ""),
            }
            for hit in search.hits
        ]

    return {
        "person": traces.plan.person,
        "found": hits(traces.search),
        "sums": [path.as_posix() for path in traces.sums],
        "left": None if left is None else hits(left),
        "out_of_reach": _unreached(folder, left or traces.search),
    }
