"""The kit's export formats for ``jupyter nbconvert``, such as ``--to seminar_docx``.

They read an executed notebook as data: pieces, Markdown, pictures, and the answers of a filled-in
form, but never its HTML. A notebook without outputs is refused. The formats are declared in
pyproject.toml as entry points of nbconvert.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from traitlets import Bool, Int, List, Unicode

from seminarkit.core.documents.document import Document
from seminarkit.core.documents.executed_notebook import read_document, with_pieces
from seminarkit.core.errors import SeminarError
from seminarkit.core.forms.bundle import ANSWERS_MIME
from seminarkit.core.package_folder import KIT
from seminarkit.reports.html_page import SOURCES
from seminarkit.site.filled_form import form_pieces

_NOT_SEARCHED = (
    "This document was not checked for what the public may not see. seminar publish makes the same "
    "document and checks it."
)
_WIDE = (
    "public",
    "core",
    "group",
    "chairs",
    "organisers",
)  # from wide to narrow


class SeminarExporter(Exporter):  # type: ignore[misc]
    """The base class of the kit's exporters."""

    audience = Unicode(
        "", help="The audience of the document; refused if the notebook was run for a smaller one."
    ).tag(config=True)
    exclude_tags = List(Unicode(), help="Cells with one of these tags are left out.").tag(
        config=True
    )

    def from_notebook_node(self, nb: Any, resources: Any = None, **more: Any) -> tuple[Any, Any]:
        """Return a notebook in this format, and nbconvert's resources."""
        book, resources = super().from_notebook_node(nb, resources, **more)
        name = str(resources["metadata"].get("name") or "notebook")
        try:
            exported = self.export(self._document(book, name), name, resources)
        except SeminarError as error:
            app = sys.modules.get("nbconvert.nbconvertapp")  # nbconvert imports this module
            if app and app.NbConvertApp.initialized():  # a sentence without a traceback
                raise SystemExit(str(error)) from None
            raise
        return exported, resources

    def export(self, document: Document, name: str, resources: Any) -> bytes | str:
        """Return the document in this format."""
        raise NotImplementedError

    def _document(self, book: Any, name: str) -> Document:
        hidden = set(self.exclude_tags)
        book.cells = [c for c in book.cells if not hidden & set(c.metadata.get("tags", ()))]
        document = read_document(book, f"{name}.ipynb", readers={ANSWERS_MIME: form_pieces})
        for remark in document.remarks:
            self.log.warning(remark)
        if document.audience == "public":
            self.log.warning(_NOT_SEARCHED)
        _check_audience(self.audience, document)
        return with_pieces(document)


def _check_audience(audience: str, document: Document) -> None:
    """Raise SeminarError if a document would be for a wider audience than its notebook."""
    if not audience:
        return
    if audience not in _WIDE:
        raise SeminarError(f"There is no audience {audience!r}. Known: {', '.join(_WIDE)}.")
    if _WIDE.index(audience) < _WIDE.index(document.audience):
        raise SeminarError(
            f"{document.name} was run for '{document.audience}' and cannot become a document for "
            f"'{audience}'. Run it for that audience first: seminar report"
        )


class SeminarPage(SeminarExporter):
    """A self-contained HTML page."""

    export_from_notebook = "Page of the Seminar Kit"
    output_mimetype = "text/html"
    frame = Bool(True, help="Write a whole page; otherwise, only its content.").tag(config=True)

    def _file_extension_default(self) -> str:
        return ".html"

    def export(self, document: Document, name: str, resources: Any) -> str:
        """Return the page."""
        from seminarkit.reports.html_page import page_content

        own_template = Path.cwd() / "templates" / "report"  # the seminar's, if this is its folder
        is_complete = all((own_template / name).is_file() for name in SOURCES)
        template = own_template if is_complete else KIT / "templates" / "report"
        return page_content(document, template, frame=self.frame)


class SeminarDocx(SeminarExporter):
    """A Word document."""

    export_from_notebook = "Word document of the Seminar Kit"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def _file_extension_default(self) -> str:
        return ".docx"

    def export(self, document: Document, name: str, resources: Any) -> bytes:
        """Return the Word document."""
        from seminarkit.core.documents.docx_and_pdf import docx

        return docx(document)


class SeminarPdf(SeminarExporter):
    """A tagged PDF, made without LaTeX."""

    export_from_notebook = "PDF of the Seminar Kit"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def export(self, document: Document, name: str, resources: Any) -> bytes:
        """Return the PDF."""
        from seminarkit.core.documents.docx_and_pdf import pdf

        return pdf(document)


class SeminarPptx(SeminarExporter):
    """Editable slides."""

    export_from_notebook = "Slides of the Seminar Kit"
    output_mimetype = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    rows_per_slide = Int(12, min=1, help="The number of table rows on one slide.").tag(config=True)

    def _file_extension_default(self) -> str:
        return ".pptx"

    def export(self, document: Document, name: str, resources: Any) -> bytes:
        """Return the slides."""
        from seminarkit.core.documents.slides import pptx

        return pptx(document, self.rows_per_slide)


class SeminarTables(SeminarExporter):
    """All tables as a workbook, and on request as CSV files."""

    export_from_notebook = "Tables of the Seminar Kit"
    output_mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    csv = Bool(False, help="Write each table as a CSV file as well.").tag(config=True)

    def _file_extension_default(self) -> str:
        return ".xlsx"

    def export(self, document: Document, name: str, resources: Any) -> bytes:
        """Return the workbook; CSV files go to nbconvert's resources, in a folder of their own."""
        from seminarkit.core.documents import table_export

        files = table_export.csv_files(document)
        if not files:
            raise SeminarError(f"{document.name} shows no table.")
        if self.csv:
            for table, content in files.items():
                resources.setdefault("outputs", {})[f"{name}_tables/{table}.csv"] = content
        return table_export.xlsx(document)
