"""Pieces of a document: what one cell of a report notebook shows, as data.

A piece is made once, and every writer shows it: page, Word, PDF, slides, CSV and XLSX. In an
executed notebook it is an output of the type ``MIME``, beside ``text/html`` and ``text/plain`` for
who has no kit. Writers read this data and never the HTML.

Pieces hold text alone. Each writer escapes it by its own rules, so that nothing in a text becomes
markup, a formula or an address that is opened.
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
GROUP = "For the people of this group and its chair alone."


class Shown:
    """What a notebook's cell shows of a piece that it returns; of an empty one it shows nothing.

    All classes of ``Piece`` inherit it, and no others.
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
    """Some words in a line; ends of lines in them are kept.

    ``look`` of complete, draft, partly and missing are marks of a state, "mark" is one of none.
    "whole" words are not broken over lines; a "ref" is the raised number of a source. ``href`` is
    an address of the web, a page of the site or ``#anchor``; writers leave out what is none.
    ``own`` are somebody's own words: they run in the direction of their script. ``hint`` is shown
    where a pointer rests on them; of words without a link it is what they mean, as of a dash.
    """

    text: str
    look: Look = "plain"
    href: str = ""
    own: bool = False
    hint: str = ""


Line = tuple[Span, ...]


@dataclass(frozen=True)
class Title(Shown):
    """The head of a document. ``kicker`` stands above the title, ``lead`` and ``notes`` below.

    ``seminar`` is the seminar's title and ``readers`` a sentence on who may read: paper and slides
    show them, a page has them in its frame. A ``compact`` document is set small on paper.
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
class Heading(Shown):
    """A heading of level 2 (a section) or 3; ``anchor`` is what a link leads to."""

    text: str
    level: Literal[2, 3, 4] = 2
    anchor: str = ""
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True)
class Text(Shown):
    """A paragraph."""

    line: Line
    role: Role = "plain"
    anchor: str = ""
    kind: Literal["text"] = "text"


@dataclass(frozen=True)
class Items(Shown):
    """A list of lines, with numbers where it is ``ordered``; ``anchors`` name its items, if any.

    ``look``: "boxes" are to be ticked; "names" are short and in two columns, "texts" long and set
    apart, in two columns on compact paper.
    """

    lines: tuple[Line, ...]
    ordered: bool = False
    anchors: tuple[str, ...] = ()
    look: Literal["plain", "boxes", "names", "texts"] = "plain"
    kind: Literal["items"] = "items"


@dataclass(frozen=True)
class Answer(Shown):
    """A question with what was answered, a line a paragraph. ``by`` is who answered so."""

    label: str
    lines: tuple[Line, ...]
    by: str = ""
    kind: Literal["answer"] = "answer"


@dataclass(frozen=True)
class Quote(Shown):
    """Somebody's words, a line a paragraph; ``about`` stands above them, ``by`` below."""

    lines: tuple[Line, ...]
    about: str = ""
    by: str = ""
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True)
class Column:
    """A column of a table. ``name`` is its name in files, ``label`` its head on a page.

    ``unit`` is written behind the head, such as "credits".
    """

    name: str
    label: str
    align: Align = "start"
    unit: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell: its value for files, and the lines that documents show of it.

    Without lines, documents show the value. ``anchor`` is what a link leads to.
    """

    value: Value = None
    lines: tuple[Line, ...] = ()
    anchor: str = ""


@dataclass(frozen=True)
class Rows:
    """Rows of a table under a title of their own, or under none."""

    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""


@dataclass(frozen=True)
class Table(Shown):
    """A table; the first column heads its rows. ``name`` is the name of its CSV file and sheet.

    ``look``: a "stack" shows each row as a block on a phone, "beside" is one whose first column is
    narrow; a "matrix" has columns of one width, "numbers" narrow ones; of "times" only
    the last is wide. ``note`` stands below it.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    groups: tuple[Rows, ...]
    note: str = ""
    look: Literal["plain", "stack", "beside", "matrix", "numbers", "times"] = "plain"
    kind: Literal["table"] = "table"


@dataclass(frozen=True)
class Chart(Shown):
    """A drawing under a sentence that states its ``finding``; ``alt`` is all of it in words."""

    finding: str
    alt: str
    drawing: Drawing
    kind: Literal["chart"] = "chart"


@dataclass(frozen=True)
class Picture(Shown):
    """A picture that a cell of one's own has drawn: its bytes as base64, its type, its text."""

    data: str
    type: Literal["image/png", "image/svg+xml", "image/jpeg"]
    alt: str = ""
    kind: Literal["picture"] = "picture"


@dataclass(frozen=True)
class Group(Shown):
    """Several pieces. ``look``: "card", "sheet" and "together" have a frame around them.

    Those "together" and in a "pair" are side by side where there is room.
    """

    pieces: tuple[Piece, ...]
    look: Literal["plain", "card", "sheet", "together", "pair"] = "plain"
    kind: Literal["group"] = "group"


@dataclass(frozen=True)
class Fold(Shown):
    """Pieces behind a title, folded on a page.

    On paper it is left out, or ``printed`` whole, under its title as a heading.
    """

    title: str
    pieces: tuple[Piece, ...]
    printed: bool = False
    kind: Literal["fold"] = "fold"


Piece = Title | Heading | Text | Items | Answer | Quote | Table | Chart | Picture | Group | Fold
EMPTY = Group(())  # what is shown where there is nothing to show


def section(heading: str, pieces: Sequence[Piece], level: Literal[2, 3] = 2) -> Group:
    """Return pieces under a heading; EMPTY where there are none."""
    return Group((Heading(heading, level), *pieces)) if pieces else EMPTY
