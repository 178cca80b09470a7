"""Cells and outputs of a notebook, whatever somebody has written into the file."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Literal

from seminarkit.core.documents.pieces import Picture
from seminarkit.core.documents.png import picture_problem

Json = Mapping[str, object]
_OF_DOTS: tuple[Literal["image/png", "image/jpeg"], ...] = ("image/png", "image/jpeg")
_SKIP, _ONLY = "skip-", "only-"


def shows(form: str, tags: frozenset[str]) -> bool:
    """Say whether a format shows a cell with these tags."""
    only = any(tag.startswith(_ONLY) for tag in tags)
    return f"{_SKIP}{form}" not in tags and (not only or f"{_ONLY}{form}" in tags)


def mapping(value: object) -> Json:
    """Return an object of JSON, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def objects(value: object) -> list[Json]:
    """Return the objects of a list of JSON, none for anything else."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def tags_of(cell: Json) -> frozenset[str]:
    """Return the tags of a cell."""
    tags = mapping(cell.get("metadata")).get("tags")
    return frozenset(map(str, tags)) if isinstance(tags, list) else frozenset()


def text_of(value: object) -> str:
    """Return a text that a notebook may hold as a list of its lines."""
    return "".join(map(str, value)) if isinstance(value, list) else str(value or "")


def picture_in(data: Json, alt: str) -> Picture | None:
    """Return the picture of an output, None where it cannot be read or is of another kind.

    One of dots must be what it is called, and not larger than png.py says.
    """
    for mime in _OF_DOTS:
        if mime in data:
            try:
                picture = base64.b64decode("".join(text_of(data[mime]).split()), validate=True)
            except binascii.Error:
                return None
            if picture_problem(picture, mime):
                return None
            return Picture(base64.b64encode(picture).decode("ascii"), mime, alt)
    if "image/svg+xml" not in data:
        return None
    drawn = base64.b64encode(text_of(data["image/svg+xml"]).encode("utf-8")).decode("ascii")
    return Picture(drawn, "image/svg+xml", alt)
