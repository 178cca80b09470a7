"""Build HTML elements: all text is escaped here, and only addresses become links."""

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
    """Return an element. ``inside`` is markup; attributes are text, and left out if empty.

    In a name, a trailing underscore is dropped and others become hyphens: ``class_``,
    ``data_head``.
    """
    markup = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value
    )
    return f"<{name}{markup}>{inside}</{name}>"


def text(words: str) -> str:
    """Return a text escaped, with its line breaks as <br>."""
    return escape(words).replace("\n", "<br>")


def block(name: str, line: Line, class_: str = "", anchor: str = "") -> str:
    """Return a line as an element; a person's own words run in the direction of their script."""
    quiet = bool(line) and all(span.look == "quiet" for span in line)
    own = bool(line) and all(span.own for span in line)
    look = class_ or ("about" if quiet and name == "div" else "")
    return tag(name, words(line, directed=own), class_=look, id=anchor, dir="auto" if own else "")


def words(line: Line, *, directed: bool = False) -> str:
    """Return the spans of a line as markup; in a ``directed`` line they set no direction."""
    return "".join(_span(span, "auto" if span.own and not directed else "") for span in line)


def _span(span: Span, direction: str) -> str:
    if is_link(span.href):
        return _link(span, direction)
    if span.hint:  # screen readers read the meaning of a dash or a tick instead of it
        meaning = {"role": "img", "aria-label": span.hint, "title": span.hint}
        return tag("span", text(span.text), class_=_class(span), **meaning)
    if span.look == "ref":
        return tag("sup", text(span.text))
    if span.look == "strong":
        return tag("strong", text(span.text), dir=direction)
    if span.look == "plain" and not direction:
        return text(span.text)
    return tag("span", text(span.text), class_=_class(span), dir=direction)


def _link(span: Span, direction: str) -> str:
    rel = "noopener nofollow" if is_web(span.href) else ""
    hint = span.hint or (f"Source {span.text}" if span.look == "ref" else "")
    link = tag(
        "a",
        text(span.text),
        href=span.href,
        title=hint,
        class_=_class(span),
        rel=rel,
        dir=direction,
    )
    parent = {"ref": "sup", "strong": "strong"}.get(span.look)
    return tag(parent, link) if parent else link


def _class(span: Span) -> str:
    return _CLASSES.get(span.look, "")
