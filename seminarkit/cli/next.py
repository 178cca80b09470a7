"""``seminar next``."""

from __future__ import annotations

from dataclasses import asdict

import click

from seminarkit.cli.conflict_lines import conflict_steps
from seminarkit.cli.options import json_option, print_json, with_folder
from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.core.seminar.assignments import assignments, contact_id
from seminarkit.core.seminar.clock import day_of, now
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.former_participants import unknown_words
from seminarkit.core.seminar.read_seminar import parts_of
from seminarkit.core.seminar.roles import known_roles
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.progress.next_steps import Step, of_organiser, of_person
from seminarkit.topics.progress.role_steps import of_role
from seminarkit.topics.progress.status_board import board_of

_PEOPLE = ("organiser", "participant", "NEO")


@click.command()
@click.option("--role", default="organiser", show_default=True, help="Whose next steps to show.")
@click.option(
    "--who", metavar="ID", help="The participant, such as GE-2; for a NEO its country, such as GE."
)
@json_option
@with_folder
def command(folder: SeminarFolder, role: str, who: str | None, as_json: bool) -> None:
    """Say what to do next, for an organiser, a participant, a NEO or a role of the programme.

    For an organiser, the steps follow from what is in the seminar's folder: files not yet taken in,
    nominations, packs, forms still missing, and reports that are older than the latest answers.
    For a participant or a NEO, they are the forms still to send. For a role of the programme, such
    as chair, they say when and where.

    \b
    Example:
      seminar next
      seminar next --role participant --who GE-2
      seminar next --role "group rapporteur"
    """
    known = [item.name for item in known_roles(folder.seminar)]
    known += [part.role for _, part in parts_of(folder.seminar)]
    roles = {name.casefold(): name for name in (*_PEOPLE, *known)}
    if role.casefold() not in roles:
        hint = did_you_mean(role, roles.values())
        raise UsageError(f"'{role}' is not a role in this seminar.{hint}")
    steps = _steps(folder, roles[role.casefold()], who)
    if as_json:
        print_json([asdict(step) for step in steps])
        return
    for number, step in enumerate(steps, start=1):
        click.echo(f"{number}. {step.what}\n     {step.how}")
    if not steps:
        click.echo("Nothing is waiting.")


def _steps(folder: SeminarFolder, role: str, who: str | None) -> list[Step]:
    if role not in _PEOPLE:
        return of_role(folder.seminar, role)
    received = submissions(folder.database)
    if role == "organiser":
        today = day_of(folder.seminar, now())
        first = [Step(what, how) for what, how in conflict_steps(folder)]
        return [*first, *of_organiser(folder, board_of(folder, received), received, today)]
    if not who:
        raise UsageError(
            "Say for whom: --who GE-2 for a participant, --who GE for the NEO of a country."
        )
    person = contact_id(folder.country(who)) if role == "NEO" else who.upper()
    people = {assignment.author.id for assignment in assignments(folder.seminar)}
    if person not in people:
        raise UsageError(unknown_words(folder.seminar, who, people))
    return of_person(folder, person, received)
