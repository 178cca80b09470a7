"""List the reports that a seminar needs: country profiles, reports over all, and briefs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.reports import kinds
from seminarkit.reports.run_record import Report


def planned(
    folder: SeminarFolder,
    dossiers: Mapping[tuple[Audience, str], Path],
    countries: Sequence[str],
    *,
    over_all: bool,
) -> list[Report]:
    """Return the reports to make from these dossiers, which are given by (audience, subject)."""
    kind_by_subject = {
        subject: kind
        for kind in kinds.KINDS
        for subject in (kind.subjects(folder) if kind.over_all else countries)
        if over_all or not kind.over_all
    }
    return [
        Report(
            notebook=folder.material("notebooks", "report", kind_by_subject[subject].notebook),
            subject=subject,
            audience=audience,
            dossier=path,
            output=folder.reports / audience / f"{subject}.ipynb",
            template=folder.material("templates", "report"),
            values=kind_by_subject[subject].values(subject, audience),
        )
        for (audience, subject), path in dossiers.items()
        if subject in kind_by_subject
    ]


def notebooks(folder: SeminarFolder, *, over_all: bool) -> set[Path]:
    """Return the notebooks that a run uses; ``over_all`` is false for a run for some countries."""
    used = [kind for kind in kinds.KINDS if over_all or not kind.over_all]
    return {folder.material("notebooks", "report", kind.notebook) for kind in used}
