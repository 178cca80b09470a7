"""Pages and files, each made and written by itself: one that fails keeps its last good version."""

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
from seminarkit.site.last_check import LastLook
from seminarkit.site.page_files import WRITERS, Pages, SlowFile, published_before
from seminarkit.site.published_file import PublishedFile
from seminarkit.site.staging import Staged, Staging
from seminarkit.site.withheld import leave_out, withheld, without_links
from seminarkit.site.workers import Outcome, Workers, written

_TAKEN_AWAY = "Its last version held what its readers may not see any more, so it was taken away."

_FEW = 3  # files that are made here: to begin other processes would take longer


@dataclass
class _Slow:
    """A file that was begun: where it will be, and what becomes of it in another process."""

    file: SlowFile
    source: str
    place: Path
    outcome: Future[Outcome] | None = None


class Making:
    """The pages and files of one run by their paths under ``output/``; a context, which ends it."""

    def __init__(
        self, folder: SeminarFolder, before: Mapping[str, PublishedFile], jobs: int
    ) -> None:
        """``before`` is the list of what was published last; ``jobs`` files are made at once."""
        self.pages = Staging(folder.pages.parent)
        self.attempts = Attempts()
        self._folder, self._before, self._jobs = folder, before, jobs
        self._kept: set[str] = set()
        self._slow: list[_Slow] = []
        self._workers: Workers | None = None

    def __enter__(self) -> Making:
        return self

    def __exit__(self, *_: object) -> None:
        if self._workers:
            self._workers.close()
        self.pages.close()

    def page(self, path: str, make: Callable[[], str]) -> None:
        """Make one page."""
        self.file(path, lambda: (make(), ""))

    def file(self, path: str, make: Callable[[], tuple[str | bytes, str]]) -> None:
        """Make one file, and the hash of what it is made of."""
        with self.attempts.at(path):
            self.pages[path] = make()

    def files(self, name: str, make: Callable[[], Pages]) -> None:
        """Make files that belong together, any number; a ``*`` in ``name`` stands for the rest."""
        with self.attempts.at(name):
            self.pages.update(make())

    def begin(self, files: Iterable[SlowFile]) -> None:
        """Begin to make files that take long, several at once; ``finish`` waits for them."""
        new = []
        for file in files:
            with self.attempts.at(file.path):
                source = file.source()
                if published_before(self._folder, file.path, source, self._before) is not None:
                    place = self._folder.pages.parent / file.path
                    known = self._before[file.path]
                    self.pages.add(file.path, Staged(place, known["sha256"], source))
                else:
                    new.append(_Slow(file, source, self.pages.new_place(file.path)))
        if len(new) > _FEW and self._jobs > 1 and self._workers is None:
            self._workers = Workers(self._jobs, WRITERS)
        for slow in new:
            if self._workers:
                slow.outcome = self._workers.make(slow.file.make, slow.place)
        self._slow += new

    def finish(self) -> None:
        """Wait for what was begun, or make it here if it is little."""
        for slow in self._slow:
            path = slow.file.path
            made = slow.outcome.result() if slow.outcome else written(slow.file.make, slow.place)
            if made.reason:
                self.attempts.failures.setdefault(path, made.reason)
            else:
                self.pages.add(path, Staged(slow.place, made.sha256, slow.source))

    def has_failed(self, name: str) -> bool:
        """Say whether a page or file could not be made."""
        return name in self.attempts.failures

    def leave_out(self, without: Sequence[str]) -> set[str]:
        """Leave public pages out by name, with the links to them; return all their names."""
        held = withheld([*self.pages, *self._last_good()], without)
        leave_out(self.pages, held)
        return held

    def keep_last_good(self, look: LastLook, held: Collection[str] = ()) -> None:
        """Keep the last good version of what failed, where it may still be read.

        Pages lose their links to what is not there at all.
        """
        for path, page in self._last_good().items():
            if path in held:
                continue
            try:
                look.check({path: page})
            except StopError:
                name = self._failed_at(path)
                self.attempts.failures[name] += f" {_TAKEN_AWAY}"
            else:
                self._kept.add(path)
        gone = {path for path in self.attempts.failures if path not in self._kept}
        without_links(self.pages, gone - self.pages.keys())

    def write(
        self, look: LastLook, is_former: Callable[[str], bool], *, listed: bool = True
    ) -> list[str]:
        """Put all pages in place, write the list of what is published; return what changed.

        Of what was published last, that which ``is_former`` and was not made now is taken away.
        What fails stays in the list as it was, so that ``verify`` knows it and the next run tries
        again.
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
                    **look.entry(path),
                }
        for path in self._before.keys() - self.pages.keys() - self._kept:
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
        """The paths of all that is there now: made, or the last good version."""
        return {*self.pages, *self._kept}

    @property
    def not_made(self) -> tuple[NotMade, ...]:
        """What failed, in the order in which it was tried."""
        root = self._folder.pages.parent
        return tuple(
            NotMade(path, reason, path in self._kept or (root / path).is_file())
            for path, reason in self.attempts.failures.items()
        )

    def _last_good(self) -> Pages:
        """Return what failed as it was published last, where nobody has changed it since."""
        found: Pages = {}
        for path, entry in self._before.items():
            if path not in self.pages and self._failed_at(path):
                source = entry.get("source", "")
                content = published_before(self._folder, path, source, self._before)
                if content is not None:
                    found[path] = (content, source)
        return found

    def _failed_at(self, path: str) -> str:
        """Return under which name a path failed: its own, or that of files that belong together."""
        return next((name for name in self.attempts.failures if fnmatchcase(path, name)), "")
