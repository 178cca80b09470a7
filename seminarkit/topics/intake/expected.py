"""What a seminar expects: which person is asked for which form, about which subject."""

from __future__ import annotations

import hashlib
from dataclasses import asdict

from seminarkit.core.disk.files import to_json
from seminarkit.core.errors import SeminarError
from seminarkit.core.forms.bundle import instance_id
from seminarkit.core.forms.word_form import line_mark, note_line
from seminarkit.core.seminar.assignments import assignments, everybody, former_assignments
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.known_facts import case_lines, country_lines
from seminarkit.topics.conclusions.notes_status import allowed_codes
from seminarkit.topics.intake.payload import Expected

# raised when the kit reads the same bytes differently, so that the index is rebuilt
_READER_VERSION = "12"


def expected_of(folder: SeminarFolder) -> Expected:
    """Return the people, forms, groups and codes that payloads are checked against."""
    seminar = folder.seminar
    people = {person: author.country for person, author in everybody(seminar).items()}
    form_of = {}
    groups: dict[str, list[str]] = {}
    for assignment in (*assignments(seminar), *former_assignments(seminar)):
        form, person = assignment.task.form, assignment.author.id
        people[person] = assignment.author.country
        form_of[instance_id(seminar.id, form, person, assignment.subject)] = form
        if assignment.task.sessions:
            # the present rapporteur comes first
            groups.setdefault(assignment.subject, [form, person])
    names = {person: author.name for person, author in everybody(seminar).items()}
    return Expected(
        seminar.id,
        folder.forms,
        people,
        form_of,
        groups,
        allowed_codes(seminar),
        names,
        _printed_line_marks(folder),
    )


def _printed_line_marks(folder: SeminarFolder) -> list[str]:
    """Return the marks of the lines printed in forms, so that they are not reported as additions.

    They are needed for documents that lost their styles. Unreadable facts are skipped here, as
    'seminar check' reports them.
    """
    try:
        lines = [line for code in folder.facts.countries for line in country_lines(folder, code)]
        for name, case in folder.cited_cases.items():
            lines += case_lines(folder, name)
            lines += [{"text": question, "links": []} for question in case.questions]
    except SeminarError:
        return []
    return sorted({line_mark(note_line(line)) for line in lines})


def fingerprint(expected: Expected) -> str:
    """Return a hash of everything that affects how a file is read."""
    text = to_json([_READER_VERSION, asdict(expected)])
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
