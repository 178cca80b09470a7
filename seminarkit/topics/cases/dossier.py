"""Type of the dossier of case studies."""

from __future__ import annotations

from seminarkit.core.submissions.dossier_parts import Entry, Head


class CasesDossier(Head):
    """The presenters' sheets by form, one entry per submission."""

    forms: dict[str, list[Entry]]
