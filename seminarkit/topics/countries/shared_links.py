"""Find links that several reports name; URLs are compared, never opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from seminarkit.core.forms.shapes import Audience, CompiledForm, is_repeat, questions, rows_of
from seminarkit.core.forms.url_compare import bare_link
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.submissions.audience import Readable, may_show, signed
from seminarkit.core.submissions.dossier_parts import NamedLink, SharedLink
from seminarkit.core.submissions.merged_report import counted_submissions


def shared_links(
    folder: SeminarFolder, by_country: Mapping[str, Sequence[Readable]], audience: Audience
) -> list[SharedLink]:
    """Return the links that several reports name, if the audience may read these reports."""
    seminar = folder.seminar
    by_link: dict[str, list[NamedLink]] = {}
    for code, submission in _reports(folder, by_country, audience):
        by = signed(seminar, submission.person, audience)
        links = {bare_link(url): url for url in _links(folder.forms[submission.form], submission)}
        for bare, url in links.items():
            entry = NamedLink(code=code, country=seminar.display_name(code), by=by, url=url)
            by_link.setdefault(bare, []).append(entry)
    return [{"named": entries} for entries in by_link.values() if len(entries) > 1]


def _reports(
    folder: SeminarFolder, by_country: Mapping[str, Sequence[Readable]], audience: Audience
) -> Iterator[tuple[str, Readable]]:
    """Yield the submission that counts for each delegation, with its country code."""
    forms = [folder.forms[task.form] for task in folder.seminar.tasks if task.per == "delegation"]
    for code, submissions in by_country.items():
        for form in forms:
            for submission in counted_submissions(submissions, form["form"]):
                if may_show(form, submission, audience):
                    yield code, submission


def _links(form: CompiledForm, submission: Readable) -> Iterator[str]:
    """Yield every link in the answers, including those in rows."""
    for field in questions(form["fields"]):
        value = submission.answers.get(field["name"])
        if is_repeat(field):
            columns = [f["name"] for f in field["fields"] if f.get("appearance") == "url"]
            cells = (row.get(name) for row in rows_of(value) for name in columns)
            yield from (str(cell) for cell in cells if cell)
        elif field.get("appearance") == "url" and value:
            yield str(value)
