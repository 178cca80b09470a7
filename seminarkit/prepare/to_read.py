"""What there is to read for a person: linked from their list of tasks, and in their pack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from seminarkit.forms.audiences import Audience
from seminarkit.prepare.library import definitions_page, readings_page
from seminarkit.seminar.assignments import Author
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.seminar.model import Seminar
from seminarkit.seminar.readings import Reading

READINGS, TERMS = "readings.html", "terms.html"


def readings_for(folder: SeminarFolder, author: Author) -> list[Reading]:
    """Return the texts that a core participant is asked to read; the shortest first."""
    if not folder.seminar.participant(author.id):
        return []
    asked = [reading for reading in folder.readings.values() if reading.for_everybody]
    return sorted(asked, key=lambda reading: (reading.minutes, reading.id))


def to_read(seminar: Seminar, readings: Sequence[Reading], shelf: str) -> str:
    """Return the texts as a list of links, and where all others and the terms are explained."""
    items = "".join(
        f'<li><a class="sk-open" href="{escape(reading.url)}" rel="noopener">'
        f"{escape(reading.title)}</a><p>{escape(_facts(reading))}</p></li>\n"
        for reading in readings
    )
    more = (
        f'<li><a class="sk-open" href="{shelf}{READINGS}">All readings</a>'
        "<p>What each text says, for which session, and how long it takes.</p></li>\n"
        f'<li><a class="sk-open" href="{shelf}{TERMS}">Terms and definitions</a>'
        "<p>The words of this seminar explained, and definitions side by side.</p></li>\n"
    )
    return f"<h2>To read</h2>\n<ul>\n{items}{more}</ul>"


def shelf_pages(folder: SeminarFolder, audience: Audience) -> Iterator[tuple[str, str]]:
    """Yield name and page of what all people of a pack share: readings, and terms."""
    if folder.readings:
        yield READINGS, readings_page(folder, audience)
    if folder.glossary or folder.definitions.definitions:
        yield TERMS, definitions_page(folder, audience)


def _facts(reading: Reading) -> str:
    part = f" {reading.part}." if reading.part else ""
    return f"{reading.publisher}.{part} About {reading.minutes} minutes."
