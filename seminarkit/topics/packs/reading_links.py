"""What there is to read for a person: linked from their list of tasks, and in their pack."""

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
    """Return the texts that a core participant is asked to read; the shortest first."""
    if not folder.seminar.participant(author.id):
        return []
    asked = [reading for reading in folder.readings.values() if reading.for_everybody]
    return sorted(asked, key=lambda reading: (reading.minutes, reading.id))


def to_read(folder: SeminarFolder, readings: Sequence[Reading], shelf: str) -> str:
    """Return the texts as a list of links, and what else lies on the ``shelf`` of the pack."""
    items = [
        (reading.url, ' rel="noopener"', reading.title, _facts(reading)) for reading in readings
    ]
    items += [(f"{shelf}{name}", "", *_TITLES[name]) for name in shelf_names(folder)]
    listed = "".join(
        f'<li><a class="sk-open" href="{escape(address)}"{more}>{escape(title)}</a>'
        f"<p>{escape(words)}</p></li>\n"
        for address, more, title, words in items
    )
    return f"<h2>To read</h2>\n<ul>\n{listed}</ul>" if items else ""


def to_read_in_text(folder: SeminarFolder) -> str:
    """Return what lies on the shelf of a pack as plain text, or nothing."""
    sentences = {
        READINGS: f"{READINGS} has every text with its link.",
        TERMS: f"{TERMS} explains the words.",
    }
    there = [sentences[name] for name in shelf_names(folder)]
    return f"\n  To read: {' '.join(there)}\n" if there else ""


def shelf_names(folder: SeminarFolder) -> list[str]:
    """Return the pages that all people of a pack share: those for which there is something."""
    terms = folder.glossary or folder.definitions.definitions
    return [name for name, there in ((READINGS, folder.readings), (TERMS, terms)) if there]


def shelf_page(folder: SeminarFolder, name: str, audience: Audience) -> str:
    """Return one of the pages that all people of a pack share."""
    make = readings_page if name == READINGS else definitions_page
    return make(folder, audience)


def _facts(reading: Reading) -> str:
    part = f" {reading.part}." if reading.part else ""
    return f"{reading.publisher}.{part} About {reading.minutes} minutes."
