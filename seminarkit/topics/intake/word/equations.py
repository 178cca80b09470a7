"""Write equations as one line of text, so that a fraction is not read as one number.

Reads Word's OMML and OpenDocument's MathML.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from seminarkit.topics.intake.word.untrusted_xml import attribute, child, value

_LAYOUTS = {
    "f": "fraction", "mfrac": "fraction", "sSup": "above", "msup": "above", "sSub": "below",
    "msub": "below", "sSubSup": "both", "msubsup": "both", "munderover": "both", "rad": "root",
    "msqrt": "root", "mroot": "root", "d": "brackets", "nary": "sum",
}  # fmt: skip
_IGNORED = ("annotation", "annotation-xml", "del", "moveFrom", "instrText")


def equation(node: Element) -> str:
    """Return an equation in one line, such as ``(a+b)/2`` or ``x^2``."""
    name = node.tag
    if name == "t" or (len(node) == 0 and name in ("mi", "mn", "mo", "mtext")):
        return node.text or ""
    if name.endswith("Pr") or name in _IGNORED:
        return ""
    parts = [equation(element) for element in node if not element.tag.endswith("Pr")]
    writer = _WRITERS.get(_LAYOUTS.get(name, ""))
    return writer(node, parts) if writer else "".join(parts)


def _fraction(_: Element, parts: list[str]) -> str:
    return "/".join(_bracketed(part) for part in parts)


def _superscript(_: Element, parts: list[str]) -> str:
    return "^".join(_bracketed(part) for part in parts)


def _subscript(_: Element, parts: list[str]) -> str:
    return "_".join(_bracketed(part) for part in parts)


def _limits(_: Element, parts: list[str]) -> str:
    base, *limits = parts or [""]
    signs = ("_", "^")
    return base + "".join(
        mark + _bracketed(part) for mark, part in zip(signs, limits, strict=False) if part
    )


def _root(node: Element, parts: list[str]) -> str:
    degree = ""
    if node.tag == "rad":
        degree = equation(inner) if (inner := child(node, "deg")) is not None else ""
        parts = [equation(inner) if (inner := child(node, "e")) is not None else ""]
    elif node.tag == "mroot" and len(parts) > 1:
        parts, degree = parts[:1], parts[1]
    return f"{degree}√{_bracketed(''.join(parts))}"


def _brackets(node: Element, parts: list[str]) -> str:
    properties = child(node, "dPr")
    begin, end = child(properties, "begChr"), child(properties, "endChr")
    opening = attribute(begin, "val") if begin is not None else "("
    closing = attribute(end, "val") if end is not None else ")"
    return f"{opening}{(value(properties, 'sepChr') or '|').join(parts)}{closing}"


def _n_ary(node: Element, parts: list[str]) -> str:
    return _limits(node, [value(node, "naryPr", "chr") or "∫", *parts[:2]]) + "".join(
        f" {part}" for part in parts[2:]
    )


def _bracketed(text: str) -> str:
    text = text.strip()
    simple = len(text) < 2 or text.isalnum() or (text.startswith("(") and text.endswith(")"))
    return text if simple else f"({text})"


_WRITERS: dict[str, Callable[[Element, list[str]], str]] = {
    "fraction": _fraction, "above": _superscript, "below": _subscript, "both": _limits,
    "root": _root, "brackets": _brackets, "sum": _n_ary,
}  # fmt: skip
