"""Read the relationships of a part in a Word package, and normalise part names."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from xml.etree.ElementTree import Element


@dataclass(frozen=True)
class Relation:
    """A relationship: its kind (the last segment of its type) and its target."""

    kind: str
    target: str
    outside: bool


def plain_name(name: str) -> str:
    """Return a part name normalised as Word does: lower case, forward slashes, no leading one."""
    return name.replace("\\", "/").lstrip("/").lower()


def relation(node: Element, folder: str) -> Relation:
    """Return the relationship in an entry of a part in ``folder``."""
    target, outside = node.get("Target", ""), node.get("TargetMode", "").lower() == "external"
    if not outside:
        inner = posixpath.join("/", folder, target.replace("\\", "/"))
        target = plain_name(posixpath.normpath(inner))
    return Relation(node.get("Type", "").rpartition("/")[2], target, outside)
