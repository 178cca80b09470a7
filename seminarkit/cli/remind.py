"""``seminar remind``."""

from __future__ import annotations

import click

from seminarkit.cli.decide_locked import deciding
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
from seminarkit.core.seminar.clock import day_of, moment_words, now
from seminarkit.core.seminar.delegation_decisions import Reminded
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.recipients import nobody_words
from seminarkit.core.store.promise_log import note_promises
from seminarkit.core.store.read_store import submissions
from seminarkit.core.submissions.audience import receipts_for
from seminarkit.topics.progress.status_board import board_of


@click.command()
@country_option
@click.option("--again", is_flag=True, help="Also for countries that were reminded earlier today.")
@dry_run_option
@json_option
@with_folder
def command(
    folder: SeminarFolder, countries: tuple[str, ...], again: bool, dry_run: bool, as_json: bool
) -> None:
    """Write a reminder to each country that has something still to send.

    Each reminder is a mail (.eml) in output/mails/, which your mail program opens as a draft. It
    goes to the country's NEO or, if seminar.yml names none, to somebody in its delegation. It names
    only what that country has still to send, who sends it and by when, with the forms attached.
    Nothing is sent. The log notes who was reminded and when. A second run on the same day leaves
    out the countries already reminded, and says so.

    \b
    Example:
      seminar remind --dry-run
      seminar remind
      seminar remind --country LB --again
    """
    from seminarkit.topics.packs.reminder_mails import reminders, without_address

    codes = chosen(folder, countries, list(folder.seminar.countries))
    shown = receipts_for(folder.forms, "core")  # a draft to a NEO says no more than the board
    rows = board_of(folder, submissions(folder.database), shown)
    rows = [row for row in rows if row.country in codes]
    moment = now()
    today = day_of(folder.seminar, moment)
    if not dry_run:
        note_promises(folder)
    owed = list(reminders(folder, rows, today))
    with deciding(folder, dry_run) as present:
        # also by somebody who has written them since this run began
        reminded = {
            decision.country: decision.at
            for decision in present.decisions
            if isinstance(decision, Reminded) and day_of(folder.seminar, decision.at) == today
        }
        written = [item for item in owed if again or item.country not in reminded]
        if not dry_run:
            for mail in written:
                write_whole(folder.mails / f"remind-{mail.country}.eml", mail.mail)
            present.decisions.add(
                Reminded(mail.country, list(mail.owes), mail.to, at=moment) for mail in written
            )
    if as_json:
        print_json(
            [
                {"country": e.country, "to": e.to, "owes": list(e.owes), "written": e in written}
                for e in owed
            ]
        )
        return
    for mail in written:
        titles = [task.title for task in folder.seminar.tasks if task.form in mail.owes]
        name = folder.seminar.display_name(mail.country)
        click.echo(f"{mail.country}  {name}, to {mail.to}: {', '.join(titles).lower()}")
    for item in owed:
        if item not in written:
            at = moment_words(folder.seminar, reminded[item.country])
            click.echo(f"{item.country}  was already reminded today, {at}. To write again: --again")
    for code in without_address(folder, rows):
        click.echo(f"{code}  {nobody_words(folder.seminar, code)}")
    if dry_run:
        click.echo(
            f"{plural(len(written), 'draft')} would be written to {shown_path(folder.mails)}."
        )
    elif written:
        click.echo(
            f"{plural(len(written), 'draft')} in {shown_path(folder.mails)}. Open each in your "
            "mail program, check it, and send it."
        )
