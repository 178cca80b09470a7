"""``seminar links``."""

from __future__ import annotations

import click

from seminarkit.cli.common import (
    country_option,
    json_option,
    many,
    print_json,
    shown_path,
    with_folder,
)
from seminarkit.errors import UsageError, did_you_mean
from seminarkit.seminar.assignments import Author, assignments
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.store.lock import writing


@click.command()
@country_option
@click.option(
    "--url",
    default="",
    metavar="URL",
    help="The address of the server, as people see it; also for the links made before.",
)
@click.option("--renew", multiple=True, metavar="PERSON", help="Withdraw a link, and make another.")
@click.option("--withdraw", multiple=True, metavar="PERSON", help="Withdraw a link.")
@json_option
@with_folder
def command(
    folder: SeminarFolder,
    countries: tuple[str, ...],
    url: str,
    renew: tuple[str, ...],
    withdraw: tuple[str, ...],
    as_json: bool,
) -> None:
    """Make the links by which people fill in forms on your server.

    Who has none gets one. The links stand in packs/links.csv, and each person's in their folder of
    the pack. They are as good as a key: only their hash is kept, so that a lost link cannot be
    shown again, only renewed. People who have a link keep it; whose link was withdrawn gets a new
    one by --renew only.

    \b
    Example:
      seminar links
      seminar links --country GE --url https://forms.example.org
      seminar links --renew GE-2
      seminar links --withdraw GE-3
    """
    from seminarkit.serve.links import Links
    from seminarkit.serve.sheet import write_links

    everybody = {each.author.id: each.author for each in assignments(folder.seminar)}
    people = _chosen(folder, everybody, countries, (*renew, *withdraw))
    links = Links(folder.links)
    with writing(folder.lock):
        gone = links.withdraw([*renew, *withdraw])
        # whose link was withdrawn gets none by the way, but on purpose
        had = {link.person for link in links.all()}
        fresh = [] if renew or withdraw else [person for person in people if person not in had]
        made = links.make([*renew, *fresh])
        lost = write_links(folder, people, everybody, made, url.rstrip("/"), links.active())
    if as_json:
        withdrawn = [link.person for link in gone]
        print_json({"made": list(made), "withdrawn": withdrawn, "lost": lost})
        return
    click.echo(
        f"{many(len(made), 'link')} made, {len(gone)} withdrawn; "
        f"{many(len(links.active()), 'person has', 'people have')} one."
    )
    click.echo(f"They stand in {shown_path(folder.links_sheet)}: keep it as you keep a key.")
    if lost:
        click.echo(f"Not in that file, so to be renewed if they are needed: {', '.join(lost)}")


def _chosen(
    folder: SeminarFolder,
    everybody: dict[str, Author],
    countries: tuple[str, ...],
    named: tuple[str, ...],
) -> dict[str, Author]:
    for person in named:
        if person not in everybody:
            hint = did_you_mean(person, everybody)
            raise UsageError(f"'{person}' is nobody who fills in forms here.{hint}")
    if not countries:
        return everybody
    codes = {folder.country(text) for text in countries}
    return {p: author for p, author in everybody.items() if author.country in codes or p in named}
