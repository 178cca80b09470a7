"""Opens a seminar as tables: from its folder, from the dossier of a report, or from one file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.core.submissions.report_scope import report_scope
from seminarkit.data.from_dossier import DossierSource
from seminarkit.data.lookup_errors import AudienceError, NotCollected
from seminarkit.data.material import Material
from seminarkit.data.source import Reader

if TYPE_CHECKING:
    from seminarkit.core.seminar.folder import SeminarFolder

_READERS: tuple[Reader, ...] = ("organisers", "core", "public")
_FOLDER = "SEMINAR_FOLDER"
Stamp = tuple[tuple[str, int, int], ...]
_last: dict[Path, tuple[Stamp, Material]] = {}


def read(folder: str | Path | None = None, *, audience: Reader | None = None) -> Material:
    """Return everything collected of a seminar, for one reader.

    ``folder`` is the seminar's; else the environment's SEMINAR_FOLDER, else the current folder or
    one above it. ``audience`` is "organisers", "core" or "public"; core where it is not named.

    Within a report everything comes from the dossier that the report was given, for its audience:
    raises AudienceError for another one. Raises UsageError for a folder that does not exist,
    SeminarError where there is no seminar.
    """
    if audience is not None and audience not in _READERS:
        hint = did_you_mean(str(audience), _READERS)
        raise UsageError(f"audience={audience!r} is not known.{hint}")
    if report_scope().audience:
        return _of_report(audience)
    return _of_store(_seminar(folder), audience or "core")


def read_file(path: str | Path, *, folder: str | Path | None = None) -> Material:
    """Return what one received file holds, as the same tables, for organisers.

    Nothing in it is executed, and nothing is added to the store. A relative path begins at the
    seminar's folder. Raises UsageError where there is no file, NotCollected where it holds no form.
    """
    if report_scope().audience:
        raise AudienceError("A report is made from its dossier: it may not read a received file.")
    from seminarkit.data.received_file import read_received  # what a report need not load

    found = _seminar(folder)
    return Material(read_received(found, found.root / path), found.root)


def default() -> Material:
    """Return what ``read()`` does; the same again as long as nothing has changed in the folder."""
    if report_scope().audience:
        return _of_report(None)
    folder = _seminar(None)
    stamp = _stamp(folder)
    if folder.root not in _last or _last[folder.root][0] != stamp:
        _last[folder.root] = stamp, _of_store(folder, "core")
    return _last[folder.root][1]


def _of_report(audience: Reader | None) -> Material:
    scope = report_scope()
    own: Reader = "public" if scope.audience == "public" else "core"
    if audience not in (None, own):
        raise AudienceError(
            f"This report is for {scope.audience}; it cannot read {audience} material."
            if own == "core"
            else f"This report is for the public; it cannot read {audience} material."
        )
    if scope.dossier is None:
        raise NotCollected(
            "This report has not read its dossier yet. Read it above: read_dossier(dossier)"
        )
    return Material(DossierSource(scope.dossier, own))


def _of_store(folder: SeminarFolder, audience: Reader) -> Material:
    from seminarkit.data.from_store import StoreSource  # what a report need not load

    return Material(StoreSource(folder, audience), folder.root)


def _seminar(folder: str | Path | None) -> SeminarFolder:
    from seminarkit.core.seminar.folder import SeminarFolder

    named = folder or os.environ.get(_FOLDER) or None
    if named and not Path(named).exists():
        raise UsageError(
            f"There is no folder {named}. Name the seminar's folder, or a folder in it."
        )
    return SeminarFolder.find(Path(named) if named else None)


def _stamp(folder: SeminarFolder) -> Stamp:
    """Return what changes whenever something was collected, decided or written anew."""
    root = folder.root
    names = ("seminar.yml", "seminar.db", "seminar.db-wal", "templates/forms/*", "readings/**/*")
    logs = "received/**/*.jsonl"
    paths = sorted({path for name in (*names, logs) for path in root.glob(name)})
    stats = ((str(path), path.stat()) for path in paths)
    return tuple((path, stat.st_mtime_ns, stat.st_size) for path, stat in stats)
