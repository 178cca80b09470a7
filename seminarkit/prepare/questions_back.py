"""A question back to a person: their form again, the answers as they came, the question above."""

from __future__ import annotations

from pathlib import Path

from seminarkit.addresses import one_address
from seminarkit.files import write_whole
from seminarkit.prepare.mail import draft, filled, page_attached
from seminarkit.prepare.packs import prepare
from seminarkit.prepare.personal import file_name
from seminarkit.seminar.assignments import assignments
from seminarkit.seminar.decisions import Asked
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.store.submission import Submission


def question_back(
    folder: SeminarFolder, asked: Asked, submission: Submission
) -> tuple[Path, Path | None]:
    """Make the country's pack again, and a mail; return the page, and the mail if there is one.

    The mail goes to the person, or to the country's contact where the person gave no address.
    """
    seminar = folder.seminar
    prepare(folder, [asked.country])
    (assignment,) = (each for each in assignments(seminar) if each.key == asked.key)
    page = folder.pack(asked.country) / asked.person / f"{file_name(assignment)}.html"
    person = seminar.participant(asked.person)
    contact = seminar.contacts.get(asked.country)
    to = one_address(person.email if person else "") or one_address(
        contact.email if contact else ""
    )
    if not to:
        return page, None
    text = filled(
        folder,
        "question_back.txt",
        name=assignment.author.name,
        title=folder.forms[asked.form]["title"],
        receipt=submission.receipt,
        text=asked.text,
        send_to=seminar.send_to,
        organiser=seminar.organiser,
    )
    subject = f"{seminar.series}: a question about your form {submission.receipt}"
    mail = folder.mails / f"ask-{file_name(assignment)}.eml"
    write_whole(mail, draft(to, subject, text, [page_attached(page)]))
    return page, mail
