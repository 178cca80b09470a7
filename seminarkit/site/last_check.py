"""The last check of all pages and files before any of them is published."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain

from seminarkit.core.errors import StopError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.site.checked_before import Seals
from seminarkit.site.leaks import LeakSearch
from seminarkit.site.page_files import Page
from seminarkit.site.published_file import FileSeal, PublishedFile
from seminarkit.site.receipts import receipt_leaks
from seminarkit.site.withheld import leak_message


class LastCheck:
    """Searches files for leaks, and seals those that have none."""

    def __init__(self, folder: SeminarFolder, before: Mapping[str, PublishedFile]) -> None:
        """``before`` is the record of what was last published."""
        self._folder, self._search = folder, LeakSearch(folder)
        self._seals = Seals(self._search.guarded(), before)

    def check(
        self,
        pages: Mapping[str, Page],
        foreign: Mapping[str, Page] | None = None,
        passed: Collection[str] = (),
    ) -> None:
        """Raise StopError if a page, or a foreign file in the public site's folder, leaks.

        Public pages are searched for words and numbers, pages of all audiences for receipts. Pages
        are read one at a time; those that have ``passed`` a check are not searched again.
        """
        new = [path for path in pages if path not in passed]
        leaks: dict[str, list[str]] = {}
        for path, page in chain(_contents(pages, new), _contents(foreign or {}, foreign or {})):
            if path.startswith("public/") and not self._seals.holds(path, page):
                leaks |= self._search.by_page({path: page})
                self._seals.give(path, page)
        if leaks:
            raise StopError(leak_message(leaks, pages))
        _check_receipts(self._folder, _contents(pages, new))

    def entry(self, path: str) -> FileSeal:
        """Return the seal of a file, for the record of published files."""
        return self._seals.entry(path)


def check_receipts(folder: SeminarFolder, path: str, page: str) -> None:
    """Raise StopError if a page shows a receipt that its readers may not see."""
    _check_receipts(folder, [(path, page)])


def _check_receipts(folder: SeminarFolder, pages: Iterable[tuple[str, str | bytes]]) -> None:
    if found := receipt_leaks(folder, pages):
        raise StopError(
            "Nothing was published: pages would show what their readers may not see:\n  "
            + "\n  ".join(found)
        )


def _contents(pages: Mapping[str, Page], paths: Iterable[str]) -> Iterator[tuple[str, str | bytes]]:
    for path in paths:
        content, _ = pages[path]
        yield path, content
