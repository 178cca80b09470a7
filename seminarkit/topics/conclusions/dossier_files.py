"""Writes the dossiers of recap and conclusions, and takes away those that hold no more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from seminarkit.core.disk.attempts import Attempts, dossier_name
from seminarkit.core.disk.files import to_json, write_whole
from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.session_kinds import SUMMARIES
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import AUDIENCES
from seminarkit.topics.conclusions.dossier import AnySummary
from seminarkit.topics.conclusions.facts import summary_dossiers


def write_summaries(
    folder: SeminarFolder, submissions: Sequence[Submission], attempts: Attempts | None = None
) -> dict[tuple[Audience, str], Path]:
    """Write the dossiers of recap and conclusions.

    One that holds no more is taken away with its report: nothing is public that was left again. One
    that fails stays as it was and is noted in ``attempts``; without them it is raised at the end.
    """
    noted = attempts or Attempts()
    dossiers: dict[tuple[Audience, str], AnySummary] = {}
    everything = "dossiers of recap and conclusions"
    with noted.at(everything):
        dossiers = summary_dossiers(folder, submissions, noted)
    made: dict[tuple[Audience, str], Path] = {}
    for audience in AUDIENCES:
        for subject in SUMMARIES:
            path = folder.dossiers / audience / f"{subject}.json"
            name = dossier_name(audience, subject)
            if (audience, subject) in dossiers:
                with noted.at(name):
                    write_whole(path, to_json(dossiers[audience, subject]))
                    made[audience, subject] = path
            elif not {name, everything} & noted.failures.keys():
                for old in (path, *folder.reports.glob(f"{audience}/{subject}.*")):
                    with noted.at(name):
                        old.unlink(missing_ok=True)
    if attempts is None:
        noted.raise_first()
    return made
