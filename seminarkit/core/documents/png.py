"""Pictures made of dots: what one of a person's own is, by its first bytes; and how to pack one."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from typing import Any

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


def png_of(dots: Any, size: tuple[float, float], sharp: int) -> bytes:
    """Return dots on white (red, green, blue and a fourth byte) as PNG, ``sharp`` dots an inch."""
    from PIL import Image

    width, height = (int(each) for each in size)
    image = Image.frombuffer("RGBX", (width, height), dots, "raw", "RGBX", 0, 1).convert("RGB")
    packed = io.BytesIO()
    # areas of one colour need no search for what was there before: half the time, and no larger
    image.save(packed, "png", dpi=(sharp, sharp), compress_type=zlib.Z_RLE)
    return packed.getvalue()
