"""A query about a submission: the form again with its answers, and the query above them."""

from __future__ import annotations

from pathlib import Path

from seminarkit.core.disk.files import write_whole
from seminarkit.core.mail_addresses import one_address
from seminarkit.core.seminar.assignments import assignments
from seminarkit.core.seminar.delegation_decisions import Asked
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.submission import Submission
from seminarkit.topics.packs.draft_mail import draft, fill_template, page_attachment
from seminarkit.topics.packs.personal_form import file_name
from seminarkit.topics.packs.write_packs import prepare


def question_back(
    folder: SeminarFolder, asked: Asked, submission: Submission
) -> tuple[Path, Path | None]:
    """Write the country's pack again and a draft mail; return the page, and the mail or None.

    The mail goes to the person, or to the country's contact if the person's address is unknown.
    """
    seminar = folder.seminar
    prepare(folder, [asked.country])
    (assignment,) = (a for a in assignments(seminar) if a.key == asked.key)
    page = folder.pack(asked.country) / asked.person / f"{file_name(assignment)}.html"
    person = seminar.participant(asked.person)
    contact = seminar.contacts.get(asked.country)
    to = one_address(person.email if person else "") or one_address(
        contact.email if contact else ""
    )
    if not to:
        return page, None
    text = fill_template(
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
    write_whole(mail, draft(to, subject, text, [page_attachment(page)]))
    return page, mail
