"""Takes HTML apart into words and tags, in one pass, whatever it holds.

The standard library's parser takes very long for some HTML that never closes its tags, and what
comes by mail may be such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_NAME = re.compile(r"</?([A-Za-z][^\s/<>]{0,40})")
_ATTRIBUTE = re.compile(
    r"""[\s/]*(?P<name>[^\s/>=]+)(?:\s{0,9}=\s{0,9}(?:"(?P<two>[^"]*)"|'(?P<one>[^']*)'|(?P<bare>[^\s>]*)))?"""
)
_END = re.compile(r"[\s/]*>")
_MOST_ATTRIBUTES = 60
# Elements whose words are no HTML, up to their end; nobody sees them in a mail.
_RAW = ("script", "style", "title", "textarea", "iframe", "xmp", "noembed", "noframes")
_RAW_ENDS = {tag: re.compile(rf"</{tag}\b[^>]*>", re.I) for tag in _RAW}
_TAG = re.compile(r"<[^<>]{0,2000}>")


class Tag(NamedTuple):
    """The begin or the end of an element, with its attributes."""

    tag: str
    ends: bool
    told: dict[str, str]


def tokens(html: str) -> Iterator[str | Tag]:
    """Yield words and tags. What is in comments, scripts and styles is dropped."""
    at = 0
    while (begin := html.find("<", at)) >= 0:
        if begin > at:
            yield unescape(html[at:begin])
        if html.startswith(("<!", "<?"), begin):
            at = _beyond(html, begin)
        elif name := _NAME.match(html, begin):
            told: dict[str, str] = {}
            at = _attributes(html, name.end(), told)
            if at < 0:  # a tag that never ends: no tag
                yield unescape(_TAG.sub(" ", html[begin:]))
                return
            tag, ends = name[1].lower(), html[begin + 1] == "/"
            if tag in _RAW_ENDS and not ends:
                end = _RAW_ENDS[tag].search(html, at)
                at = end.end() if end else len(html)
            else:
                yield Tag(tag, ends, told)
        else:
            yield "<"
            at = begin + 1
    if at < len(html):
        yield unescape(html[at:])


def _beyond(html: str, begin: int) -> int:
    """Return where a comment, or what else is no element, has ended."""
    sign = "-->" if html.startswith("<!--", begin) else ">"
    end = html.find(sign, begin + 2)
    return end + len(sign) if end >= 0 else len(html)


def _attributes(html: str, at: int, told: dict[str, str]) -> int:
    """Put the attributes of a tag into ``told``; return where it ends, or -1."""
    for _ in range(_MOST_ATTRIBUTES):
        if end := _END.match(html, at):
            return end.end()
        found = _ATTRIBUTE.match(html, at)
        if not found:
            return -1
        value = found["two"] or found["one"] or found["bare"] or ""
        told.setdefault(found["name"].lower(), unescape(value))
        at = found.end()
    end_at = html.find(">", at)
    return end_at + 1 if end_at >= 0 else -1
