"""Small pieces of HTML. Whatever comes in is text, and is escaped here, once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

_WEB = re.compile(r"https?://[^\s<>\"']+")


class Html:
    """Markup that a notebook shows as it is."""

    def __init__(self, *parts: str) -> None:
        self.markup = "".join(parts)

    def _repr_html_(self) -> str:
        return self.markup

    def __repr__(self) -> str:
        return re.sub(r"<[^>]+>", " ", self.markup).strip()


def text(value: object) -> str:
    """Return a text escaped, its line ends kept."""
    return escape(str(value)).replace("\n", "<br>")


def tag(name: str, inside: str, **attributes: str) -> str:
    """Return an element. ``inside`` is markup already; attributes are text.

    A trailing underscore frees Python's words, one inside is a hyphen: ``class_``, ``data_head``.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(v))}"' for key, v in attributes.items()
    )
    return f"<{name}{written}>{inside}</{name}>"


def said(value: object) -> str:
    """Return somebody's words: escaped, in the direction of their own script."""
    return tag("span", text(value), dir="auto")


def paragraphs(words: str) -> str:
    """Return somebody's words, each paragraph in the direction of its own script."""
    return "".join(
        tag("p", link(line) if line.startswith("http") else text(line), dir="auto")
        for line in words.splitlines()
        if line.strip()
    )


def link(address: str, words: str = "") -> str:
    """Return a link if the address is one of the web, else the address as text."""
    if not _WEB.fullmatch(address):
        return said(address)
    return tag("a", text(words or address), href=address, rel="noopener nofollow", dir="auto")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], caption: str, name: str = "") -> str:
    """Return a table whose first column heads its rows. Cells are markup, heads are text."""
    return grouped_table(heads, [("", rows)], caption, name)


def grouped_table(
    heads: Sequence[str],
    groups: Iterable[tuple[str, Iterable[Sequence[str]]]],
    caption: str,
    name: str = "",
) -> str:
    """Return a table whose rows come in groups, each under its name; see ``table``.

    ``name`` is its class: on a phone a "stack" shows each row as a block, each cell under its head.
    """
    head = "".join(tag("th", text(h), scope="col") for h in heads)
    bodies = ""
    for group, rows in groups:
        title = tag("th", text(group), colspan=str(len(heads)), scope="rowgroup") if group else ""
        lines = "".join(_row(heads, cells, name) for cells in rows)
        bodies += tag("tbody", (tag("tr", title) if title else "") + lines)
    inside = tag("caption", text(caption)) + tag("thead", tag("tr", head)) + bodies
    # wide tables scroll by themselves, so that the page does not; the keyboard reaches them
    box = {"role": "region", "aria-label": caption, "tabindex": "0"}
    return tag("div", tag("table", inside, class_=name), class_="scroll", **box)


def _row(heads: Sequence[str], cells: Sequence[str], name: str) -> str:
    row = tag("th", cells[0], scope="row")
    for head, cell in zip(heads[1:], cells[1:], strict=True):
        row += tag("td", cell, data_head=head) if "stack" in name.split() else tag("td", cell)
    return tag("tr", row)
