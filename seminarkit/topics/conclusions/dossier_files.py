"""Writes the dossiers of recap and conclusions, and deletes those that have become empty."""

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
    """Write the dossiers of recap and conclusions; return their paths by audience and subject.

    A dossier without content is deleted together with its report, so that withdrawn statements do
    not stay public. If a dossier fails, its previous file stays and the failure is recorded in
    ``attempts``; without ``attempts``, the first failure is raised at the end.
    """
    recorder = attempts or Attempts()
    dossiers: dict[tuple[Audience, str], AnySummary] = {}
    all_dossiers = "dossiers of recap and conclusions"
    with recorder.at(all_dossiers):
        dossiers = summary_dossiers(folder, submissions, recorder)
    written: dict[tuple[Audience, str], Path] = {}
    for audience in AUDIENCES:
        for subject in SUMMARIES:
            path = folder.dossiers / audience / f"{subject}.json"
            name = dossier_name(audience, subject)
            if (audience, subject) in dossiers:
                with recorder.at(name):
                    write_whole(path, to_json(dossiers[audience, subject]))
                    written[audience, subject] = path
            elif not {name, all_dossiers} & recorder.failures.keys():
                for outdated in (path, *folder.reports.glob(f"{audience}/{subject}.*")):
                    with recorder.at(name):
                        outdated.unlink(missing_ok=True)
    if attempts is None:
        recorder.raise_first()
    return written
