"""A person's readings: links for their list of tasks, and the shared pages of their pack."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.assignments import Author
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.reading_list import Reading
from seminarkit.topics.packs.library_pages import definitions_page, readings_page

READINGS, TERMS = "readings.html", "terms.html"
_TITLES = {
    READINGS: ("All readings", "What each text says, for which session, and how long it takes."),
    TERMS: (
        "Terms and definitions",
        "The words of this seminar explained, and definitions side by side.",
    ),
}


def readings_for(folder: SeminarFolder, author: Author) -> list[Reading]:
    """Return the texts that a core participant is asked to read, the shortest first."""
    if not folder.seminar.participant(author.id):
        return []
    required = [reading for reading in folder.readings.values() if reading.for_everybody]
    return sorted(required, key=lambda reading: (reading.minutes, reading.id))


def reading_list_html(folder: SeminarFolder, readings: Sequence[Reading], shelf: str) -> str:
    """Return the readings as an HTML list, with the shared pages at the address ``shelf``."""
    items = [
        (reading.url, ' rel="noopener"', reading.title, _facts(reading)) for reading in readings
    ]
    items += [(f"{shelf}{name}", "", *_TITLES[name]) for name in shelf_names(folder)]
    entries = "".join(
        f'<li><a class="sk-open" href="{escape(address)}"{more}>{escape(title)}</a>'
        f"<p>{escape(words)}</p></li>\n"
        for address, more, title, words in items
    )
    return f"<h2>To read</h2>\n<ul>\n{entries}</ul>" if items else ""


def shelf_text(folder: SeminarFolder) -> str:
    """Return a sentence on the shared pages of a pack, '' if there are none."""
    sentences = {
        READINGS: f"{READINGS} has every text with its link.",
        TERMS: f"{TERMS} explains the words.",
    }
    shown = [sentences[name] for name in shelf_names(folder)]
    return f"\n  To read: {' '.join(shown)}\n" if shown else ""


def shelf_names(folder: SeminarFolder) -> list[str]:
    """Return the names of the pages that all people of a pack share, if they have content."""
    terms = folder.glossary or folder.definitions.definitions
    return [name for name, content in ((READINGS, folder.readings), (TERMS, terms)) if content]


def shelf_page(folder: SeminarFolder, name: str, audience: Audience) -> str:
    """Return one of the pages that all people of a pack share."""
    make = readings_page if name == READINGS else definitions_page
    return make(folder, audience)


def _facts(reading: Reading) -> str:
    part = f" {reading.part}." if reading.part else ""
    return f"{reading.publisher}.{part} About {reading.minutes} minutes."
