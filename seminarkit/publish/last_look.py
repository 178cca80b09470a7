"""The last look at all pages and files before any of them is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from seminarkit.errors import StopError
from seminarkit.publish.documents import Pages
from seminarkit.publish.leaks import Wall
from seminarkit.publish.receipts import receipt_leaks
from seminarkit.publish.seals import Seals
from seminarkit.publish.withheld import leaking
from seminarkit.seminar.folder import SeminarFolder


class LastLook:
    """Looks through what is to be published, and remembers which files held nothing."""

    def __init__(self, folder: SeminarFolder, before: Mapping[str, Any]) -> None:
        """``before`` is the record of what was published last."""
        self._folder, self._wall = folder, Wall(folder)
        self._seals = Seals(self._wall.guarded, before)

    def check(self, pages: Pages, there: Pages | None = None) -> None:
        """Raise StopError if a page leaks, or a file that is ``there`` beside the public ones.

        Words and numbers are looked for on public pages, receipts on those of every audience.
        """
        every = pages | (there or {})
        public = {
            path: page
            for path, (page, _) in every.items()
            if path.startswith("public/") and not self._seals.holds(path, page)
        }
        if found := self._wall.by_page(public):
            raise StopError(leaking(found, pages))
        for path, page in public.items():
            self._seals.give(path, page)
        check_receipts(self._folder, pages)

    def entry(self, path: str) -> dict[str, str]:
        """Return what the record of published files says of this look at a file."""
        return self._seals.entry(path)


def check_receipts(folder: SeminarFolder, pages: Pages) -> None:
    """Raise StopError if a page shows a receipt that its readers may not see."""
    if found := receipt_leaks(folder, {path: page for path, (page, _) in pages.items()}):
        raise StopError(
            "Nothing was published: pages would show what is not for their readers:\n  "
            + "\n  ".join(found)
        )
