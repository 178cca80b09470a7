"""Split HTML into text and tags in one pass, however broken it is.

The parser of the standard library can take very long on HTML with unclosed tags, and a mail may
contain such HTML.
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
# Elements whose content is not HTML; mail programs do not show it.
_RAW = ("script", "style", "title", "textarea", "iframe", "xmp", "noembed", "noframes")
_RAW_ENDS = {tag: re.compile(rf"</{tag}\b[^>]*>", re.I) for tag in _RAW}
_TAG = re.compile(r"<[^<>]{0,2000}>")


class Tag(NamedTuple):
    """A start or end tag, with its attributes."""

    tag: str
    ends: bool
    attributes: dict[str, str]


def tokens(html: str) -> Iterator[str | Tag]:
    """Yield text and tags; comments, scripts and styles are dropped."""
    at = 0
    while (begin := html.find("<", at)) >= 0:
        if begin > at:
            yield unescape(html[at:begin])
        if html.startswith(("<!", "<?"), begin):
            at = _end_of_non_element(html, begin)
        elif name := _NAME.match(html, begin):
            attributes: dict[str, str] = {}
            at = _read_attributes(html, name.end(), attributes)
            if at < 0:  # an unclosed tag is treated as text
                yield unescape(_TAG.sub(" ", html[begin:]))
                return
            tag, ends = name[1].lower(), html[begin + 1] == "/"
            if tag in _RAW_ENDS and not ends:
                end = _RAW_ENDS[tag].search(html, at)
                at = end.end() if end else len(html)
            else:
                yield Tag(tag, ends, attributes)
        else:
            yield "<"
            at = begin + 1
    if at < len(html):
        yield unescape(html[at:])


def _end_of_non_element(html: str, begin: int) -> int:
    """Return the end of a comment, declaration or processing instruction."""
    closing = "-->" if html.startswith("<!--", begin) else ">"
    end = html.find(closing, begin + 2)
    return end + len(closing) if end >= 0 else len(html)


def _read_attributes(html: str, at: int, attributes: dict[str, str]) -> int:
    """Add the attributes of a tag to ``attributes``; return where the tag ends, or -1."""
    for _ in range(_MOST_ATTRIBUTES):
        if end := _END.match(html, at):
            return end.end()
        match = _ATTRIBUTE.match(html, at)
        if not match:
            return -1
        value = match["two"] or match["one"] or match["bare"] or ""
        attributes.setdefault(match["name"].lower(), unescape(value))
        at = match.end()
    end_at = html.find(">", at)
    return end_at + 1 if end_at >= 0 else -1
