"""How large are pictures on paper (J02)?"""

from __future__ import annotations

import base64
import io

import docx
import pytest
from PIL import Image

from seminarkit.core.documents import docx_and_pdf as printed
from seminarkit.core.documents.document import Document, Part
from seminarkit.core.documents.pieces import Picture


def jpeg(width: int) -> str:
    made = io.BytesIO()
    Image.new("RGB", (width, 2)).save(made, "jpeg")
    return base64.b64encode(made.getvalue()).decode()


def svg(width: int) -> str:
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="9"><rect width="9" height="9"/></svg>'
    return base64.b64encode(drawn.encode()).decode()


@pytest.mark.parametrize(
    ("picture", "least", "most"),
    [
        (Picture(svg(96), "image/svg+xml", "small"), 1.8, 3.5),
        (Picture(svg(5000), "image/svg+xml", "wide"), 16.9, 17.1),
        (Picture(jpeg(96), "image/jpeg", "small"), 2.5, 2.6),
        (Picture(jpeg(5000), "image/jpeg", "wide"), 16.9, 17.1),
    ],
)
def test_a_picture_is_as_wide_as_it_was_made_if_it_fits(
    picture: Picture, least: float, most: float
) -> None:
    document = Document("own.ipynb", "Own", "core", "en", (Part(picture, 1),))
    (shape,) = docx.Document(io.BytesIO(printed.docx(document))).inline_shapes
    assert least < shape.width.cm < most
