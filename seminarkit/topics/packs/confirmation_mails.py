"""Confirmations: a draft mail that tells a sender what came, what of it counts, and why.

It goes to the sender's own address alone, as it holds receipts and how far each form is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from seminarkit.core.mail_addresses import one_address
from seminarkit.core.seminar.assignments import contact_id
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.store.submission import Submission
from seminarkit.core.store.version_states import Judged
from seminarkit.core.submissions.sign_off import refusal
from seminarkit.core.submissions.version_words import standing_words
from seminarkit.topics.packs.draft_mail import draft, filled
from seminarkit.topics.progress.next_steps import of_person


@dataclass(frozen=True)
class Confirmation:
    """One draft: to whom, about which arrivals, and the mail; none where there is no address."""

    person: str
    to: str
    arrivals: tuple[str, ...]  # the places of each (``Arrival.places``)
    mail: bytes | None


def confirmations(
    folder: SeminarFolder, forms: Iterable[Judged[Submission]]
) -> Iterator[Confirmation]:
    """Yield a confirmation for each person who has sent something."""
    of_sender: dict[str, list[Judged[Submission]]] = {}
    every = list(forms)
    received = [each.counts for each in every]
    for each in every:
        for person in dict.fromkeys(version.person for version in each.versions):
            of_sender.setdefault(person, []).append(each)
    for person, mine in of_sender.items():
        name, to = _reached(folder.seminar, person)
        versions = (v for each in mine for v in each.versions if v.person == person)
        arrivals = tuple(v.logged_at for v in versions)
        mail = _mail(folder, person, name, to, mine, received) if to else None
        yield Confirmation(person, to, arrivals, mail)


def _reached(seminar: Seminar, person: str) -> tuple[str, str]:
    """Return the name and the own address of a person; no address where none is known."""
    named = seminar.participant(person)
    if named:
        return named.name, one_address(named.email or "")
    contact = seminar.contacts.get(person[:2])
    if contact and person == contact_id(person[:2]):
        return contact.name, one_address(contact.email or "")
    return person, ""


def _mail(
    folder: SeminarFolder,
    person: str,
    name: str,
    to: str,
    forms: Sequence[Judged[Submission]],
    received: Sequence[Submission],
) -> bytes:
    seminar = folder.seminar
    known = [each for each in forms if each.counts.form in folder.forms]
    steps = of_person(folder, person, [s for s in received if s.form in folder.forms])
    open_lines = [f"  {step.what}" for step in steps]
    text = filled(
        folder,
        "confirmation.txt",
        name=name,
        seminar=seminar.title,
        received="\n\n".join("\n".join(_form_lines(folder, person, each)) for each in known),
        open="\n".join(["Still missing:", *open_lines]) if steps else "Nothing else is missing.",
        organiser=seminar.organiser,
    )
    return draft(to, f"{seminar.series}: what we received from you", text)


def _form_lines(folder: SeminarFolder, person: str, judged: Judged[Submission]) -> Iterator[str]:
    """Yield what came of one form from one person: what counts first, then all else of theirs."""
    form = folder.forms[judged.counts.form]
    about = f" ({judged.counts.subject})" if judged.counts.subject else ""
    yield f"{form['title']}{about}"
    mine = [version for version in judged.versions if version.person == person]
    shown = [v for v in mine if v is judged.counts or not judged.descends(judged.counts, v)]
    for version in sorted(shown, key=lambda v: v is not judged.counts):
        state = (
            "complete"
            if version.complete
            else f"a draft, {version.answered} of {version.total} answered"
        )
        saved = (version.saved_at or version.moment)[:16].replace("T", " ")
        yield f"  {version.receipt}, saved {saved} UTC, {state}"
        yield f"    {standing_words(judged, version, form)}"
        if version is judged.counts and refusal(version):
            yield f"    {version.answers.get('signed_receipt', '')}: not signed, so not public"
    if before := len(mine) - len(shown):
        yield (
            f"  {before} earlier {'version' if before == 1 else 'versions'}, from which it was made"
        )
