"""The dossier of the case studies."""

from __future__ import annotations

from seminarkit.core.submissions.dossier_parts import Entry, Head


class CasesDossier(Head):
    """The presenters' sheets, an entry each, by form."""

    forms: dict[str, list[Entry]]
