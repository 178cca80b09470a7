"""What ``seminar check`` says of the report notebooks that a seminar has of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from seminarkit.analyse.question_list import asked_questions, known_questions
from seminarkit.errors import did_you_mean
from seminarkit.report.kernels import kernel_problem, kernel_words
from seminarkit.report.parameters import problem_of
from seminarkit.report.question_names import named_questions
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.seminar.timetable import Finding


def check_report_notebooks(folder: SeminarFolder) -> Iterator[Finding]:
    """Yield what keeps own report notebooks from being run, and what they would not show."""
    own = sorted((folder.root / "notebooks" / "report").glob("*.ipynb"))
    known = known_questions(folder) if own else []
    for path in own:
        if problem := problem_of(path) or kernel_problem(path):
            yield Finding("error", path.name, problem)
        else:
            if words := kernel_words(path):
                yield Finding("notebook", path.name, words)
            yield from _unknown(path, known, asked_questions(folder))


def _unknown(path: Path, known: Collection[str], asked: Collection[str]) -> Iterator[Finding]:
    """Yield the questions that a notebook would show and no form asks."""
    for each in named_questions(path):
        if each.name not in known:
            hint = did_you_mean(each.name, asked)
            yield Finding(
                "error",
                path.name,
                f"cell {each.cell}, {each.call}: no form asks '{each.name}'.{hint}",
            )
