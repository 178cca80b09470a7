"""List the characters that PDF files spell out because no font has them, with their authors."""

from __future__ import annotations

import json

from seminarkit.core import fonts
from seminarkit.core.clean_text import character_counts, texts_in
from seminarkit.core.number_words import count
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.countries.dossier import CountryDossier

_MOST = 10


def written_out(folder: SeminarFolder) -> list[str]:
    """Return a line for each answer in a country's PDF with such characters, up to a limit."""
    lines = []
    for country in folder.seminar.countries:
        path = folder.dossiers / "core" / f"{country}.json"
        document = folder.site("core") / "documents" / f"{country}.pdf"
        text = path.read_text(encoding="utf-8") if path.is_file() and document.is_file() else ""
        if fonts.needs_others(text):
            for place, signs in _signs(json.loads(text)).items():
                lines.append(
                    f"{document.name} spells out signs that its font does not have: "
                    f"{character_counts(signs)}, in {place}. The page and the Word document show "
                    "the signs themselves."
                )
    more = len(lines) - _MOST
    answers = count(more, "more answer")
    return [*lines[:_MOST], *([f"And {answers} with such signs."] if more > 0 else [])]


def _signs(dossier: CountryDossier) -> dict[str, dict[str, None]]:
    """Return the characters that no font has, by answer and author."""
    signs_by_place: dict[str, dict[str, None]] = {}
    for entry in (entry for entries in dossier["forms"].values() for entry in entries):
        for answer in entry["answers"]:
            place = f"“{answer['label']}” of {entry['by']}"
            for text in texts_in(answer):
                if missing := fonts.drawable(text).missing:
                    signs_by_place.setdefault(place, {}).update(dict.fromkeys(missing))
    return signs_by_place
