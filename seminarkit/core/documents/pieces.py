"""The document model: pieces, which are what a cell of a report notebook returns, as data.

Every writer takes the same pieces: HTML, Word, PDF, slides, CSV and XLSX. In an executed notebook
a piece is an output of the type ``MIME``, beside ``text/html`` and ``text/plain`` for readers
without the kit. Writers read this data and never the HTML.

Pieces contain plain text only. Each writer escapes it by its own rules, so that no text becomes
markup, a formula or a link that is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from seminarkit.core.documents.drawing import Drawing

MIME = "application/vnd.seminarkit.piece.v1+json"

Mark = Literal["mark", "complete", "draft", "partly", "missing"]
Look = Literal["plain", "strong", "code", "quiet", "whole", "ref", Mark]
Role = Literal["plain", "lead", "note", "by", "about", "footnote", "question"]
Align = Literal["start", "end"]
Value = str | int | float | bool | None
CORE = "For the core participants of the seminar. Not for the public."
GROUP = "Only for the people of this group and its chair."


class PieceDisplay:
    """Display of a piece in a notebook; an empty piece shows nothing.

    All classes in the union ``Piece`` inherit from it, and no others.
    """

    def _ipython_display_(self) -> None:
        from seminarkit.core.documents.mime_bundle import is_empty  # the writers read this module

        if not is_empty(cast("Piece", self)):
            raise NotImplementedError  # so that IPython asks for the bundle below

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        from seminarkit.core.documents.mime_bundle import bundle

        return bundle(cast("Piece", self))

    def __str__(self) -> str:
        from seminarkit.core.documents.plain_text import plain_text

        return plain_text(cast("Piece", self))


@dataclass(frozen=True)
class Span:
    """Words of a line with one look; line breaks in them are kept.

    ``look``: "complete", "draft", "partly" and "missing" are badges of a state, "mark" is one
    without a state; "whole" words are not broken over lines; a "ref" is the superscript number of
    a source. ``href`` is a web address, a page of the site or ``#anchor``; writers ignore any other
    text. ``own`` words are a person's own and run in the direction of their script. ``hint`` is a
    tooltip; for words without a link, such as a dash, it is their meaning.
    """

    text: str
    look: Look = "plain"
    href: str = ""
    own: bool = False
    hint: str = ""


Line = tuple[Span, ...]


@dataclass(frozen=True)
class Title(PieceDisplay):
    """The title of a document, with a ``kicker`` above it and ``lead`` and ``notes`` below.

    ``seminar`` is the seminar's title, ``readers`` a sentence on who may read: paper and slides
    show them, pages have them in their frame. A ``compact`` document is typeset small on paper.
    """

    text: str
    kicker: str = ""
    lead: str = ""
    notes: tuple[Line, ...] = ()
    seminar: str = ""
    readers: str = ""
    compact: bool = False
    kind: Literal["title"] = "title"


@dataclass(frozen=True)
class Heading(PieceDisplay):
    """A heading of level 2 (a section) to 4; ``anchor`` is the target of links."""

    text: str
    level: Literal[2, 3, 4] = 2
    anchor: str = ""
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True)
class Text(PieceDisplay):
    """A paragraph."""

    line: Line
    role: Role = "plain"
    anchor: str = ""
    kind: Literal["text"] = "text"


@dataclass(frozen=True)
class Items(PieceDisplay):
    """A list, numbered if ``ordered``; ``anchors`` are one per item, or none.

    ``look``: "boxes" has check boxes; "names" are short items in two columns, "texts" long items
    with space between them, in two columns on compact paper.
    """

    lines: tuple[Line, ...]
    ordered: bool = False
    anchors: tuple[str, ...] = ()
    look: Literal["plain", "boxes", "names", "texts"] = "plain"
    kind: Literal["items"] = "items"


@dataclass(frozen=True)
class Answer(PieceDisplay):
    """A question and its answer, one line per paragraph; ``by`` names the author."""

    label: str
    lines: tuple[Line, ...]
    by: str = ""
    kind: Literal["answer"] = "answer"


@dataclass(frozen=True)
class Quote(PieceDisplay):
    """A quotation, one line per paragraph, with ``about`` above and its author ``by`` below."""

    lines: tuple[Line, ...]
    about: str = ""
    by: str = ""
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True)
class Column:
    """A column of a table: its ``name`` in files and its ``label`` on a page.

    ``unit``, such as "credits", follows the label in brackets.
    """

    name: str
    label: str
    align: Align = "start"
    unit: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its value in files, and the lines that documents show.

    Without lines, documents show the value. ``anchor`` is the target of links.
    """

    value: Value = None
    lines: tuple[Line, ...] = ()
    anchor: str = ""


@dataclass(frozen=True)
class Rows:
    """A group of rows of a table, with or without a title."""

    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""


@dataclass(frozen=True)
class Table(PieceDisplay):
    """A table whose first column is the row header; ``name`` names its CSV file and sheet.

    ``look``: on a phone, "stack" shows each row as a block, and so does "beside", with a narrow
    first column; "matrix" has columns of equal width, "numbers" narrow ones; in "times" only the
    last column is wide. ``note`` is shown below the table.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    groups: tuple[Rows, ...]
    note: str = ""
    look: Literal["plain", "stack", "beside", "matrix", "numbers", "times"] = "plain"
    kind: Literal["table"] = "table"


@dataclass(frozen=True)
class Chart(PieceDisplay):
    """A drawing under a sentence that states its ``finding``; ``alt`` is its content in words."""

    finding: str
    alt: str
    drawing: Drawing
    kind: Literal["chart"] = "chart"


@dataclass(frozen=True)
class Picture(PieceDisplay):
    """A picture from a notebook's own cell: its bytes as base64, its MIME type, its alt text."""

    data: str
    type: Literal["image/png", "image/svg+xml", "image/jpeg"]
    alt: str = ""
    kind: Literal["picture"] = "picture"


@dataclass(frozen=True)
class Group(PieceDisplay):
    """Several pieces. ``look``: "card", "sheet" and "together" have a frame.

    The pieces of "together" and "pair" are side by side if there is room.
    """

    pieces: tuple[Piece, ...]
    look: Literal["plain", "card", "sheet", "together", "pair"] = "plain"
    kind: Literal["group"] = "group"


@dataclass(frozen=True)
class Fold(PieceDisplay):
    """Pieces behind a title, collapsed on a page.

    Paper leaves them out, or if ``printed`` shows them under the title as a heading.
    """

    title: str
    pieces: tuple[Piece, ...]
    printed: bool = False
    kind: Literal["fold"] = "fold"


Piece = Title | Heading | Text | Items | Answer | Quote | Table | Chart | Picture | Group | Fold
EMPTY = Group(())  # a piece that shows nothing


def section(heading: str, pieces: Sequence[Piece], level: Literal[2, 3] = 2) -> Group:
    """Return a group of a heading and pieces; EMPTY if there are no pieces."""
    return Group((Heading(heading, level), *pieces)) if pieces else EMPTY
