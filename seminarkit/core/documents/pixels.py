"""What a picture of one's own is: of the type it says, and how large, by its first bytes alone."""

from __future__ import annotations

import io
from collections.abc import Mapping

MOST = 60_000_000  # dots: a page of A0 at 200 an inch; some kilobytes can claim to be far more
_VECTOR = "image/svg+xml"
_SIGNS: Mapping[str, bytes] = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8"}


def picture_problem(picture: bytes, kind: str) -> str:
    """Return in words why no writer could show a picture, or ''; drawn lines are not looked at."""
    if kind == _VECTOR:
        return ""
    if not picture.startswith(_SIGNS[kind]):
        return f"holds no picture of the type {kind}"
    return "" if size_of(picture) else "holds a picture that is broken or too large"


def size_of(picture: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG or JPEG in dots, None where it is none or has too many."""
    from PIL import Image, UnidentifiedImageError  # slow to load, and few reports have pictures

    before = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None  # it is asked for its size, and not unpacked
    try:
        with Image.open(io.BytesIO(picture), formats=("PNG", "JPEG")) as image:
            width, height = image.size
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return None
    finally:
        Image.MAX_IMAGE_PIXELS = before
    return (width, height) if 0 < width * height <= MOST else None
