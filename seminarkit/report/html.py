"""HTML of the briefs, whose length on paper is measured; all other reports are made of pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from seminarkit.core.documents import markup
from seminarkit.core.documents.markup import tag


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
    return markup.text(str(value))


def said(value: object) -> str:
    """Return somebody's words: escaped, in the direction of their own script."""
    return tag("span", text(value), dir="auto")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], caption: str, name: str) -> str:
    """Return a table whose first column heads its rows. Cells are markup, heads are text."""
    head = tag("tr", "".join(tag("th", text(each), scope="col") for each in heads))
    body = "".join(
        tag("tr", tag("th", first, scope="row") + "".join(tag("td", cell) for cell in cells))
        for first, *cells in rows
    )
    inside = tag("caption", text(caption)) + tag("thead", head) + tag("tbody", body)
    box = {"role": "region", "aria-label": caption, "tabindex": "0"}
    return tag("div", tag("table", inside, class_=name), class_="scroll", **box)
