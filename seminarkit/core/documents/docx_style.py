"""Paragraph styles of the kit's Word files, and the compact variant.

Only docx_file.py imports python-docx; documents are ``Any`` here.
"""

from __future__ import annotations

from typing import Any

from seminarkit.core.documents.docx_xml import MAIN

QUIET = "595959"
# name: size in points, colour, bold, space before, space after, stay with the next paragraph
STYLES = {
    "Seminar Head": (10, "", False, 1, 2, False),
    "Seminar Note": (10.5, "", False, 2, 6, False),
    "Seminar Question": (11, "", True, 3, 1, True),
    "Seminar Hint": (9.5, QUIET, False, 0, 2, True),
    "Seminar Answer": (11, "", False, 3, 3, False),
    "Seminar Lead": (12, "", False, 0, 6, False),
    "Seminar Note Below": (9.5, QUIET, False, 0, 6, False),
    "Seminar Quote": (11, "", False, 3, 3, False),
    "Seminar Number": (11, "", False, 0, 2, False),
    "Seminar Choice": (11, "", False, 1, 1, False),
    "Seminar Gap": (6, "", False, 0, 0, False),
    "Seminar Mark": (8, "6E6E6E", False, 12, 0, False),
}
# indents in centimetres, left and first line: long lines are aligned beside their box or number
INDENTS = {
    "Seminar Quote": (0.6, 0),
    "Seminar Choice": (0.55, -0.55),
    "Seminar Number": (0.8, -0.8),
}
# a paragraph typed after one of these has the style Normal: it is no longer the kit's text
NEXT = ("Seminar Head", "Seminar Note", "Seminar Question", "Seminar Hint", "Seminar Mark")
_SMALL = 0.82  # of the usual size
_SMALL_MARGIN = 794  # 1.4 cm, in twentieths of a point
_SIZES = {"sz": ("val",), "szCs": ("val",), "spacing": ("before", "after")}


def set_small(document: Any) -> None:
    """Shrink the styles and margins of a document, to save paper."""
    for name, attributes in _SIZES.items():
        for size in document.styles.element.iter(_word(name)):
            for attribute in attributes:
                if (usual := size.get(_word(attribute))) is not None:
                    size.set(_word(attribute), str(round(int(usual) * _SMALL)))
    for margins in document.element.iter(_word("pgMar")):
        for attribute in ("left", "right", "top", "bottom"):
            margins.set(_word(attribute), str(_SMALL_MARGIN))


def _word(name: str) -> str:
    """Return a WordprocessingML name in lxml's notation."""
    return f"{{{MAIN}}}{name}"
