"""Text pieces shared by all parts of a brief."""

from __future__ import annotations

from seminarkit.core.documents.pieces import Line, Look, Span
from seminarkit.core.documents.text_lines import person_span
from seminarkit.topics.briefs.dossier import Brief


def open_line(sentence: str) -> Line:
    """Return the line for something that is still open."""
    return Span("still open", "missing"), Span(f" {sentence}")


def page_link(dossier: Brief, words: str, path: str, look: Look = "plain") -> Span:
    """Return a link from a brief to a page for core participants.

    A session's brief is in their site; a group's brief is in its own folder beside it.
    """
    up = "../" if dossier.data["audience"] == "core" else "../../core/"
    return Span(words, look, up + path)


def country_link(dossier: Brief, code: str, name: str, look: Look = "plain") -> Span:
    """Return a country's name with a link to its page."""
    return page_link(dossier, name, f"countries/{code}.html", look)


def excerpt(words: str, most: int) -> Span:
    """Return the first ``most`` words of a text, with an ellipsis if it is longer."""
    word_list = words.split()
    return person_span(" ".join(word_list[:most]) + (" …" if len(word_list) > most else ""))
