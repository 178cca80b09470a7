"""The statements of groups, from their notes, as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.session_kinds import CONCLUSIONS
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import readable, with_receipts
from seminarkit.data.dossier_rows import statement_rows
from seminarkit.data.source import Reader
from seminarkit.topics.conclusions.all_notes import notes
from seminarkit.topics.conclusions.facts import summary_dossiers


def stated(
    folder: SeminarFolder, submissions: Sequence[Submission], reader: Reader
) -> list[dict[str, object]]:
    """Return the statements; the public gets the published wording, without the group."""
    if reader == "public":
        dossier = summary_dossiers(folder, submissions).get(("public", CONCLUSIONS))
        return list(statement_rows(dossier or {}))
    return list(_of_notes(folder, submissions))


def _of_notes(
    folder: SeminarFolder, submissions: Sequence[Submission]
) -> Iterator[dict[str, object]]:
    seen = with_receipts(readable(folder, submissions, "core"), submissions)
    found = notes(folder, seen)
    days = {session.id: session.date.isoformat() for session in folder.seminar.sessions}
    complete = {s.id: sheet.complete for sheet in found.sheets for s in sheet.statements}
    for point in found.points:
        for statement in point.statements:
            codes = [reference.code for reference in statement.references]
            outcomes = {outcome.id for outcome in folder.seminar.outcomes}
            yield {
                "id": statement.id,
                "day": days.get(statement.session),
                "group": statement.group,
                "kind": statement.kind,
                "text": statement.text,
                "references": codes,
                "outcomes": [code for code in codes if code in outcomes],
                "same_as": point.lead.id if statement.id != point.lead.id else None,
                "public": statement.id in found.taken,
                "draft": not complete[statement.id],
            }
