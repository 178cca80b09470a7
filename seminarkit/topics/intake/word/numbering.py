"""What automatic numbering shows before the paragraphs of a Word document: ``1.`` or ``•``."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from seminarkit.topics.intake.word.list_numbers import counted
from seminarkit.topics.intake.word.run_style import Styles
from seminarkit.topics.intake.word.symbol_fonts import bullet, readable
from seminarkit.topics.intake.word.untrusted_xml import attribute, child, children, value, whole

_LEVELS = 9


@dataclass(frozen=True)
class _Level:
    format: str
    text: str
    start: int
    restart: int  # the level above (counted from 1) after which it begins again; 0 for never
    font: str
    legal: bool


class Numbering:
    """Counts the paragraphs of a document's lists, from top to bottom."""

    def __init__(self, root: Element, styles: Styles) -> None:
        self._styles = styles
        self._kinds = {attribute(a, "abstractNumId"): a for a in children(root, "abstractNum")}
        self._lists = {attribute(n, "numId"): n for n in children(root, "num")}
        self._counts: dict[str, list[int | None]] = {}
        self._levels: dict[str, list[_Level]] = {}
        self._begun: set[tuple[str, int]] = set()

    def before(self, paragraph: Element) -> str:
        """Return what stands before a paragraph, and count it; nothing outside of lists."""
        number, level = self._place(child(paragraph, "pPr"))
        if not 0 <= level < _LEVELS or number not in self._lists:
            return ""
        levels = self._levels_of(number)
        return _shown(levels, level, self._count(number, level, levels))

    def _place(self, looks: Element | None) -> tuple[str, int]:
        """Return the list and the level of a paragraph: its own, or its style's."""
        sources = [looks]
        style_id = value(looks, "pStyle")
        sources += [child(style, "pPr") for style in self._styles.chain(style_id, "paragraph")]
        number = level = ""
        for source in sources:
            number = number or value(source, "numPr", "numId")
            level = level or value(source, "numPr", "ilvl")
        return number, whole(level, 0)

    def _count(self, number: str, level: int, levels: list[_Level]) -> list[int | None]:
        kind = value(self._lists[number], "abstractNumId")
        counts = self._counts.setdefault(kind, [None] * _LEVELS)
        start = self._override(number, level)
        if start is not None and (number, level) not in self._begun:
            counts[level] = start - 1
        self._begun.add((number, level))
        before = counts[level]
        counts[level] = levels[level].start if before is None else before + 1
        for above in range(level):  # a level that was passed over counts as begun
            if counts[above] is None:
                counts[above] = levels[above].start
        for below in range(level + 1, len(levels)):
            if levels[below].restart > level:
                counts[below] = None
        return counts

    def _override(self, number: str, level: int) -> int | None:
        for each in children(self._lists[number], "lvlOverride"):
            start = whole(value(each, "startOverride"), -1)
            if attribute(each, "ilvl") == str(level) and start >= 0:
                return start
        return None

    def _levels_of(self, number: str) -> list[_Level]:
        if number not in self._levels:
            kind = self._kinds.get(value(self._lists[number], "abstractNumId"))
            if linked := value(kind, "numStyleLink"):
                same = (k for k in self._kinds.values() if value(k, "styleLink") == linked)
                kind = next(same, kind)
            own = {attribute(node, "ilvl"): node for node in children(kind, "lvl")}
            for each in children(self._lists[number], "lvlOverride"):
                if (node := child(each, "lvl")) is not None:
                    own[attribute(each, "ilvl")] = node
            self._levels[number] = [_level(own.get(str(at)), at) for at in range(_LEVELS)]
        return self._levels[number]


def _level(node: Element | None, at: int) -> _Level:
    if node is None:
        return _Level("none", "", 1, at, "", legal=False)
    start, restart = value(node, "start"), value(node, "lvlRestart")
    return _Level(
        value(node, "numFmt") or "decimal",
        value(node, "lvlText"),
        whole(start, 0),
        whole(restart, at),
        attribute(child(node, "rPr", "rFonts"), "ascii"),
        child(node, "isLgl") is not None,
    )


def _shown(levels: list[_Level], level: int, counts: list[int | None]) -> str:
    this = levels[level]
    if this.format == "bullet":
        return bullet(this.text, this.font)
    text = this.text
    for at, each in enumerate(levels):
        number = counts[at] if counts[at] is not None else each.start
        kind = "decimal" if this.legal else each.format
        text = text.replace(f"%{at + 1}", counted(number or 0, kind))
    return readable(text, this.font)[0].strip()
