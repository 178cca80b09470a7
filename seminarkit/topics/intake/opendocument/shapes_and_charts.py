"""Read the pictures, shapes, charts and equations of an OpenDocument text."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from seminarkit.topics.intake.refusal import Refusal
from seminarkit.topics.intake.word.equations import equation
from seminarkit.topics.intake.word.package import Archive
from seminarkit.topics.intake.word.text_pieces import Line, Piece
from seminarkit.topics.intake.word.untrusted_xml import attribute

SHAPES = {
    "frame", "custom-shape", "rect", "ellipse", "line", "polygon", "polyline", "path", "g",
    "connector", "caption", "measure", "regular-polygon", "circle", "control", "scene", "a-frame",
}  # fmt: skip


def shape(node: Element, archive: Archive | None) -> Line:
    """Return the piece for a picture, shape or object: left out, except an equation as text."""
    elements = list(node.iter())
    texts = ["".join(element.itertext()) for element in elements if element.tag in ("p", "h")]
    if words := " ".join(" ".join(texts).split()):
        return [Piece("left", words, "text box")]
    embedded = next((element for element in elements if element.tag == "object"), None)
    if embedded is not None:
        root = _object(embedded, archive)
        names = {element.tag for element in root.iter()} if root is not None else set()
        if root is not None and "math" in names:
            return (
                [Piece("text", words)]
                if (words := equation(root))
                else [Piece("left", tag="equation")]
            )
        return [Piece("left", tag="chart" if "chart" in names else "object")]
    return [Piece("left", tag="object" if node.tag == "control" else "picture")]


def _object(node: Element, archive: Archive | None) -> Element | None:
    """Return the root of an embedded object, stored inline or as a part of the package."""
    if len(node):
        return node
    name = f"{attribute(node, 'href').removeprefix('./').rstrip('/')}/content.xml"
    if archive is None or name not in archive:
        return None
    try:
        return archive.read(name)
    except Refusal:
        return None
