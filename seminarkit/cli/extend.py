"""``seminar extend``."""

from __future__ import annotations

import click

from seminarkit.cli.decide_locked import deciding
from seminarkit.cli.earlier_decisions import earlier_decision_words, replaced
from seminarkit.cli.options import dry_run_option, with_folder
from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.core.seminar.clock import deadline_words, now
from seminarkit.core.seminar.delegation_decisions import Extended
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.seminar_today import applied
from seminarkit.core.seminar.values import due_moment


@click.command()
@click.argument("country")
@click.argument("form")
@click.argument("day", metavar="DAY")
@dry_run_option
@with_folder
def command(folder: SeminarFolder, country: str, form: str, day: str, dry_run: bool) -> None:
    """Give one country more time for a form.

    The new deadline is shown in the country's forms, on its page, on the board and in reminders.
    DAY is a date such as 2020-11-24, which ends at 23:59, or a date and a time of day such as
    "2020-11-24 13:45", in the seminar's time zone. The decision remains in the log; a later one for
    the same form replaces it.

    \b
    Example:
      seminar extend GE country_report 2020-11-24
      seminar extend GE country_report "2020-11-24 13:45"
    """
    code = folder.country(country)
    forms = [task.form for task in folder.seminar.tasks]
    if form not in forms:
        raise UsageError(f"'{form}' is not a form of this seminar.{did_you_mean(form, forms)}")
    try:
        until = due_moment(day)
    except ValueError as error:
        raise UsageError(str(error)) from None
    with deciding(folder, dry_run) as present:
        decision = Extended(code, form, until.isoformat(timespec="minutes"), at=now())
        earlier = replaced(present.decisions, decision)
        if not dry_run:
            present.decisions.add([decision])
    extended = applied(folder.seminar, [decision])
    task = extended.task(form)
    words = deadline_words(extended, task, code)
    name = folder.seminar.display_name(code)
    click.echo(f"{name}, {task.title.lower()}: {'would be ' if dry_run else ''}due {words}.")
    if earlier:
        click.echo(f"  {earlier_decision_words(earlier, decision.at)}")
    if until < task.due:
        click.echo(f"Attention: this is before everybody's deadline, {task.due:%Y-%m-%d %H:%M}.")
    click.echo("Next: seminar prepare, and send the country its pack again.")
