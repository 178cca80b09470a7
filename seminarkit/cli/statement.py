"""``seminar statement``."""

from __future__ import annotations

import click

from seminarkit.analyse.attribution import attributions
from seminarkit.analyse.statements import Notes, alike, notes
from seminarkit.cli.common import dry_run_option, with_folder
from seminarkit.discuss.summaries import Statement
from seminarkit.errors import UsageError, did_you_mean
from seminarkit.seminar.clock import now
from seminarkit.seminar.decision import Decision
from seminarkit.seminar.discussed import (
    StatementLeft,
    StatementParted,
    StatementsJoined,
    StatementTaken,
)
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.store.index import Submission
from seminarkit.store.lock import writing
from seminarkit.store.reading import submissions


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--same-as", "other", metavar="ID", help="It says the same as this one.")
@click.option("--apart", is_flag=True, help="It stands by itself again.")
@click.option("--take", is_flag=True, help="Take it over into the public conclusions.")
@click.option("--words", metavar="TEXT", help="Take it over in these words.")
@click.option("--leave", is_flag=True, help="Not for the public any more.")
@dry_run_option
@with_folder
def command(
    folder: SeminarFolder,
    ids: tuple[str, ...],
    other: str | None,
    apart: bool,
    take: bool,
    words: str | None,
    leave: bool,
    dry_run: bool,
) -> None:
    """List what groups noted, or say which statements are the same and which are public.

    Without an ID all statements are listed, those beside each that might say the same. Nothing is
    joined by itself, and both keep their words. Nothing is public before it is taken over, and only
    in words that name no country, person or code; where a statement does, give other --words. A
    decision is on the words as they were: a reworded statement has another ID.

    \b
    Example:
      seminar statement
      seminar statement a-k7f3mq r-2xw5bt --same-as a-q9d4tz
      seminar statement a-k7f3mq --take
      seminar statement n-5hj2xw --words "Registers are compared in spring."
    """
    received = submissions(folder.database)
    found = notes(folder, received)
    if not ids:
        _list(folder, found, received)
        return
    if not (other or apart or take or words or leave):
        raise UsageError("Say what becomes of it, such as --take. See: seminar statement --help")
    if leave and (take or words):
        raise UsageError("A statement is either taken over or left; say one of the two.")
    statements = [_known(each, found) for each in ids]
    same = _known(other, found) if other else None
    if same and same in statements:
        raise UsageError(f"{same.id} is always the same as itself; name another one.")
    if words and len(statements) > 1:
        raise UsageError("--words are for one statement; take the others by themselves.")
    at = now()
    decisions: list[Decision] = []
    for each in statements:
        if apart:
            decisions.append(StatementParted(each.id, at=at))
        if same:
            decisions.append(StatementsJoined(each.id, same.id, at=at))
        if take or words:
            public = _public_words(folder, each, words)
            decisions.append(StatementTaken(each.id, each.person, public, at=at))
        if leave:
            decisions.append(StatementLeft(each.id, at=at))
    if dry_run:
        click.echo(f"{len(decisions)} would be noted on {', '.join(s.id for s in statements)}.")
        return
    with writing(folder.lock):
        folder.decisions.add(decisions)
    after = notes(SeminarFolder(folder.root), received)
    for each in statements:
        click.echo(_told(after, each))
    click.echo("Next: seminar recap or seminar conclude")


def _known(asked: str, found: Notes) -> Statement:
    known = {each.former: each for each in found.statements if each.former}
    known |= {each.id: each for each in found.statements}
    if asked.casefold() not in known:
        hint = did_you_mean(asked.casefold(), {s.id for s in known.values()})
        raise UsageError(f"'{asked}' is no statement here.{hint} See: seminar statement")
    return known[asked.casefold()]


def _public_words(folder: SeminarFolder, statement: Statement, words: str | None) -> str:
    """Return the words for the public; raises UsageError where they say who spoke."""
    public = " ".join((words or statement.text).split())
    if told := attributions(folder.seminar, public):
        raise UsageError(
            f"{statement.id} cannot be taken over in these words, since they hold "
            f"{', '.join(told)}. Say it without: "
            f'seminar statement {statement.id} --words "…"'
        )
    return public


def _told(found: Notes, statement: Statement) -> str:
    point = found.find(statement.id)
    assert point
    words = []
    if len(point.statements) > 1:
        words.append(f"one point of {', '.join(each.id for each in point.statements)}")
    if statement.id in found.taken:
        words.append(f"public as “{found.taken[statement.id]}”")
    return f"{statement.id}: {'; '.join(words) or 'stands by itself, not public'}."


def _list(folder: SeminarFolder, found: Notes, received: list[Submission]) -> None:
    near = alike(folder, found, received)
    known = {each.id: each for each in found.statements}
    for number, point in enumerate(found.points):
        if number and len(point.statements) > 1:
            click.echo("One point:")
        for each in point.statements:
            public = "  (public)" if each.id in found.taken else ""
            click.echo(f"{each.id}  {each.group}  {each.text}{public}")
            for other in near.get(each.id, ()):
                click.echo(f"      near {other}  {known[other].text}")
    if not found.points:
        click.echo("No group has sent notes yet.")
    for lost in found.lost:
        click.echo(f"{lost} was decided on, and its words have changed since; decide again.")
