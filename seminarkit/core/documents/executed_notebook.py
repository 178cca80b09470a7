"""An executed notebook as a document: its pieces, Markdown and pictures, in the order of its cells.

Everything is read as data, and nothing of ``text/html``. What no document can show (a widget, what
a cell prints) is left out with a remark. A cell is left out of all formats by the tag
``remove-cell``, of one by ``skip-docx``, ``skip-pdf``, ``skip-pptx``, ``skip-tables`` or
``skip-page``; with ``only-pptx``, say, that format alone shows it, and with ``notes-pptx`` it is
in the notes of the first slide. Its metadata may hold, at ``seminarkit.cell``, a ``name`` and a
``caption`` for its table, and ``alt`` for its picture.
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

Reader = Callable[[Json], Sequence[Piece]]  # of the formats of one output

_WIDGET = "application/vnd.jupyter.widget-view+json"
_NOTED = "application/vnd.seminarkit.dossier.v1+json"  # what the notebook has read
_UNSEEN, _SPOKEN = "remove-cell", "notes-pptx"
_INJECTED = "injected-parameters"
_NOT_RUN = "{}: cell {} has not been run. Run the notebook first, or add --execute"
_NO_PIECES = (
    "{}: cell {} holds no piece, as it was run by an earlier version of the kit, or without it. "
    "Run it again: seminar report. A notebook of your own needs the line: import seminarkit"
)
_REMARKS = {
    "widget": "shows a widget; a page has none.",
    "html": "shows HTML, which is not published: let it return a table, a chart or a Markdown().",
    "text": "shows a value as text, which is not published: let it return a table or a Markdown().",
    "print": "prints text, which is not published: use a Markdown cell, or return a table.",
    "error": "ends with an error, which is not published.",
    "picture": "shows a picture that cannot be read.",
    "no alt": "shows a picture that nothing describes: write a sentence above it, or give it an "
    "'alt' in its metadata.",
}


class _Left(Exception):  # noqa: N818  an output that no document shows, not a failure
    """An output is left out; its text is the remark, or ''."""


@dataclass
class _Reading:
    """What was read so far of a notebook."""

    name: str
    readers: Mapping[str, Reader]
    parts: list[Part] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    bare: int = 0  # the first cell with HTML alone
    with_pieces: bool = False

    @property
    def above(self) -> str:
        """The words right above, which say what a picture shows."""
        return _words(self.parts[-1].piece) if self.parts else ""


def read_document(
    book: Json, name: str, audience: str = "", readers: Mapping[str, Reader] | None = None
) -> Document:
    """Return what an executed notebook shows.

    ``readers`` read outputs of further formats, by those. Without an ``audience``, it is the one
    that the notebook was run for. Raises SeminarError for a notebook that was not run, or for a
    broken piece.
    """
    reading = _Reading(name, readers or {})
    number = 0
    for cell in objects(book.get("cells")):
        tags = tags_of(cell)
        number += _INJECTED not in tags
        if _UNSEEN not in tags:
            _read_cell(reading, cell, number, tags)
    parts = tuple(_titled(list(Names().named(reading.parts))))
    title = head([part.piece for part in parts])
    metadata = mapping(book.get("metadata"))
    return Document(
        name=name,
        title=title.text if title else name.removesuffix(".ipynb"),
        audience=audience or audience_of(metadata),
        language=str(mapping(metadata.get("seminarkit")).get("language") or "en"),
        parts=parts,
        remarks=tuple(reading.remarks),
        pieceless=0 if reading.with_pieces else reading.bare,
    )


def with_pieces(document: Document) -> Document:
    """Return a document; raises SeminarError where its notebook was run without this kit."""
    if document.pieceless:
        raise SeminarError(_NO_PIECES.format(document.name, document.pieceless))
    return document


def audience_of(metadata: Json) -> str:
    """Return for whom papermill ran a notebook, by its parameters; core where they do not say."""
    given = mapping(mapping(metadata.get("papermill")).get("parameters"))
    if audience := given.get("audience"):
        return str(audience)
    folders = str(given.get("dossier") or "").replace("\\", "/").split("/")[:-1]
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
    about = mapping(mapping(mapping(cell.get("metadata")).get("seminarkit")).get("cell"))
    for output in outputs:
        try:
            for piece in _output(reading, output, number, about):
                reading.parts.append(Part(piece, number, skipped, spoken))
        except _Left as left:
            if str(left):
                reading.remarks.append(f"{reading.name}, cell {number} {left}")


def _output(reading: _Reading, output: Json, number: int, about: Json) -> Iterator[Piece]:
    kind, data = output.get("output_type"), mapping(output.get("data"))
    if kind == "stream":
        raise _Left(_REMARKS["print"] if output.get("name") == "stdout" else "")
    if kind == "error":
        raise _Left(_REMARKS["error"])
    if _NOTED in data:
        return
    if MIME in data:
        reading.with_pieces = True
        yield _with_words(read_piece(data[MIME], f"{reading.name}, cell {number}"), about)
    elif known := [mime for mime in reading.readers if mime in data]:
        reading.with_pieces = True
        for mime in known:
            yield from reading.readers[mime](data)
    elif _WIDGET in data:
        raise _Left(_REMARKS["widget"])
    elif any(name.startswith("image/") for name in data):
        yield _picture(reading, output, number, about)
    elif "text/markdown" in data:
        yield from as_pieces(text_of(data["text/markdown"]))
    elif "text/latex" in data:
        yield Text(line(text_of(data["text/latex"])))
    elif "text/html" in data:
        reading.bare = reading.bare or number
        raise _Left(_REMARKS["html"])
    elif data:
        raise _Left(_REMARKS["text"])


def _picture(reading: _Reading, output: Json, number: int, about: Json) -> Picture:
    metadata = mapping(output.get("metadata"))
    alt = about.get("alt") or metadata.get("alt") or reading.above
    picture = picture_in(mapping(output.get("data")), str(alt))
    if picture is None:
        raise _Left(_REMARKS["picture"])
    if not alt:
        reading.remarks.append(f"{reading.name}, cell {number} {_REMARKS['no alt']}")
    return picture


def _with_words(piece: Piece, about: Json) -> Piece:
    """Return a table with the name and caption that its cell gives it."""
    words = {key: str(about[key]) for key in ("name", "caption") if about.get(key)}
    if not isinstance(piece, Table):
        return piece
    return replace(
        piece,
        name=words.get("name", piece.name),
        caption=words.get("caption", piece.caption),
    )


def _titled(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield parts; a document that begins with a heading has it as its title."""
    for number, part in enumerate(parts):
        begins = number == 0 and isinstance(part.piece, Heading)
        if begins and not any(isinstance(other.piece, Title) for other in parts):
            yield replace(part, piece=Title(_words(part.piece)))
        else:
            yield part


def _words(piece: Piece) -> str:
    if isinstance(piece, Text):
        return line_text(piece.line)
    if isinstance(piece, Heading | Title):
        return piece.text
    return piece.finding if isinstance(piece, Chart) else ""
