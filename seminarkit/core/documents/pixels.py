"""How large a picture of dots is, read from its first bytes alone."""

from __future__ import annotations

import io

from PIL import Image, UnidentifiedImageError

MOST = 60_000_000  # dots: a page of A0 at 200 an inch; some kilobytes can claim to be far more


def size_of(picture: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG or JPEG in dots, None where it is none or has too many."""
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
