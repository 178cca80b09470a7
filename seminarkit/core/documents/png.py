"""Check received PNG and JPEG pictures, and encode pixels as PNG."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from typing import Any

MAX_PIXELS = (
    60_000_000  # pixels: A0 at 200 dpi; a file of some kilobytes can claim to have far more
)
_SVG = "image/svg+xml"
_FIRST_BYTES: Mapping[str, bytes] = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8"}


def picture_problem(picture: bytes, kind: str) -> str:
    """Return why no writer could show a picture, or ''; an SVG is not checked."""
    if kind == _SVG:
        return ""
    if not picture.startswith(_FIRST_BYTES[kind]):
        return f"does not contain a picture of the type {kind}"
    return "" if size_of(picture) else "contains a picture that is damaged or too large"


def size_of(picture: bytes) -> tuple[int, int] | None:
    """Return the size of a PNG or JPEG in pixels; None if it is neither or too large."""
    from PIL import Image, UnidentifiedImageError  # slow to load, and few reports have pictures

    limit = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None  # only the size is read, nothing is decompressed
    try:
        with Image.open(io.BytesIO(picture), formats=("PNG", "JPEG")) as image:
            width, height = image.size
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return None
    finally:
        Image.MAX_IMAGE_PIXELS = limit
    return (width, height) if 0 < width * height <= MAX_PIXELS else None


def png_of(pixels: Any, size: tuple[float, float], dpi: int) -> bytes:
    """Return pixels of four bytes (RGB and an ignored one) as PNG with a resolution in dpi."""
    from PIL import Image

    width, height = (int(length) for length in size)
    image = Image.frombuffer("RGBX", (width, height), pixels, "raw", "RGBX", 0, 1).convert("RGB")
    buffer = io.BytesIO()
    # run lengths suffice for areas of one colour: half the time, and no larger
    image.save(buffer, "png", dpi=(dpi, dpi), compress_type=zlib.Z_RLE)
    return buffer.getvalue()
