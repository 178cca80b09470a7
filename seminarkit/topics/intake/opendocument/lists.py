"""Count the list items of an OpenDocument text while it is read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from seminarkit.topics.intake.opendocument.styles import Styles, number_shown
from seminarkit.topics.intake.word.untrusted_xml import as_int, attribute

_LEVELS = 10


@dataclass
class _OpenList:
    """An open list: its style, the last number of each level, and the current level."""

    style: str
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)
    depth: int = -1
    item: bool = False  # an item has begun and its number is not shown yet


class Lists:
    """The state of nested lists; ``before`` returns the number of the next paragraph."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._open: _OpenList | None = None
        self._by_id: dict[str, _OpenList] = {}
        self._by_style: dict[str, _OpenList] = {}

    @contextmanager
    def within(self, node: Element) -> Iterator[None]:
        """Enter a list or a list item."""
        if node.tag != "list":
            if self._open:
                self._open.item = node.tag == "list-item"
                self._apply_start_value(self._open, node)
            yield
            if self._open:
                self._open.item = False
            return
        outer = self._open
        self._open = self._list_at(node, outer)
        self._open.depth += 1
        continues = attribute(node, "continue-numbering") == "true"
        if outer is self._open and not continues and self._open.depth < _LEVELS:
            self._open.counts[self._open.depth] = None
        yield
        self._open.depth -= 1
        self._open = outer

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Suspend the current list for content outside it, such as a footnote."""
        outer, self._open = self._open, None
        yield
        self._open = outer

    def before(self) -> str:
        """Return the number or bullet of a paragraph; only the first of an item has one."""
        current = self._open
        if current is None or not current.item or not 0 <= current.depth < _LEVELS:
            return ""
        current.item = False
        levels = self._styles.levels(current.style)
        count = current.counts[current.depth]
        start = levels[current.depth].start if current.depth < len(levels) else 1
        current.counts[current.depth] = start if count is None else count + 1
        for lower in range(current.depth + 1, _LEVELS):
            current.counts[lower] = None
        return number_shown(levels, current.depth, current.counts)

    def _list_at(self, node: Element, outer: _OpenList | None) -> _OpenList:
        style = attribute(node, "style-name")
        if outer:
            if style and style != outer.style:
                return _OpenList(style, list(outer.counts), outer.depth)
            return outer
        continued_id = attribute(node, "continue-list")
        continued = self._by_id.get(continued_id) if continued_id else None
        if continued is None and attribute(node, "continue-numbering") == "true":
            continued = self._by_style.get(style)
        new = _OpenList(style or (continued.style if continued else ""))
        new.counts = continued.counts if continued else new.counts
        self._by_id[attribute(node, "id")] = self._by_style[new.style] = new
        return new

    @staticmethod
    def _apply_start_value(current: _OpenList, node: Element) -> None:
        start = as_int(attribute(node, "start-value"), -1)
        if start >= 0 and 0 <= current.depth < _LEVELS:
            current.counts[current.depth] = start - 1
