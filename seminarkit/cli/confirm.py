"""``seminar confirm``."""

from __future__ import annotations

import click

from seminarkit.cli.decide_locked import deciding
from seminarkit.cli.options import (
    dry_run_option,
    json_option,
    plural,
    print_json,
    shown_path,
    with_folder,
)
from seminarkit.core.disk.files import write_whole
from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.core.seminar.assignments import contact_id, everybody
from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.former_participants import departure_words
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.version_decisions import Confirmed, Seen, VersionChosen, has_seen
from seminarkit.core.store.read_store import judged_forms, seen_by


@click.command()
@click.argument("people", nargs=-1, metavar="[PERSON …]")
@dry_run_option
@json_option
@with_folder
def command(folder: SeminarFolder, people: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Write to each sender what was received from them, and what counts.

    Each mail (.eml) is in output/mails/ and is addressed to the sender; your mail program opens it
    as a draft. For each form it gives the receipt, says whether the form is complete, whether it
    counts and why, and what is still open. Nothing is sent. Without a name, mails are written to
    people with news since their last mail: something was received from them, or you chose a
    version for them.

    \b
    Example:
      seminar confirm
      seminar confirm GE-2 GE-NEO
    """
    from seminarkit.topics.packs.confirmation_mails import confirmations

    seen = seen_by(folder)  # before the drafts are made: what comes meanwhile is not in them
    drafts = list(confirmations(folder, judged_forms(folder.database, folder.decisions)))
    by_name = {draft.person.upper(): draft for draft in drafts}
    for name in people:
        if name.upper() not in by_name:
            if sender := _known(folder.seminar, name):
                raise UsageError(f"{sender} has sent nothing yet: there is nothing to confirm.")
            hint = did_you_mean(name, [draft.person for draft in drafts])
            raise UsageError(f"Nothing was received from '{name}'.{hint}")
    with deciding(folder, dry_run) as present:
        # less those who were written to since this run began
        news = _news(present, {draft.person: draft.arrivals for draft in drafts})
        named = [by_name[name.upper()] for name in people]
        chosen = named or [draft for draft in drafts if draft.person in news]
        written = [(item, item.mail) for item in chosen if item.mail]
        if not dry_run:
            for item, mail in written:
                write_whole(folder.mails / f"confirm-{item.person}.eml", mail)
            present.decisions.add(
                Confirmed(item.person, item.to, seen, at=now()) for item, _ in written
            )
    if as_json:
        print_json([{"person": e.person, "to": e.to, "written": bool(e.mail)} for e in chosen])
        return
    for item in chosen:
        if item.mail:
            click.echo(f"{item.person}  to {item.to}")
        else:
            click.echo(f"{item.person}  {_why_no_mail(folder.seminar, item.person)}")
    count = plural(len(written), "draft")
    if dry_run:
        click.echo(f"{count} would be written to {shown_path(folder.mails)}.")
    elif written:
        click.echo(
            f"{count} in {shown_path(folder.mails)}. Open each in your mail program, check it, "
            "and send it."
        )
    elif not chosen:
        click.echo("Nothing new was received since the last confirmations.")


def _known(seminar: Seminar, name: str) -> str:
    """Return the id of a person of the seminar in its usual spelling; empty if unknown."""
    people = [*everybody(seminar), *map(contact_id, seminar.contacts)]
    return {person.casefold(): person for person in people}.get(name.casefold(), "")


def _why_no_mail(seminar: Seminar, person: str) -> str:
    if departure_words(seminar, person):
        return f"has left the delegation of {seminar.in_text(person[:2])}: no mail is written."
    return "has no address that a mail can go to."


def _news(folder: SeminarFolder, arrivals: dict[str, tuple[str, ...]]) -> set[str]:
    """Return the people with news since they were last written to."""
    seen: dict[str, Seen] = {}
    chosen: set[str] = set()
    for decision in folder.decisions:
        if isinstance(decision, Confirmed):
            seen[decision.person] = decision.seen
            chosen.discard(decision.person)
        elif isinstance(decision, VersionChosen):
            chosen.add(decision.person)
    return {
        person
        for person, places in arrivals.items()
        if not all(has_seen(seen.get(person, {}), place) for place in places)
    } | chosen
