"""Staging: files that are made but not published yet, on disk.

They are in a hidden folder in ``output/`` until all of them have passed the last check, and are
read back one at a time, so that memory use does not grow with their number. A file that equals its
published version is not written at all. If a run is killed, the old pages are intact, and the next
run removes its folder.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, MutableMapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from seminarkit.core.disk.files import HALF, half_file, put_in_place, with_path, write_whole
from seminarkit.core.disk.rights import make_folder

_NAME = "making"
_FOLDER = ".files"  # suffix of the folder's name, after the name of the file that locks it


@dataclass(frozen=True)
class Staged:
    """A staged file: where its bytes are now, their hash, and the hash of its sources."""

    place: Path
    sha256: str
    source: str
    is_text: bool = False


class Staging(MutableMapping[str, tuple[str | bytes, str]]):
    """The files of one run by path under ``output/``: (content, hash of its sources)."""

    def __init__(self, output: Path) -> None:
        """``output`` is the folder that the files will be published in."""
        self._output, self._exit = output, ExitStack()
        self._files: dict[str, Staged] = {}
        self._number = 0
        with with_path(output):
            make_folder(output)
            _clear(output)
            lock = self._exit.enter_context(half_file(output, _NAME))
            self._exit.callback(lock.drop)
            self._folder = lock.path.with_name(f"{lock.path.name}{_FOLDER}")
            self._folder.mkdir()
        self._exit.callback(shutil.rmtree, self._folder, ignore_errors=True)

    def close(self) -> None:
        """Remove the files that were not put in place."""
        self._exit.close()

    def new_place(self, path: str) -> Path:
        """Return a new staging path for a file."""
        self._number += 1
        return self._folder / f"{self._number}-{path.rpartition('/')[2]}"

    def add(self, path: str, staged: Staged) -> None:
        """Add a file that is already written or published."""
        self._files[path] = staged

    def __setitem__(self, path: str, page: tuple[str | bytes, str]) -> None:
        content, source = page
        data = content.encode("utf-8") if isinstance(content, str) else content
        place = self._output / path
        if not (place.is_file() and place.read_bytes() == data):
            place = self.new_place(path)
            write_whole(place, data)
        self.add(path, Staged(place, hash_of(data), source, isinstance(content, str)))

    def __getitem__(self, path: str) -> tuple[str | bytes, str]:
        staged = self._files[path]
        data = staged.place.read_bytes()
        return (data.decode("utf-8") if staged.is_text else data), staged.source

    def __delitem__(self, path: str) -> None:
        del self._files[path]

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._files))

    def __len__(self) -> int:
        return len(self._files)

    def put_in_place(self, path: str) -> tuple[bool, Staged]:
        """Publish a file; return whether it changed, and the file as it is now."""
        staged, target = self._files[path], self._output / path
        if staged.place == target:
            return False, staged
        put_in_place(staged.place, target)
        staged = self._files[path] = replace(staged, place=target)
        return True, staged


def hash_of(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def _clear(output: Path) -> None:
    """Remove the folders of killed runs: the lock file that each is named after is gone."""
    for folder in output.glob(f".{_NAME}.*{HALF}{_FOLDER}"):
        if not folder.with_name(folder.name.removesuffix(_FOLDER)).exists():
            shutil.rmtree(folder, ignore_errors=True)
