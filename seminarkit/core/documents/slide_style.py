"""Style of the kit's slides: widescreen, in the colours of the pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_INK, _SOFT, _ACCENT = "1A1C20", "565B66", "1F4E8C"  # as in templates/report/page.css
_WIDE = (13.333, 7.5)
_EMU = 914400  # per inch
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_NAMESPACES = f'xmlns:a="{_A}" xmlns:p="{_P}"'


@dataclass(frozen=True)
class Box:
    """A rectangle on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float


TITLE = Box(0.7, 0.4, 11.93, 1.15)
BODY = Box(0.7, 1.95, 11.93, 4.75)
TITLE_SIZES = (30, 26, 22)  # points; long titles take a smaller size
FIRST_SIZES = (40, *TITLE_SIZES)
BODY_SIZE = 22
CELL_SIZE = 14  # points, in tables
CELL_EDGE = 0.1  # cell margins in inches: left and right each, top and bottom together
INDENT = 0.3  # of lists, in inches
MIN_PICTURE_HEIGHT = 3.4  # the minimum height of a picture in inches
_FIRST = Box(0.7, 1.9, 11.93, 1.8)
_RULE = Box(0.7, 1.62, 0.9, 0.05)
_LAYOUTS = ("Title Slide", "Title and Content", "Title Only")
_PLACES = {
    "title": TITLE,
    "body": BODY,
    "ftr": Box(0.7, 6.95, 10.4, 0.35),
    "sldNum": Box(11.43, 6.95, 1.2, 0.35),
}
_PLACES_ON_FIRST = {"ctrTitle": _FIRST, "subTitle": Box(0.7, 3.95, 11.93, 1.8)}


def apply_style(file: Any, parse: Any) -> None:
    """Apply the kit's slide size, positions, colours and fonts to python-pptx's template.

    ``parse`` is python-pptx's ``parse_xml``: only pptx_file.py imports that.
    """
    file.slide_width, file.slide_height = (round(inches * _EMU) for inches in _WIDE)
    for layout in list(file.slide_layouts):
        if layout.name not in _LAYOUTS:
            file.slide_layouts.remove(layout)
    master = file.slide_master
    for owner in (master, *file.slide_layouts):
        for shape in list(owner.placeholders):
            _set_placeholder(shape, parse, master=owner is master)
    styles = master._element.find(f"{{{_P}}}txStyles")
    styles.replace(styles[0], parse(_style("titleStyle", TITLE_SIZES[0], 0, bold=True)))
    styles.replace(styles[1], parse(_style("bodyStyle", BODY_SIZE, INDENT, bold=False)))
    master.shapes._spTree.append(parse(_rule()))
    file.slide_layouts[0]._element.set("showMasterSp", "0")


def _set_placeholder(shape: Any, parse: Any, *, master: bool) -> None:
    """Style a placeholder of the master or a layout; layouts inherit what they do not set."""
    kind = shape._element.ph.get("type", "body")
    if kind == "dt":
        shape._element.getparent().remove(shape._element)
        return
    box = _PLACES.get(kind) if master else _PLACES_ON_FIRST.get(kind)
    if box:
        shape.left, shape.top = round(box.left * _EMU), round(box.top * _EMU)
        shape.width, shape.height = round(box.width * _EMU), round(box.height * _EMU)
    elif (transform := shape._element.spPr.find(f"{{{_A}}}xfrm")) is not None:
        shape._element.spPr.remove(transform)
    text = shape._element.txBody
    anchor = ' anchor="b"' if kind in ("title", "ctrTitle") else ' anchor="t"'
    if master or kind in _PLACES_ON_FIRST:
        # no automatic shrinking: slide_fit.py has made the text fit
        edges = 'lIns="0" rIns="0" tIns="0" bIns="0"'
        text.replace(text[0], parse(f'<a:bodyPr {_NAMESPACES} {edges} wrap="square"{anchor}/>'))
    looks = {
        "ftr": _level(12, _SOFT, "l"),
        "sldNum": _level(12, _SOFT, "r"),
        "ctrTitle": _level(FIRST_SIZES[0], _ACCENT, "l", bold=True),
        "subTitle": _level(20, _SOFT, "l"),
    }
    text.replace(text[1], parse(f"<a:lstStyle {_NAMESPACES}>{looks.get(kind, '')}</a:lstStyle>"))


def _style(name: str, size: int, indent: float, *, bold: bool) -> str:
    return f"<p:{name} {_NAMESPACES}>{_level(size, _INK, 'l', indent=indent, bold=bold)}</p:{name}>"


def _level(size: int, colour: str, side: str, *, indent: float = 0, bold: bool = False) -> str:
    """Return the font and the bullet of a text's first level."""
    edge = round(indent * _EMU)
    bullet = '<a:buFont typeface="Arial"/><a:buChar char="•"/>' if indent else "<a:buNone/>"
    space = 600 if indent else 0
    return (
        f'<a:lvl1pPr marL="{edge}" indent="{-edge}" algn="{side}">'
        f'<a:spcBef><a:spcPts val="{space}"/></a:spcBef>{bullet}'
        f'<a:defRPr sz="{size * 100}" b="{int(bold)}" kern="1200">'
        f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        '<a:latin typeface="Calibri"/><a:cs typeface="Arial"/></a:defRPr></a:lvl1pPr>'
    )


def _rule() -> str:
    """Return the short line below every title."""
    left, top, width, height = (
        round(inches * _EMU) for inches in (_RULE.left, _RULE.top, _RULE.width, _RULE.height)
    )
    return (
        f'<p:sp {_NAMESPACES}><p:nvSpPr><p:cNvPr id="90" name="Rule"/><p:cNvSpPr/>'
        '<p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{_ACCENT}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
    )
