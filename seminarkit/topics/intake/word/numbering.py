"""Compute the numbers and bullets (``1.``, ``•``) of the lists in a Word document."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from seminarkit.topics.intake.word.list_numbers import list_number
from seminarkit.topics.intake.word.run_style import Styles
from seminarkit.topics.intake.word.symbol_fonts import bullet, readable
from seminarkit.topics.intake.word.untrusted_xml import as_int, attribute, child, children, value

_LEVELS = 9


@dataclass(frozen=True)
class _Level:
    format: str
    text: str
    start: int
    restart: int  # the higher level (from 1) that resets the number; 0 for never
    font: str
    legal: bool


class Numbering:
    """Count the list paragraphs of a document, in document order."""

    def __init__(self, root: Element, styles: Styles) -> None:
        self._styles = styles
        self._definitions = {
            attribute(definition, "abstractNumId"): definition
            for definition in children(root, "abstractNum")
        }
        self._lists = {attribute(instance, "numId"): instance for instance in children(root, "num")}
        self._counts: dict[str, list[int | None]] = {}
        self._levels: dict[str, list[_Level]] = {}
        self._started: set[tuple[str, int]] = set()

    def before(self, paragraph: Element) -> str:
        """Count a paragraph and return its number or bullet; '' outside lists."""
        number, level = self._place(child(paragraph, "pPr"))
        if not 0 <= level < _LEVELS or number not in self._lists:
            return ""
        levels = self._levels_of(number)
        return _formatted(levels, level, self._count(number, level, levels))

    def _place(self, properties: Element | None) -> tuple[str, int]:
        """Return the list id and level of a paragraph, from itself or its style."""
        sources = [properties]
        style_id = value(properties, "pStyle")
        sources += [child(style, "pPr") for style in self._styles.chain(style_id, "paragraph")]
        number = level = ""
        for source in sources:
            number = number or value(source, "numPr", "numId")
            level = level or value(source, "numPr", "ilvl")
        return number, as_int(level, 0)

    def _count(self, number: str, level: int, levels: list[_Level]) -> list[int | None]:
        definition = value(self._lists[number], "abstractNumId")
        counts = self._counts.setdefault(definition, [None] * _LEVELS)
        start = self._override(number, level)
        if start is not None and (number, level) not in self._started:
            counts[level] = start - 1
        self._started.add((number, level))
        previous = counts[level]
        counts[level] = levels[level].start if previous is None else previous + 1
        for higher in range(level):  # a skipped level counts as begun
            if counts[higher] is None:
                counts[higher] = levels[higher].start
        for lower in range(level + 1, len(levels)):
            if levels[lower].restart > level:
                counts[lower] = None
        return counts

    def _override(self, number: str, level: int) -> int | None:
        for override in children(self._lists[number], "lvlOverride"):
            start = as_int(value(override, "startOverride"), -1)
            if attribute(override, "ilvl") == str(level) and start >= 0:
                return start
        return None

    def _levels_of(self, number: str) -> list[_Level]:
        if number not in self._levels:
            definition = self._definitions.get(value(self._lists[number], "abstractNumId"))
            if linked := value(definition, "numStyleLink"):
                candidates = (
                    candidate
                    for candidate in self._definitions.values()
                    if value(candidate, "styleLink") == linked
                )
                definition = next(candidates, definition)
            nodes = {attribute(node, "ilvl"): node for node in children(definition, "lvl")}
            for override in children(self._lists[number], "lvlOverride"):
                if (node := child(override, "lvl")) is not None:
                    nodes[attribute(override, "ilvl")] = node
            self._levels[number] = [_level(nodes.get(str(at)), at) for at in range(_LEVELS)]
        return self._levels[number]


def _level(node: Element | None, at: int) -> _Level:
    if node is None:
        return _Level("none", "", 1, at, "", legal=False)
    start, restart = value(node, "start"), value(node, "lvlRestart")
    return _Level(
        value(node, "numFmt") or "decimal",
        value(node, "lvlText"),
        as_int(start, 0),
        as_int(restart, at),
        attribute(child(node, "rPr", "rFonts"), "ascii"),
        child(node, "isLgl") is not None,
    )


def _formatted(levels: list[_Level], level: int, counts: list[int | None]) -> str:
    own = levels[level]
    if own.format == "bullet":
        return bullet(own.text, own.font)
    text = own.text
    for at, other in enumerate(levels):
        number = counts[at] if counts[at] is not None else other.start
        kind = "decimal" if own.legal else other.format
        text = text.replace(f"%{at + 1}", list_number(number or 0, kind))
    return readable(text, own.font)[0].strip()
