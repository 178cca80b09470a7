"""Lines that a form shows because the seminar knows them already: people correct them."""

from __future__ import annotations

from collections.abc import Sequence

from seminarkit.core.forms.shapes import KnownLine, PersonalForm, all_fields, is_note
from seminarkit.core.seminar.assignments import Assignment
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.known_facts import case_lines, country_lines
from seminarkit.core.store.submission import Submission
from seminarkit.topics.packs.group_facts import group_lines

CASE_SHEET = "case_study_submission"


def known_lines(
    folder: SeminarFolder, assignment: Assignment, fill: str, received: Sequence[Submission]
) -> list[KnownLine]:
    """Return the lines below a note: ``text``, and ``links`` to sources as [words, address].

    Lines that can be ticked have a ``code``. ``fill`` is the kind that the form's definition asks
    for, see ``Question`` in core/forms/definition.py; ``received`` are the submissions so far.
    """
    if fill.startswith("group"):
        return group_lines(folder, assignment.subject, fill, received)
    if fill == "case":
        return case_lines(folder, assignment.subject, _recording(assignment.subject, received))
    if fill == "case_questions":
        questions = folder.cases[assignment.subject].questions
        return [{"text": question, "links": []} for question in questions]
    return country_lines(folder, assignment.author.country)


def known_lines_in(form: PersonalForm) -> list[KnownLine]:
    """Return all lines below the notes of a form."""
    notes = [field for field in all_fields(form["fields"]) if is_note(field)]
    return [line for note in notes for line in note.get("lines", ())]


def _recording(case: str, received: Sequence[Submission]) -> str:
    """Return the URL of a case's recording, '' unless its presenter says that it is ready."""
    sheets = [s.answers for s in received if s.form == CASE_SHEET and s.subject == case]
    ready = [a.get("video_link") for a in sheets if a.get("video_state") == "ready"]
    return str(ready[-1] or "") if ready else ""
