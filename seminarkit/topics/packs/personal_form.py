"""Personalises a form: fills in what the seminar knows about the person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.core.forms.bundle import personal_form
from seminarkit.core.forms.shapes import (
    Field,
    NoteField,
    PersonalForm,
    QuestionField,
    is_group,
    is_note,
    is_repeat,
)
from seminarkit.core.seminar.assignments import Assignment, assignments
from seminarkit.core.seminar.clock import deadline_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.former_participants import unknown_words
from seminarkit.core.seminar.model import JOINT, Seminar, Task
from seminarkit.core.store.read_store import submissions
from seminarkit.core.store.submission import Submission
from seminarkit.topics.packs.known_answers import known_lines
from seminarkit.topics.packs.reading_time import minutes_words


def form_for(folder: SeminarFolder, form: str, person: str, about: str = "") -> PersonalForm:
    """Return the form of a person, on one subject if the task has several.

    Raises UsageError if the person has no such assignment.
    """
    assigned = list(assignments(folder.seminar))
    for assignment in assigned:
        if assignment.key == (person, form, about):
            received = submissions(folder.database) if assignment.task.sessions else ()
            return made_out(folder, assignment, received)
    if form not in folder.forms:
        raise UsageError(
            f"'{form}' is not a form of this seminar.{did_you_mean(form, folder.forms)}"
        )
    people = {a.author.id for a in assigned}
    if person not in people:
        raise UsageError(unknown_words(folder.seminar, person, people))
    subjects = [a.subject for a in assigned if (a.task.form, a.author.id) == (form, person)]
    if not subjects:
        raise UsageError(f"'{form}' is not for {person}.")
    raise UsageError(f"'{form}' needs a subject: one of {', '.join(subjects)}, not '{about}'.")


def made_out(
    folder: SeminarFolder, assignment: Assignment, received: Sequence[Submission] = ()
) -> PersonalForm:
    """Return the form of one assignment; its lines may show ``received`` submissions."""
    seminar, task, author = folder.seminar, assignment.task, assignment.author
    form = folder.forms[task.form]
    country = [["Country", seminar.display_name(author.country)]] if author.country else []
    about = [["About", _about(folder, assignment)]] if assignment.subject else []
    return personal_form(
        {
            **form,
            "fields": [_with_known_lines(folder, assignment, f, received) for f in form["fields"]],
        },
        seminar=seminar.id,
        country=author.country,
        author={"id": author.id, "name": author.name, "role": author.role},
        subject=assignment.subject,
        header=[
            ["For", author.name],
            *country,
            *about,
            ["Please send by", _deadline(seminar, task, author.country)],
            ["Time", f"About {minutes_words(task)}. You can stop and continue later."],
            ["Read by", form.get("read_by", "")],
            ["Send your file to", seminar.send_to],
        ],
        file_name=file_name(assignment),
    )


def _deadline(seminar: Seminar, task: Task, country: str) -> str:
    note = f" ({task.due_note})" if task.due_note else ""
    return deadline_words(seminar, task, country) + note


def file_name(assignment: Assignment) -> str:
    """Return the file name of a form without its ending: 'GE-2-case_review-ghent'."""
    parts = (assignment.author.id, assignment.task.form, assignment.subject)
    return "-".join(filter(None, parts))


def _about(folder: SeminarFolder, assignment: Assignment) -> str:
    if assignment.subject == JOINT:
        country = folder.seminar.in_text(assignment.author.country)
        return f"the report of the delegation of {country}"
    return folder.subject_name(assignment.task, assignment.subject)


def _with_known_lines(
    folder: SeminarFolder,
    assignment: Assignment,
    field: Field,
    received: Sequence[Submission],
) -> Field:
    """Return a field with the lines that the seminar knows: below a note, or as choices to tick.

    A question without anything to tick becomes a note that says so.
    """
    if is_group(field):
        fields = [_with_known_lines(folder, assignment, f, received) for f in field["fields"]]
        return {**field, "fields": fields}
    if is_repeat(field):
        row_fields = [_filled(folder, assignment, f, received) for f in field["fields"]]
        return {**field, "fields": row_fields}
    return _filled(folder, assignment, field, received)


def _filled(
    folder: SeminarFolder,
    assignment: Assignment,
    field: QuestionField | NoteField,
    received: Sequence[Submission],
) -> QuestionField | NoteField:
    if "fill" not in field:
        return field
    lines = known_lines(folder, assignment, field["fill"], received)
    codes = [[line["code"], line["text"]] for line in lines if "code" in line]
    if is_note(field) or not codes:
        return cast(NoteField, {**field, "type": "note", "lines": lines})
    return {**field, "choices": codes}
