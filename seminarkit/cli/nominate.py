"""``seminar nominate``."""

from __future__ import annotations

import click

from seminarkit.analyse.nominations import Nomination, nominations
from seminarkit.cli.common import dry_run_option, json_option, print_json, with_folder
from seminarkit.errors import SeminarError, UsageError
from seminarkit.seminar.clock import now
from seminarkit.seminar.decisions import Nominated
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.store.lock import writing
from seminarkit.store.reading import submissions


@click.command()
@click.argument("countries", nargs=-1, metavar="[COUNTRY]...")
@click.option("--anyway", is_flag=True, help="Take a nomination that breaks the rule, too.")
@dry_run_option
@json_option
@with_folder
def command(
    folder: SeminarFolder, countries: tuple[str, ...], anyway: bool, dry_run: bool, as_json: bool
) -> None:
    """Show the nominations that came, or take those of some countries.

    Each is held against the rule: how many, the NEO among them, nobody twice, nobody in two
    delegations. Who is named again keeps their id, who is new gets a new one; what somebody sent
    who left is kept. A taken nomination stays in the log of decisions.

    \b
    Example:
      seminar nominate            who was named, and what that would change
      seminar nominate GE Moldova
    """
    found = {
        each.country: each for each in nominations(folder.seminar, submissions(folder.database))
    }
    codes = [folder.country(text) for text in countries]
    for code in codes:
        if code not in found:
            name = folder.seminar.display_name(code)
            raise UsageError(f"No nomination of {name} has come. Collect first: seminar collect")
    chosen = [found[code] for code in codes] if codes else list(found.values())
    if as_json:
        print_json([_as_json(each) for each in chosen])
    else:
        for each in chosen:
            _show(folder, each)
    if not codes:
        if not as_json:
            click.echo("To take one: seminar nominate COUNTRY")
        return
    broken = [each.country for each in chosen if each.problems]
    if broken and not anyway:
        breaks = "breaks" if len(broken) == 1 else "break"
        raise SeminarError(
            f"Nothing was taken: {', '.join(broken)} {breaks} the rule. Ask the NEO for a new "
            "form, or take it as it is: --anyway"
        )
    changed = [each for each in chosen if each.comes or each.leaves]
    if not dry_run:
        with writing(folder.lock):
            folder.decisions.add(_decision(each) for each in changed)
    if not as_json:
        words = "would be taken" if dry_run else "taken"
        click.echo(f"{len(changed)} {words}. Next: seminar prepare, then send the packs.")


def _decision(each: Nomination) -> Nominated:
    people = [person.model_dump(exclude_none=True) for person in each.people]
    return Nominated(each.country, people, each.receipt, at=now())


def _as_json(each: Nomination) -> dict[str, object]:
    return {
        "country": each.country,
        "receipt": each.receipt,
        "people": [person.model_dump() for person in each.people],
        "problems": list(each.problems),
        "comes": [person.id for person in each.comes],
        "leaves": [person.id for person in each.leaves],
    }


def _show(folder: SeminarFolder, each: Nomination) -> None:
    click.echo(f"{folder.seminar.display_name(each.country)}, receipt {each.receipt}")
    new = {person.id for person in each.comes}
    for person in each.people:
        mark = "  new" if person.id in new else ""
        click.echo(f"  {person.id:<6} {person.name} ({person.profile}){mark}")
    for person in each.leaves:
        click.echo(f"  {person.id:<6} {person.name} leaves; what was sent stays")
    for problem in each.problems:
        click.echo(f"  Attention: {problem}")
