"""Draft mails to every country: the invitation with its pack, the thanks, and the results.

A draft is an .eml file to open in a mail program. The kit itself never sends mail.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from seminarkit.core.disk.files import without_clock
from seminarkit.core.errors import UsageError
from seminarkit.core.seminar.assignments import Author, assignments, contact_id
from seminarkit.core.seminar.clock import days_words, deadline_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import CoreParticipant, Seminar
from seminarkit.core.seminar.recipients import nobody_words, recipient
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.packs.draft_mail import Attachment, draft, fill_template
from seminarkit.topics.packs.introduction import purpose_text

KINDS = ("invitation", "thanks", "results")
LARGEST = 10_000_000  # bytes of a zipped pack that most mail servers accept
_SUBJECTS = {
    "invitation": "invitation and pack",
    "thanks": "thank you",
    "results": "results",
}
# The public pages that a mail on the results links to, if they exist.
_RESULTS = {
    "conclusions.html": "Conclusions",
    "day_recap.html": "What the groups of the first day said",
    "comparison.html": "The countries compared",
    "questions.html": "Questions from the audience",
    "readings.html": "Readings",
}


@dataclass(frozen=True)
class Mailing:
    """One draft to a country; if there is none, ``why`` says the reason."""

    country: str
    to: str = ""
    mail: bytes = b""
    why: str = ""


def mailings(
    folder: SeminarFolder, kind: str, codes: Sequence[str], address: str = ""
) -> Iterator[Mailing]:
    """Yield one draft per country, or the reason why there is none.

    ``address`` is the URL of the published pages, for mails of the kind ``results`` only. Raises
    UsageError if it is missing there, or given for another kind.
    """
    if kind == "results":
        _check_results(folder, address)
    elif address:
        raise UsageError("--pages is only for mails on the results: seminar mail results --pages …")
    sent = {s.person for s in submissions(folder.database)} if kind == "thanks" else set()
    for code in codes:
        contact = recipient(folder.seminar, code)
        if contact is None:
            yield Mailing(code, why=nobody_words(folder.seminar, code))
            continue
        name, to = contact
        if kind == "invitation":
            words, attached, why = _invitation(folder, code)
        elif kind == "thanks":
            words, attached, why = _thanks(folder, code, sent)
        else:
            words, attached, why = {"pages": _result_lines(folder, code, address)}, [], ""
        if why:
            yield Mailing(code, to, why=why)
        else:
            mail = _mail(folder, kind, code, (name, to), words, attached)
            yield Mailing(code, to, mail)


def attendees(seminar: Seminar, code: str, sent: set[str]) -> list[CoreParticipant]:
    """Return the people of a delegation who took part: those with a seat.

    Before any seats are given, those who have ``sent`` a form. People absent from every session
    have no seat.
    """
    seats = {p for groups in seminar.seating.values() for group in groups for p in group.people}
    ids = seats or sent
    return [person for person in seminar.delegations.get(code, []) if person.id in ids]


def zip_pack(folder: SeminarFolder, code: str) -> bytes:
    """Return a country's pack as a reproducible zip file; an empty archive if there is no pack.

    It contains the folders of the present delegation, and the files next to them.
    """
    pack, buffer = folder.pack(code), io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in _files(pack, {author.id for author in _authors(folder.seminar, code)}):
            archive.writestr(path.relative_to(pack.parent).as_posix(), path.read_bytes())
    buffer.seek(0)
    return without_clock(buffer)


def _files(pack: Path, people: set[str]) -> Iterator[Path]:
    for path in sorted(pack.rglob("*")):
        parts = path.relative_to(pack).parts
        hidden = any(part.startswith(".") for part in parts)
        if path.is_file() and not hidden and (len(parts) == 1 or parts[0] in people):
            yield path


def _authors(seminar: Seminar, code: str) -> list[Author]:
    authors = (a.author for a in assignments(seminar) if a.author.country == code)
    return list(dict.fromkeys(authors))


def _mail(
    folder: SeminarFolder,
    kind: str,
    code: str,
    to: tuple[str, str],
    words: Mapping[str, str],
    attached: Sequence[Attachment],
) -> bytes:
    seminar, (contact, address) = folder.seminar, to
    text = fill_template(
        folder,
        f"{kind}.txt",
        contact=contact,
        series=seminar.series,
        seminar=seminar.title,
        dates=days_words([session.date for session in seminar.sessions]),
        country=seminar.in_text(code),
        footnote=f"* {note}\n\n" if (note := seminar.footnote(code)) else "",
        send_to=seminar.send_to,
        organiser=seminar.organiser,
        **words,
    )
    subject = f"{seminar.series}: {_SUBJECTS[kind]}, {seminar.display_name(code)}"
    return draft(address, subject, text, attached)


def _invitation(folder: SeminarFolder, code: str) -> tuple[dict[str, str], list[Attachment], str]:
    seminar, authors = folder.seminar, _authors(folder.seminar, code)
    if not (folder.pack(code) / "README.txt").is_file():
        name = seminar.in_text(code)
        why = f"There is no pack for {name} yet. Make it: seminar prepare --country {code}"
        return {}, [], why
    archive = zip_pack(folder, code)
    fits = len(archive) <= LARGEST
    contact_tasks = [a.task for a in assignments(seminar) if a.author.id == contact_id(code)]
    tasks = [task for task in seminar.tasks if task in contact_tasks]
    words = {
        "about": purpose_text(seminar),
        "pack": f"It is attached as {code}.zip: unpack it first."
        if fits
        else "It is too large for a mail. We send it to you in another way.",
        "people": "\n".join(f"  {author.id:<8} {author.name}" for author in authors),
        "tasks": "\n".join(
            f"  {task.title}\n    by {deadline_words(seminar, task, code)}" for task in tasks
        )
        or "  Each person’s tasks are in their index.html.",
    }
    return words, [Attachment(f"{code}.zip", archive, "application/zip")] if fits else [], ""


def _thanks(
    folder: SeminarFolder, code: str, sent: set[str]
) -> tuple[dict[str, str], list[Attachment], str]:
    seminar = folder.seminar
    people = attendees(seminar, code, sent)
    if not people:
        return {}, [], f"Nobody from {seminar.in_text(code)} took part."
    later = [t for t in seminar.tasks if t.per == "person" and t.due.date() > seminar.last_day]
    lines = [f"  {t.title}\n    by {deadline_words(seminar, t, code)}" for t in later]
    open_lines = ["Still to do, in each person’s folder:", "", *lines, "", ""]
    names = "\n".join(f"  {person.name}" for person in people)
    return {"people": names, "open": "\n".join(open_lines) if later else ""}, [], ""


def _check_results(folder: SeminarFolder, address: str) -> None:
    if not address.startswith(("https://", "http://")) or any(map(str.isspace, address)):
        raise UsageError(
            "Say where you have put the pages for everybody (output/public): "
            "seminar mail results --pages https://www.example.org/seminar"
        )
    if not (folder.site("public") / "index.html").is_file():
        raise UsageError("There are no pages for everybody yet. Make them: seminar publish")


def _result_lines(folder: SeminarFolder, code: str, address: str) -> str:
    seminar, base = folder.seminar, address.removesuffix("index.html").rstrip("/")
    pages = {
        **_RESULTS,
        f"countries/{code}.html": f"The page of {seminar.in_text(code)}",
        "index.html": "All pages",
    }
    site = folder.site("public")
    published = {path: title for path, title in pages.items() if (site / path).is_file()}
    return "\n".join(f"  {title}\n    {base}/{path}" for path, title in published.items())
