"""The files beside pages: Word, PDF, slides and tables, made from the same executed notebook.

They are made again only if the notebook or the kit has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path

from seminarkit.core.disk.files import to_json
from seminarkit.core.documents.document import Document
from seminarkit.core.documents.executed_notebook import read_document, with_pieces
from seminarkit.core.documents.table_names import tables_named_in
from seminarkit.core.errors import SeminarError
from seminarkit.core.forms.shapes import Audience
from seminarkit.core.notebook_json import read_notebook
from seminarkit.core.package_hash import package_hash
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.reports.kinds import kind_of
from seminarkit.site.published_file import PublishedFile
from seminarkit.topics.groups.rooms import BRIEF

Page = tuple[str | bytes, str]  # a page or file, and the hash of its sources
Pages = dict[str, Page]  # by the path under output/
# modules that write files are slow to import, so they are imported only when needed
WRITERS = (
    "seminarkit.core.documents.docx_and_pdf",
    "seminarkit.core.documents.slides",
    "seminarkit.core.documents.table_export",
)
_LABELS = {
    "docx": "As a Word document",
    "pdf": "As a PDF",
    "pptx": "As slides",
    "xlsx": "Its tables as a workbook",
}


@dataclass(frozen=True)
class PageFile:
    """A file with the content of a page or of one of its tables, by its path in the site."""

    path: str
    label: str


class _Notebook:
    """An executed notebook, from which the files beside its page are made."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def source(self) -> str:
        """The hash of all sources of the files; raises SeminarError for an unreadable notebook."""
        read_notebook(self.path)
        return content_hash(to_json([self.path.read_text(encoding="utf-8"), package_hash()]))

    @cached_property
    def tables(self) -> Mapping[str, str]:
        """The captions of its tables, by name."""
        return tables_named_in(read_notebook(self.path))


@dataclass(frozen=True)
class SlowFile:
    """A file by path: ``source`` hashes its sources, and ``make`` makes it, in any process."""

    path: str
    source: Callable[[], str]
    make: Callable[[], bytes]


def documents(folder: SeminarFolder, audience: Audience, subject: str) -> Iterator[SlowFile]:
    """Yield the files beside one page: documents, slides, a workbook and a CSV file per table.

    If the notebook cannot be read, making any of them raises SeminarError; ``*`` then matches all.
    """
    notebook = _notebook(folder, audience, subject)
    if not notebook:
        return
    try:
        paths = [file.path for file in _files(folder, audience, subject, notebook.tables)]
    except SeminarError:
        paths = [f"documents/{subject}.*", f"tables/{subject}/*"]
    # each group has a folder of its own
    site = f"groups/{subject.removeprefix(BRIEF)}" if audience == "group" else audience
    for path in (f"{site}/{path}" for path in paths):
        make = partial(_file_content, path, notebook.path, audience)
        yield SlowFile(path, lambda: notebook.source, make)


def files_beside(
    folder: SeminarFolder, audience: Audience, subject: str
) -> tuple[list[PageFile], list[PageFile]]:
    """Return the files beside a page: those of the whole page, then one per table."""
    notebook = _notebook(folder, audience, subject)
    if not notebook:
        return [], []
    files = _files(folder, audience, subject, notebook.tables)
    whole_page = [file for file in files if not file.path.endswith(".csv")]
    return whole_page, [file for file in files if file.path.endswith(".csv")]


def _notebook(folder: SeminarFolder, audience: Audience, subject: str) -> _Notebook | None:
    path = folder.reports / audience / f"{subject}.ipynb"
    dossier = folder.dossiers / audience / f"{subject}.json"
    return _Notebook(path) if path.is_file() and dossier.is_file() else None


def _files(
    folder: SeminarFolder, audience: Audience, subject: str, tables: Mapping[str, str]
) -> list[PageFile]:
    kind = kind_of(folder, subject)
    endings = [*(kind.files.get(audience, ()) if kind else ()), *(("xlsx",) if tables else ())]
    return [
        *(PageFile(f"documents/{subject}.{name}", _LABELS[name]) for name in endings),
        *(
            PageFile(f"tables/{subject}/{name}.csv", caption or name)
            for name, caption in tables.items()
        ),
    ]


def _file_content(path: str, notebook: Path, audience: Audience) -> bytes:
    """Return a file made from a notebook; the module that writes it is imported here."""
    document = _document(notebook, content_hash(notebook.read_bytes()), audience)
    name, _, ending = path.rpartition("/")[2].rpartition(".")
    if ending in ("docx", "pdf"):
        from seminarkit.core.documents import docx_and_pdf

        return docx_and_pdf.docx(document) if ending == "docx" else docx_and_pdf.pdf(document)
    if ending == "pptx":
        from seminarkit.core.documents.slides import pptx

        return pptx(document)
    from seminarkit.core.documents import table_export

    if ending == "xlsx":
        return table_export.xlsx(document)
    files = table_export.csv_files(document)
    if name not in files:
        raise SeminarError(
            f"{document.name} no longer shows the table {name!r}. Run: seminar report"
        )
    return files[name]


@lru_cache(maxsize=2)  # the files of one page are made in sequence
def _document(notebook: Path, _sha256: str, audience: Audience) -> Document:
    return with_pieces(read_document(read_notebook(notebook), notebook.name, audience))


def published_before(
    folder: SeminarFolder, path: str, source: str, before: Mapping[str, PublishedFile]
) -> bytes | None:
    """Return the last published version of a file, if its sources and content are unchanged."""
    file, entry = folder.pages.parent / path, before.get(path)
    if entry is None or entry.get("source") != source or not file.is_file():
        return None
    content = file.read_bytes()
    return content if content_hash(content) == entry.get("sha256") else None


def content_hash(content: str | bytes) -> str:
    """Return the SHA-256 of a page or file."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()
