"""Check the seminar's own report notebooks, for ``seminar check``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from seminarkit.core.errors import did_you_mean
from seminarkit.core.forms.shapes import CompiledForm
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.timetable_checks import CheckFinding
from seminarkit.core.submissions.dossier import several_words
from seminarkit.core.submissions.form_entries import country_forms
from seminarkit.reports.engine.kernel_choice import kernel_problem, kernel_words
from seminarkit.reports.known_questions import asked_questions, forms_asking, known_questions
from seminarkit.reports.parameters import bare_parameters, code_problem, problem_of
from seminarkit.reports.question_names import named_questions
from seminarkit.reports.undefined_names import name_problem

# calls on the forms of one dossier or for a table, whose questions may be named form.question
_MAY_NAME_FORM = (
    *("show.answers", "show.rows", "show.quotes", "charts.states"),
    *("data.answers", "data.rows", "data.compare"),
)


def check_report_notebooks(folder: SeminarFolder) -> Iterator[CheckFinding]:
    """Yield findings on report notebooks: errors in own ones, and questions that no form asks."""
    own = sorted((folder.root / "notebooks" / "report").glob("*.ipynb"))
    kit = sorted((KIT / "notebooks" / "report").glob("*.ipynb"))
    asked_names, forms = asked_questions(folder), list(country_forms(folder).values())
    for path in (path for path in kit if path.name not in {other.name for other in own}):
        yield from _ambiguous(path, forms)
        yield from _not_asked(path, asked_names)
    known = known_questions(folder) if own else []
    for path in own:
        problem = problem_of(path) or kernel_problem(path) or code_problem(path)
        if problem := problem or name_problem(path):
            yield CheckFinding("error", path.name, problem)
        else:
            if sentence := kernel_words(path):
                yield CheckFinding("notebook", path.name, sentence)
            if untyped := bare_parameters(path):
                yield CheckFinding("notebook", path.name, _untyped_words(untyped))
            yield from _ambiguous(path, forms)
            yield from _unknown(path, known, asked_names)
            unknown = {question.name for question in named_questions(path)} - {*known}
            yield from _not_asked(path, unknown.union(asked_names))


def _untyped_words(names: Sequence[str]) -> str:
    listed = ", ".join(f"'{name}'" for name in names)
    return (
        f"These have no type in the cell tagged 'parameters': {listed}. Write NAME: str = …, so "
        "that papermill reads each value as you mean it and shows the type in its help."
    )


def _not_asked(path: Path, asked_names: Collection[str]) -> Iterator[CheckFinding]:
    """Yield a finding on the questions that a notebook names but no form of this seminar asks."""
    names = dict.fromkeys(q.name for q in named_questions(path) if q.name not in asked_names)
    if names:
        listed = ", ".join(f"'{name}'" for name in names)
        text = f"It names {listed}, which no form of this seminar asks: nothing is shown there."
        yield CheckFinding("notebook", path.name, text)


def _ambiguous(path: Path, forms: Sequence[CompiledForm]) -> Iterator[CheckFinding]:
    """Yield a finding for each bare name in a country's notebook that several forms ask."""
    for question in named_questions(path):
        is_on_country = question.call.startswith(("show.", "charts."))
        asking = forms_asking(forms, question.name) if is_on_country else []
        if len(asking) > 1:
            sentence = several_words(question.name, asking)
            yield CheckFinding(
                "error", path.name, f"cell {question.cell}, {question.call}: {sentence}"
            )


def _unknown(path: Path, known: Collection[str], asked: Collection[str]) -> Iterator[CheckFinding]:
    """Yield a finding for each question of a notebook that no known form asks."""
    for q in named_questions(path):
        if q.name not in known or ("." in q.name and q.call not in _MAY_NAME_FORM):
            hint = did_you_mean(q.name, asked)
            yield CheckFinding(
                "error",
                path.name,
                f"cell {q.cell}, {q.call}: no form that reports show asks '{q.name}'.{hint}",
            )
