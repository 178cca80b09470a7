"""``seminar mail``."""

from __future__ import annotations

import click

from seminarkit.cli.options import (
    chosen,
    country_option,
    dry_run_option,
    json_option,
    plural,
    print_json,
    shown_path,
    with_folder,
)
from seminarkit.core.disk.files import write_whole
from seminarkit.core.seminar.folder import SeminarFolder


@click.command()
@click.argument("kind", type=click.Choice(["invitation", "thanks", "results"]))
@country_option
@click.option(
    "--pages",
    "address",
    default="",
    metavar="ADDRESS",
    help="For results: the address where you have put output/public.",
)
@dry_run_option
@json_option
@with_folder
def command(
    folder: SeminarFolder,
    kind: str,
    countries: tuple[str, ...],
    address: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Write a mail to each country: the invitation, the thanks, or the results.

    Each mail is a draft (.eml) in output/mails/KIND/ to the country's NEO. If seminar.yml names no
    NEO, it is to a member of the delegation. Your mail program opens it. Nothing is sent.

    \b
      invitation  what the seminar is for, and the pack as a zip file: run seminar prepare first
      thanks      to people who had a seat in a group; before there are seats, who sent a form
      results     the addresses of the conclusions and other pages: run seminar publish first

    The texts are in templates/mail/. A second run writes the same drafts again; a draft that does
    not change is left alone.

    \b
    Example:
      seminar mail invitation --dry-run
      seminar mail invitation --country GE
      seminar mail thanks
      seminar mail results --pages https://www.example.org/seminar
    """
    from seminarkit.topics.packs.country_mails import mailings

    codes = chosen(folder, countries, list(folder.seminar.countries))
    every = list(mailings(folder, kind, codes, address))
    written = [item for item in every if item.mail]
    place, changed = folder.mails / kind, 0
    if not dry_run:
        for mail in written:
            changed += write_whole(place / f"{mail.country}.eml", mail.mail)
    if as_json:
        print_json(
            [
                {"country": e.country, "to": e.to, "written": bool(e.mail), "why": e.why}
                for e in every
            ]
        )
        return
    for item in every:
        name = folder.seminar.display_name(item.country)
        click.echo(f"{item.country}  {f'{name}, to {item.to}' if item.mail else item.why}")
        old = place / f"{item.country}.eml"
        if not item.mail and old.is_file():
            click.echo(f"    There is a draft from an earlier run; delete it: {shown_path(old)}")
    number = plural(len(written), "draft")
    if dry_run:
        click.echo(f"{number} would be written to {shown_path(place)}.")
    elif written:
        click.echo(
            f"{number} in {shown_path(place)}, {changed} of them new or changed. Open each in your "
            "mail program, check it, and send it."
        )
