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

Page = tuple[str | bytes, str]  # a page or file, and the hash of its sources
Pages = dict[str, Page]  # by the path under output/


@dataclass(frozen=True)
class _Maker:
    """How one kind of file is made of a dossier."""

    ending: str
    make: Callable[[dict[str, Any]], bytes]


@dataclass(frozen=True)
class SlowFile:
    """A file by its path, the hash of what it is made of, and what makes it, in any process."""

    path: str
    source: Callable[[], str]
    make: Callable[[], bytes]


def documents(folder: SeminarFolder, audience: Audience, subject: str) -> Iterator[SlowFile]:
    """Yield each file beside one page: documents of countries, slides, both of summaries."""
    dossier = folder.dossiers / audience / f"{subject}.json"
    for maker in _makers(folder, audience, subject) if dossier.is_file() else ():
        yield SlowFile(
            f"{audience}/documents/{subject}.{maker.ending}",
            partial(_source, dossier),
            partial(_document, dossier, maker.make),
        )


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


def _source(dossier: Path) -> str:
    return content_hash(to_json([dossier.read_text(encoding="utf-8"), package_hash()]))


def _document(dossier: Path, make: Callable[[dict[str, Any]], bytes]) -> bytes:
    return make(json.loads(dossier.read_text(encoding="utf-8")))


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
WRITERS = (
    "seminarkit.pdffile",
    "seminarkit.publish.document",
    "seminarkit.publish.summary_document",
    "seminarkit.publish.summary_slides",
    "seminarkit.publish.survey_slides",
)


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
