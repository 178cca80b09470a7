"""Counts the points of the lists of an OpenDocument text while it is read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from seminarkit.topics.intake.opendocument.styles import Styles, number_shown
from seminarkit.topics.intake.word.untrusted_xml import attribute, whole

_LEVELS = 10


@dataclass
class _Open:
    """The list that is being read: its style, how far each level has counted, and its depth."""

    style: str
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)
    depth: int = -1
    item: bool = False  # an item has begun, whose number was not shown yet


class Lists:
    """Follows lists within lists; ``before`` gives what is shown before the next paragraph."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._open: _Open | None = None
        self._by_id: dict[str, _Open] = {}
        self._by_style: dict[str, _Open] = {}

    @contextmanager
    def within(self, node: Element) -> Iterator[None]:
        """Read what is in a list or an item of one."""
        if node.tag != "list":
            if self._open:
                self._open.item = node.tag == "list-item"
                self._start(self._open, node)
            yield
            if self._open:
                self._open.item = False
            return
        outer = self._open
        self._open = self._begun(node, outer)
        self._open.depth += 1
        goes_on = attribute(node, "continue-numbering") == "true"
        if outer is self._open and not goes_on and self._open.depth < _LEVELS:
            self._open.counts[self._open.depth] = None
        yield
        self._open.depth -= 1
        self._open = outer

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Read something that is no part of the list around it, such as a footnote."""
        kept, self._open = self._open, None
        yield
        self._open = kept

    def before(self) -> str:
        """Return what stands before a paragraph: something before the first of an item alone."""
        now = self._open
        if now is None or not now.item or not 0 <= now.depth < _LEVELS:
            return ""
        now.item = False
        levels = self._styles.levels(now.style)
        count = now.counts[now.depth]
        start = levels[now.depth].start if now.depth < len(levels) else 1
        now.counts[now.depth] = start if count is None else count + 1
        for below in range(now.depth + 1, _LEVELS):
            now.counts[below] = None
        return number_shown(levels, now.depth, now.counts)

    def _begun(self, node: Element, outer: _Open | None) -> _Open:
        style = attribute(node, "style-name")
        if outer:
            if style and style != outer.style:
                return _Open(style, list(outer.counts), outer.depth)
            return outer
        named = attribute(node, "continue-list")
        before = self._by_id.get(named) if named else None
        if before is None and attribute(node, "continue-numbering") == "true":
            before = self._by_style.get(style)
        found = _Open(style or (before.style if before else ""))
        found.counts = before.counts if before else found.counts
        self._by_id[attribute(node, "id")] = self._by_style[found.style] = found
        return found

    @staticmethod
    def _start(now: _Open, node: Element) -> None:
        start = whole(attribute(node, "start-value"), -1)
        if start >= 0 and 0 <= now.depth < _LEVELS:
            now.counts[now.depth] = start - 1
