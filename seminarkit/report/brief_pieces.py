"""Small pieces that all parts of a brief are made of."""

from __future__ import annotations

from collections.abc import Sequence

from seminarkit.core.documents.markup import tag
from seminarkit.report.dossier import Brief
from seminarkit.report.html import text


def h2(title: str) -> str:
    """Return the heading of a piece."""
    return tag("h2", text(title))


def gaps(sentences: Sequence[str]) -> str:
    """Return a line for each thing that is still open."""
    mark = tag("span", "still open", class_="mark missing")
    return "".join(tag("p", f"{mark} {text(each)}", class_="gap") for each in sentences)


def site(dossier: Brief, path: str) -> str:
    """Return the link from a brief to a page of the site for core participants.

    A session's brief is in that site; a group's is in a folder of its own beside it.
    """
    return ("../" if dossier.data["audience"] == "core" else "../../core/") + path


def country_link(dossier: Brief, code: str, name: str) -> str:
    """Return a country's name, leading to its page."""
    return tag("a", text(name), href=site(dossier, f"countries/{code}.html"))


def cut(words: str, most: int) -> str:
    """Return the first words, and a sign that there are more."""
    every = words.split()
    return " ".join(every[:most]) + (" …" if len(every) > most else "")
