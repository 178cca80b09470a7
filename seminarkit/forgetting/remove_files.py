"""Removes a person from the inbox, the files for delegations, and generated files.

Generated files are deleted. Files that somebody sent or filled in are redacted.
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
from seminarkit.forgetting.authors import OwnershipCheck, author_of, payloads
from seminarkit.forgetting.file_views import views
from seminarkit.forgetting.old_cache import old_cache
from seminarkit.forgetting.remove_received import read, redaction_of
from seminarkit.forgetting.search import Hit, place_of
from seminarkit.forgetting.traces import Traces

_ROW = re.compile(r"\s*- *\{.*\}\s*$")  # a person in one line of seminar.yml
_SENT_BY_HAND = (".eml",)  # draft mails, which an organiser sends by hand


def must_redact(folder: SeminarFolder, hit: Hit, judge: OwnershipCheck) -> bool:
    """True if a file also contains data of other people, which must be preserved."""
    if hit.place != "filled in":
        return False
    if hit.path.is_relative_to(folder.inbox) or hit.path == folder.links_sheet:
        return True
    of_others = [p for p in payloads(read(hit.path)) if author_of(p) not in judge.traces.ids]
    return any(not is_blank(payload["answers"]) for payload in of_others)


def remove(
    folder: SeminarFolder, hits: Iterable[Hit], judge: OwnershipCheck, *, whole: bool, own: bool
) -> None:
    """Delete or redact the files in ``hits``. ``own`` includes files that the organiser wrote."""
    for hit in hits:
        if hit.place in ("made", "cache", "index"):
            hit.path.unlink(missing_ok=True)
        elif hit.place == "own" and own:
            _redact_own(folder, hit.path, judge)
        elif hit.place == "filled in":
            if not must_redact(folder, hit, judge):
                hit.path.unlink(missing_ok=True)
            elif hit.path == folder.links_sheet:
                _drop_lines(hit.path, judge)
            else:
                _redact_file_and_name(folder, hit.path, judge, whole=whole)


def aggregate_files(folder: SeminarFolder) -> Iterator[Path]:
    """Yield the generated files with results from several countries."""
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
    """Delete the records of reports and pages whose files were deleted."""
    for record in sorted(folder.reports.glob("*/*.json")):
        dossier = folder.dossiers / record.parent.name / record.name
        outputs = [record.with_suffix(ending) for ending in (".ipynb", ".html")]
        if not (dossier.exists() and all(path.exists() for path in outputs)):
            for path in (record, *outputs):
                path.unlink(missing_ok=True)
    pages = _json(folder.pages)
    existing = {
        path: entry for path, entry in pages.items() if (folder.pages.parent / path).exists()
    }
    if existing != pages:
        write_whole(folder.pages, to_json(existing))


def drop_empty(folder: SeminarFolder) -> None:
    """Delete empty folders among received and generated files."""
    for root in (folder.inbox, folder.packs, folder.dossiers, folder.pages.parent):
        for path in sorted(root.rglob("*"), reverse=True):
            if path.is_dir() and not path.is_symlink():
                with suppress(OSError):  # it is not empty
                    path.rmdir()


def forget_cached(traces: Traces) -> None:
    """Delete cache files of older versions that mention the person."""
    cache = old_cache()
    for path in cache.glob("*") if cache else ():
        if path.is_file() and any(+traces.find(view.text) for view in views(read(path))):
            path.unlink(missing_ok=True)


def _redact_file_and_name(
    folder: SeminarFolder, path: Path, judge: OwnershipCheck, *, whole: bool
) -> None:
    name = path.relative_to(folder.root).as_posix()
    data = read(path)
    redaction = redaction_of(name, data, judge)
    if redaction is None:
        return
    if redaction.data is None or (redaction.is_incomplete and whole):
        path.unlink()
        return
    if redaction.data != data:
        write_whole(path, redaction.data)
    target = folder.root / judge.traces.redacted(name)
    if target != path and place_of(folder, target) == "filled in" and not target.exists():
        move(path, target)


def _redact_own(folder: SeminarFolder, path: Path, judge: OwnershipCheck) -> None:
    """Redact a file of the organiser. Undo the change if seminar.yml becomes invalid."""
    before, mode = path.read_bytes(), path.stat().st_mode & 0o777
    try:
        lines = before.decode("utf-8").splitlines(keepends=True)
    except UnicodeDecodeError:
        return
    rows = [line for line in lines if not (_ROW.match(line) and judge.traces.names_person(line))]
    write_whole(path, judge.traces.redacted("".join(rows)), mode)
    try:
        _ = SeminarFolder(folder.root).written
    except SeminarError:
        write_whole(path, before, mode)


def _drop_lines(path: Path, judge: OwnershipCheck) -> None:
    lines = path.read_bytes().decode("utf-8", "replace").splitlines(keepends=True)
    rest = [line for line in lines if not +judge.traces.find(line)]
    write_whole(path, "".join(rest), path.stat().st_mode & 0o777)


def _json(path: Path) -> dict[str, object]:
    try:
        value = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}
