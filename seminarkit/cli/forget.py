"""``seminar forget``."""

from __future__ import annotations

import sys

import click

from seminarkit.cli.common import dry_run_option, many, shown_path, with_folder
from seminarkit.errors import UsageError, did_you_mean
from seminarkit.names import shown_name
from seminarkit.seminar.assignments import assignments, former_assignments
from seminarkit.seminar.discussed import ChatTaken
from seminarkit.seminar.folder import SeminarFolder


@click.command()
@click.argument("person")
@click.option("--yes", is_flag=True, help="Do not ask.")
@dry_run_option
@with_folder
def command(folder: SeminarFolder, person: str, yes: bool, dry_run: bool) -> None:
    """Remove a person everywhere, and say what was removed and what remains.

    Their files, versions, pack, mails and the pages of their country go; what else came in the
    same archive or mail stays. It cannot be undone.

    \b
    Example:
      seminar forget GE-2 --dry-run
      seminar forget GE-2
    """
    from seminarkit.collect.forgetting import forget

    person = person.upper() if person[:2].isalpha() and "-" in person else person
    seminar = folder.seminar
    people = {a.author.id for a in (*assignments(seminar), *former_assignments(seminar))}
    if person not in people:
        raise UsageError(f"'{person}' is nobody of this seminar.{did_you_mean(person, people)}")
    if not folder.database.exists():
        raise UsageError("Nothing was collected yet; delete the person from seminar.yml.")
    if not (yes or dry_run):
        if not sys.stdin.isatty():
            raise UsageError("It cannot be undone. Say --yes, or look first: --dry-run")
        click.confirm(f"Remove everything of {person}? It cannot be undone", abort=True)
    done = forget(folder, person, dry_run=dry_run)
    click.echo(f"{'Would be removed' if dry_run else 'Removed'} of {person}:")
    for version in done.versions:
        click.echo(f"  {version.form}, version {version.receipt}")
    for arrival in done.arrivals:
        click.echo(f"  received file '{shown_name(arrival.name)}'")
    for path in done.files:
        click.echo(f"  {shown_path(path)}")
    if done.decisions:
        click.echo(
            f"  {many(done.decisions, 'decision was', 'decisions were')} changed or taken out"
        )
    for name in done.kept_of_others:
        click.echo(f"Kept, as it is of others: {name}")
    click.echo("What remains, and is yours to look after:")
    written = any(p.id == person for p in folder.written.delegations.get(person[:2], []))
    if written:
        click.echo(f"  seminar.yml names {person}: take the line out, or write another name")
    click.echo("  a joint report of the country, which may hold words of theirs")
    if any(isinstance(each, ChatTaken) for each in folder.decisions):
        click.echo(
            "  saved chats, which keep what was said to everyone under the name it was shown"
        )
    click.echo("  what a running 'seminar serve' knows: end it before, start it again after")
    click.echo("  mails that were sent, copies and backups, the draft in their own browser")
    click.echo("Next: seminar prepare, seminar report, seminar publish")
