"""What a part of a Word file refers to, and the names of parts as Word itself finds them."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from xml.etree.ElementTree import Element


@dataclass(frozen=True)
class Relation:
    """What a part refers to: its kind (the last word of its type), and where it is."""

    kind: str
    target: str
    outside: bool


def plain_name(name: str) -> str:
    """Return the name of a part as it is compared: as Word itself finds it."""
    return name.replace("\\", "/").lstrip("/").lower()


def relation(node: Element, folder: str) -> Relation:
    """Return what an entry refers to that a part in ``folder`` has."""
    target, outside = node.get("Target", ""), node.get("TargetMode", "").lower() == "external"
    if not outside:
        inner = posixpath.join("/", folder, target.replace("\\", "/"))
        target = plain_name(posixpath.normpath(inner))
    return Relation(node.get("Type", "").rpartition("/")[2], target, outside)
