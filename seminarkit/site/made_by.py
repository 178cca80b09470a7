"""Check from which dossier a report was made, before it becomes a page."""

from __future__ import annotations

from seminarkit.core.errors import StopError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.reports.guard.dossier_reads import executed_file

_PUBLIC = "public"


def check_made(folder: SeminarFolder, audience: str, subject: str) -> None:
    """Raise StopError for a report that was made from the dossier of another audience or subject.

    Also raise it for a page that was not made with its notebook, as documents are made from the
    notebook. A page that is not public may be made from a public dossier. Reports from earlier
    versions of the kit have no record of what they read; they do not become public pages.
    """
    notebook = folder.reports / audience / f"{subject}.ipynb"
    executed = executed_file(notebook)
    if not executed.is_its_page(notebook.with_suffix(".html")):
        raise StopError(
            f"Nothing was published: the page on {subject} for {audience} was not made together "
            "with its notebook, so its documents could differ from it. Make both again: "
            f"seminar report{_country_option(folder, subject)} --force"
        )
    reads = executed.reads
    if not reads and audience != _PUBLIC:
        return
    if not reads:
        raise StopError(
            f"Nothing was published: the public report on {subject} does not say which dossier it "
            "was made from: an earlier version of the kit made it. Make it again: seminar report"
        )
    for read in reads:
        if read.audience not in (_PUBLIC, audience) or read.subject not in (subject, ""):
            raise StopError(
                f"Nothing was published: the report on {subject} for {audience} was made from "
                f"{read.words}. Correct its notebook, and make it again: "
                f"seminar report{_country_option(folder, subject)} --force"
            )


def _country_option(folder: SeminarFolder, subject: str) -> str:
    return f" --country {subject}" if subject in folder.seminar.countries else ""
