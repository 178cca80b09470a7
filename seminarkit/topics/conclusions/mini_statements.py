"""The countries' mini statements for the closing session, and the countries that have sent none."""

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
    """Return the mini statements by country, and the countries that have sent none.

    Both lists are empty if the seminar does not ask for mini statements.
    """
    seminar = folder.seminar
    form = folder.forms.get(FORM)
    if form is None or not any(task.form == FORM for task in seminar.tasks):
        return [], []
    received = [
        submission for submission in submissions if submission.form == FORM and submission.country
    ]
    mini: list[MiniStatement] = []
    for code in seminar.countries:
        for submission in (s for s in received if s.country == code):
            entry = entry_of(folder, form, submission)
            mini.append(
                {
                    "code": code,
                    "country": seminar.display_name(code),
                    "by": signed(seminar, submission.person, "core"),
                    "state": entry["state"],
                    "answers": [
                        {"label": a["label"], "shown": answer_words(a)} for a in entry["answers"]
                    ],
                }
            )
    received_from = {submission.country for submission in received}
    missing = [seminar.in_text(c) for c in seminar.countries if c not in received_from]
    return mini, missing
