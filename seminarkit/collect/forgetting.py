"""Forgets a person: the one thing that ever deletes what was received, and only on purpose.

What else came in the same archive or mail stays: it is taken out and kept as files of its own.
"""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seminarkit.analyse.conclusions import SUMMARIES
from seminarkit.analyse.issues import Issues
from seminarkit.chainlog import ChainedLog
from seminarkit.collect.collecting import build_index, expected_of
from seminarkit.collect.containers import Allowance, mail_parts, zip_parts
from seminarkit.collect.kinds import kind_of
from seminarkit.collect.payload import Expected
from seminarkit.collect.reader import read_bytes
from seminarkit.collect.refusal import Refusal
from seminarkit.names import shown_name
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.store.index import Index, Submission
from seminarkit.store.lock import writing
from seminarkit.store.received import Arrival, Received

# pages made from what everybody said
_FROM_ALL = (
    "comparison.html",
    "cases.html",
    "questions.html",
    "groups.html",
    "briefs",
    "survey.html",
    "documents/survey.pptx",
    "status.html",
    "index.html",
)


@dataclass(frozen=True)
class Forgotten:
    """What was, or would be, removed of a person, and what was taken out of parcels for others."""

    versions: tuple[Submission, ...]
    arrivals: tuple[Arrival, ...]
    kept_of_others: tuple[str, ...]
    decisions: int
    files: tuple[Path, ...]


def forget(folder: SeminarFolder, person: str, *, dry_run: bool = False) -> Forgotten:
    """Remove a person's files and versions, and the packs, mails and outputs of their country.

    The latter are made again by the next runs. Killed half way, it is to be run again.
    """
    received = Received(folder.received)
    with closing(Index(folder.database)) as index:
        versions = index.all_of(person)
    numbers = {version.arrival for version in versions}
    arrivals = [each for each in received.arrivals() if each.number in numbers]
    files = list(_files(folder, person, {each.sha256 for each in arrivals}))
    expected = expected_of(folder)
    others = [
        (arrival, name, data)
        for arrival in arrivals
        for name, data in _of_others(received.path(arrival.sha256), person, expected)
    ]
    told = tuple(f"{shown_name(arrival.name)} › {name}" for arrival, name, _ in others)
    participant = folder.seminar.participant(person)
    changed = 0
    if not dry_run:
        with writing(folder.lock):
            for arrival, name, data in others:
                kept = received.keep(io.BytesIO(data), f"{arrival.name}/{name}")
                received.commit([kept], arrival.received_at)
            Issues(folder.issues).forget(versions)
            received.drop(numbers)
            changed = folder.decisions.forget(person, participant.name if participant else "")
            for log in (folder.drafts, folder.links, folder.links_used):
                _forget_in(log, person)
            build_index(folder.database, received, expected)
        for path in files:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    return Forgotten(tuple(versions), tuple(arrivals), told, changed, tuple(files))


def _forget_in(path: Path, person: str) -> None:
    """Take a person's lines out of a log of the server of forms."""
    if path.exists():
        log = ChainedLog(path, "")
        log.replace(entry for entry in list(log.entries()) if _writer(entry) != person)


def _writer(entry: dict[str, Any]) -> Any:
    return entry["person"] if "person" in entry else entry["filled"]["author"]["id"]


def _files(folder: SeminarFolder, person: str, hashes: set[str]) -> Iterator[Path]:
    """Yield what lies outside of the store: the sent files, the pack, mails, and outputs."""
    country = person[:2]
    for path in sorted(folder.inbox.rglob("*")):
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() in hashes:
            yield path
    places = [
        folder.links_sheet,  # holds their link
        folder.sheets,
        folder.pack(country),  # a joint report there may hold their words
        *folder.mails.glob(f"ask-{person}-*.eml"),
        folder.mails / f"remind-{country}.eml",
    ]
    for audience in ("core", "public"):
        of_all = ("comparison", "cases", "questions", "survey", "totals-*", "brief-*", *SUMMARIES)
        for subject in (country, *of_all):
            places += folder.dossiers.glob(f"{audience}/{subject}.json")
            places += folder.reports.glob(f"{audience}/{subject}.*")
        site = folder.site(audience)
        places += [site / "countries" / f"{country}.html", site / "documents" / f"{country}.docx"]
        places += [site / name for name in _FROM_ALL]
        for summary in SUMMARIES:
            places += [site / f"{summary}.html", *site.glob(f"documents/{summary}.*")]
    yield from (place for place in places if place.exists())


def _of_others(path: Path, person: str, expected: Expected) -> Iterator[tuple[str, bytes]]:
    """Yield the files inside a received one that hold nothing of this person."""
    data = path.read_bytes()
    for name, inside in _leaves(data, Allowance(), ""):
        people = {part.reading.person for part in read_bytes(inside, expected) if part.reading}
        if people and person not in people:
            yield name, inside


def _leaves(data: bytes, allowance: Allowance, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield every file that is packed in another; nothing for a file that holds none."""
    try:
        kind = kind_of(data)
        if kind not in ("zip", "mail"):
            if name:
                yield name, data
            return
        for part in zip_parts(data, allowance) if kind == "zip" else mail_parts(data, allowance):
            if part.data is not None:
                yield from _leaves(part.data, allowance, f"{name}/{part.name}".lstrip("/"))
    except Refusal:
        return
