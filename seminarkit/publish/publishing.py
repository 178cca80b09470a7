"""``seminar publish``: the pages of each audience, from its own dossiers and reports."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seminarkit.analyse.audience import AUDIENCES
from seminarkit.analyse.board_rows import Row
from seminarkit.analyse.rooms import room_reader
from seminarkit.analyse.totals import all_totals, shows_totals
from seminarkit.discuss.briefed import briefed
from seminarkit.discuss.noted import Noted, all_noted
from seminarkit.errors import SeminarError
from seminarkit.files import sweep, to_json, write_whole
from seminarkit.forms.audiences import Audience
from seminarkit.prepare.guides import guide_names
from seminarkit.publish.briefs import INDEX, brief_place, briefs_page
from seminarkit.publish.documents import Pages, content_hash, documents
from seminarkit.publish.groups import groups_page
from seminarkit.publish.handover import room_pages
from seminarkit.publish.last_look import LastLook, check_receipts
from seminarkit.publish.library import cases_page, definitions_page, readings_page
from seminarkit.publish.made import check_made
from seminarkit.publish.notes import notes_page
from seminarkit.publish.organisers import organiser_pages
from seminarkit.publish.programme import programme_page
from seminarkit.publish.questions import questions_page
from seminarkit.publish.site import guide_page, index_page, report_page, status_page
from seminarkit.publish.withheld import leave_out, strangers, withheld
from seminarkit.report.plan import OVER_ALL
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.store.submission import Submission

_PAGES: dict[str, Callable[[SeminarFolder, Audience], str]] = {
    "index.html": index_page,
    "programme.html": programme_page,
    "readings.html": readings_page,
    "cases.html": cases_page,
    "definitions.html": definitions_page,
    "questions.html": questions_page,
}
Step = Callable[[int, int, str], None]
_TITLES = {
    "comparison": "Compared",
    "day_recap": "Recap",
    "conclusions": "Conclusions",
}


@dataclass(frozen=True)
class Published:
    """What was published: pages by audience, which of them changed, and reports not yet run."""

    pages: dict[str, int]
    changed: tuple[str, ...]
    missing: tuple[str, ...]


def publish(
    folder: SeminarFolder,
    rows: Sequence[Row],
    submissions: Sequence[Submission],
    step: Step = lambda done, total, name: None,
    without: Sequence[str] = (),
) -> Published:
    """Write the pages of every audience whole, each into a folder of its own.

    ``without`` names public pages that are left out, such as ``countries/PT``; their last ones go.
    Raises SeminarError, and writes nothing, if a public page leaks.
    """
    if not folder.reports.is_dir():
        raise SeminarError("There are no reports yet. Run them first: seminar report")
    before = _manifest(folder)
    pages: Pages = {}
    missing, made = [], []
    wanted = [
        (audience, subject)
        for audience in AUDIENCES
        for subject in (*folder.seminar.countries, *_over_all(folder, audience))
    ]
    for number, (audience, subject) in enumerate(wanted, start=1):
        content = folder.reports / audience / f"{subject}.html"
        if content.exists():
            check_made(folder, audience, subject)
            path, page = _report(folder, audience, subject, content)
            pages[path] = page
            made.append((audience, subject))
        else:
            missing.append(f"{subject} ({audience})")
        step(number, len(wanted), subject)
    for about in briefed(folder.seminar):
        reader = room_reader(about)
        content = folder.reports / reader / f"{about.subject}.html"
        if not content.exists():
            missing.append(f"{about.subject} ({reader})")
            continue
        check_made(folder, reader, about.subject)
        if reader == "core":
            path = brief_place(about)
            here = path.removeprefix("core/")
            pages[path] = (report_page(folder, "core", here, about.title, content), "")
    pages |= room_pages(folder, submissions)
    for audience in AUDIENCES:
        for name, make in _PAGES.items():
            pages[f"{audience}/{name}"] = (make(folder, audience), "")
    for name in guide_names(folder):
        pages[f"core/guides/{name}.html"] = (guide_page(folder, name), "")
    pages[f"core/{INDEX}"] = (briefs_page(folder), "")
    pages["core/groups.html"] = (groups_page(folder), "")
    pages["core/notes.html"] = (notes_page(folder, all_noted(folder)), "")
    pages["core/status.html"] = (status_page(folder, rows), "")
    pages |= organiser_pages(folder, submissions, rows, before)
    held = withheld(pages, without)
    pages = leave_out(pages, held)
    last_look = LastLook(folder, before)
    last_look.check(pages, strangers(folder, before))
    files: Pages = {}
    for audience, subject in made:
        if f"{audience}/{subject}" not in held:
            files |= documents(folder, audience, subject, before)
    last_look.check(files)
    pages |= files
    sweep(folder.pages.parent)
    changed = _write(folder, pages, before, last_look)
    html = [path for path in pages if path.endswith(".html")]
    counts: dict[str, int] = dict(Counter(path.split("/")[0] for path in html))
    return Published(counts, tuple(changed), tuple(missing))


def publish_summary(folder: SeminarFolder, subject: str) -> list[Path]:
    """Write the pages and files of one summary alone, and return their paths.

    What an audience may not read any more is taken away.
    Raises SeminarError, and writes nothing, if the public page leaks.
    """
    before = _manifest(folder)
    pages: Pages = {}
    audiences: list[Audience] = []
    for audience in AUDIENCES:
        content = folder.reports / audience / f"{subject}.html"
        if content.exists() and (folder.dossiers / audience / f"{subject}.json").is_file():
            check_made(folder, audience, subject)
            here, made = _report(folder, audience, subject, content)
            pages[here] = made
            audiences.append(audience)
    last_look = LastLook(folder, before)
    last_look.check(pages)
    for audience in audiences:
        pages |= documents(folder, audience, subject, before)
    last_look.check(pages)
    root = folder.pages.parent
    for path, (page, _) in pages.items():
        write_whole(root / path, page)
    for audience in AUDIENCES:
        for old in list(folder.site(audience).glob(f"**/{subject}.*")):
            if old.relative_to(root).as_posix() not in pages:
                old.unlink()
    if before:
        kept = {path: entry for path, entry in before.items() if Path(path).stem != subject}
        write_whole(folder.pages, to_json(kept | _entries(pages, last_look)))
    return [root / path for path in pages]


def publish_status(folder: SeminarFolder, rows: Sequence[Row]) -> Path:
    """Write the board alone into the core site, and return its path."""
    return _publish_alone(folder, "core/status.html", status_page(folder, rows))


def publish_notes(folder: SeminarFolder, groups: list[Noted]) -> Path:
    """Write the table of notes alone into the core site, and return its path."""
    return _publish_alone(folder, "core/notes.html", notes_page(folder, groups))


def _publish_alone(folder: SeminarFolder, place: str, page: str) -> Path:
    check_receipts(folder, {place: (page, "")})
    path = folder.pages.parent / place
    write_whole(path, page)
    if entries := _manifest(folder):
        entries[place] = {"sha256": content_hash(page), "source": ""}
        write_whole(folder.pages, to_json(entries))
    return path


def _report(
    folder: SeminarFolder, audience: Audience, subject: str, content: Path
) -> tuple[str, tuple[str, str]]:
    over_all = subject in OVER_ALL or shows_totals(subject)
    here = f"{subject}.html" if over_all else f"countries/{subject}.html"
    titles = _TITLES | {each.subject: each.title for each in all_totals(folder)}
    title = titles.get(subject) or folder.seminar.display_name(subject)
    return f"{audience}/{here}", (report_page(folder, audience, here, title, content), "")


def _over_all(folder: SeminarFolder, audience: Audience) -> list[str]:
    """Return the reports over all countries that there is a dossier for."""
    subjects = dict.fromkeys([*OVER_ALL, *(each.subject for each in all_totals(folder))])
    return [s for s in subjects if (folder.dossiers / audience / f"{s}.json").is_file()]


def _write(
    folder: SeminarFolder, pages: Pages, before: dict[str, Any], last_look: LastLook
) -> list[str]:
    root = folder.pages.parent
    changed = [path for path, (page, _) in pages.items() if write_whole(root / path, page)]
    for path in set(before) - set(pages):
        (root / path).unlink(missing_ok=True)
        changed.append(path)
    write_whole(folder.pages, to_json(_entries(pages, last_look)))
    return changed


def _entries(pages: Pages, last_look: LastLook) -> dict[str, Any]:
    return {
        path: {"sha256": content_hash(page), "source": source, **last_look.entry(path)}
        for path, (page, source) in pages.items()
    }


def _manifest(folder: SeminarFolder) -> dict[str, Any]:
    try:
        entries = json.loads(folder.pages.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return entries if isinstance(entries, dict) else {}
