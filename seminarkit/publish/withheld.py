"""Public pages that an organiser leaves out for now, so that all others can be published."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from seminarkit.errors import UsageError, did_you_mean
from seminarkit.publish.documents import Pages
from seminarkit.seminar.folder import SeminarFolder

_LINK = re.compile(r'<a\b[^>]*\bhref="([^"#?:]+)[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
_NEEDED = ("index",)
_READABLE = (".html", ".json", ".csv", ".ics", ".txt", ".md", ".docx", ".pptx", ".xlsx", ".svg")


def withheld(pages: Pages, without: Sequence[str]) -> set[str]:
    """Return the public pages that are left out, each also as 'public/' and its subject.

    Raises UsageError for a name that no public page has.
    """
    public = {path.removeprefix("public/")[:-5] for path in pages if path.startswith("public/")}
    public -= {*_NEEDED}
    held: set[str] = set()
    for name in without:
        plain = name.removeprefix("output/").removeprefix("public/").removesuffix(".html")
        found = {page for page in public if plain in (page, PurePosixPath(page).name)}
        if not found:
            hint = did_you_mean(plain, public)
            raise UsageError(f"There is no public page '{name}' that could be left out.{hint}")
        held |= {f"public/{page}.html" for page in found}
        held |= {f"public/{PurePosixPath(page).name}" for page in found}
    return held


def leave_out(pages: Pages, held: set[str]) -> Pages:
    """Return the pages without those that are held, and without links to them or their files."""
    if not held:
        return pages
    return {
        path: (_unlinked(path, page, held) if path.startswith("public/") else page, source)
        for path, (page, source) in pages.items()
        if path not in held
    }


def _unlinked(path: str, page: str | bytes, held: set[str]) -> str | bytes:
    def link(found: re.Match[str]) -> str:
        there = posixpath.normpath(posixpath.join(posixpath.dirname(path), found[1]))
        document = there.startswith("public/documents/")
        gone = there in held or (document and f"public/{PurePosixPath(there).stem}" in held)
        return found[2] if gone else found[0]

    return _LINK.sub(link, page) if isinstance(page, str) else page


def strangers(folder: SeminarFolder, before: Mapping[str, Any]) -> Pages:
    """Return what lies in the public place without having been published from here."""
    site = folder.site("public")
    found = sorted(path for path in site.rglob("*") if path.suffix in _READABLE)
    named = {path: path.relative_to(folder.pages.parent).as_posix() for path in found}
    return {
        name: (path.read_bytes(), "")
        for path, name in named.items()
        if before and name not in before and path.is_file()
    }


def leaking(found: Sequence[str], pages: Pages) -> str:
    """Return what is said when public pages would leak, and how to go on."""
    where = dict.fromkeys(sentence.split(" ", 1)[0] for sentence in found)
    named = {path: PurePosixPath(path).stem for path in where if "/documents/" in path}
    named |= {path: path[7:-5] for path in where if path in pages and path.endswith(".html")}
    odd = [f"output/{path}" for path in where if path not in named]
    some = " ".join(f"--without {name}" for name in dict.fromkeys(named.values()))
    these = "this page" if len(named) == 1 else "these pages"
    return "\n  ".join(
        [
            "Nothing was published, since public pages would hold what is not public:",
            *found,
        ]
    ) + "".join(
        [
            "\nTake the words out of the cell or text that shows them there, run seminar report, "
            f"and publish again. Or publish all but {these}: seminar publish {some}"
            if some
            else "",
            f"\nNo page of the kit's lies there, so remove it: {', '.join(odd)}" if odd else "",
        ]
    )
