"""A document as the content of a page; the frame with the site's navigation is put around later."""

from __future__ import annotations

from seminarkit.core.documents.document import Document
from seminarkit.core.documents.html import html


def page_content(document: Document) -> str:
    """Return what a page shows of a document, without the frame around it."""
    return "".join(f"{html(piece)}\n" for piece in document.pieces("page"))
