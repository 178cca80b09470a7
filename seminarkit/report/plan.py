"""Which reports a seminar needs: a profile of every country, those over all, and the briefs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from seminarkit.analyse.totals import SURVEY_PAGE, shows_totals
from seminarkit.discuss.briefed import BRIEF, briefed
from seminarkit.forms.audiences import Audience
from seminarkit.report.record import Report
from seminarkit.seminar.folder import SeminarFolder

OVER_ALL = ("comparison", "survey", "day_recap", "conclusions")
NOTEBOOKS = {
    "country": "country_profile.ipynb",
    "comparison": "comparison.ipynb",
    "survey": "survey_results.ipynb",
    "brief": "session_brief.ipynb",
    "day_recap": "day_recap.ipynb",
    "conclusions": "conclusions.ipynb",
}


def planned(
    folder: SeminarFolder,
    dossiers: Mapping[tuple[Audience, str], Path],
    countries: Sequence[str],
    *,
    over_all: bool,
) -> list[Report]:
    """Return the reports to make of these dossiers, given by (audience, subject)."""
    briefs = [about.subject for about in briefed(folder.seminar)]
    subjects = [*countries, *([*OVER_ALL, *briefs] if over_all else [])]
    return [
        Report(
            notebook=folder.material("notebooks", "report", _notebook(subject)),
            subject=subject,
            audience=audience,
            dossier=path,
            output=folder.reports / audience / f"{subject}.ipynb",
            template=folder.material("templates", "report"),
        )
        for (audience, subject), path in dossiers.items()
        if subject in subjects or (over_all and shows_totals(subject))
    ]


def _notebook(subject: str) -> str:
    kind = "brief" if subject.startswith(BRIEF) else subject
    kind = SURVEY_PAGE if shows_totals(subject) else kind
    return NOTEBOOKS.get(kind, NOTEBOOKS["country"])
