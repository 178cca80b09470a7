"""Public pages that an organiser leaves out for now, so that all others can be published."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, MutableMapping, Sequence
from pathlib import PurePosixPath

from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.site.page_files import Page, Pages
from seminarkit.site.published_file import PublishedFile

_LINK = re.compile(r'<a\b[^>]*\bhref="([^"#?:]+)[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
_NEEDED = ("index",)
_READABLE = (
    *(".html", ".htm", ".xhtml", ".xml", ".svg", ".js", ".css", ".json", ".ipynb", ".csv", ".tsv"),
    *(".ics", ".txt", ".md", ".yml", ".docx", ".pptx", ".xlsx", ".odt", ".epub", ".zip"),
)
_LINES = 20  # of what was found, in one message


def withheld(pages: Collection[str], without: Sequence[str]) -> set[str]:
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


def is_held(path: str, held: Collection[str]) -> bool:
    """Return whether a page or file of the public is left out."""
    document = path.startswith("public/documents/")
    return path in held or (document and f"public/{PurePosixPath(path).stem}" in held)


def leave_out(pages: MutableMapping[str, Page], held: Collection[str]) -> None:
    """Take out the pages and files that are held, and links to them from public pages."""
    for path in list(pages) if held else ():
        if is_held(path, held):
            del pages[path]
        elif path.startswith("public/"):
            _unlink(pages, path, held)


def without_links(pages: MutableMapping[str, Page], gone: Collection[str]) -> None:
    """Take out links to files that could not be made."""
    for path in list(pages) if gone else ():
        _unlink(pages, path, gone)


def _unlink(pages: MutableMapping[str, Page], path: str, held: Collection[str]) -> None:
    """Take the links to what is held out of a page."""
    page, source = pages[path]
    if isinstance(page, str) and (plain := _unlinked(path, page, held)) != page:
        pages[path] = plain, source


def _unlinked(path: str, page: str, held: Collection[str]) -> str:
    def link(found: re.Match[str]) -> str:
        there = posixpath.normpath(posixpath.join(posixpath.dirname(path), found[1]))
        return found[2] if is_held(there, held) else found[0]

    return _LINK.sub(link, page)


def strangers(folder: SeminarFolder, before: Mapping[str, PublishedFile]) -> Pages:
    """Return what lies in the public place without having been published from here."""
    site = folder.site("public")
    found = sorted(path for path in site.rglob("*") if path.suffix.lower() in _READABLE)
    named = {path: path.relative_to(folder.pages.parent).as_posix() for path in found}
    return {
        name: (path.read_bytes(), "")
        for path, name in named.items()
        if before and name not in before and path.is_file()
    }


def leaking(found: Mapping[str, Sequence[str]], pages: Collection[str]) -> str:
    """Return what is said when public pages would leak, and how to go on."""
    named = {
        path: PurePosixPath(path).stem if "/documents/" in path else path[7:-5]
        for path in found
        if path in pages
    }
    named = {path: name for path, name in named.items() if name not in _NEEDED}
    odd = [f"output/{path}" for path in found if path not in pages]
    some = " ".join(f"--without {name}" for name in dict.fromkeys(named.values()))
    these = "this page" if len(named) == 1 else "these pages"
    advice = [
        "Take what is named here out of the cell or text that shows it there, run seminar report, "
        "and publish again."
        + (f" Or publish all but {these}: seminar publish {some}" if some else "")
        if len(odd) < len(found)
        else "",
        f"This is not a page of the kit. Remove it: {', '.join(odd)}" if odd else "",
    ]
    begin = "Nothing was published: public pages would show what is not public:"
    return "\n".join(["\n  ".join([begin, *_few(found)]), *filter(None, advice)])


def _few(found: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield some sentences of each page, and how many more there are."""
    each = max(1, _LINES // len(found))
    for path in list(found)[:_LINES]:
        *first, last = found[path][:each]
        more = len(found[path]) - each
        yield from first
        yield f"{last} And {more} more in this file." if more > 0 else last
    if rest := [f"{path} ({len(found[path])})" for path in list(found)[_LINES:]]:
        files = "1 more file" if len(rest) == 1 else f"{len(rest)} more files"
        yield f"The same in {files}, each with how often: {', '.join(rest)}"
