"""Build the overview dossier: the countries that have reported, and their tiles on the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.clock import days_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.submissions.audience import Readable, may_show
from seminarkit.core.submissions.board_rows import BoardRow
from seminarkit.core.submissions.merged_report import counted_submissions
from seminarkit.core.submissions.public_reports import PublicMark, Signatures
from seminarkit.topics.countries.dossier import OverviewDossier, Tile

_MARKS: Mapping[PublicMark, str] = {
    "": "",
    "signed": ", signed off ✓",
    "unsigned": ", not signed off",
}


def overview(
    folder: SeminarFolder,
    rows: Sequence[BoardRow],
    by_country: Mapping[str, Sequence[Readable]],
    audience: Audience,
    signed: Signatures,
) -> OverviewDossier:
    """Return the dossier of the index page; the public sees only the reports it may read."""
    seminar = folder.seminar
    return {
        "subject": "overview",
        "audience": audience,
        "seminar": {
            "title": seminar.title,
            "series": seminar.series,
            "theme": seminar.theme,
            "dates": days_words([session.date for session in seminar.sessions]),
        },
        "regions": [region.name for region in seminar.regions],
        "countries": [
            _country(
                folder, row, by_country[row.country], audience, signed.public_mark(row.country)
            )
            for row in rows
        ],
    }


def _country(
    folder: SeminarFolder,
    row: BoardRow,
    submissions: Sequence[Readable],
    audience: Audience,
    mark: PublicMark,
) -> Tile:
    seminar, code = folder.seminar, row.country
    # a seminar may have no report, or an optional one that is not on the board
    report_forms = [task.form for task in seminar.tasks if task.per == "delegation"]
    report = next((cell for cell in row.cells if cell.form in report_forms), None)
    if audience == "core":
        state = report.state if report else "missing"
        words = f"report {report.words}" if report and state != "missing" else "no report yet"
    else:
        form = folder.forms[report.form if report else report_forms[0]] if report_forms else None
        public = form is not None and any(
            may_show(form, s, "public") for s in counted_submissions(submissions, form["form"])
        )
        state = "complete" if public else "missing"
        words = f"report{_MARKS[mark]}" if public else "no report here"
    return {
        "code": code,
        "name": row.name,
        "footnote": seminar.footnote(code),
        "region": seminar.region_name(code),
        "tile": list(seminar.countries[code].tile),
        "state": state,
        "words": words,
    }
