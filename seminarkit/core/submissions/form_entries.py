"""The entries of dossiers: filled forms with labelled answers, their authors and progress."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from seminarkit.core.forms.answers import is_blank
from seminarkit.core.forms.bundle import answer_text
from seminarkit.core.forms.shapes import Answers, CompiledForm, Field, is_repeat, questions, rows_of
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import JOINT, Seminar
from seminarkit.core.submissions.audience import Readable, may_show, signed
from seminarkit.core.submissions.dossier_parts import Answer, Entry
from seminarkit.core.submissions.merged_report import counted_submissions, row_writers, writers
from seminarkit.core.submissions.received_answers import who


def country_forms(folder: SeminarFolder) -> dict[str, CompiledForm]:
    """Return the forms about a country, without those of discussion groups and formalities.

    Nominations and sign-offs are left out: dossiers show their results, the delegation and the
    final report.
    """
    left_out = {
        task.form for task in folder.seminar.tasks if task.sessions or task.per == "contact"
    }
    return {name: form for name, form in folder.forms.items() if name not in left_out}


def entries(
    folder: SeminarFolder, form: CompiledForm, submissions: Sequence[Readable]
) -> list[Entry]:
    """Return the entries of one delegation for one form.

    If there is a joint form, it is the only entry, and each of its answers has ``from``: the
    colleagues who gave the same answer.
    """
    of_form = [s for s in submissions if s.form == form["form"]]
    entries_of_form = []
    for submission in counted_submissions(submissions, form["form"]):
        if may_show(form, submission, submission.reader):
            entry = entry_of(folder, form, submission)
            if submission.subject == JOINT:
                _add_writers(folder.seminar, entry, submission, of_form)
            entries_of_form.append(entry)
    return entries_of_form


def _add_writers(
    seminar: Seminar,
    entry: Entry,
    joint: Readable,
    submissions: Sequence[Readable],
) -> None:
    """Add to each answer of a joint form the names of the people who gave it."""

    def names(people: list[str]) -> list[str]:
        return [signed(seminar, person, joint.reader) for person in people]

    for answer in entry["answers"]:
        name, value = answer["name"], joint.answers.get(answer["name"])
        if "rows" in answer and isinstance(value, list):
            rows = [row for row in value if not is_blank(row)]
            answer["rows_from"] = [names(row_writers(name, row, submissions)) for row in rows]
        else:
            answer["from"] = names(writers(name, value, submissions))


def entry_of(folder: SeminarFolder, form: CompiledForm, submission: Readable) -> Entry:
    """Return the entry for one filled form, with the answers that its reader may see."""
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
    """Return the answered questions, in the form's order, with nested rows."""
    answered = []
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
            answer["shown"] = answer_text(field, value)
        answered.append(answer)
    return answered
