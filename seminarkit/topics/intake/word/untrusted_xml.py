"""Reads XML that came from outside into a tree, and finds things in it.

Nothing but the standard library touches it. A part with a document type (where entities and links
to other files live) is refused before anything in it is read. Names of elements and attributes lose
their name space, as there are two dialects of Word's format.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from seminarkit.topics.intake.refusal import Refusal

CUT_OFF = "It is a Word file that is cut off or damaged. Ask for it again."
_DIGITS = 6
_OFF = ("0", "false", "off", "none")
# a vertical tab or the end of a page, which some programs write where XML knows no such sign
_BREAKS = re.compile(rb"[\x0b\x0c]|&#(?:11|12|x0*[bB]|x0*[cC]);")
_OTHER_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f]|&#(?:[0-8]|1[4-9]|2\d|3[01]);")


def read_xml(content: bytes, damaged: str = CUT_OFF) -> Element:
    """Return the root of an XML file; raises Refusal with ``damaged`` for what is none.

    Signs that XML does not know are left out, where nothing else is wrong.
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
    parser = XMLParser(target=_NoDocumentType())
    parser.feed(content)
    root = parser.close()
    if not isinstance(root, Element):
        raise ValueError("an XML file without anything in it")
    _lose_name_spaces(root)
    return root


class _Local(dict[str, str]):
    """Names without their name space, each cut once."""

    def __missing__(self, name: str) -> str:
        self[name] = cut = name.rpartition("}")[2]
        return cut


def _lose_name_spaces(root: Element) -> None:
    names = _Local()
    for node in root.iter():
        node.tag = names[node.tag]
        if held := node.items():  # of two with one name the first counts
            node.attrib = {names[key]: text for key, text in reversed(list(held))}


def attribute(node: Element | None, name: str, default: str = "") -> str:
    """Return an attribute of an element, where there is one."""
    return default if node is None else node.get(name, default)


def child(node: Element | None, *names: str) -> Element | None:
    """Return the element at the end of these names, or None."""
    for name in names:
        node = node.find(name) if node is not None else None
    return node


def children(node: Element | None, name: str) -> Sequence[Element]:
    """Return the children of this name."""
    return node.findall(name) if node is not None else ()


def value(node: Element | None, *names: str) -> str:
    """Return the ``val`` of the child at the end of these names."""
    return attribute(child(node, *names), "val")


def whole(text: str, otherwise: int) -> int:
    """Return the whole number that a value is, where it is one of a size that can be meant."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _DIGITS else otherwise


def is_on(node: Element) -> bool:
    """Say whether a switch such as ``w:vanish`` is on: it is, unless it says that it is not."""
    return attribute(node, "val", "true").strip().lower() not in _OFF


def join_paragraphs(root: Element) -> Element:
    """Join each paragraph whose end was taken out, by a tracked change, to the one behind it."""
    for parent in list(root.iter()):
        whole_one: Element | None = None
        for each in list(parent):
            if each.tag != "p":
                whole_one = None
                continue
            looks = child(each, "pPr")
            mark = child(looks, "rPr")
            is_gone = child(mark, "del") is not None or child(mark, "moveFrom") is not None
            if whole_one is not None:
                whole_one.extend(part for part in each if part is not looks)
                parent.remove(each)
            whole_one = (each if whole_one is None else whole_one) if is_gone else None
    return root


class _NoDocumentType(TreeBuilder):
    """Builds a tree, but refuses a document type, and with it every entity."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise Refusal(
            "It holds a document type, by which a file can reach for others; no program for texts "
            "writes one, so it was not read. Ask for the form again, saved by Word."
        )
