"""Says within a moment that nothing has changed since the last whole run of a command.

As make and git do, by the looks of files: name, size, times of the last change and number on the
disk, of everything that the outputs are made from, and of the outputs. Where one differs, the
command looks closer, by what is in the files.
"""

from __future__ import annotations

import hashlib
import json
import os
import sysconfig
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from seminarkit.core.disk.files import to_json, write_whole
from seminarkit.core.package_folder import KIT, PACKAGE
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.ignore_files import IGNORE_FILES
from seminarkit.core.seminar.leftovers import MATERIALS

Looks: TypeAlias = Iterator[tuple[str, os.stat_result]]


@dataclass(frozen=True)
class Stamp:
    """The record of the last whole run of one command.

    ``own_logs`` are the logs that the command writes to itself: they are looked at with the
    outputs. ``sources`` are the outputs of other commands that it reads, ``outputs`` yields its own
    files and folders. ``options`` are the options that decide how the outputs come out.
    """

    folder: SeminarFolder
    place: Path
    outputs: Callable[[], Sequence[Path]]
    own_logs: str = ""
    sources: tuple[Path, ...] = ()
    options: str = ""

    def inputs(self) -> str:
        """Return a hash of the looks of all that the outputs are made from."""
        return _hash_of(self.input_files(), self.options)

    def input_files(self) -> Looks:
        """Yield all files that the outputs are made from, and how they look."""
        folder = self.folder
        database = sorted(folder.root.glob(f"{folder.database.name}*"))
        libraries = Path(sysconfig.get_path("purelib"))  # one that comes or goes changes its look
        roots = dict.fromkeys((folder.root, KIT))
        materials = [root / name for root in roots for name in MATERIALS]
        given = [folder.root / "seminar.yml", *database, *materials, PACKAGE, *self.sources]
        return chain(_looks_of(given), _look(libraries), self._logs(own=False))

    def output_files(self) -> Looks:
        """Yield all files that the command writes, and how they look."""
        return chain(_looks_of(self.outputs()), self._logs(own=True))

    def up_to_date(self, seen: str) -> object | None:
        """Return what the last whole run noted, if its outputs are still good; else None.

        ``seen`` are the inputs as they are now.
        """
        try:
            known = json.loads(self.place.read_bytes())
            late = known["until"] and known["until"] <= datetime.now(UTC).isoformat()
            same = known["inputs"] == seen and known["outputs"] == _hash_of(self.output_files())
            if same and not late:
                noted: object = known["noted"]
                return noted
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return None

    def put(self, seen: str, noted: object, until: str = "") -> None:
        """Note a whole run that ended well: ``seen`` are the inputs as they were at its begin.

        ``until`` is the moment (UTC, ISO 8601) from which time alone may change the outputs.
        """
        made = _hash_of(self.output_files())
        known = {"inputs": seen, "outputs": made, "until": until, "noted": noted}
        write_whole(self.place, to_json(known))

    def _logs(self, *, own: bool) -> Looks:
        """Yield the logs with their anchors; received files are in the index, by their hash."""
        for path, facts in _below(os.fspath(self.folder.received), without="files"):
            name = os.path.basename(path)  # noqa: PTH119 - a Path for each takes longer
            if bool(self.own_logs and name.startswith(self.own_logs)) == own:
                yield path, facts


def of_reports(folder: SeminarFolder) -> Stamp:
    """Return the stamp of ``seminar report``, which issues numbers."""
    outputs = [folder.dossiers, folder.reports]
    return Stamp(folder, folder.reports / ".stamp.json", lambda: outputs, own_logs="issues.")


def of_pages(folder: SeminarFolder) -> Stamp:
    """Return the stamp of ``seminar publish``; it looks at strangers in the public folder, too."""

    def outputs() -> list[Path]:
        listed = json.loads(folder.pages.read_bytes())
        root = folder.pages.parent
        return [folder.site("public"), folder.pages, *(root / path for path in sorted(listed))]

    place = folder.pages.with_name(".pages.stamp.json")
    return Stamp(folder, place, outputs, sources=(folder.dossiers, folder.reports))


def of_packs(folder: SeminarFolder, *, word: bool) -> Stamp:
    """Return the stamp of ``seminar prepare``, which logs what forms promise."""
    outputs = [folder.packs, *(folder.root / name for name in IGNORE_FILES)]
    return Stamp(
        folder,
        folder.packs / ".stamp.json",
        lambda: outputs,
        own_logs="promises.",
        options="word" if word else "",
    )


def _hash_of(looks: Looks, options: str = "") -> str:
    digest = hashlib.sha256(options.encode("utf-8"))
    for path, facts in looks:
        # the time of the last change of anything is the system's own and cannot be set back
        look = (path, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino)
        digest.update(repr(look).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _looks_of(paths: Sequence[Path]) -> Looks:
    """Yield the files, and all files in the folders, that are there."""
    for path in paths:
        if path.is_dir():
            yield from _below(os.fspath(path))
        else:
            yield from _look(path)


def _look(path: Path) -> Looks:
    with suppress(OSError):  # it is not there
        yield os.fspath(path), path.stat()


def _below(folder: str, without: str = "") -> Looks:
    """Yield all files below a folder in order, without hidden ones and Python's own."""
    try:
        found = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in found:
        if entry.name.startswith((".", "__pycache__")) or entry.name == without:
            continue
        if entry.is_dir():
            yield from _below(entry.path)
        else:
            with suppress(OSError):  # it has gone, or is a link to nothing
                yield entry.path, entry.stat()
