"""Draft mails that confirm to a sender what was received, which version counts, and why.

They go to the sender's own address only: they contain receipts and the progress of each form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from seminarkit.core.mail_addresses import one_address
from seminarkit.core.seminar.assignments import contact_id
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.store.submission import Submission
from seminarkit.core.store.version_states import JudgedVersions
from seminarkit.core.submissions.sign_off import refusal
from seminarkit.core.submissions.version_words import standing_words
from seminarkit.topics.packs.draft_mail import draft, fill_template
from seminarkit.topics.progress.next_steps import of_person


@dataclass(frozen=True)
class Confirmation:
    """One draft: person, address, confirmed arrivals, and the mail, None without an address."""

    person: str
    to: str
    arrivals: tuple[str, ...]  # ``Arrival.places`` of each
    mail: bytes | None


def confirmations(
    folder: SeminarFolder, forms: Iterable[JudgedVersions[Submission]]
) -> Iterator[Confirmation]:
    """Yield a confirmation for each person who has sent a form."""
    by_sender: dict[str, list[JudgedVersions[Submission]]] = {}
    judged_forms = list(forms)
    received = [judged.counts for judged in judged_forms]
    for judged in judged_forms:
        for person in dict.fromkeys(version.person for version in judged.versions):
            by_sender.setdefault(person, []).append(judged)
    for person, mine in by_sender.items():
        name, to = _recipient(folder.seminar, person)
        versions = (v for judged in mine for v in judged.versions if v.person == person)
        arrivals = tuple(v.logged_at for v in versions)
        mail = _mail(folder, person, name, to, mine, received) if to else None
        yield Confirmation(person, to, arrivals, mail)


def _recipient(seminar: Seminar, person: str) -> tuple[str, str]:
    """Return a person's name and own address, '' if the address is unknown."""
    participant = seminar.participant(person)
    if participant:
        return participant.name, one_address(participant.email or "")
    contact = seminar.contacts.get(person[:2])
    if contact and person == contact_id(person[:2]):
        return contact.name, one_address(contact.email or "")
    return person, ""


def _mail(
    folder: SeminarFolder,
    person: str,
    name: str,
    to: str,
    forms: Sequence[JudgedVersions[Submission]],
    received: Sequence[Submission],
) -> bytes:
    seminar = folder.seminar
    known_forms = [judged for judged in forms if judged.counts.form in folder.forms]
    steps = of_person(folder, person, [s for s in received if s.form in folder.forms])
    open_lines = [f"  {step.what}" for step in steps]
    text = fill_template(
        folder,
        "confirmation.txt",
        name=name,
        seminar=seminar.title,
        received="\n\n".join(
            "\n".join(_form_lines(folder, person, judged)) for judged in known_forms
        ),
        open="\n".join(["Still missing:", *open_lines]) if steps else "Nothing else is missing.",
        organiser=seminar.organiser,
    )
    return draft(to, f"{seminar.series}: what we received from you", text)


def _form_lines(
    folder: SeminarFolder, person: str, judged: JudgedVersions[Submission]
) -> Iterator[str]:
    """Yield the lines on a person's versions of one form, the one that counts first."""
    form = folder.forms[judged.counts.form]
    about = f" ({judged.counts.subject})" if judged.counts.subject else ""
    yield f"{form['title']}{about}"
    own_versions = [version for version in judged.versions if version.person == person]
    current_versions = [
        v for v in own_versions if v is judged.counts or not judged.descends(judged.counts, v)
    ]
    for version in sorted(current_versions, key=lambda v: v is not judged.counts):
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
    if number := len(own_versions) - len(current_versions):
        yield f"  made from {number} earlier {'version' if number == 1 else 'versions'}"
