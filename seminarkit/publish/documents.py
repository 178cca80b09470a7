"""The files beside the pages: made anew only if their dossier or their maker changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from seminarkit.files import to_json
from seminarkit.seminar.folder import SeminarFolder

Pages = dict[str, tuple[str | bytes, str]]  # path under output/ -> (page, hash of its sources)
_PACKAGE = Path(__file__).resolve().parent.parent
_MAKERS = {
    "docx": (
        "publish/document.py",
        "report/charts.py",
        "report/drawing.py",
        "wordfile.py",
        "wordparts.py",
    ),
    "pptx": (
        "publish/survey_slides.py",
        "publish/slides.py",
        "publish/slidelook.py",
        "report/drawing.py",
        "report/survey.py",
        "report/survey_charts.py",
        "wordparts.py",
    ),
}


def document(folder: SeminarFolder, subject: str, before: Mapping[str, Any]) -> Pages:
    """Return a country's Word document or the survey's slides; nothing for what has neither.

    ``before`` is the list of what was published last.
    """
    kind = "pptx" if subject == "survey" else "docx"
    dossier = folder.dossiers / "core" / f"{subject}.json"
    known_subject = subject == "survey" or subject in folder.seminar.countries
    if not known_subject or not dossier.is_file():
        return {}
    path = f"core/documents/{subject}.{kind}"
    file, known = folder.pages.parent / path, before.get(path, {})
    text = dossier.read_text(encoding="utf-8")
    makers = [(_PACKAGE / maker).read_text(encoding="utf-8") for maker in _MAKERS[kind]]
    source = content_hash(to_json([text, *makers]))
    if known.get("source") == source and file.is_file():
        content = file.read_bytes()
        if content_hash(content) == known.get("sha256"):
            return {path: (content, source)}
    return {path: (_made(kind, json.loads(text)), source)}


def content_hash(content: str | bytes) -> str:
    """Return the SHA-256 of a page or file."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()


def _made(kind: str, dossier: dict[str, Any]) -> bytes:
    if kind == "docx":
        from seminarkit.publish.document import country_document  # slow to load

        return country_document(dossier)
    from seminarkit.publish.survey_slides import survey_slides
    from seminarkit.report.dossier import Dossier

    return survey_slides(Dossier(dossier))
