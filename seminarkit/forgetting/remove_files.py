"""Takes a person out of everything outside of the store: the inbox, packs, and what runs have made.

What a run makes again is removed whole; what somebody sent or filled in is blacked out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from seminarkit.core.disk.files import move, to_json, write_whole
from seminarkit.core.errors import SeminarError
from seminarkit.core.forms.answers import is_blank
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.forgetting.authors import Judge, author_of, payloads
from seminarkit.forgetting.file_views import views
from seminarkit.forgetting.old_cache import old_cache
from seminarkit.forgetting.remove_received import fate, read
from seminarkit.forgetting.search import Hit, place_of
from seminarkit.forgetting.traces import Traces

_ROW = re.compile(r"\s*- *\{.*\}\s*$")  # a person of seminar.yml, in one line
_SENT_BY_HAND = (".eml",)  # drafts of mails: an organiser may not have sent them yet


def is_blackened(folder: SeminarFolder, hit: Hit, judge: Judge) -> bool:
    """Say whether a file holds what nobody could make again, so that it is blacked out."""
    if hit.place != "filled in":
        return False
    if hit.path.is_relative_to(folder.inbox) or hit.path == folder.links_sheet:
        return True
    filled = [p for p in payloads(read(hit.path)) if author_of(p) not in judge.traces.ids]
    return any(not is_blank(payload["answers"]) for payload in filled)


def remove(
    folder: SeminarFolder, hits: Iterable[Hit], judge: Judge, *, whole: bool, own: bool
) -> None:
    """Remove or black out the files that a search found; ``own`` also the organiser's own."""
    for hit in hits:
        if hit.place in ("made", "cache", "index"):
            hit.path.unlink(missing_ok=True)
        elif hit.place == "own" and own:
            _blacken_own(folder, hit.path, judge)
        elif hit.place == "filled in":
            if not is_blackened(folder, hit, judge):
                hit.path.unlink(missing_ok=True)
            elif hit.path == folder.links_sheet:
                _drop_lines(hit.path, judge)
            else:
                _blacken(folder, hit.path, judge, whole=whole)


def sums(folder: SeminarFolder) -> Iterator[Path]:
    """Yield what was made of everybody's answers: not mails, nor what is on one country alone."""
    for root in (folder.dossiers, folder.pages.parent):
        for path in sorted(root.rglob("*")):
            if (
                path.is_file()
                and path.suffix not in _SENT_BY_HAND
                and path.stem not in folder.seminar.countries
                and path not in (folder.pages, folder.reports_seen)
            ):
                yield path


def mend_records(folder: SeminarFolder) -> None:
    """Take out of the records of reports and pages what is there no more."""
    for record in sorted(folder.reports.glob("*/*.json")):
        dossier = folder.dossiers / record.parent.name / record.name
        beside = [record.with_suffix(ending) for ending in (".ipynb", ".html")]
        if not (dossier.exists() and all(path.exists() for path in beside)):
            for path in (record, *beside):
                path.unlink(missing_ok=True)
    pages = _json(folder.pages)
    left = {path: entry for path, entry in pages.items() if (folder.pages.parent / path).exists()}
    if left != pages:
        write_whole(folder.pages, to_json(left))


def drop_empty(folder: SeminarFolder) -> None:
    """Remove folders in which nothing is left."""
    for root in (folder.inbox, folder.packs, folder.dossiers, folder.pages.parent):
        for path in sorted(root.rglob("*"), reverse=True):
            if path.is_dir() and not path.is_symlink():
                with suppress(OSError):  # it holds something
                    path.rmdir()


def forget_cached(traces: Traces) -> None:
    """Remove what earlier versions remembered of files that name the person."""
    cache = old_cache()
    for path in cache.glob("*") if cache else ():
        if path.is_file() and any(+traces.find(view.text) for view in views(read(path))):
            path.unlink(missing_ok=True)


def _blacken(folder: SeminarFolder, path: Path, judge: Judge, *, whole: bool) -> None:
    """Black out a file that others sent or filled in, and its name."""
    name = path.relative_to(folder.root).as_posix()
    data = read(path)
    found = fate(name, data, judge)
    if found is None:
        return
    if found.data is None or (found.cannot and whole):
        path.unlink()
        return
    if found.data != data:
        write_whole(path, found.data)
    target = folder.root / judge.traces.blacken(name)
    if target != path and place_of(folder, target) == "filled in" and not target.exists():
        move(path, target)


def _blacken_own(folder: SeminarFolder, path: Path, judge: Judge) -> None:
    """Black out a text of the organiser's. One that could not be read afterwards stays as it is."""
    before, mode = path.read_bytes(), path.stat().st_mode & 0o777
    try:
        lines = before.decode("utf-8").splitlines(keepends=True)
    except UnicodeDecodeError:
        return
    rows = [line for line in lines if not (_ROW.match(line) and judge.traces.marks(line))]
    write_whole(path, judge.traces.blacken("".join(rows)), mode)
    try:
        _ = SeminarFolder(folder.root).written
    except SeminarError:
        write_whole(path, before, mode)


def _drop_lines(path: Path, judge: Judge) -> None:
    lines = path.read_bytes().decode("utf-8", "replace").splitlines(keepends=True)
    kept = [line for line in lines if not +judge.traces.find(line)]
    write_whole(path, "".join(kept), path.stat().st_mode & 0o777)


def _json(path: Path) -> dict[str, object]:
    try:
        value = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}
