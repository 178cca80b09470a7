"""Resolve the formatting of a run: hidden, struck through, symbol font, superscript.

Formatting comes from the run itself, from its character, paragraph and table styles, and from the
document defaults. Some properties toggle (ISO 29500-1, 17.7.3): set in two styles, they are off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from seminarkit.topics.intake.word.untrusted_xml import attribute, child, children, is_on, value

_TOGGLES = ("vanish", "strike")
_DEEPEST = 20  # length of a basedOn chain
_FONTS = ("ascii", "hAnsi", "cs", "eastAsia")


@dataclass(frozen=True)
class RunFormat:
    """The formatting that changes what is read; ``raised`` is 1 superscript, -1 subscript."""

    hidden: bool = False
    struck: bool = False
    font: str = ""
    raised: int = 0


class Styles:
    """The style definitions of a document."""

    def __init__(self, root: Element) -> None:
        self._styles = {attribute(style, "styleId"): style for style in children(root, "style")}
        self._defaults = child(root, "docDefaults", "rPrDefault", "rPr")
        self._default = {
            attribute(style, "type"): name
            for name, style in self._styles.items()
            if attribute(style, "default").lower() in ("1", "true", "on")
        }
        self._is_list_style: dict[str, bool] = {}
        self._looks: dict[tuple[str, str, str], tuple[RunFormat, dict[str, bool]]] = {}

    def name(self, style_id: str) -> str:
        """Return the display name of a style."""
        return value(self._styles.get(style_id), "name")

    def placeholder(self) -> str:
        """Return the id of the placeholder style."""
        ids = (
            style_id
            for style_id, style in self._styles.items()
            if value(style, "name") == "Placeholder Text"
        )
        return next(ids, "PlaceholderText")

    def chain(self, style_id: str, kind: str) -> Iterator[Element]:
        """Yield a style and its basedOn ancestors; the default style for an unknown id."""
        name = style_id if style_id in self._styles else self._default.get(kind, "")
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = value(style, "basedOn")

    def is_listed(self, paragraph: str) -> bool:
        """Return whether a style numbers its paragraphs."""
        if paragraph not in self._is_list_style:
            nodes = [child(style, "pPr") for style in self.chain(paragraph, "paragraph")]
            self._is_list_style[paragraph] = any(child(node, "numPr") is not None for node in nodes)
        return self._is_list_style[paragraph]

    def look(self, run: Element | None, paragraph: str, table: str) -> RunFormat:
        """Return the formatting of a run (its ``rPr``) in a paragraph and table of these styles."""
        key = (value(run, "rStyle"), paragraph, table)
        if key not in self._looks:
            self._looks[key] = self._look_of_styles(*key)
        look, toggles = self._looks[key]
        if run is None or not len(run):
            return look
        run_toggles = {
            name: is_on(node) for name in _TOGGLES if (node := child(run, name)) is not None
        }
        double, web = child(run, "dstrike"), child(run, "webHidden")
        toggled = {**toggles, **run_toggles}
        return RunFormat(
            (is_on(web) if web is not None else look.hidden and not toggles["vanish"])
            or toggled["vanish"],
            (is_on(double) if double is not None else look.struck and not toggles["strike"])
            or toggled["strike"],
            _font(run) or look.font,
            _raised(run, look.raised),
        )

    def _look_of_styles(
        self, run: str, paragraph: str, table: str
    ) -> tuple[RunFormat, dict[str, bool]]:
        """Return the formatting that styles give a run, and the state of its toggles."""
        levels = [
            [child(style, "rPr") for style in self.chain(name, kind)]
            for name, kind in ((table, "table"), (paragraph, "paragraph"), (run, "character"))
            if name or kind == "paragraph"
        ]
        toggles = dict.fromkeys(_TOGGLES, False)
        for name in _TOGGLES:
            for level in levels:
                toggles[name] ^= bool(_nearest(level, name))
            toggles[name] |= bool(_nearest([self._defaults], name))
        nearest = [look for level in reversed(levels) for look in level] + [self._defaults]
        fonts = [
            font for properties in nearest if properties is not None and (font := _font(properties))
        ]
        look = RunFormat(
            toggles["vanish"] or bool(_nearest(nearest, "webHidden")),
            toggles["strike"] or bool(_nearest(nearest, "dstrike")),
            fonts[0] if fonts else "",
            next(
                (
                    position
                    for properties in nearest
                    if properties is not None and (position := _raised(properties, 0))
                ),
                0,
            ),
        )
        return look, toggles


def _nearest(levels: list[Element | None], name: str) -> bool | None:
    """Return a switch from the first properties that set it, or None if none does."""
    nodes = (node for properties in levels if (node := child(properties, name)) is not None)
    return next((is_on(node) for node in nodes), None)


def _font(properties: Element) -> str:
    fonts = child(properties, "rFonts")
    return next((font for name in _FONTS if (font := attribute(fonts, name))), "")


def _raised(properties: Element, default: int) -> int:
    align = value(properties, "vertAlign")
    return {"superscript": 1, "subscript": -1, "baseline": 0}.get(align, default)
