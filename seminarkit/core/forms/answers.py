"""Check answers against a form: are their types valid, and which questions are still open?

Everything works on a compiled form and plain JSON, uses only the standard library, and is safe for
answers from any source. form.js does the same; vectors.json tests both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seminarkit.core.forms.expressions import evaluate, truth
from seminarkit.core.forms.question_kinds import MAX_CHARACTERS, AnswersError, json_kind, kind_of
from seminarkit.core.forms.shapes import (
    AnswerField,
    Answers,
    CompiledForm,
    Field,
    QuestionField,
    RepeatField,
    is_group,
    is_note,
    is_object,
    is_repeat,
    questions,
    row_questions,
    rows_of,
)
from seminarkit.core.forms.url_compare import bare_link

MAX_ROWS = 50
_BLANK = " \t\r\n\f\v\u00a0"
NOT_ANSWERED = "Not answered yet."


@dataclass(frozen=True)
class OpenPoint:
    """An open point: its path (``examples.0.link``), the question's label, and a message."""

    path: str
    label: str
    message: str


@dataclass(frozen=True)
class Progress:
    """Progress of a form: ``answered`` of ``total`` required questions, and the gaps."""

    answered: int
    total: int
    gaps: tuple[OpenPoint, ...]

    @property
    def complete(self) -> bool:
        """Whether all required questions are answered and all answers are valid."""
        return not self.gaps

    def __str__(self) -> str:
        return f"{self.answered} of {self.total}"


def is_blank(value: object) -> bool:
    """Return whether a value is blank: None, white space, or a list or row of blanks."""
    if isinstance(value, str):
        return not value.strip(_BLANK)
    if isinstance(value, list):
        return all(is_blank(v) for v in value)
    if isinstance(value, dict):
        return all(is_blank(v) for v in value.values())
    return value is None


def check_types(form: CompiledForm, answers: object) -> dict[str, object]:
    """Return the answers without blanks; raise AnswersError if one has the wrong type.

    Answers to questions that the form does not (or no longer) have are kept.
    """
    if not is_object(answers):
        raise AnswersError(f"the answers are {json_kind(answers)}, not a list of named answers")
    fields = {field["name"]: field for field in questions(form["fields"])}
    return {
        name: _checked(fields.get(name), name, value)
        for name, value in answers.items()
        if not is_blank(value)
    }


def progress(form: CompiledForm, answers: Answers) -> Progress:
    """Return the number of answered required questions, and all gaps in the form's order.

    A repeat counts as many times as its minimum number of rows.
    """
    answered = total = 0
    gaps: list[OpenPoint] = []
    for field in relevant_fields(form["fields"], answers):
        field_gaps = list(_gaps(field, field["name"], answers.get(field["name"], ""), answers))
        required = field["min"] if is_repeat(field) else int(field.get("required", False))
        total += required
        answered += min(required, _valid_count(field, answers.get(field["name"]), field_gaps))
        gaps += field_gaps
    return Progress(answered, total, tuple(gaps))


def relevant_fields(fields: Sequence[Field], answers: Answers) -> Iterator[AnswerField]:
    """Yield the questions that are relevant with these answers, also those in groups."""
    for field in fields:
        if "relevant" in field and not truth(evaluate(field["relevant"], answers)):
            continue
        if is_group(field):
            yield from relevant_fields(field["fields"], answers)
        elif not is_note(field):
            yield field


def _valid_count(field: AnswerField, value: object, gaps: list[OpenPoint]) -> int:
    """Return 1 for a question without a gap; for a repeat its number of rows without a gap."""
    if not is_repeat(field):
        return int(not gaps)
    incomplete = {gap.path.split(".")[1] for gap in gaps if "." in gap.path}
    rows = value if isinstance(value, list) else []
    return sum(str(i) not in incomplete and not is_blank(row) for i, row in enumerate(rows))


def _gaps(field: AnswerField, path: str, value: object, answers: Answers) -> Iterator[OpenPoint]:
    if is_repeat(field):
        yield from _repeat_gaps(field, path, rows_of(value), answers)
    elif is_blank(value):
        if field.get("required"):
            yield OpenPoint(path, field["label"], NOT_ANSWERED)
    elif fault := kind_of(field).fault(value):
        yield OpenPoint(path, field["label"], fault)
    elif "constraint" in field and not truth(evaluate(field["constraint"], answers, value)):
        yield OpenPoint(path, field["label"], field["message"])
    elif field.get("unique"):
        yield from _duplicate_gap(field, path, value, answers)


def _duplicate_gap(
    field: QuestionField, path: str, link: object, answers: Answers
) -> Iterator[OpenPoint]:
    """Yield a gap if an earlier row has the same link."""
    repeat, row = path.split(".")[:2]
    rows = rows_of(answers[repeat])[: int(row)]
    links = [bare_link(str(earlier.get(field["name"], ""))) for earlier in rows]
    if bare_link(str(link)) in links:
        number = links.index(bare_link(str(link))) + 1
        yield OpenPoint(path, field["label"], f"The same link as in number {number} above.")


def _repeat_gaps(
    field: RepeatField, path: str, rows: list[dict[str, object]], answers: Answers
) -> Iterator[OpenPoint]:
    non_blank = [(i, row) for i, row in enumerate(rows) if not is_blank(row)]
    for i, row in non_blank:
        scope = {**answers, **row}
        for inner in relevant_fields(field["fields"], scope):
            yield from _gaps(
                inner, f"{path}.{i}.{inner['name']}", row.get(inner["name"], ""), scope
            )
    if len(non_blank) < field["min"]:
        yield OpenPoint(path, field["label"], f"{len(non_blank)} of at least {field['min']} given.")


def _checked(field: AnswerField | None, path: str, value: object) -> object:
    """Return a value without blanks; raise AnswersError if it does not fit the field's type."""
    if isinstance(value, str) and len(value) > MAX_CHARACTERS:
        raise AnswersError(
            f"the answer to '{path}' has {len(value):,} characters; {MAX_CHARACTERS:,} is the limit"
        )
    if field is None:
        return value
    if is_repeat(field):
        return _checked_rows(field, path, value)
    return kind_of(field).check(field, path, value)


def _checked_rows(field: RepeatField, path: str, value: object) -> list[dict[str, object]]:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise AnswersError(f"the answer to '{path}' is {json_kind(value)}, not a list of rows")
    if len(value) > MAX_ROWS:
        raise AnswersError(f"'{path}' has {len(value)} rows; {MAX_ROWS} is the limit")
    inner = {f["name"]: f for f in row_questions(field)}
    return [
        {k: _checked(inner.get(k), f"{path}.{i}.{k}", v) for k, v in row.items() if not is_blank(v)}
        for i, row in enumerate(value)
    ]
