"""Build the dossier of the case studies."""

from __future__ import annotations

from collections.abc import Sequence

from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.submissions.audience import Readable
from seminarkit.core.submissions.form_entries import entry_of
from seminarkit.topics.cases.dossier import CasesDossier


def cases_dossier(
    folder: SeminarFolder, submissions: Sequence[Readable], audience: Audience
) -> CasesDossier:
    """Return the dossier of the case studies: the presenters' sheets that an audience may read."""
    forms = [task.form for task in folder.seminar.tasks if task.per == "presenter"]
    return {
        "subject": "cases",
        "audience": audience,
        "forms": {
            name: [
                entry_of(folder, folder.forms[name], submission)
                for submission in submissions
                if submission.form == name
            ]
            for name in dict.fromkeys(forms)
        },
    }
