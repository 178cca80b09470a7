"""Elements and words of HTML: here all text is escaped, and only what is an address is linked."""

from __future__ import annotations

from html import escape
from typing import get_args

from seminarkit.core.documents.pieces import Line, Mark, Span
from seminarkit.core.documents.text_lines import is_link, is_web

_CLASSES = {
    **{mark: f"mark {mark}" for mark in get_args(Mark)},
    "mark": "mark",
    "quiet": "note",
    "code": "code",
    "whole": "whole",
}


def tag(name: str, inside: str, **attributes: str) -> str:
    """Return an element. ``inside`` is markup already; attributes are text, left out where empty.

    A trailing underscore frees Python's words, one inside is a hyphen: ``class_``, ``data_head``.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value
    )
    return f"<{name}{written}>{inside}</{name}>"


def text(words: str) -> str:
    """Return a text escaped, its line ends kept."""
    return escape(words).replace("\n", "<br>")


def block(name: str, line: Line, class_: str = "", anchor: str = "") -> str:
    """Return a line as an element; somebody's own words run in the direction of their script."""
    quiet = bool(line) and all(span.look == "quiet" for span in line)
    own = bool(line) and all(span.own for span in line)
    look = class_ or ("about" if quiet and name == "div" else "")
    return tag(name, words(line, directed=own), class_=look, id=anchor, dir="auto" if own else "")


def words(line: Line, *, directed: bool = False) -> str:
    """Return words; those of a ``directed`` line have its direction."""
    return "".join(_span(span, "auto" if span.own and not directed else "") for span in line)


def _span(span: Span, way: str) -> str:
    if is_link(span.href):
        return _link(span, way)
    if span.hint:  # a dash or a tick: what it means is read aloud in its place
        meaning = {"role": "img", "aria-label": span.hint, "title": span.hint}
        return tag("span", text(span.text), class_=_class(span), **meaning)
    if span.look == "ref":
        return tag("sup", text(span.text))
    if span.look == "strong":
        return tag("strong", text(span.text), dir=way)
    if span.look == "plain" and not way:
        return text(span.text)
    return tag("span", text(span.text), class_=_class(span), dir=way)


def _link(span: Span, way: str) -> str:
    rel = "noopener nofollow" if is_web(span.href) else ""
    hint = span.hint or (f"Source {span.text}" if span.look == "ref" else "")
    made = tag(
        "a", text(span.text), href=span.href, title=hint, class_=_class(span), rel=rel, dir=way
    )
    around = {"ref": "sup", "strong": "strong"}.get(span.look)
    return tag(around, made) if around else made


def _class(span: Span) -> str:
    return _CLASSES.get(span.look, "")
