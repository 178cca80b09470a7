"""Leave out public pages on request, so that all others can be published."""

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
_LINES = 20  # lines of findings in one message


def withheld(pages: Collection[str], without: Sequence[str]) -> set[str]:
    """Return the public pages to leave out, each as its path and as 'public/' with its subject.

    Raises UsageError for a name that no public page has.
    """
    public = {path.removeprefix("public/")[:-5] for path in pages if path.startswith("public/")}
    public -= {*_NEEDED}
    names: set[str] = set()
    for name in without:
        subject = name.removeprefix("output/").removeprefix("public/").removesuffix(".html")
        matches = {page for page in public if subject in (page, PurePosixPath(page).name)}
        if not matches:
            hint = did_you_mean(subject, public)
            raise UsageError(f"There is no public page '{name}' that could be left out.{hint}")
        names |= {f"public/{page}.html" for page in matches}
        names |= {f"public/{PurePosixPath(page).name}" for page in matches}
    return names


def is_withheld(path: str, held_back: Collection[str]) -> bool:
    """Say whether a public page or file is left out."""
    is_document = path.startswith("public/documents/")
    return path in held_back or (is_document and f"public/{PurePosixPath(path).stem}" in held_back)


def leave_out(pages: MutableMapping[str, Page], held_back: Collection[str]) -> None:
    """Remove the pages and files to leave out, and links to them from public pages."""
    for path in list(pages) if held_back else ():
        if is_withheld(path, held_back):
            del pages[path]
        elif path.startswith("public/"):
            _unlink(pages, path, held_back)


def without_links(pages: MutableMapping[str, Page], missing: Collection[str]) -> None:
    """Remove links to files that could not be made."""
    for path in list(pages) if missing else ():
        _unlink(pages, path, missing)


def _unlink(pages: MutableMapping[str, Page], path: str, targets: Collection[str]) -> None:
    """Remove links to these files from a page."""
    page, source = pages[path]
    if isinstance(page, str) and (unlinked := _unlinked(path, page, targets)) != page:
        pages[path] = unlinked, source


def _unlinked(path: str, page: str, targets: Collection[str]) -> str:
    def link(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), match[1]))
        return match[2] if is_withheld(target, targets) else match[0]

    return _LINK.sub(link, page)


def foreign_files(folder: SeminarFolder, before: Mapping[str, PublishedFile]) -> Pages:
    """Return files in the public site's folder that were not published by the kit."""
    site = folder.site("public")
    files = sorted(path for path in site.rglob("*") if path.suffix.lower() in _READABLE)
    names = {path: path.relative_to(folder.pages.parent).as_posix() for path in files}
    return {
        name: (path.read_bytes(), "")
        for path, name in names.items()
        if before and name not in before and path.is_file()
    }


def leak_message(leaks: Mapping[str, Sequence[str]], pages: Collection[str]) -> str:
    """Return the message for pages that would leak, with advice on how to go on."""
    names = {
        path: PurePosixPath(path).stem if "/documents/" in path else path[7:-5]
        for path in leaks
        if path in pages
    }
    names = {path: name for path, name in names.items() if name not in _NEEDED}
    foreign = [f"output/{path}" for path in leaks if path not in pages]
    options = " ".join(f"--without {name}" for name in dict.fromkeys(names.values()))
    pronoun = "this page" if len(names) == 1 else "these pages"
    these, them = ("this file", "it") if len(foreign) == 1 else ("these files", "them")
    advice = [
        "Remove each of these from the cell or text that shows it, run seminar report, "
        "and publish again."
        + (f" Or publish everything except {pronoun}: seminar publish {options}" if options else "")
        if len(foreign) < len(leaks)
        else "",
        f"The kit did not make {these}. Remove {them}: {', '.join(foreign)}" if foreign else "",
    ]
    heading = "Nothing was published: public pages would show what is not public:"
    return "\n".join(["\n  ".join([heading, *_few(leaks)]), *filter(None, advice)])


def _few(leaks: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield some sentences of each page, and the number of the others."""
    per_page = max(1, _LINES // len(leaks))
    for path in list(leaks)[:_LINES]:
        *first, last = leaks[path][:per_page]
        more = len(leaks[path]) - per_page
        yield from first
        yield f"{last} And {more} more in this file." if more > 0 else last
    if rest := [f"{path} ({len(leaks[path])})" for path in list(leaks)[_LINES:]]:
        files = "1 more file" if len(rest) == 1 else f"{len(rest)} more files"
        yield f"Also in {files}, each with its number of findings: {', '.join(rest)}"
