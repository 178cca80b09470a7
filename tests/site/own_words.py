"""What a report's notebook could have shown, put into its page."""

from __future__ import annotations

import json

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.reports.guard.dossier_reads import note_page


def show_in(folder: SeminarFolder, subject: str, html: str) -> None:
    """Add HTML to the public page on a subject, and note that its notebook made it so."""
    page = folder.reports / "public" / f"{subject}.html"
    shown = page.read_text("utf-8") + html
    page.write_text(shown, "utf-8")
    executed = page.with_suffix(".ipynb")
    book = json.loads(executed.read_text("utf-8"))
    note_page(book, shown)
    executed.write_text(json.dumps(book), "utf-8")
