"""Read cells and outputs of a notebook safely, whatever the file contains."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Literal

from seminarkit.core.documents.pieces import Picture
from seminarkit.core.documents.png import picture_problem

Json = Mapping[str, object]
_RASTER_TYPES: tuple[Literal["image/png", "image/jpeg"], ...] = ("image/png", "image/jpeg")
_SKIP, _ONLY = "skip-", "only-"


def shows(form: str, tags: frozenset[str]) -> bool:
    """Return whether a format shows a cell with these tags (``skip-docx``, ``only-pptx`` …)."""
    only = any(tag.startswith(_ONLY) for tag in tags)
    return f"{_SKIP}{form}" not in tags and (not only or f"{_ONLY}{form}" in tags)


def mapping(value: object) -> Json:
    """Return a JSON object, or an empty one for any other value."""
    return value if isinstance(value, dict) else {}


def objects(value: object) -> list[Json]:
    """Return the objects in a JSON list; an empty list for any other value."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def tags_of(cell: Json) -> frozenset[str]:
    """Return the tags of a cell."""
    tags = mapping(cell.get("metadata")).get("tags")
    return frozenset(map(str, tags)) if isinstance(tags, list) else frozenset()


def text_of(value: object) -> str:
    """Return a text of a notebook, which may be stored as a list of lines."""
    return "".join(map(str, value)) if isinstance(value, list) else str(value or "")


def picture_in(data: Json, alt: str) -> Picture | None:
    """Return the picture in an output; None if there is none that can be read.

    A PNG or JPEG must be what its type says, and not larger than png.py allows.
    """
    for mime in _RASTER_TYPES:
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
    svg = base64.b64encode(text_of(data["image/svg+xml"]).encode("utf-8")).decode("ascii")
    return Picture(svg, "image/svg+xml", alt)
