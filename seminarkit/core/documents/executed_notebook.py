"""Read an executed notebook as a document: its pieces, Markdown and pictures in cell order.

Everything is read as data, and ``text/html`` is never read. Outputs that no document can show (a
widget, printed text) are left out with a remark. The tag ``remove-cell`` leaves a cell out of all
formats; ``skip-docx``, ``skip-pdf``, ``skip-pptx``, ``skip-tables`` or ``skip-page`` out of one.
With ``only-pptx``, for example, only that format shows it; with ``notes-pptx`` it is in the notes
of the first slide. The metadata of a cell may have at ``seminarkit.cell`` a ``name`` and a
``caption`` for its table, and an ``alt`` text for its picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from seminarkit.core.documents.cell_outputs import (
    Json,
    mapping,
    objects,
    picture_in,
    shows,
    tags_of,
    text_of,
)
from seminarkit.core.documents.document import FORMATS, Document, Part, head
from seminarkit.core.documents.markdown import as_pieces
from seminarkit.core.documents.piece_json import read_piece
from seminarkit.core.documents.pieces import (
    MIME,
    Chart,
    Heading,
    Picture,
    Piece,
    Table,
    Text,
    Title,
)
from seminarkit.core.documents.table_names import Names
from seminarkit.core.documents.text_lines import line, line_text
from seminarkit.core.errors import SeminarError

Reader = Callable[[Json], Sequence[Piece]]  # takes the MIME bundle of one output

_WIDGET = "application/vnd.jupyter.widget-view+json"
_DOSSIER = "application/vnd.seminarkit.dossier.v1+json"  # records which dossier the notebook read
_REMOVED, _SPOKEN = "remove-cell", "notes-pptx"
_INJECTED = "injected-parameters"
_NOT_RUN = "{}: cell {} has not been run. Run the notebook first, or add --execute"
_NO_PIECES = (
    "{}: cell {} has no output that the kit can read: it was run with an earlier version of the "
    "kit, or without the kit. Run the report again: seminar report. A notebook of your own needs "
    "the line: import seminarkit"
)
_REMARKS = {
    "widget": "shows a widget, which does not work on a page.",
    "html": "shows HTML, which is not published: return a table, a chart or a Markdown() instead.",
    "text": "shows a value as text, which is not published: return a table or a Markdown() "
    "instead.",
    "print": "prints text, which is not published: use a Markdown cell, or return a table.",
    "error": "ends with an error, which is not published.",
    "picture": "shows a picture that cannot be read.",
    "no alt": "shows a picture without a description: write a sentence above it, or give it an "
    "'alt' in its metadata.",
}


class _LeftOutError(Exception):
    """No document shows this output; the text is the remark on it, or ''."""


@dataclass
class _Reading:
    """The parts and remarks read so far from a notebook."""

    name: str
    readers: Mapping[str, Reader]
    parts: list[Part] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    html_only_cell: int = 0  # the number of the first cell that has HTML only
    with_pieces: bool = False

    @property
    def above(self) -> str:
        """The text right above, which serves as a picture's alternative text."""
        return _words(self.parts[-1].piece) if self.parts else ""


def read_document(
    book: Json, name: str, audience: str = "", readers: Mapping[str, Reader] | None = None
) -> Document:
    """Return an executed notebook as a document.

    ``readers`` read outputs of further MIME types. ``audience`` defaults to the one that the
    notebook was run for. Raises SeminarError if the notebook was not run or a piece is broken.
    """
    reading = _Reading(name, readers or {})
    number = 0
    for cell in objects(book.get("cells")):
        tags = tags_of(cell)
        number += _INJECTED not in tags
        if _REMOVED not in tags:
            _read_cell(reading, cell, number, tags)
    parts = tuple(_with_title(list(Names().rename_tables(reading.parts))))
    title = head([part.piece for part in parts])
    metadata = mapping(book.get("metadata"))
    return Document(
        name=name,
        title=title.text if title else name.removesuffix(".ipynb"),
        audience=audience or audience_of(metadata),
        language=str(mapping(metadata.get("seminarkit")).get("language") or "en"),
        parts=parts,
        remarks=tuple(reading.remarks),
        pieceless=0 if reading.with_pieces else reading.html_only_cell,
    )


def with_pieces(document: Document) -> Document:
    """Return the document; raise SeminarError if its notebook was run without this kit."""
    if document.pieceless:
        raise SeminarError(_NO_PIECES.format(document.name, document.pieceless))
    return document


def audience_of(metadata: Json) -> str:
    """Return the audience in a notebook's papermill parameters; core if they name none."""
    parameters = mapping(mapping(metadata.get("papermill")).get("parameters"))
    if audience := parameters.get("audience"):
        return str(audience)
    folders = str(parameters.get("dossier") or "").replace("\\", "/").split("/")[:-1]
    return folders[-1] if folders and folders[-1] in ("public", "group", "core") else "core"


def _read_cell(reading: _Reading, cell: Json, number: int, tags: frozenset[str]) -> None:
    skipped = frozenset(form for form in FORMATS if not shows(form, tags))
    spoken = _SPOKEN in tags
    if cell.get("cell_type") == "markdown":
        pieces = as_pieces(text_of(cell.get("source")))
        reading.parts += [Part(piece, number, skipped, spoken) for piece in pieces]
    if cell.get("cell_type") != "code":
        return
    outputs = list(objects(cell.get("outputs")))
    if not outputs and cell.get("execution_count") is None and text_of(cell.get("source")).strip():
        raise SeminarError(_NOT_RUN.format(reading.name, number))
    cell_settings = mapping(mapping(mapping(cell.get("metadata")).get("seminarkit")).get("cell"))
    for output in outputs:
        try:
            for piece in _output(reading, output, number, cell_settings):
                reading.parts.append(Part(piece, number, skipped, spoken))
        except _LeftOutError as remark:
            if str(remark):
                reading.remarks.append(f"{reading.name}, cell {number} {remark}")


def _output(reading: _Reading, output: Json, number: int, cell_settings: Json) -> Iterator[Piece]:
    kind, data = output.get("output_type"), mapping(output.get("data"))
    if kind == "stream":
        raise _LeftOutError(_REMARKS["print"] if output.get("name") == "stdout" else "")
    if kind == "error":
        raise _LeftOutError(_REMARKS["error"])
    if _DOSSIER in data:
        return
    if MIME in data:
        reading.with_pieces = True
        yield _with_words(read_piece(data[MIME], f"{reading.name}, cell {number}"), cell_settings)
    elif mimes := [mime for mime in reading.readers if mime in data]:
        reading.with_pieces = True
        for mime in mimes:
            yield from reading.readers[mime](data)
    elif _WIDGET in data:
        raise _LeftOutError(_REMARKS["widget"])
    elif any(name.startswith("image/") for name in data):
        yield _picture(reading, output, number, cell_settings)
    elif "text/markdown" in data:
        yield from as_pieces(text_of(data["text/markdown"]))
    elif "text/latex" in data:
        yield Text(line(text_of(data["text/latex"])))
    elif "text/html" in data:
        reading.html_only_cell = reading.html_only_cell or number
        raise _LeftOutError(_REMARKS["html"])
    elif data:
        raise _LeftOutError(_REMARKS["text"])


def _picture(reading: _Reading, output: Json, number: int, cell_settings: Json) -> Picture:
    metadata = mapping(output.get("metadata"))
    alt = cell_settings.get("alt") or metadata.get("alt") or reading.above
    picture = picture_in(mapping(output.get("data")), str(alt))
    if picture is None:
        raise _LeftOutError(_REMARKS["picture"])
    if not alt:
        reading.remarks.append(f"{reading.name}, cell {number} {_REMARKS['no alt']}")
    return picture


def _with_words(piece: Piece, cell_settings: Json) -> Piece:
    """Return a table with the name and caption from its cell's metadata; others unchanged."""
    words = {key: str(cell_settings[key]) for key in ("name", "caption") if cell_settings.get(key)}
    if not isinstance(piece, Table):
        return piece
    return replace(
        piece,
        name=words.get("name", piece.name),
        caption=words.get("caption", piece.caption),
    )


def _with_title(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield parts, with a heading at the very start as the title if there is no other title."""
    for number, part in enumerate(parts):
        is_first_heading = number == 0 and isinstance(part.piece, Heading)
        if is_first_heading and not any(isinstance(other.piece, Title) for other in parts):
            yield replace(part, piece=Title(_words(part.piece)))
        else:
            yield part


def _words(piece: Piece) -> str:
    if isinstance(piece, Text):
        return line_text(piece.line)
    if isinstance(piece, Heading | Title):
        return piece.text
    return piece.finding if isinstance(piece, Chart) else ""
