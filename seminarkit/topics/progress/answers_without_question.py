"""Answers whose question was removed from the form, or renamed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from seminarkit.core.forms.answers import is_blank
from seminarkit.core.forms.renamed_questions import with_present_names
from seminarkit.core.forms.shapes import (
    AnswerField,
    Answers,
    CompiledForm,
    is_repeat,
    questions,
    row_questions,
    rows_of,
)
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.submission import Submission
from seminarkit.topics.progress.nominees import ROW_ID


@dataclass(frozen=True)
class OrphanedAnswer:
    """Answers under a name that no question of the form has; ``count`` answers or rows.

    ``near`` is the question with the most similar name, or empty. ``was`` is the question that the
    form declares as the renamed one, if these answers do not fit it.
    """

    form: str
    name: str
    count: int
    near: str = ""
    was: str = ""

    def __str__(self) -> str:
        one = self.count == 1
        answers = f"{self.count} {'answer' if one else 'answers'} to '{self.name}'"
        if self.was:
            return (
                f"{answers} {'does' if one else 'do'} not fit '{self.was}' of {self.form}.yml, "
                "which asks for something of another kind. What came stays in the files, and is "
                "shown nowhere."
            )
        hint = f" Did you mean it by '{self.near}'?" if self.near else ""
        return (
            f"{answers} {'has' if one else 'have'} no question any more in {self.form}.yml.{hint} "
            f"If you renamed the question, write 'was: {self.name}' below its name there, and "
            "collect again. If you took it out, nothing is to be done: what came stays in the "
            "files, and is shown nowhere."
        )


def unasked_answers(folder: SeminarFolder, received: Sequence[Submission]) -> list[OrphanedAnswer]:
    """Return the answers without a question by form; ``received`` are the versions that count."""
    unasked: list[OrphanedAnswer] = []
    for form in folder.forms.values():
        answers = [
            with_present_names(form, version.answers)
            for version in received
            if version.form == form["form"]
        ]
        unasked += _of_form(form, answers)
    return unasked


def _of_form(form: CompiledForm, filled: Sequence[Answers]) -> Iterator[OrphanedAnswer]:
    counts = Counter(name for answers in filled for name in unasked_names(form, answers))
    question_names = {
        name for field in questions(form["fields"]) for name in (field["name"], *_cells(field))
    }
    for name, count in sorted(counts.items()):
        # a question with an answer in the same form is another one
        answered_too = {other for answers in filled if name in answers for other in answers}
        suggestion = "".join(
            get_close_matches(name, sorted(question_names - answered_too), n=1, cutoff=0.6)
        )
        yield OrphanedAnswer(
            form["form"], name, count, suggestion, form.get("was", {}).get(name, "")
        )


def unasked_names(form: CompiledForm, answers: Answers) -> Iterator[str]:
    """Yield the names of non-blank answers that the form has no question for, also in rows."""
    fields = {field["name"]: field for field in questions(form["fields"])}
    for name, value in answers.items():
        field = fields.get(name)
        if field is None:
            if not is_blank(value):
                yield name
        elif is_repeat(field):
            cells = {*_cells(field), ROW_ID}
            rows = rows_of(value)
            yield from (cell for row in rows for cell in row if cell not in cells)


def _cells(field: AnswerField) -> list[str]:
    return [inner["name"] for inner in row_questions(field)] if is_repeat(field) else []
