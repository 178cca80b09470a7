"""What the styles of an OpenDocument text make of its words, and how its lists count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from seminarkit.topics.intake.word.list_numbers import counted
from seminarkit.topics.intake.word.run_style import Look
from seminarkit.topics.intake.word.symbol_fonts import bullet
from seminarkit.topics.intake.word.untrusted_xml import attribute, child, children, whole

_DEEPEST = 20
_GROUPS = ("styles", "automatic-styles", "master-styles")


@dataclass(frozen=True)
class ListLevel:
    """One level of a list: its bullet, or how it counts and what is around the number."""

    bullet: str = ""
    format: str = ""
    pattern: str = ""
    before: str = ""
    after: str = ""
    shown: int = 1
    start: int = 1


class Styles:
    """The styles of a document, of all its parts."""

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
        """Return the name of the style that a person chose, as people see it."""
        node = next((n for n in self._chain(style, family) if not _is_automatic(n)), None)
        shown = attribute(node, "display-name") or attribute(node, "name") or style
        return shown.replace("_20_", " ")

    def look(self, style: str, family: str, around: Look | None = None) -> Look:
        """Return the look of words in a style, within others that look like ``around``."""
        nodes = list(self._chain(style, family))[::-1]
        if around is None:
            default = self._defaults.get(family)
            nodes = [*([default] if default is not None else []), *nodes]
            around = Look()
        for node in nodes:
            around = self._applied(child(node, "text-properties"), around)
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

    def _applied(self, looks: Element | None, look: Look) -> Look:
        if looks is None:
            return look
        display, line = attribute(looks, "display"), attribute(looks, "text-line-through-style")
        line = line or attribute(looks, "text-line-through-type")
        position = attribute(looks, "text-position").split()[:1]
        font = attribute(looks, "font-name")
        family = self._fonts.get(font, font) or attribute(looks, "font-family")
        if display:
            hidden = attribute(looks, "condition", "none") == "none"
            look = replace(look, hidden=display == "none" or (display == "condition" and hidden))
        if line:
            look = replace(look, struck=line != "none")
        if position:
            look = replace(look, raised=_raised(position[0]))
        return replace(look, font=family) if family else look

    def _level(self, node: Element | None) -> ListLevel:
        if node is None:
            return ListLevel()
        if node.tag == "list-level-style-bullet":
            font = self._applied(child(node, "text-properties"), Look()).font
            return ListLevel(bullet=bullet(attribute(node, "bullet-char"), font))
        if node.tag == "list-level-style-image":
            return ListLevel(bullet=bullet("", ""))
        return ListLevel(
            "",
            attribute(node, "num-format"),
            attribute(node, "num-list-format"),
            attribute(node, "num-prefix"),
            attribute(node, "num-suffix"),
            whole(attribute(node, "display-levels"), 1),
            whole(attribute(node, "start-value"), 1),
        )


def number_shown(levels: list[ListLevel], depth: int, counts: list[int | None]) -> str:
    """Return what a list shows before a point: its bullet, or its number with those above."""
    if depth >= len(levels):
        return ""
    this = levels[depth]
    if this.bullet or not this.format:
        return this.bullet
    numbers = [
        counted(level.start if count is None else count, level.format)
        for level, count in zip(levels, counts, strict=False)
    ]
    if this.pattern:
        text = this.pattern
        for at, number in enumerate(numbers):
            text = text.replace(f"%{at + 1}%", number)
        return text.strip()
    above = [number for number in numbers[depth + 1 - this.shown : depth + 1] if number]
    return f"{this.before}{'.'.join(above)}{this.after}".strip()


def _is_automatic(node: Element) -> bool:
    """Say whether a program made a style by itself, of another with something changed."""
    return bool(attribute(node, "parent-style-name")) and attribute(node, "name")[1:].isdecimal()


def _raised(position: str) -> int:
    if position in ("super", "sub"):
        return 1 if position == "super" else -1
    try:
        height = float(position.rstrip("%"))
    except ValueError:
        return 0
    return (height > 0) - (height < 0)
