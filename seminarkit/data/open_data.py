"""Open a seminar as tables: from its folder, a report's dossier, or one received file."""

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
    """Return the material of a seminar for one reader; its methods return the tables.

    ``folder`` is the seminar's folder. By default it is SEMINAR_FOLDER of the environment, else the
    current folder or one above it. ``audience`` is "organisers", "core" (the default) or "public".

    In a report, all tables come from the report's dossier, and another audience raises
    AudienceError. Raises UsageError for an unknown audience or a folder that does not exist, and
    SeminarError if there is no seminar.
    """
    if audience is not None and audience not in _READERS:
        hint = did_you_mean(str(audience), _READERS)
        raise UsageError(f"audience={audience!r} is not known.{hint}")
    if report_scope().audience:
        return _of_report(audience)
    return _of_store(_seminar(folder), audience or "core")


def read_file(path: str | Path, *, folder: str | Path | None = None) -> Material:
    """Return the material of one received file, for organisers; it has the same tables.

    Nothing in the file is executed, and nothing is added to the store. A relative path is relative
    to the seminar's folder. Raises UsageError if there is no file, NotCollected if it contains no
    form, and AudienceError in a report.
    """
    if report_scope().audience:
        raise AudienceError("A report is made from its dossier: it may not read a received file.")
    from seminarkit.data.received_file import read_received  # reports do not need it

    seminar = _seminar(folder)
    return Material(read_received(seminar, seminar.root / path), seminar.root)


def default() -> Material:
    """Return the result of ``read()``, cached until the seminar's folder changes."""
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
    from seminarkit.data.from_store import StoreSource  # reports do not need it

    return Material(StoreSource(folder, audience), folder.root)


def _seminar(folder: str | Path | None) -> SeminarFolder:
    from seminarkit.core.seminar.folder import SeminarFolder

    path = folder or os.environ.get(_FOLDER) or None
    if path and not Path(path).exists():
        raise UsageError(
            f"There is no folder {path}. Name the seminar's folder, or a folder in it."
        )
    return SeminarFolder.find(Path(path) if path else None)


def _stamp(folder: SeminarFolder) -> Stamp:
    """Return the stamps of all files that tables are made from."""
    root = folder.root
    names = ("seminar.yml", "seminar.db", "seminar.db-wal", "templates/forms/*", "readings/**/*")
    logs = "received/**/*.jsonl"
    paths = sorted({path for name in (*names, logs) for path in root.glob(name)})
    stats = ((str(path), path.stat()) for path in paths)
    return tuple((path, stat.st_mtime_ns, stat.st_size) for path, stat in stats)
