"""What Word makes of a run's looks: is it hidden, struck through, in a picture font, raised?

Looks come from the run itself, from the styles of run, paragraph and table, and from the document's
defaults. Some are toggles (ISO 29500-1, 17.7.3): set in two of the styles, they are off again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from seminarkit.topics.intake.word.untrusted_xml import attribute, child, children, is_on, value

_TOGGLES = ("vanish", "strike")
_DEEPEST = 20  # styles that a style is based on
_FONTS = ("ascii", "hAnsi", "cs", "eastAsia")


@dataclass(frozen=True)
class Look:
    """How a run is shown, as far as it changes what is read. ``raised`` is 1 above, -1 below."""

    hidden: bool = False
    struck: bool = False
    font: str = ""
    raised: int = 0


class Styles:
    """The styles of a document."""

    def __init__(self, root: Element) -> None:
        self._styles = {attribute(s, "styleId"): s for s in children(root, "style")}
        self._defaults = child(root, "docDefaults", "rPrDefault", "rPr")
        self._default = {
            attribute(style, "type"): name
            for name, style in self._styles.items()
            if attribute(style, "default").lower() in ("1", "true", "on")
        }
        self._listed: dict[str, bool] = {}
        self._looks: dict[tuple[str, str, str], tuple[Look, dict[str, bool]]] = {}

    def name(self, style_id: str) -> str:
        """Return the name of a style as people see it."""
        return value(self._styles.get(style_id), "name")

    def placeholder(self) -> str:
        """Return the id of the style that placeholders have."""
        named = (
            i for i, style in self._styles.items() if value(style, "name") == "Placeholder Text"
        )
        return next(named, "PlaceholderText")

    def chain(self, style_id: str, kind: str) -> Iterator[Element]:
        """Yield a style and those that it is based on; the default one where none is named."""
        name = style_id if style_id in self._styles else self._default.get(kind, "")
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = value(style, "basedOn")

    def is_listed(self, paragraph: str) -> bool:
        """Say whether a style numbers its paragraphs."""
        if paragraph not in self._listed:
            looks = [child(style, "pPr") for style in self.chain(paragraph, "paragraph")]
            self._listed[paragraph] = any(child(look, "numPr") is not None for look in looks)
        return self._listed[paragraph]

    def look(self, run: Element | None, paragraph: str, table: str) -> Look:
        """Return the look of a run (its ``rPr``) in a paragraph and a table of these styles."""
        key = (value(run, "rStyle"), paragraph, table)
        if key not in self._looks:
            self._looks[key] = self._of_styles(*key)
        look, toggles = self._looks[key]
        if run is None or not len(run):
            return look
        own = {name: is_on(node) for name in _TOGGLES if (node := child(run, name)) is not None}
        double, web = child(run, "dstrike"), child(run, "webHidden")
        shown = {**toggles, **own}
        return Look(
            (is_on(web) if web is not None else look.hidden and not toggles["vanish"])
            or shown["vanish"],
            (is_on(double) if double is not None else look.struck and not toggles["strike"])
            or shown["strike"],
            _font(run) or look.font,
            _raised(run, look.raised),
        )

    def _of_styles(self, run: str, paragraph: str, table: str) -> tuple[Look, dict[str, bool]]:
        """Return what the styles make of a run, and the toggles in it."""
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
        fonts = [font for each in nearest if each is not None and (font := _font(each))]
        look = Look(
            toggles["vanish"] or bool(_nearest(nearest, "webHidden")),
            toggles["strike"] or bool(_nearest(nearest, "dstrike")),
            fonts[0] if fonts else "",
            next((r for each in nearest if each is not None and (r := _raised(each, 0))), 0),
        )
        return look, toggles


def _nearest(looks: list[Element | None], name: str) -> bool | None:
    """Return the switch as the first of these looks sets it, or None where none does."""
    found = (node for look in looks if (node := child(look, name)) is not None)
    return next((is_on(node) for node in found), None)


def _font(look: Element) -> str:
    fonts = child(look, "rFonts")
    return next((font for name in _FONTS if (font := attribute(fonts, name))), "")


def _raised(look: Element, otherwise: int) -> int:
    align = value(look, "vertAlign")
    return {"superscript": 1, "subscript": -1, "baseline": 0}.get(align, otherwise)
