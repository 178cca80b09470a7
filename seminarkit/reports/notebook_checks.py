"""What ``seminar check`` says of the report notebooks that a seminar has of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from seminarkit.core.errors import did_you_mean
from seminarkit.core.forms.shapes import CompiledForm
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.timetable_checks import Finding
from seminarkit.core.submissions.dossier import several_words
from seminarkit.core.submissions.form_entries import country_forms
from seminarkit.reports.engine.kernel_choice import kernel_problem, kernel_words
from seminarkit.reports.known_questions import asked_questions, forms_asking, known_questions
from seminarkit.reports.parameters import bare_parameters, code_problem, problem_of
from seminarkit.reports.question_names import named_questions
from seminarkit.reports.undefined_names import name_problem

# calls that show answers of one dossier, or ask for a table, and so may say of which form
_MAY_NAME_FORM = (
    *("show.answers", "show.rows", "show.quotes", "charts.states"),
    *("data.answers", "data.rows", "data.compare"),
)


def check_report_notebooks(folder: SeminarFolder) -> Iterator[Finding]:
    """Yield what keeps own report notebooks from being run, and what no notebook would show."""
    own = sorted((folder.root / "notebooks" / "report").glob("*.ipynb"))
    kit = sorted((KIT / "notebooks" / "report").glob("*.ipynb"))
    asked, forms = asked_questions(folder), list(country_forms(folder).values())
    for path in (path for path in kit if path.name not in {each.name for each in own}):
        yield from _ambiguous(path, forms)
        yield from _not_asked(path, asked)
    known = known_questions(folder) if own else []
    for path in own:
        problem = problem_of(path) or kernel_problem(path) or code_problem(path)
        if problem := problem or name_problem(path):
            yield Finding("error", path.name, problem)
        else:
            if words := kernel_words(path):
                yield Finding("notebook", path.name, words)
            if bare := bare_parameters(path):
                yield Finding("notebook", path.name, _bare_words(bare))
            yield from _ambiguous(path, forms)
            yield from _unknown(path, known, asked)
            unknown = {each.name for each in named_questions(path)} - {*known}
            yield from _not_asked(path, unknown.union(asked))


def _bare_words(names: Sequence[str]) -> str:
    listed = ", ".join(f"'{name}'" for name in names)
    return (
        f"Without a type in the cell tagged 'parameters': {listed}. Write NAME: str = …, so "
        "that papermill takes a value as it is meant and shows the type in its help."
    )


def _not_asked(path: Path, asked: Collection[str]) -> Iterator[Finding]:
    """Yield in one finding what a notebook would show if a form of this seminar asked it."""
    names = dict.fromkeys(e.name for e in named_questions(path) if e.name not in asked)
    if names:
        listed = ", ".join(f"'{name}'" for name in names)
        words = f"It has a place for {listed}: no form here asks that, so nothing is shown there."
        yield Finding("notebook", path.name, words)


def _ambiguous(path: Path, forms: Sequence[CompiledForm]) -> Iterator[Finding]:
    """Yield the bare names that a notebook on a country uses and several of its forms have."""
    for each in named_questions(path):
        of_country = each.call.startswith(("show.", "charts."))
        asking = forms_asking(forms, each.name) if of_country else []
        if len(asking) > 1:
            words = several_words(each.name, asking)
            yield Finding("error", path.name, f"cell {each.cell}, {each.call}: {words}")


def _unknown(path: Path, known: Collection[str], asked: Collection[str]) -> Iterator[Finding]:
    """Yield the questions that a notebook would show and no form asks."""
    for each in named_questions(path):
        if each.name not in known or ("." in each.name and each.call not in _MAY_NAME_FORM):
            hint = did_you_mean(each.name, asked)
            yield Finding(
                "error",
                path.name,
                f"cell {each.cell}, {each.call}: no form that reports show asks "
                f"'{each.name}'.{hint}",
            )
