"""Texts on totals: how recent the numbers are, and when new ones appear."""

from __future__ import annotations

import json

from seminarkit.cli.options import plural
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.survey.disclosure.counts import SMALL
from seminarkit.topics.survey.dossier import Numbers
from seminarkit.topics.survey.totals import shows_totals


def issue_lines(folder: SeminarFolder) -> list[str]:
    """Return one sentence per form that is shown as totals, from its last dossier."""
    paths = sorted((folder.dossiers / "core").glob("*.json"))
    dossiers = [json.loads(p.read_text(encoding="utf-8")) for p in paths if shows_totals(p.stem)]
    return [
        issue_line(dossier["label"], part) for dossier in dossiers for part in dossier["numbers"]
    ]


def issue_line(title: str, numbers: Numbers) -> str:
    """Return how recent the numbers of one part are, and when new ones appear."""
    part = f" ({numbers['part'].lower()})" if numbers["part"] else ""
    more, changed = numbers["more"], numbers["changed"]
    if not numbers["day"]:
        return (
            f"{title}{part}: no numbers yet. {plural(changed, 'answer was', 'answers were')} "
            f"received; numbers appear with {more} more."
        )
    as_of = f"{numbers['day']} ({plural(numbers['answered'], 'answer')})"
    if not changed:
        return f"{title}{part}: the numbers are those of {as_of}; no answer has changed since."
    have = f"{plural(changed, 'answer is', 'answers are')} new or changed since then"
    due = "" if numbers["over"] else f", or after {numbers['due']} if there are {SMALL} by then"
    return (
        f"{title}{part}: the numbers are still those of {as_of}. {have}; new numbers appear with "
        f"{more} more{due}."
    )
