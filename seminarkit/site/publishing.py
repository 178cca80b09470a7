"""Publish the pages of each audience (``seminar publish``), from its own dossiers and reports."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from seminarkit.core.disk.attempts import NotMade
from seminarkit.core.disk.files import sweep, to_json, write_whole
from seminarkit.core.errors import SeminarError
from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.page_templates import Frame
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import AUDIENCES
from seminarkit.core.submissions.board_rows import BoardRow
from seminarkit.reports import kinds
from seminarkit.site.last_check import LastCheck, check_receipts
from seminarkit.site.made_by import check_made
from seminarkit.site.making import PageBuild
from seminarkit.site.organiser_pages import organiser_pages
from seminarkit.site.page_files import SlowFile, content_hash, documents
from seminarkit.site.pages import frame, guide_page, index_page, report_page, status_page
from seminarkit.site.published_file import PublishedFile
from seminarkit.site.room_folders import room_pages
from seminarkit.site.secrets import PUBLIC
from seminarkit.site.withheld import foreign_files
from seminarkit.topics.briefs.index_page import INDEX, briefs_page
from seminarkit.topics.conclusions.notes_page import notes_page
from seminarkit.topics.conclusions.notes_status import NotesStatus, all_noted
from seminarkit.topics.countries.facts_page import facts_page
from seminarkit.topics.days.programme_page import programme_page
from seminarkit.topics.groups.page import groups_page
from seminarkit.topics.groups.rooms import briefed_rooms
from seminarkit.topics.packs.guides import guide_names
from seminarkit.topics.packs.library_pages import cases_page, definitions_page, readings_page
from seminarkit.topics.questions.page import questions_page

# pages of both sites; the last three are in packs too, without the frame of a site
_PAGES: dict[str, Callable[[SeminarFolder, Audience, Frame], str]] = {
    "index.html": index_page,
    "programme.html": programme_page,
    "facts.html": facts_page,
    "questions.html": questions_page,
    "readings.html": readings_page,
    "cases.html": cases_page,
    "definitions.html": definitions_page,
}
Step = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Published:
    """The result of publishing: pages by audience, changed files, and reports not yet run.

    ``pages`` are numbers of pages; ``not_made`` are the pages and files that failed.
    """

    pages: dict[str, int]
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    not_made: tuple[NotMade, ...] = ()


@dataclass(frozen=True)
class Summary:
    """The pages and files of one summary, and those of them that failed."""

    paths: tuple[Path, ...]
    not_made: tuple[NotMade, ...]


def publish(
    folder: SeminarFolder,
    rows: Sequence[BoardRow],
    submissions: Sequence[Submission],
    step: Step = lambda done, total, name: None,
    without: Sequence[str] = (),
    jobs: int = 1,
) -> Published:
    """Write the pages of every audience, each into a folder of its own.

    A page that fails keeps its last good version and stops no other. ``without`` names public pages
    to leave out, such as ``countries/PT``; their last versions are deleted. ``jobs`` documents are
    made in parallel. Raises StopError, and writes nothing, if a public page leaks.
    """
    if not folder.reports.is_dir():
        raise SeminarError("There are no reports yet. Run them first: seminar report")
    before = _manifest(folder)
    with PageBuild(folder, before, jobs) as making:
        missing: list[str] = []
        report_keys: list[tuple[Audience, str]] = []
        planned = [
            (audience, subject) for audience in AUDIENCES for subject in _subjects(folder, audience)
        ]
        for number, (audience, subject) in enumerate(planned, start=1):
            content = folder.reports / audience / f"{subject}.html"
            if content.exists():
                check_made(folder, audience, subject)
                making.page(*_report(folder, audience, subject, content))
                report_keys.append((audience, subject))
            else:
                missing.append(f"{subject} ({audience})")
            step(number, len(planned), subject)
        for subject in (room.subject for room in briefed_rooms(folder.seminar) if room.group):
            if (folder.reports / "group" / f"{subject}.html").exists():
                check_made(folder, "group", subject)
                report_keys.append(("group", subject))
            else:
                missing.append(f"{subject} (group)")
        making.begin(
            _documents(folder, ((a, subject) for a, subject in report_keys if a != PUBLIC))
        )
        room_pages(folder, submissions, making)
        for audience in AUDIENCES:
            for name, page in _PAGES.items():
                site = frame(folder, audience, name)
                making.page(f"{audience}/{name}", partial(page, folder, audience, site))
        for name in guide_names(folder):
            making.page(f"core/guides/{name}.html", partial(guide_page, folder, name))
        making.page(f"core/{INDEX}", lambda: briefs_page(folder, frame(folder, "core", INDEX)))
        groups_frame = frame(folder, "core", "groups.html")
        making.page("core/groups.html", lambda: groups_page(folder, groups_frame))
        making.page("core/notes.html", lambda: _notes_page(folder, all_noted(folder)))
        making.page("core/status.html", lambda: status_page(folder, rows))
        organiser_pages(folder, submissions, rows, before, making)
        withheld = making.leave_out(without)
        last_check = LastCheck(folder, before)
        last_check.check(making.pages, foreign_files(folder, before))
        checked = set(making.pages)
        public = [key for key in report_keys if key[0] == PUBLIC and "/".join(key) not in withheld]
        making.begin(_documents(folder, public))
        making.finish()
        last_check.check(making.pages, passed=checked)
        making.keep_last_good(last_check, withheld)
        sweep(folder.pages.parent)
        changed = making.write(last_check, lambda path: True)
        html = [path for path in making.pages if path.endswith(".html")]
        counts: dict[str, int] = dict(Counter(path.split("/")[0] for path in html))
        return Published(counts, tuple(changed), tuple(missing), making.not_made)


def publish_summary(folder: SeminarFolder, subject: str) -> Summary:
    """Write the pages and files of one summary alone.

    A file that fails keeps its last good version; files that an audience may no longer read are
    deleted. Raises StopError, and writes nothing, if the public page leaks.
    """
    before = _manifest(folder)
    with PageBuild(folder, before, jobs=1) as making:
        audiences: list[Audience] = []
        for audience in AUDIENCES:
            content = folder.reports / audience / f"{subject}.html"
            if content.exists() and (folder.dossiers / audience / f"{subject}.json").is_file():
                check_made(folder, audience, subject)
                making.page(*_report(folder, audience, subject, content))
                audiences.append(audience)
        last_check = LastCheck(folder, before)
        checked = set(making.pages)
        last_check.check(making.pages)
        making.begin(_documents(folder, ((audience, subject) for audience in audiences)))
        making.finish()
        last_check.check(making.pages, passed=checked)
        making.keep_last_good(last_check)
        making.write(last_check, lambda path: Path(path).stem == subject, listed=bool(before))
        root = folder.pages.parent
        current = {root / path for path in making.paths}
        for audience in AUDIENCES:
            for old in list(folder.site(audience).glob(f"**/{subject}.*")):
                if old not in current:
                    old.unlink()
        return Summary(tuple(root / path for path in making.pages), making.not_made)


def publish_status(folder: SeminarFolder, rows: Sequence[BoardRow]) -> Path:
    """Write only the status board into the core site, and return its path."""
    return _publish_alone(folder, "core/status.html", status_page(folder, rows))


def publish_notes(folder: SeminarFolder, groups: list[NotesStatus]) -> Path:
    """Write only the table of notes into the core site, and return its path."""
    return _publish_alone(folder, "core/notes.html", _notes_page(folder, groups))


def _notes_page(folder: SeminarFolder, groups: list[NotesStatus]) -> str:
    return notes_page(folder, groups, frame(folder, "core", "notes.html"))


def _publish_alone(folder: SeminarFolder, place: str, page: str) -> Path:
    check_receipts(folder, place, page)
    path = folder.pages.parent / place
    write_whole(path, page)
    if entries := _manifest(folder):
        entries[place] = {"sha256": content_hash(page), "source": ""}
        write_whole(folder.pages, to_json(entries))
    return path


def _report(
    folder: SeminarFolder, audience: Audience, subject: str, content: Path
) -> tuple[str, Callable[[], str]]:
    """Return the path of a report's page, and the function that makes it."""
    kind = kinds.kind_of(folder, subject)
    assert kind is not None  # every planned subject has a kind
    path, title = kind.page(subject), kind.title(folder, subject)
    return f"{audience}/{path}", partial(report_page, folder, audience, path, title, content)


def _subjects(folder: SeminarFolder, audience: Audience) -> list[str]:
    """Return the subjects with a page: all countries, and the others that have a dossier."""
    return [
        subject
        for kind in kinds.KINDS
        for subject in kind.subjects(folder)
        if audience in kind.readers(folder, subject)
        if not kind.over_all or (folder.dossiers / audience / f"{subject}.json").is_file()
    ]


def _documents(folder: SeminarFolder, pages: Iterable[tuple[Audience, str]]) -> Iterator[SlowFile]:
    """Yield the files beside some pages."""
    for audience, subject in pages:
        yield from documents(folder, audience, subject)


def _manifest(folder: SeminarFolder) -> dict[str, PublishedFile]:
    try:
        entries = json.loads(folder.pages.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return entries if isinstance(entries, dict) else {}
