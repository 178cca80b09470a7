"""Check that a public page is inert: it runs nothing and links to no closed page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import unquote

_PAGES = (".html", ".htm", ".xhtml", ".svg")
_LIVE = re.compile(
    r"<(?:\w+:)?(script|iframe|frame|frameset|object|embed|applet|base|portal)(?=[\s/>])",
    re.IGNORECASE,
)
_RUNS = re.compile(r"(?:javascript|vbscript|file|data:(?:text/html|image/svg))\b", re.IGNORECASE)
_CLOSED = re.compile(
    r"/(?:output/)?(?:core|groups|chairs|organisers|reports)(?:/|$)", re.IGNORECASE
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_OPENED = re.compile(r"<[a-z][^<>]*>?", re.IGNORECASE)
_PLAIN = re.compile(
    r"""<[a-z][a-z0-9:-]*(?:\s+[a-z][a-z0-9:_-]*(?:="[^"<>]*")?)*\s*/?>""", re.IGNORECASE
)
_LINKS = ("href", "src", "action", "formaction", "xlink:href", "srcset", "poster", "background")


def not_inert(path: str, page: str | bytes) -> Iterator[str]:
    """Yield the active content of a page under 'public/', as phrases; the kit's pages have none."""
    if PurePosixPath(path).suffix.lower() not in _PAGES:
        return
    text = page if isinstance(page, str) else page.decode("utf-8", "replace")
    for tag in dict.fromkeys(name.lower() for name in _LIVE.findall(text)):
        yield f"has a <{tag}>, which would run or load something; no page of the kit does that"
    folder = posixpath.dirname(path)
    if any(
        not _PLAIN.fullmatch(tag) or _in_tags(folder, tag) for tag in set(_OPENED.findall(text))
    ):
        yield from _in_tags(folder, text)


@lru_cache(maxsize=1 << 13)  # the tags of the frame recur on every page
def _in_tags(folder: str, markup: str) -> tuple[str, ...]:
    """Return the active content in the tags of some markup on a page in this folder.

    Plain tags begin and end in the same place whatever surrounds them. So if all tags are plain and
    each is inert by itself, the page is inert; tags in comments and styles, which are no tags to a
    browser, are checked too. Otherwise the page is parsed as a whole.
    """
    reader = _Tags(folder)
    reader.feed(markup)
    reader.close()
    return tuple(dict.fromkeys(reader.findings))


class _Tags(HTMLParser):
    """Parses the attributes of each tag as a browser does."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self._folder = folder
        self.findings: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check one tag."""
        values = {name: value or "" for name, value in attrs}
        if tag == "meta" and values.get("http-equiv", "").strip().lower() == "refresh":
            self.findings.append("opens another page by itself (<meta http-equiv=refresh>)")
        for name, value in attrs:
            if re.fullmatch(r"on[a-z]+", name):
                self.findings.append(
                    f"has a program in a tag ({name}=), which no page of the kit has"
                )
            elif name == "srcdoc":
                self.findings.append("contains another page (srcdoc=)")
            elif name in _LINKS and value:
                self._link(tag, name, value)

    def _link(self, tag: str, name: str, value: str) -> None:
        plain = re.sub(r"[\x00-\x20]", "", unquote(value)).replace("\\", "/")
        if _RUNS.match(plain) and not (tag in ("img", "image") and plain.startswith("data:image/")):
            self.findings.append(f"has a link that runs or opens something ({name}={plain[:30]})")
        elif not _SCHEME.match(plain) and not plain.startswith("#"):
            target = posixpath.normpath(posixpath.join(self._folder, re.split("[?#]", plain)[0]))
            if _CLOSED.match(target) or not f"{target}/".startswith(("public/", "/")):
                self.findings.append(f"has a link out of the public pages ({name}={plain[:60]})")
