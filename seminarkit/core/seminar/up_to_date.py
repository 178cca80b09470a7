"""Check quickly whether a command must run again.

Inputs and outputs are compared by name, size, times and inode. If any value differs, the command
itself compares the contents.
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

Stats: TypeAlias = Iterator[tuple[str, os.stat_result]]


@dataclass(frozen=True)
class Stamp:
    """The record of a command's last complete run.

    ``own_logs`` is the prefix of logs that the command writes. ``sources`` are outputs of other
    commands that it reads. ``outputs`` returns its output files and folders. ``options`` affect the
    outputs.
    """

    folder: SeminarFolder
    place: Path
    outputs: Callable[[], Sequence[Path]]
    own_logs: str = ""
    sources: tuple[Path, ...] = ()
    options: str = ""

    def inputs(self) -> str:
        """Return a hash of the names, sizes and times of all inputs."""
        return _hash_of(self.input_files(), self.options)

    def input_files(self) -> Stats:
        """Yield all input files with their sizes and times."""
        folder = self.folder
        database = sorted(folder.root.glob(f"{folder.database.name}*"))
        # the folder's stats change when a package is installed or removed
        libraries = Path(sysconfig.get_path("purelib"))
        roots = dict.fromkeys((folder.root, KIT))
        materials = [root / name for root in roots for name in MATERIALS]
        paths = [folder.root / "seminar.yml", *database, *materials, PACKAGE, *self.sources]
        return chain(_stats_of(paths), _stat(libraries), self._logs(own=False))

    def output_files(self) -> Stats:
        """Yield all output files with their sizes and times."""
        return chain(_stats_of(self.outputs()), self._logs(own=True))

    def up_to_date(self, seen: str) -> object | None:
        """Return the result of the last complete run if its outputs are still valid, else None.

        ``seen`` is the hash of the current inputs.
        """
        try:
            record = json.loads(self.place.read_bytes())
            is_expired = record["until"] and record["until"] <= datetime.now(UTC).isoformat()
            is_unchanged = record["inputs"] == seen and record["outputs"] == _hash_of(
                self.output_files()
            )
            if is_unchanged and not is_expired:
                noted: object = record["noted"]
                return noted
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return None

    def put(self, seen: str, noted: object, until: str = "") -> None:
        """Record a run with its result and the hash of its inputs. It is valid until ``until``."""
        outputs = _hash_of(self.output_files())
        record = {"inputs": seen, "outputs": outputs, "until": until, "noted": noted}
        write_whole(self.place, to_json(record))

    def _logs(self, *, own: bool) -> Stats:
        for path, stat in _files_below(os.fspath(self.folder.received), skip="files"):
            name = os.path.basename(path)  # noqa: PTH119 - a Path for each takes longer
            if bool(self.own_logs and name.startswith(self.own_logs)) == own:
                yield path, stat


def of_reports(folder: SeminarFolder) -> Stamp:
    """Return the run record of ``seminar report``."""
    outputs = [folder.dossiers, folder.reports]
    return Stamp(folder, folder.reports / ".stamp.json", lambda: outputs, own_logs="issues.")


def of_pages(folder: SeminarFolder) -> Stamp:
    """Return the run record of ``seminar publish``."""

    def outputs() -> list[Path]:
        listed = json.loads(folder.pages.read_bytes())
        root = folder.pages.parent
        return [folder.site("public"), folder.pages, *(root / path for path in sorted(listed))]

    place = folder.pages.with_name(".pages.stamp.json")
    return Stamp(folder, place, outputs, sources=(folder.dossiers, folder.reports))


def of_packs(folder: SeminarFolder, *, word: bool) -> Stamp:
    """Return the run record of ``seminar prepare``."""
    outputs = [folder.packs, *(folder.root / name for name in IGNORE_FILES)]
    return Stamp(
        folder,
        folder.packs / ".stamp.json",
        lambda: outputs,
        own_logs="promises.",
        options="word" if word else "",
    )


def _hash_of(stats: Stats, options: str = "") -> str:
    digest = hashlib.sha256(options.encode("utf-8"))
    for path, stat in stats:
        # st_ctime is set by the system and cannot be set back
        identity = (path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
        digest.update(repr(identity).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _stats_of(paths: Sequence[Path]) -> Stats:
    for path in paths:
        if path.is_dir():
            yield from _files_below(os.fspath(path))
        else:
            yield from _stat(path)


def _stat(path: Path) -> Stats:
    with suppress(OSError):  # it does not exist
        yield os.fspath(path), path.stat()


def _files_below(folder: str, skip: str = "") -> Stats:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith((".", "__pycache__")) or entry.name == skip:
            continue
        if entry.is_dir():
            yield from _files_below(entry.path)
        else:
            with suppress(OSError):  # it was deleted, or is a broken link
                yield entry.path, entry.stat()
