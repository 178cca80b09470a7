"""Lines that all parts of a brief are made of."""

from __future__ import annotations

from seminarkit.core.documents.pieces import Line, Look, Span
from seminarkit.core.documents.text_lines import own
from seminarkit.topics.briefs.dossier import Brief


def gap(sentence: str) -> Line:
    """Return the line on something that is still open."""
    return Span("still open", "missing"), Span(f" {sentence}")


def page(dossier: Brief, words: str, path: str, look: Look = "plain") -> Span:
    """Return words that lead from a brief to a page of the site for core participants.

    A session's brief is in that site; a group's is in a folder of its own beside it.
    """
    up = "../" if dossier.data["audience"] == "core" else "../../core/"
    return Span(words, look, up + path)


def country_page(dossier: Brief, code: str, name: str, look: Look = "plain") -> Span:
    """Return a country's name, leading to its page."""
    return page(dossier, name, f"countries/{code}.html", look)


def beginning(words: str, most: int) -> Span:
    """Return the first of somebody's words, and a sign if there are more."""
    every = words.split()
    return own(" ".join(every[:most]) + (" …" if len(every) > most else ""))
