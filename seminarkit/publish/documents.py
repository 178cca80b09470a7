"""The files beside the pages: made anew only if their dossier or the kit changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from seminarkit.analyse.conclusions import SUMMARIES
from seminarkit.core.package_hash import package_hash
from seminarkit.files import to_json
from seminarkit.forms.audiences import Audience
from seminarkit.report.dossier import Dossier
from seminarkit.seminar.folder import SeminarFolder

Pages = dict[str, tuple[str | bytes, str]]  # path under output/ -> (page, hash of its sources)


@dataclass(frozen=True)
class _Maker:
    """How one kind of file is made of a dossier."""

    ending: str
    make: Callable[[dict[str, Any]], bytes]


def documents(
    folder: SeminarFolder, audience: Audience, subject: str, before: Mapping[str, Any]
) -> Iterator[tuple[str, Callable[[], tuple[str | bytes, str]]]]:
    """Yield the path of each file beside one page, and what makes it.

    Documents of countries, slides, both of summaries. ``before`` is the list of what was published
    last.
    """
    dossier = folder.dossiers / audience / f"{subject}.json"
    for maker in _makers(folder, audience, subject) if dossier.is_file() else ():
        path = f"{audience}/documents/{subject}.{maker.ending}"
        yield path, partial(_document, folder, path, dossier, maker, before)


def _makers(folder: SeminarFolder, audience: Audience, subject: str) -> tuple[_Maker, ...]:
    if subject in SUMMARIES:
        return (
            _Maker("docx", _summary_document),
            _Maker("pdf", _summary_pdf),
            _Maker("pptx", _summary_slides),
        )
    if audience == "core" and subject == "survey":
        return (_Maker("pptx", _survey_slides),)
    if audience == "core" and subject in folder.seminar.countries:
        return (
            _Maker("docx", _country_document),
            _Maker("pdf", _country_pdf),
        )
    return ()


def _document(
    folder: SeminarFolder, path: str, dossier: Path, maker: _Maker, before: Mapping[str, Any]
) -> tuple[str | bytes, str]:
    text = dossier.read_text(encoding="utf-8")
    source = content_hash(to_json([text, package_hash()]))
    content = published_before(folder, path, source, before)
    return (maker.make(json.loads(text)) if content is None else content), source


def published_before(
    folder: SeminarFolder, path: str, source: str, before: Mapping[str, Any]
) -> bytes | None:
    """Return a file as it was published last, if it was made of the same and nobody changed it."""
    file, known = folder.pages.parent / path, before.get(path, {})
    if known.get("source") != source or not file.is_file():
        return None
    content = file.read_bytes()
    return content if content_hash(content) == known.get("sha256") else None


def content_hash(content: str | bytes) -> str:
    """Return the SHA-256 of a page or file."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()


# what writes them is slow to load, so it is loaded where one is made anew


def _country_document(dossier: dict[str, Any]) -> bytes:
    from seminarkit.publish.document import country_document

    return country_document(dossier)


def _country_pdf(dossier: dict[str, Any]) -> bytes:
    from seminarkit.pdffile import PdfFile
    from seminarkit.publish.document import country_document

    return country_document(dossier, PdfFile)


def _survey_slides(dossier: dict[str, Any]) -> bytes:
    from seminarkit.publish.survey_slides import survey_slides

    return survey_slides(Dossier(dossier))


def _summary_document(dossier: dict[str, Any]) -> bytes:
    from seminarkit.publish.summary_document import summary_document

    return summary_document(Dossier(dossier))


def _summary_pdf(dossier: dict[str, Any]) -> bytes:
    from seminarkit.pdffile import PdfFile
    from seminarkit.publish.summary_document import summary_document

    return summary_document(Dossier(dossier), PdfFile)


def _summary_slides(dossier: dict[str, Any]) -> bytes:
    from seminarkit.publish.summary_slides import summary_slides

    return summary_slides(Dossier(dossier))
