"""What countries say in the closing session: their mini statements, and which are missing."""

from __future__ import annotations

from collections.abc import Sequence

from seminarkit.core.forms.answer_words import answer_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.submissions.audience import Readable, signed
from seminarkit.core.submissions.form_entries import entry_of
from seminarkit.topics.conclusions.dossier import MiniStatement

FORM = "mini_statement"


def mini_statements(
    folder: SeminarFolder, submissions: Sequence[Readable]
) -> tuple[list[MiniStatement], list[str]]:
    """Return the mini statements, country by country, and the countries that have sent none.

    Both are empty where the seminar does not ask for any.
    """
    seminar = folder.seminar
    form = folder.forms.get(FORM)
    if form is None or not any(task.form == FORM for task in seminar.tasks):
        return [], []
    given = [each for each in submissions if each.form == FORM and each.country]
    mini: list[MiniStatement] = []
    for code in seminar.countries:
        for each in (s for s in given if s.country == code):
            entry = entry_of(folder, form, each)
            mini.append(
                {
                    "code": code,
                    "country": seminar.display_name(code),
                    "by": signed(seminar, each.person, "core"),
                    "state": entry["state"],
                    "answers": [
                        {"label": a["label"], "shown": answer_words(a)} for a in entry["answers"]
                    ],
                }
            )
    there = {each.country for each in given}
    missing = [seminar.in_text(c) for c in seminar.countries if c not in there]
    return mini, missing
