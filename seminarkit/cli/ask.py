"""``seminar ask``."""

from __future__ import annotations

import click

from seminarkit.cli.options import dry_run_option, shown_path, with_folder
from seminarkit.core.errors import UsageError
from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.delegation_decisions import Asked
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.lock import writing
from seminarkit.core.store.promise_log import note_promises
from seminarkit.core.store.read_store import submissions
from seminarkit.core.store.submission import Submission


@click.command()
@click.argument("who")
@click.argument("text")
@click.option("--form", help="The form it is about [the country report].")
@click.option("--about", default="", help="The case study or other subject, if the form has one.")
@dry_run_option
@with_folder
def command(
    folder: SeminarFolder, who: str, text: str, form: str | None, about: str, dry_run: bool
) -> None:
    """Ask somebody about an answer, in the same form.

    WHO is a country or a person such as GE-2. When the form is opened again, your text is above
    the questions, and the answers are as they were received. The next version settles your
    question; the earlier version is kept. A draft mail with the form attached is written to
    output/mails/.

    \b
    Example:
      seminar ask GE "Which of the examples carry credits?"
      seminar ask GE-2 "Whom do you mean by them?" --form questions
    """
    from seminarkit.topics.packs.query_mails import question_back

    wanted = form or next(t.form for t in folder.seminar.tasks if t.per == "delegation")
    about_what = _answered(folder, who, wanted, about)
    asked = Asked(
        about_what.country,
        about_what.person,
        about_what.form,
        about_what.subject,
        text,
        about_what.receipt,
        at=now(),
    )
    if dry_run:
        click.echo(f"{asked.person} would be asked about the version {asked.receipt}: {text}")
        return
    with writing(folder.lock):
        folder.decisions.add([asked])
    note_promises(folder)
    page, mail = question_back(folder, asked, about_what)
    click.echo(f"{asked.person} is asked about the version {asked.receipt}.")
    click.echo(f"  {shown_path(page)}  the form, with your text and the answers")
    if mail:
        click.echo(f"  {shown_path(mail)}  the mail; check it, then send it")
    else:
        click.echo("No mail address is known: send that page to the person.")


def _answered(folder: SeminarFolder, who: str, form: str, about: str) -> Submission:
    """Return the only matching submission; raises UsageError for none or several."""
    people = {
        person.id for delegation in folder.seminar.delegations.values() for person in delegation
    }
    code = who[:2].upper() if who.upper() in people else folder.country(who)
    found = [
        s
        for s in submissions(folder.database)
        if s.country == code and s.form == form and (not about or s.subject == about)
        if who.upper() not in people or s.person == who.upper()
    ]
    if not found:
        raise UsageError(f"Nothing has been received from {who} for the form '{form}'.")
    if len(found) > 1:
        names = ", ".join(f"{s.person} {s.subject}".strip() for s in found)
        raise UsageError(
            f"There are several answers: {names}. Name one person, and add --about if the form has "
            "subjects."
        )
    return found[0]
