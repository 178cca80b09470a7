"""Which reports a seminar needs: a profile of every country, and the comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from seminarkit.analyse.audience import Audience
from seminarkit.report.batch import Report
from seminarkit.seminar.folder import SeminarFolder

NOTEBOOKS = {"country": "country_profile.ipynb", "comparison": "comparison.ipynb"}


def planned(
    folder: SeminarFolder,
    dossiers: Mapping[tuple[Audience, str], Path],
    countries: Sequence[str],
    *,
    with_comparison: bool,
) -> list[Report]:
    """Return the reports to make of these dossiers, given by (audience, subject)."""
    subjects = [*countries, *(["comparison"] if with_comparison else [])]
    return [
        Report(
            notebook=folder.material(
                "notebooks", "report", NOTEBOOKS.get(subject, NOTEBOOKS["country"])
            ),
            subject=subject,
            audience=audience,
            dossier=path,
            output=folder.reports / audience / f"{subject}.ipynb",
        )
        for (audience, subject), path in dossiers.items()
        if subject in subjects
    ]
