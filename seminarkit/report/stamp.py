"""Says within a moment that nothing has changed since the last whole run of the reports.

As make and git do, by the looks of files: name, size, times of the last change and number on the
disk, of everything that dossiers and reports are made from, and of what was made. Where one differs
the run looks closer, by what is in them (fingerprint.py).
"""

from __future__ import annotations

import hashlib
import json
import os
import sysconfig
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from seminarkit.files import KIT, to_json, write_whole
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.seminar.sweeping import MATERIALS
from seminarkit.team.last_seen import logs_in

_PACKAGE = Path(__file__).resolve().parent.parent


def inputs(folder: SeminarFolder) -> str:
    """Return a hash of the looks of all that dossiers and reports are made from."""
    single = [folder.root / "seminar.yml", *folder.root.glob(f"{folder.database.name}*")]
    # a run adds to the logs of issues itself: they are looked at with what was made
    single += (log for log in _logs(folder) if log.name != folder.issues.name)
    single.append(Path(sysconfig.get_path("purelib")))  # a library that comes or goes changes it
    trees = [root / name for root in dict.fromkeys((folder.root, KIT)) for name in MATERIALS]
    return _looks(single, [*trees, _PACKAGE])


def outputs(folder: SeminarFolder) -> str:
    """Return a hash of the looks of all dossiers and reports."""
    issues = [log for log in _logs(folder) if log.name == folder.issues.name]
    return _looks(issues, [folder.dossiers, folder.reports])


def up_to_date(folder: SeminarFolder) -> list[str] | None:
    """Return the names of all reports if the last whole run is still good, or None."""
    try:
        known: dict[str, Any] = json.loads(_place(folder).read_bytes())
        late = known["until"] and known["until"] <= datetime.now(UTC).isoformat()
        same = known["inputs"] == inputs(folder) and known["outputs"] == outputs(folder)
        if same and not late:
            return list(known["reports"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def stamp(folder: SeminarFolder, seen: str, reports: Sequence[str]) -> None:
    """Remember a whole run that ended well: ``seen`` are the inputs as they were at its begin."""
    from seminarkit.analyse.issuing import next_deadline  # slow to load, for a run that looks only

    known = {
        "inputs": seen,
        "outputs": outputs(folder),
        "until": next_deadline(folder),  # which may bring new totals
        "reports": list(reports),
    }
    write_whole(_place(folder), to_json(known))


def _logs(folder: SeminarFolder) -> list[Path]:
    beside = (folder.drafts, folder.links, folder.links_used)
    return [*logs_in(folder.received), *(log for log in beside if log.exists())]


def _place(folder: SeminarFolder) -> Path:
    return folder.reports / ".stamp.json"


def _looks(files: Sequence[Path], trees: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    entries = [path for path in files if path.exists()]
    for path, facts in [
        *((os.fspath(each), each.stat()) for each in entries),
        *(found for tree in trees for found in _below(os.fspath(tree))),
    ]:
        # the time of the last change of anything is the system's own and cannot be set back
        looks = (path, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino)
        digest.update(repr(looks).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _below(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield all files below a folder in order, without hidden ones and Python's own."""
    try:
        found = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in found:
        if entry.name.startswith((".", "__pycache__")):
            continue
        if entry.is_dir():
            yield from _below(entry.path)
        else:
            yield entry.path, entry.stat()
