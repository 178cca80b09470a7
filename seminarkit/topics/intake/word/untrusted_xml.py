"""Parse untrusted XML into a tree, and look up elements in it.

Only the standard library is used. A part with a document type declaration (entities, external
files) is refused before its content is read. Namespaces are dropped from the names of elements and
attributes, as Word's format has two sets of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from seminarkit.topics.intake.refusal import Refusal

CUT_OFF = "It is a Word file that is cut off or damaged. Ask for it again."
_DIGITS = 6
_OFF = ("0", "false", "off", "none")
# vertical tabs and form feeds, which some programs write though XML forbids them
_BREAKS = re.compile(rb"[\x0b\x0c]|&#(?:11|12|x0*[bB]|x0*[cC]);")
_OTHER_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f]|&#(?:[0-8]|1[4-9]|2\d|3[01]);")


def read_xml(content: bytes, damaged: str = CUT_OFF) -> Element:
    """Return the root of an XML file; raises Refusal with ``damaged`` if it cannot be parsed.

    Control characters forbidden in XML are removed if they are the only error.
    """
    try:
        return _parsed(content)
    except (ParseError, ValueError, LookupError):
        clean = _OTHER_CONTROLS.sub(b"", _BREAKS.sub(b"\n", content))
    try:
        if clean != content:
            return _parsed(clean)
    except (ParseError, ValueError, LookupError):
        pass
    raise Refusal(damaged) from None


def _parsed(content: bytes) -> Element:
    parser = XMLParser(target=_NoDoctypeBuilder())
    parser.feed(content)
    root = parser.close()
    if not isinstance(root, Element):
        raise ValueError("an XML file without anything in it")
    _drop_namespaces(root)
    return root


class _LocalNames(dict[str, str]):
    """A cache of names without their namespace."""

    def __missing__(self, name: str) -> str:
        self[name] = local_name = name.rpartition("}")[2]
        return local_name


def _drop_namespaces(root: Element) -> None:
    names = _LocalNames()
    for node in root.iter():
        node.tag = names[node.tag]
        if attributes := node.items():  # the first of two attributes of one name counts
            node.attrib = {names[key]: text for key, text in reversed(list(attributes))}


def attribute(node: Element | None, name: str, default: str = "") -> str:
    """Return an attribute of an element, or the default if either is missing."""
    return default if node is None else node.get(name, default)


def child(node: Element | None, *names: str) -> Element | None:
    """Return the descendant at this path of names, or None."""
    for name in names:
        node = node.find(name) if node is not None else None
    return node


def children(node: Element | None, name: str) -> Sequence[Element]:
    """Return the children of this name; none for no node."""
    return node.findall(name) if node is not None else ()


def value(node: Element | None, *names: str) -> str:
    """Return the ``val`` attribute of the descendant at this path."""
    return attribute(child(node, *names), "val")


def as_int(text: str, otherwise: int) -> int:
    """Return a value as an integer of at most five digits, else ``otherwise``."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _DIGITS else otherwise


def is_on(node: Element) -> bool:
    """Return whether a switch such as ``w:vanish`` is on, which is its default."""
    return attribute(node, "val", "true").strip().lower() not in _OFF


def join_paragraphs(root: Element) -> Element:
    """Merge each paragraph whose end mark is a tracked deletion with the next paragraph."""
    for parent in list(root.iter()):
        merged: Element | None = None
        for paragraph in list(parent):
            if paragraph.tag != "p":
                merged = None
                continue
            properties = child(paragraph, "pPr")
            mark_properties = child(properties, "rPr")
            is_deleted = (
                child(mark_properties, "del") is not None
                or child(mark_properties, "moveFrom") is not None
            )
            if merged is not None:
                merged.extend(part for part in paragraph if part is not properties)
                parent.remove(paragraph)
            merged = (paragraph if merged is None else merged) if is_deleted else None
    return root


class _NoDoctypeBuilder(TreeBuilder):
    """A tree builder that refuses a document type declaration, and so every entity."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise Refusal(
            "It contains a document type, which can make a file load other files. No word "
            "processor writes one, so it was not read. Ask for the form again, saved by Word."
        )
