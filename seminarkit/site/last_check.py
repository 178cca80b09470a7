"""The last look at all pages and files before any of them is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain

from seminarkit.core.errors import StopError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.site.checked_before import Seals
from seminarkit.site.leaks import Wall
from seminarkit.site.page_files import Page
from seminarkit.site.published_file import PublishedFile, Sealed
from seminarkit.site.receipts import receipt_leaks
from seminarkit.site.withheld import leaking


class LastLook:
    """Looks through what is to be published, and remembers which files held nothing."""

    def __init__(self, folder: SeminarFolder, before: Mapping[str, PublishedFile]) -> None:
        """``before`` is the record of what was published last."""
        self._folder, self._wall = folder, Wall(folder)
        self._seals = Seals(self._wall.guarded(), before)

    def check(
        self,
        pages: Mapping[str, Page],
        there: Mapping[str, Page] | None = None,
        passed: Collection[str] = (),
    ) -> None:
        """Raise StopError if a page leaks, or a file that is ``there`` beside the public ones.

        Words and numbers are looked for on public pages, receipts on those of every audience. The
        pages are read one at a time; those that have ``passed`` a look are not looked at again.
        """
        new = [path for path in pages if path not in passed]
        found: dict[str, list[str]] = {}
        for path, page in chain(_contents(pages, new), _contents(there or {}, there or {})):
            if path.startswith("public/") and not self._seals.holds(path, page):
                found |= self._wall.by_page({path: page})
                self._seals.give(path, page)
        if found:
            raise StopError(leaking(found, pages))
        _check_receipts(self._folder, _contents(pages, new))

    def entry(self, path: str) -> Sealed:
        """Return what the record of published files says of this look at a file."""
        return self._seals.entry(path)


def check_receipts(folder: SeminarFolder, path: str, page: str) -> None:
    """Raise StopError if a page shows a receipt that its readers may not see."""
    _check_receipts(folder, [(path, page)])


def _check_receipts(folder: SeminarFolder, pages: Iterable[tuple[str, str | bytes]]) -> None:
    if found := receipt_leaks(folder, pages):
        raise StopError(
            "Nothing was published: pages would show what is not for their readers:\n  "
            + "\n  ".join(found)
        )


def _contents(pages: Mapping[str, Page], paths: Iterable[str]) -> Iterator[tuple[str, str | bytes]]:
    for path in paths:
        content, _ = pages[path]
        yield path, content
