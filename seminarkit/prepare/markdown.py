"""Markdown that people of the seminar write, as HTML: the only door to markdown-it."""

from __future__ import annotations

from collections.abc import Callable


def as_html(text: str, picture: Callable[[str], str] = lambda name: name) -> str:
    """Return Markdown as HTML; markup in it stays text. ``picture`` gives the address of one."""
    from markdown_it import MarkdownIt  # slow to load, and seldom needed

    reader = MarkdownIt("commonmark", {"html": False})
    tokens = reader.parse(text)
    for token in tokens:
        for child in token.children or ():
            if child.type == "image":
                child.attrs["src"] = picture(str(child.attrs["src"]))
    return str(reader.renderer.render(tokens, reader.options, {}))
