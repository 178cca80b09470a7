"""``seminar statement``."""

from __future__ import annotations

import click

from seminarkit.cli.decide_locked import deciding
from seminarkit.cli.earlier_decisions import earlier_decision_words, replaced
from seminarkit.cli.options import dry_run_option, plural, with_folder
from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.question_decisions import (
    StatementLeft,
    StatementParted,
    StatementReworded,
    StatementsJoined,
    StatementTaken,
    with_present_ids,
)
from seminarkit.core.store.read_store import submissions
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.attribution import attributions
from seminarkit.topics.conclusions.all_notes import Notes, notes, similar_statements
from seminarkit.topics.conclusions.gaps import changed_words
from seminarkit.topics.conclusions.statement_ids import Statement


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--same-as", "other", metavar="ID", help="It says the same as this one.")
@click.option("--apart", is_flag=True, help="It is a point of its own again.")
@click.option("--take", is_flag=True, help="Take it over into the public conclusions.")
@click.option("--words", metavar="TEXT", help="Take it over in these words.")
@click.option("--leave", is_flag=True, help="Do not show it to the public any more.")
@click.option("--was", "old", metavar="OLD", help="It says in other words what OLD said.")
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
    old: str | None,
    dry_run: bool,
) -> None:
    """List what groups noted, or say which statements are the same and which are public.

    Without an ID, all statements are listed, each with others that might say the same. The kit
    never joins statements by itself, and joined statements keep their words. A statement is public
    only after you take it over, and only in words that name no country, person or code. Where it
    names one, give other --words.

    A decision is about words: a reworded statement has another ID. What was decided about the old
    one is listed with both wordings until you decide again: NEW --was OLD (it holds for the new
    words), or OLD --apart --leave (it does not). Until then, the others that said the same stay
    together, and what was taken over stays public. If only capitals, spaces or punctuation change,
    it still has the same words.

    \b
    Example:
      seminar statement
      seminar statement a-k7f3mq r-2xw5bt --same-as a-q9d4tz
      seminar statement a-k7f3mq --take
      seminar statement n-5hj2xw --words "Registers are compared in spring."
      seminar statement a-m3c8rv --was a-k7f3mq
    """
    if not ids:
        received = submissions(folder.database)
        _list(folder, notes(folder, received), received)
        return
    if not (other or apart or take or words or leave or old):
        raise UsageError("Say what to do with it, such as --take. See: seminar statement --help")
    if leave and (take or words):
        raise UsageError("Use either --take or --leave: a statement is public, or it is not.")
    with deciding(folder, dry_run) as present:
        received = submissions(present.database)
        found = notes(present, received)
        gone = {item.id: item for item in found.changed}
        drops = (apart or leave) and not (other or take or words or old)
        dropped = [item.casefold() for item in ids if drops and item.casefold() in gone]
        statements = [_known(item, found) for item in ids if item.casefold() not in dropped]
        before = _former(old, found) if old else ""
        if old and len(statements) > 1:
            raise UsageError("--was is for one statement: only one can be the new wording of OLD.")
        same = _known(other, found) if other else None
        if same and same in statements:
            raise UsageError(f"{same.id} is always the same as itself; name another one.")
        if words and len(statements) > 1:
            raise UsageError(
                "--words is for one statement. Take over each of the others separately."
            )
        at = now()
        decisions: list[Decision] = []
        for code in dropped:
            decisions += [StatementParted(code, at=at)] if apart else []
            decisions += [StatementLeft(code, at=at)] if leave else []
        for statement in statements:
            if before:
                decisions.append(StatementReworded(statement.id, before, at=at))
            if apart:
                decisions.append(StatementParted(statement.id, at=at))
            if same:
                decisions.append(StatementsJoined(statement.id, same.id, at=at))
            if take or words:
                public = _public_words(present, statement, words)
                decisions.append(StatementTaken(statement.id, statement.person, public, at=at))
            if leave:
                decisions.append(StatementLeft(statement.id, at=at))
        codes = [*dropped, *(statement.id for statement in statements)]
        if dry_run:
            click.echo(
                f"{plural(len(decisions), 'decision')} would be noted on {', '.join(codes)}."
            )
            return
        log = with_present_ids(present.decisions, found.former)
        present.decisions.add(decisions)
    after = notes(SeminarFolder(folder.root), received)
    lines = [f"{code}: {_still_decided(after, code)}." for code in dropped]
    lines += [_outcome_line(after, statement) for statement in statements]
    for code, line in zip(codes, lines, strict=True):
        click.echo(line)
        for new in decisions:
            if getattr(new, "statement", "") == code and (earlier := replaced(log, new)):
                click.echo(f"  {earlier_decision_words(earlier, at)}")
    click.echo("Next: seminar recap or seminar conclude")


def _known(asked: str, found: Notes) -> Statement:
    present = {statement.id: statement for statement in found.statements}
    known = {old: present[new] for old, new in found.former.items() if new in present} | present
    if asked.casefold() not in known:
        hint = did_you_mean(asked.casefold(), {s.id for s in known.values()})
        raise UsageError(
            f"'{asked}' is not a statement of this seminar.{hint} See: seminar statement"
        )
    return known[asked.casefold()]


def _former(asked: str, found: Notes) -> str:
    """Return the id of a reworded statement with a pending decision; raises UsageError."""
    gone = {item.id for item in found.changed}
    code = found.former.get(asked.casefold(), asked.casefold())
    if code not in gone:
        hint = did_you_mean(code, gone)
        raise UsageError(
            f"No decision about old words is waiting at '{asked}'.{hint} See: seminar statement"
        )
    return code


def _still_decided(found: Notes, code: str) -> str:
    for item in found.changed:
        if item.id == code:
            return "not public any more" if item.together else "by itself, and still public"
    return "what was decided about its words is dropped"


def _public_words(folder: SeminarFolder, statement: Statement, words: str | None) -> str:
    """Return the public wording; raises UsageError if it identifies who spoke."""
    public = " ".join((words or statement.text).split())
    if names := attributions(folder.seminar, public):
        raise UsageError(
            f"{statement.id} cannot be taken over in these words, because they contain "
            f"{', '.join(names)}. Say it without them: "
            f'seminar statement {statement.id} --words "…"'
        )
    return public


def _outcome_line(found: Notes, statement: Statement) -> str:
    point = found.find(statement.id)
    assert point
    words = []
    if len(point.statements) > 1:
        words.append(f"one point: {', '.join(member.id for member in point.statements)}")
    if statement.id in found.taken:
        words.append(f"public as “{found.taken[statement.id]}”")
    return f"{statement.id}: {'; '.join(words) or 'a point of its own, not public'}."


def _list(folder: SeminarFolder, found: Notes, received: list[Submission]) -> None:
    near = similar_statements(folder, found, received)
    known = {statement.id: statement for statement in found.statements}
    for point in found.points:
        if len(point.statements) > 1:
            click.echo("One point:")
        for statement in point.statements:
            public = "  (public)" if statement.id in found.taken else ""
            click.echo(f"{statement.id}  {statement.group}  {statement.text}{public}")
            for other in near.get(statement.id, ()):
                click.echo(f"      similar: {other}  {known[other].text}")
    if not found.points:
        click.echo("No group has sent notes yet.")
    for changed in found.changed:
        click.echo(f"Attention: {changed_words(folder.seminar, changed)}")
