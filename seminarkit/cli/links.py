"""``seminar links``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import click

from seminarkit.cli.options import (
    country_option,
    json_option,
    plural,
    print_json,
    shown_path,
    with_folder,
)
from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.core.seminar.assignments import Author, assignments
from seminarkit.core.seminar.clock import moment_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.lock import writing

if TYPE_CHECKING:
    from seminarkit.serve.personal_links import Link


@click.command()
@country_option
@click.option(
    "--url",
    default="",
    metavar="URL",
    help="The address of the server, as people see it; also used for links made earlier.",
)
@click.option("--renew", multiple=True, metavar="PERSON", help="Withdraw a link; make a new one.")
@click.option("--withdraw", multiple=True, metavar="PERSON", help="Withdraw a link.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="The last day on which the links work; this includes links made earlier.",
)
@click.option(
    "--days",
    type=click.IntRange(1, 3660),
    metavar="N",
    help="The same, as a number of days from today.",
)
@json_option
@with_folder
def command(
    folder: SeminarFolder,
    countries: tuple[str, ...],
    url: str,
    renew: tuple[str, ...],
    withdraw: tuple[str, ...],
    until: datetime | None,
    days: int | None,
    as_json: bool,
) -> None:
    """Make the links with which people fill in forms on your server.

    People without a link get one. All links are in packs/links.csv, and each person's link is in
    their folder of the pack. A link works like a key. Only its hash is kept, so a lost link cannot
    be shown again, only renewed. People who have a link keep it. People whose link was withdrawn
    get a new one only with --renew. A link stops working four weeks after the seminar (or after it
    was made, if that is later) unless you name another last day. The list shows who has used
    theirs.

    \b
    Example:
      seminar links
      seminar links --country GE --url https://forms.example.org
      seminar links --renew GE-2
      seminar links --withdraw GE-3
      seminar links --country GE --until 2021-01-31
    """
    from seminarkit.serve.links_sheet import write_links
    from seminarkit.serve.personal_links import FirstUses, Links

    everybody = {
        assignment.author.id: assignment.author for assignment in assignments(folder.seminar)
    }
    people = _chosen(folder, everybody, countries, (*renew, *withdraw))
    links = Links(folder.links)
    with writing(folder.lock):
        gone = links.withdraw([*renew, *withdraw])
        # a withdrawn link is replaced only on request
        had = {link.person for link in links.all()}
        fresh = [] if renew or withdraw else [person for person in people if person not in had]
        last = _last_day(folder, until, days)
        if last:
            links.end(list(people), last)
        made = links.make([*renew, *fresh], last)
        lost = write_links(folder, people, everybody, made, url.rstrip("/"), links.active())
    shown = _shown(folder, people, links.active(), FirstUses(folder.links_used).all())
    if as_json:
        withdrawn = [link.person for link in gone]
        print_json({"made": list(made), "withdrawn": withdrawn, "lost": lost, "links": shown})
        return
    click.echo(
        f"{plural(len(made), 'link')} made, {len(gone)} withdrawn; "
        f"{plural(len(links.active()), 'person has', 'people have')} one."
    )
    click.echo(f"The links are in {shown_path(folder.links_sheet)}: keep it as safe as a key.")
    if lost:
        click.echo(f"Not in that file; renew these if they are needed: {', '.join(lost)}")
    for item in shown:
        first = moment_words(folder.seminar, item["first_used"])
        used = f"first used {first}" if first else "not used yet"
        click.echo(f"{item['person']:<14} until {item['until']}, {used}")


def _last_day(folder: SeminarFolder, until: datetime | None, days: int | None) -> date | None:
    if until and days:
        raise UsageError("Name the last day with --until or with --days, not with both.")
    if days:
        return datetime.now(folder.seminar.zone).date() + timedelta(days=days)
    return until.date() if until else None


def _shown(
    folder: SeminarFolder,
    people: dict[str, Author],
    active: Mapping[str, Link],
    first_uses: Mapping[str, str],
) -> list[dict[str, str]]:
    """Return the links of some people: last day, and first use (UTC)."""
    ends = folder.seminar.last_day
    return [
        {
            "person": person,
            "made_at": active[person].made_at,
            "until": active[person].last_day(ends).isoformat(),
            "first_used": first_uses.get(active[person].sha256, ""),
        }
        for person in people
        if person in active
    ]


def _chosen(
    folder: SeminarFolder,
    everybody: dict[str, Author],
    countries: tuple[str, ...],
    named: tuple[str, ...],
) -> dict[str, Author]:
    for person in named:
        if person not in everybody:
            hint = did_you_mean(person, everybody)
            raise UsageError(f"'{person}' is not a person who fills in forms here.{hint}")
    if not countries:
        return everybody
    codes = {folder.country(text) for text in countries}
    return {p: author for p, author in everybody.items() if author.country in codes or p in named}
