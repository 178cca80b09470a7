"""A chart as a piece of a page: a drawing under its sentence."""

from __future__ import annotations

import base64
from html import escape

from seminarkit.core.documents import canvas
from seminarkit.core.documents.sheet import Sheet
from seminarkit.report.html import Html, tag, text

DIFFER = "The delegation differs"  # where people of one country gave different answers


class Chart(Html):
    """A sheet under the sentence that states its ``finding``; ``told`` is it all in words."""

    def __init__(self, sheet: Sheet, finding: str, told: str) -> None:
        self.drawing, self.finding, self.told = sheet.drawing(), finding, told
        picture = base64.b64encode(canvas.svg(self.drawing)).decode("ascii")
        source = "data:image/svg+xml;base64," + picture
        width, height = round(96 * sheet.width), round(96 * sheet.height)  # CSS pixels
        image = f'<img src="{source}" alt="{escape(told)}" width="{width}" height="{height}">'
        super().__init__(tag("figure", tag("figcaption", text(finding)) + image))

    def png(self) -> bytes:
        """Return it as a picture for a document."""
        return canvas.png(self.drawing)
