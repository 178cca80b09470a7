"""Equations as a line of text, so that a fraction does not become one number.

Both ways to store one: Word's (OMML) and that of OpenDocument (MathML).
"""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from seminarkit.topics.intake.word.untrusted_xml import attribute, child, value

_HOW = {
    "f": "fraction", "mfrac": "fraction", "sSup": "above", "msup": "above", "sSub": "below",
    "msub": "below", "sSubSup": "both", "msubsup": "both", "munderover": "both", "rad": "root",
    "msqrt": "root", "mroot": "root", "d": "brackets", "nary": "sum",
}  # fmt: skip
_LEFT_AWAY = ("annotation", "annotation-xml", "del", "moveFrom", "instrText")


def equation(node: Element) -> str:
    """Return an equation in one line, such as ``(a+b)/2`` or ``x^2``."""
    name = node.tag
    if name == "t" or (len(node) == 0 and name in ("mi", "mn", "mo", "mtext")):
        return node.text or ""
    if name.endswith("Pr") or name in _LEFT_AWAY:
        return ""
    parts = [equation(each) for each in node if not each.tag.endswith("Pr")]
    how = _KINDS.get(_HOW.get(name, ""))
    return how(node, parts) if how else "".join(parts)


def _fraction(_: Element, parts: list[str]) -> str:
    return "/".join(_grouped(part) for part in parts)


def _above(_: Element, parts: list[str]) -> str:
    return "^".join(_grouped(part) for part in parts)


def _below(_: Element, parts: list[str]) -> str:
    return "_".join(_grouped(part) for part in parts)


def _both(_: Element, parts: list[str]) -> str:
    base, *limits = parts or [""]
    signs = ("_", "^")
    return base + "".join(
        sign + _grouped(part) for sign, part in zip(signs, limits, strict=False) if part
    )


def _root(node: Element, parts: list[str]) -> str:
    degree = ""
    if node.tag == "rad":
        degree = equation(inner) if (inner := child(node, "deg")) is not None else ""
        parts = [equation(inner) if (inner := child(node, "e")) is not None else ""]
    elif node.tag == "mroot" and len(parts) > 1:
        parts, degree = parts[:1], parts[1]
    return f"{degree}√{_grouped(''.join(parts))}"


def _brackets(node: Element, parts: list[str]) -> str:
    looks = child(node, "dPr")
    begin, end = child(looks, "begChr"), child(looks, "endChr")
    before = attribute(begin, "val") if begin is not None else "("
    after = attribute(end, "val") if end is not None else ")"
    return f"{before}{(value(looks, 'sepChr') or '|').join(parts)}{after}"


def _sum(node: Element, parts: list[str]) -> str:
    return _both(node, [value(node, "naryPr", "chr") or "∫", *parts[:2]]) + "".join(
        f" {part}" for part in parts[2:]
    )


def _grouped(text: str) -> str:
    text = text.strip()
    alone = len(text) < 2 or text.isalnum() or (text.startswith("(") and text.endswith(")"))
    return text if alone else f"({text})"


_KINDS: dict[str, Callable[[Element, list[str]], str]] = {
    "fraction": _fraction, "above": _above, "below": _below, "both": _both, "root": _root,
    "brackets": _brackets, "sum": _sum,
}  # fmt: skip
