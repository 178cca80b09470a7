"""Convert Markdown to HTML and to pieces: the only module that imports markdown-it.

HTML in it stays text, and so does Markdown that has no piece, such as pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from seminarkit.core.documents.pieces import (
    Cell,
    Column,
    Heading,
    Items,
    Line,
    Look,
    Piece,
    Quote,
    Rows,
    Span,
    Table,
    Text,
)
from seminarkit.core.documents.text_lines import is_link, line, line_text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

_LOOKS: dict[str, Look] = {"strong": "strong", "code_inline": "code"}
_LEVELS: dict[str, Literal[2, 3, 4]] = {"h1": 2, "h2": 2, "h3": 3}
_LOWEST_LEVEL: Literal[2, 3, 4] = 4


def as_html(text: str, picture: Callable[[str], str] = lambda name: name) -> str:
    """Return Markdown as HTML; HTML in it stays text. ``picture`` maps a file name to a URL."""
    parser = _parser()
    tokens = parser.parse(text)
    for token in tokens:
        for child in token.children or ():
            if child.type == "image":
                child.attrs["src"] = picture(str(child.attrs["src"]))
    return str(parser.renderer.render(tokens, parser.options, {}))


def as_pieces(text: str) -> list[Piece]:
    """Return Markdown as pieces: headings, paragraphs, lists, quotes and tables.

    Everything else becomes text: the alt text of a picture, the lines of code, $x$ as typed.
    """
    from markdown_it.tree import SyntaxTreeNode

    tree = SyntaxTreeNode(_parser().enable("table").parse(text))
    return [piece for node in tree.children for piece in _pieces(node)]


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # slow to load, and rarely needed

    return MarkdownIt("commonmark", {"html": False})


def _pieces(node: SyntaxTreeNode) -> Iterator[Piece]:
    if node.type == "heading":
        yield Heading(line_text(_spans(node)), _LEVELS.get(node.tag, _LOWEST_LEVEL))
    elif node.type == "paragraph":
        yield Text(_spans(node))
    elif node.type in ("bullet_list", "ordered_list"):
        yield Items(tuple(_items(node)), ordered=node.type == "ordered_list")
    elif node.type == "blockquote":
        yield Quote(tuple(_lines(node)))
    elif node.type in ("fence", "code_block"):
        yield from (Text(line(words, "code")) for words in node.content.splitlines())
    elif node.type == "table":
        yield _table(node)


def _table(node: SyntaxTreeNode) -> Table:
    heads, *rows = [[_spans(cell) for cell in row.children] for row in _all_rows(node)]
    labels = [line_text(head) for head in heads]
    columns = tuple(Column(h or f"column_{n}", h) for n, h in enumerate(labels, start=1))
    cells = tuple(tuple(Cell(line_text(c), (c,) if c else ()) for c in row) for row in rows)
    return Table("table", "", columns, (Rows(cells),))


def _all_rows(node: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
    for part in node.children:  # thead and tbody
        yield from part.children


def _items(node: SyntaxTreeNode, prefix: str = "") -> Iterator[Line]:
    """Yield the items of a list; items of nested lists follow their parent, after a dash."""
    for item in node.children:
        for number, block in enumerate(item.children):
            if block.type in ("bullet_list", "ordered_list"):
                yield from _items(block, f"{prefix}– ")
            elif number == 0:
                yield (Span(prefix), *_spans(block)) if prefix else _spans(block)
            else:
                yield from _lines(block)


def _lines(node: SyntaxTreeNode) -> Iterator[Line]:
    """Yield all lines in a block."""
    if node.type == "inline" or any(child.type == "inline" for child in node.children):
        yield _spans(node)
    elif node.type in ("fence", "code_block"):
        yield from (line(words, "code") for words in node.content.splitlines())
    for child in node.children:
        if child.type != "inline":
            yield from _lines(child)


def _spans(node: SyntaxTreeNode) -> Line:
    """Return the words of a block as spans. Links that a page may not contain stay text."""
    tokens = [child for part in node.children for child in _tokens(part)]
    spans: list[Span] = []
    look: Look = "plain"
    href = ""
    for token in tokens:
        if token.type in ("strong_open", "em_open"):
            look = "strong"
        elif token.type in ("strong_close", "em_close"):
            look = "plain"
        elif token.type == "link_open":
            address = str(token.attrs.get("href", ""))
            href = address if is_link(address) else ""
        elif token.type == "link_close":
            href = ""
        else:
            words = {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)
            spans.append(Span(words, _LOOKS.get(token.type, look), href, own=True))
    return tuple(_merged_spans(spans))


def _tokens(node: SyntaxTreeNode) -> Sequence[Token]:
    token = node.token
    return token.children or () if token else ()


def _merged_spans(spans: Sequence[Span]) -> Iterator[Span]:
    """Yield spans, with neighbours of the same look and link merged."""
    previous: Span | None = None
    for span in spans:
        if previous and (previous.look, previous.href) == (span.look, span.href):
            previous = replace(previous, text=previous.text + span.text)
            continue
        if previous and previous.text:
            yield previous
        previous = span
    if previous and previous.text:
        yield previous
