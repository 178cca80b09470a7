"""A filled form as it stands in a dossier: labelled answers with who gave them, and how far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from seminarkit.core.forms.answers import is_blank
from seminarkit.core.forms.bundle import shown
from seminarkit.core.forms.shapes import Answers, CompiledForm, Field, is_repeat, questions, rows_of
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import JOINT, Seminar
from seminarkit.core.submissions.audience import Readable, may_show, signed
from seminarkit.core.submissions.dossier_parts import Answer, Entry
from seminarkit.core.submissions.merged_report import counted, row_writers, writers
from seminarkit.core.submissions.received_answers import who


def country_forms(folder: SeminarFolder) -> dict[str, CompiledForm]:
    """Return the forms that say something of a country, not of a discussion group or a formality.

    Nominations and sign-offs are shown by what follows from them: who is named, what is final.
    """
    apart = {task.form for task in folder.seminar.tasks if task.sessions or task.per == "contact"}
    return {name: form for name, form in folder.forms.items() if name not in apart}


def entries(
    folder: SeminarFolder, form: CompiledForm, submissions: Sequence[Readable]
) -> list[Entry]:
    """Return what each person of one delegation gave to one form.

    Where a delegation has a joint form, it is alone, and each answer has ``from``: who of them had
    given it.
    """
    given = [s for s in submissions if s.form == form["form"]]
    found = []
    for submission in counted(submissions, form["form"]):
        if may_show(form, submission, submission.reader):
            entry = entry_of(folder, form, submission)
            if submission.subject == JOINT:
                _add_writers(folder.seminar, entry, submission, given)
            found.append(entry)
    return found


def _add_writers(
    seminar: Seminar,
    entry: Entry,
    joint: Readable,
    given: Sequence[Readable],
) -> None:
    """Say of each answer of a joint form who of the delegation had written it."""

    def names(people: list[str]) -> list[str]:
        return [signed(seminar, person, joint.reader) for person in people]

    for answer in entry["answers"]:
        name, value = answer["name"], joint.answers.get(answer["name"])
        if "rows" in answer and isinstance(value, list):
            rows = [row for row in value if not is_blank(row)]
            answer["rows_from"] = [names(row_writers(name, row, given)) for row in rows]
        else:
            answer["from"] = names(writers(name, value, given))


def entry_of(folder: SeminarFolder, form: CompiledForm, submission: Readable) -> Entry:
    """Return one filled form with the answers that its reader may see."""
    seminar, audience = folder.seminar, submission.reader
    task = seminar.task(form["form"], submission.subject)
    entry: Entry = {
        "title": form["title"],
        "subject": submission.subject,
        "about": folder.subject_name(task, submission.subject),
        "by": signed(seminar, submission.person, audience),
        "state": "complete" if submission.complete else "draft",
        "progress": f"{submission.answered} of {submission.total}",
        "form_version": submission.form_version,
        "answers": _answers(form["fields"], submission.answers),
    }
    if audience != "public":
        saved = submission.saved_at
        deadline = seminar.deadline(task, submission.country)
        entry["receipt"] = submission.receipt
        entry["saved_at"] = saved
        entry["late"] = bool(saved) and datetime.fromisoformat(saved) >= deadline
        entry["person"] = submission.person
        entry["role"] = who(seminar, submission.person)[1]
    return entry


def _answers(fields: Iterable[Field], answers: Answers) -> list[Answer]:
    """Return the questions that are answered, in the form's order; rows nest."""
    given = []
    for field in questions(fields):
        value = answers.get(field["name"])
        if is_blank(value):
            continue
        answer: Answer = {"name": field["name"], "label": field["label"]}
        if is_repeat(field):
            rows = [row for row in rows_of(value) if not is_blank(row)]
            answer["rows"] = [_answers(field["fields"], row) for row in rows]
            answer["row"] = field["row"]
        else:
            answer["value"] = value
            answer["shown"] = shown(field, value)
        given.append(answer)
    return given
