"""What a form shows because it is known already: people correct instead of starting empty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from seminarkit.prepare.grouped import group_lines
from seminarkit.seminar.assignments import Assignment
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.seminar.known_facts import case_lines, country_lines
from seminarkit.store.submission import Submission

Line = dict[str, Any]


def known_lines(
    folder: SeminarFolder, assignment: Assignment, fill: str, received: Sequence[Submission]
) -> list[Line]:
    """Return the lines below a note: ``text``, and ``links`` to its sources as [words, address].

    Those that can be ticked have a ``code``.

    ``fill`` is what the form's definition asks for, see ``Question`` in forms/definition.py;
    ``received`` is what came so far.
    """
    if fill.startswith("group"):
        return group_lines(folder, assignment.subject, fill, received)
    if fill == "case":
        return case_lines(folder, assignment.subject)
    if fill == "case_questions":
        questions = folder.cases[assignment.subject].questions
        return [{"text": question, "links": []} for question in questions]
    return country_lines(folder, assignment.author.country)
