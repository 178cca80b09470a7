"""What received files are held against: who is asked for which form, and about what."""

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
from seminarkit.topics.conclusions.notes_status import codes
from seminarkit.topics.intake.payload import Expected

# Changes when the same bytes would be read in another way: the index is then made again.
_READER_VERSION = "10"


def expected_of(folder: SeminarFolder) -> Expected:
    """Return what received payloads are held against."""
    seminar = folder.seminar
    people = {person: author.country for person, author in everybody(seminar).items()}
    asked = {}
    groups: dict[str, list[str]] = {}
    for each in (*assignments(seminar), *former_assignments(seminar)):
        form, person = each.task.form, each.author.id
        people[person] = each.author.country
        asked[instance_id(seminar.id, form, person, each.subject)] = form
        if each.task.sessions:
            groups.setdefault(each.subject, [form, person])  # who takes notes now comes first
    names = {person: author.name for person, author in everybody(seminar).items()}
    return Expected(
        seminar.id, folder.forms, people, asked, groups, codes(seminar), names, _shown(folder)
    )


def _shown(folder: SeminarFolder) -> list[str]:
    """Return marks of the lines that forms show, so that nobody is told of them as additions.

    For documents that lost the styles by which they are known otherwise. Facts that cannot be read
    stop nothing here: 'seminar check' names what is wrong with them.
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
    """Return a hash of all that decides how a file is read."""
    text = to_json([_READER_VERSION, asdict(expected)])
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
