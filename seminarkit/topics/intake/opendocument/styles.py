"""Resolve the text and list styles of an OpenDocument text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from seminarkit.topics.intake.word.list_numbers import list_number
from seminarkit.topics.intake.word.run_style import RunFormat
from seminarkit.topics.intake.word.symbol_fonts import bullet
from seminarkit.topics.intake.word.untrusted_xml import as_int, attribute, child, children

_DEEPEST = 20
_GROUPS = ("styles", "automatic-styles", "master-styles")


@dataclass(frozen=True)
class ListLevel:
    """One level of a list style: its bullet, or its number format, prefix and suffix."""

    bullet: str = ""
    format: str = ""
    pattern: str = ""
    before: str = ""
    after: str = ""
    shown: int = 1
    start: int = 1


class Styles:
    """The style definitions from all parts of a document."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._lists: dict[str, list[ListLevel]] = {}
        self._fonts: dict[str, str] = {}
        self._defaults: dict[str, Element] = {}
        for root in roots:
            for face in children(child(root, "font-face-decls"), "font-face"):
                self._fonts[attribute(face, "name")] = attribute(face, "font-family")
            for group in _GROUPS:
                for node in child(root, group) or ():
                    self._add(node)

    def _add(self, node: Element) -> None:
        name, family = attribute(node, "name"), attribute(node, "family")
        if node.tag == "style":
            self._styles[family, name] = node
        elif node.tag == "default-style":
            self._defaults[family] = node
        elif node.tag == "list-style":
            levels = {attribute(level, "level"): level for level in node}
            self._lists[name] = [self._level(levels.get(str(at + 1))) for at in range(10)]

    def name(self, style: str, family: str = "paragraph") -> str:
        """Return the display name of a style; for an automatic style, that of its parent."""
        node = next((node for node in self._chain(style, family) if not _is_automatic(node)), None)
        name = attribute(node, "display-name") or attribute(node, "name") or style
        return name.replace("_20_", " ")

    def look(self, style: str, family: str, around: RunFormat | None = None) -> RunFormat:
        """Return the formatting of text in a style, within text formatted as ``around``."""
        nodes = list(self._chain(style, family))[::-1]
        if around is None:
            default = self._defaults.get(family)
            nodes = [*([default] if default is not None else []), *nodes]
            around = RunFormat()
        for node in nodes:
            around = self._with_properties(child(node, "text-properties"), around)
        return around

    def levels(self, style: str) -> list[ListLevel]:
        """Return the levels of a list style."""
        return self._lists.get(style, [])

    def _chain(self, style: str, family: str) -> Iterator[Element]:
        for _ in range(_DEEPEST):
            node = self._styles.get((family, style))
            if node is None:
                return
            yield node
            style = attribute(node, "parent-style-name")

    def _with_properties(self, properties: Element | None, look: RunFormat) -> RunFormat:
        if properties is None:
            return look
        display, line = (
            attribute(properties, "display"),
            attribute(properties, "text-line-through-style"),
        )
        line = line or attribute(properties, "text-line-through-type")
        position = attribute(properties, "text-position").split()[:1]
        font = attribute(properties, "font-name")
        family = self._fonts.get(font, font) or attribute(properties, "font-family")
        if display:
            is_hidden = attribute(properties, "condition", "none") == "none"
            look = replace(look, hidden=display == "none" or (display == "condition" and is_hidden))
        if line:
            look = replace(look, struck=line != "none")
        if position:
            look = replace(look, raised=_raised(position[0]))
        return replace(look, font=family) if family else look

    def _level(self, node: Element | None) -> ListLevel:
        if node is None:
            return ListLevel()
        if node.tag == "list-level-style-bullet":
            font = self._with_properties(child(node, "text-properties"), RunFormat()).font
            return ListLevel(bullet=bullet(attribute(node, "bullet-char"), font))
        if node.tag == "list-level-style-image":
            return ListLevel(bullet=bullet("", ""))
        return ListLevel(
            "",
            attribute(node, "num-format"),
            attribute(node, "num-list-format"),
            attribute(node, "num-prefix"),
            attribute(node, "num-suffix"),
            as_int(attribute(node, "display-levels"), 1),
            as_int(attribute(node, "start-value"), 1),
        )


def number_shown(levels: list[ListLevel], depth: int, counts: list[int | None]) -> str:
    """Return the bullet of a list item, or its number with those of the levels above."""
    if depth >= len(levels):
        return ""
    own = levels[depth]
    if own.bullet or not own.format:
        return own.bullet
    numbers = [
        list_number(level.start if count is None else count, level.format)
        for level, count in zip(levels, counts, strict=False)
    ]
    if own.pattern:
        text = own.pattern
        for at, number in enumerate(numbers):
            text = text.replace(f"%{at + 1}%", number)
        return text.strip()
    visible_numbers = [number for number in numbers[depth + 1 - own.shown : depth + 1] if number]
    return f"{own.before}{'.'.join(visible_numbers)}{own.after}".strip()


def _is_automatic(node: Element) -> bool:
    """Return whether a program generated a style, as a variant of its parent."""
    return bool(attribute(node, "parent-style-name")) and attribute(node, "name")[1:].isdecimal()


def _raised(position: str) -> int:
    if position in ("super", "sub"):
        return 1 if position == "super" else -1
    try:
        height = float(position.rstrip("%"))
    except ValueError:
        return 0
    return (height > 0) - (height < 0)
