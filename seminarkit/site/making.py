"""Make pages and files one by one; one that fails keeps its last good version."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from seminarkit.core.disk.attempts import Attempts, NotMade
from seminarkit.core.disk.files import to_json, write_whole
from seminarkit.core.errors import StopError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.site.last_check import LastCheck
from seminarkit.site.page_files import WRITERS, Pages, SlowFile, published_before
from seminarkit.site.published_file import PublishedFile
from seminarkit.site.staging import Staged, Staging
from seminarkit.site.withheld import leave_out, withheld, without_links
from seminarkit.site.workers import Outcome, Workers, write_file

_TAKEN_AWAY = "Its last version contained what its readers may no longer see, so it was removed."

_FEW = 3  # up to so many files are made in this process, as starting others takes longer


@dataclass
class _Slow:
    """A file that is being made: its staging path, and its result if another process makes it."""

    file: SlowFile
    source: str
    place: Path
    outcome: Future[Outcome] | None = None


class PageBuild:
    """The pages and files of one run, by path under ``output/``; a context manager."""

    def __init__(
        self, folder: SeminarFolder, before: Mapping[str, PublishedFile], jobs: int
    ) -> None:
        """``before`` is the list of the last publication; ``jobs`` files are made in parallel."""
        self.pages = Staging(folder.pages.parent)
        self.attempts = Attempts()
        self._folder, self._before, self._jobs = folder, before, jobs
        self._last_good_paths: set[str] = set()
        self._slow: list[_Slow] = []
        self._workers: Workers | None = None

    def __enter__(self) -> PageBuild:
        return self

    def __exit__(self, *_: object) -> None:
        if self._workers:
            self._workers.close()
        self.pages.close()

    def page(self, path: str, make: Callable[[], str]) -> None:
        """Make one page."""
        self.file(path, lambda: (make(), ""))

    def file(self, path: str, make: Callable[[], tuple[str | bytes, str]]) -> None:
        """Make one file; ``make`` returns its content and the hash of its sources."""
        with self.attempts.at(path):
            self.pages[path] = make()

    def files(self, name: str, make: Callable[[], Pages]) -> None:
        """Make a group of files; ``*`` in ``name`` matches any part of their names."""
        with self.attempts.at(name):
            self.pages.update(make())

    def begin(self, files: Iterable[SlowFile]) -> None:
        """Begin to make slow files, several in parallel; ``finish`` waits for them."""
        new = []
        for file in files:
            with self.attempts.at(file.path):
                source = file.source()
                if published_before(self._folder, file.path, source, self._before) is not None:
                    place = self._folder.pages.parent / file.path
                    entry = self._before[file.path]
                    self.pages.add(file.path, Staged(place, entry["sha256"], source))
                else:
                    new.append(_Slow(file, source, self.pages.new_place(file.path)))
        if len(new) > _FEW and self._jobs > 1 and self._workers is None:
            self._workers = Workers(self._jobs, WRITERS)
        for slow in new:
            if self._workers:
                slow.outcome = self._workers.make(slow.file.make, slow.place)
        self._slow += new

    def finish(self) -> None:
        """Wait for the slow files, or make them here if they are few."""
        for slow in self._slow:
            path = slow.file.path
            future = slow.outcome
            outcome = future.result() if future else write_file(slow.file.make, slow.place)
            if outcome.reason:
                self.attempts.failures.setdefault(path, outcome.reason)
            else:
                self.pages.add(path, Staged(slow.place, outcome.sha256, slow.source))

    def has_failed(self, name: str) -> bool:
        """Say whether a page or file could not be made."""
        return name in self.attempts.failures

    def leave_out(self, without: Sequence[str]) -> set[str]:
        """Leave out public pages by name, with all links to them; return their names."""
        withheld_paths = withheld([*self.pages, *self._last_good()], without)
        leave_out(self.pages, withheld_paths)
        return withheld_paths

    def keep_last_good(self, last_check: LastCheck, withheld_paths: Collection[str] = ()) -> None:
        """Keep the last good version of files that failed, unless it may no longer be read.

        Links to files without any version are removed from the pages.
        """
        for path, page in self._last_good().items():
            if path in withheld_paths:
                continue
            try:
                last_check.check({path: page})
            except StopError:
                name = self._failed_at(path)
                self.attempts.failures[name] += f" {_TAKEN_AWAY}"
            else:
                self._last_good_paths.add(path)
        missing = {path for path in self.attempts.failures if path not in self._last_good_paths}
        without_links(self.pages, missing - self.pages.keys())

    def write(
        self, last_check: LastCheck, is_former: Callable[[str], bool], *, listed: bool = True
    ) -> list[str]:
        """Move all files into place, write the list of published files, and return what changed.

        Files that were published last but not made now are deleted if ``is_former`` says so. The
        list keeps the last entry of a file that failed, so that ``verify`` knows the file and the
        next run tries again.
        """
        root, changed = self._folder.pages.parent, list[str]()
        entries = dict(self._before)
        for path in self.pages:
            with self.attempts.at(path):
                is_new, staged = self.pages.put_in_place(path)
                if is_new:
                    changed.append(path)
                entries[path] = {
                    "sha256": staged.sha256,
                    "source": staged.source,
                    **last_check.entry(path),
                }
        for path in self._before.keys() - self.pages.keys() - self._last_good_paths:
            if is_former(path):
                with self.attempts.at(path):
                    (root / path).unlink(missing_ok=True)
                    changed.append(path)
                    del entries[path]
        if listed:
            with self.attempts.at(self._folder.pages.name):
                write_whole(self._folder.pages, to_json(entries))
        return changed

    @property
    def paths(self) -> set[str]:
        """The paths of all files that exist now: made in this run, or the last good version."""
        return {*self.pages, *self._last_good_paths}

    @property
    def not_made(self) -> tuple[NotMade, ...]:
        """The files that failed, in the order in which they were tried."""
        root = self._folder.pages.parent
        return tuple(
            NotMade(path, reason, path in self._last_good_paths or (root / path).is_file())
            for path, reason in self.attempts.failures.items()
        )

    def _last_good(self) -> Pages:
        """Return the last published version of each file that failed, if it is unchanged."""
        pages: Pages = {}
        for path, entry in self._before.items():
            if path not in self.pages and self._failed_at(path):
                source = entry.get("source", "")
                content = published_before(self._folder, path, source, self._before)
                if content is not None:
                    pages[path] = (content, source)
        return pages

    def _failed_at(self, path: str) -> str:
        """Return the name under which a path failed: its own, or its group's pattern; or ''."""
        return next((name for name in self.attempts.failures if fnmatchcase(path, name)), "")
