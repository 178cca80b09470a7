"""The answers to one form as tables: one row per submission, and a table per repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from seminarkit.core.documents.table_files import TableSheet, Value, csv_file, xlsx_file
from seminarkit.core.forms.question_kinds import kind_of
from seminarkit.core.forms.shapes import (
    CompiledForm,
    Field,
    choices_of,
    fields_in,
    is_question,
    is_repeat,
)
from seminarkit.core.submissions.received_answers import Answer, FilledForm, read_questions

_PERSON_COLUMNS: tuple[tuple[str, str, Callable[[FilledForm], Value]], ...] = (
    ("country", "Country code", lambda f: f.country),
    ("country_name", "Country", lambda f: f.country_name),
    ("person", "Person", lambda f: f.person),
    ("person_name", "Name", lambda f: f.name),
    ("role", "Role", lambda f: f.role),
    ("subject", "About (code)", lambda f: f.subject),
    ("subject_name", "About", lambda f: f.about),
    ("receipt", "Receipt", lambda f: f.receipt),
)
_STATE_COLUMNS: tuple[tuple[str, str, Callable[[FilledForm], Value]], ...] = (
    ("state", "State", lambda f: f.state),
    ("answered", "Required questions answered", lambda f: f.answered),
    ("total", "Required questions", lambda f: f.total),
    ("saved_at", "Saved (UTC)", lambda f: f.saved_at),
    ("late", "Late", lambda f: "yes" if f.late else "no"),
)
Answers = dict[str, Answer]
_RESERVED = {name for name, _, _ in (*_PERSON_COLUMNS, *_STATE_COLUMNS)} | {"row"}


@dataclass(frozen=True)
class _Column:
    """A column: its name in CSV files, its label in workbooks, and its value for a submission."""

    name: str
    label: str
    value: Callable[[Answers], Value]


def answer_files(form: CompiledForm, forms: Sequence[FilledForm]) -> dict[str, bytes]:
    """Return the files of one form by name.

    One CSV file has a row for each submission, and each repeat has a CSV file of its own; their
    headers are the names of the questions. The workbook has the same tables with the labels of the
    questions as headers, and a sheet that explains them.
    """
    workbook = {f"{form['form']}.xlsx": xlsx_file(workbook_sheets(form, forms))}
    return csv_files(form, forms) | workbook


def csv_files(form: CompiledForm, forms: Sequence[FilledForm]) -> dict[str, bytes]:
    """Return the CSV files of one form by name."""
    return {
        ".".join(filter(None, (form["form"], part, "csv"))): csv_file(sheet)
        for part, sheet in _sheets(form, forms, lambda column, _: column)
    }


def workbook_sheets(form: CompiledForm, forms: Sequence[FilledForm]) -> list[TableSheet]:
    """Return the sheets of the workbook of one form."""
    tables = _sheets(form, forms, lambda column, label: f"{label} [{column}]")
    return [*(sheet for _, sheet in tables), _question_sheet(form)]


def _sheets(
    form: CompiledForm, forms: Sequence[FilledForm], head: Callable[[str, str], str]
) -> Iterator[tuple[str, TableSheet]]:
    """Yield the table of submissions, then that of each repeat, as (name of the repeat, sheet)."""
    questions = read_questions(form)
    columns = list(_columns(questions))
    yield (
        "",
        TableSheet(
            form["title"],
            [head(name, label) for name, label, _ in (*_PERSON_COLUMNS, *_STATE_COLUMNS)]
            + [head(column.name, column.label) for column in columns],
            [
                [value(entry) for _, _, value in (*_PERSON_COLUMNS, *_STATE_COLUMNS)]
                + [column.value({a.name: a for a in entry.answers}) for column in columns]
                for entry in forms
            ],
        ),
    )
    for field in questions:
        if is_repeat(field):
            inner_columns = list(_columns(field["fields"]))
            yield (
                field["name"],
                TableSheet(
                    field["label"],
                    [head(name, label) for name, label, _ in _PERSON_COLUMNS]
                    + [head("row", field["row"])]
                    + [head(column.name, column.label) for column in inner_columns],
                    list(_rows(field["name"], inner_columns, forms)),
                ),
            )


def _rows(
    repeat: str, columns: Sequence[_Column], forms: Sequence[FilledForm]
) -> Iterator[list[Value]]:
    for entry in forms:
        rows = [row for a in entry.answers if a.name == repeat for row in a.rows]
        for number, row in enumerate(rows, start=1):
            by_name = {answer.name: answer for answer in row}
            yield [
                *(value(entry) for _, _, value in _PERSON_COLUMNS),
                number,
                *(column.value(by_name) for column in columns),
            ]


def _columns(fields: Iterable[Field]) -> Iterator[_Column]:
    """Yield the columns of questions: code and label for a choice, a row count for a repeat."""
    for field in fields:
        name, label = field["name"], field["label"]
        column = f"{name}_answer" if name in _RESERVED else name
        if is_repeat(field):
            yield _Column(f"{column}_count", f"{label}: how many", _count(name))
            continue
        yield _Column(column, label, _code(name))
        if is_question(field) and kind_of(field).choices:
            yield _Column(f"{column}_label", f"{label} (in words)", _label(name))


def _code(name: str) -> Callable[[Answers], Value]:
    def value(answers: Answers) -> Value:
        codes = answers[name].codes if name in answers else ()
        if len(codes) == 1 and isinstance(codes[0], int):
            return codes[0]
        return "; ".join(str(code) for code in codes)

    return value


def _label(name: str) -> Callable[[Answers], Value]:
    return lambda answers: answers[name].shown if name in answers else ""


def _count(name: str) -> Callable[[Answers], Value]:
    return lambda answers: len(answers[name].rows) if name in answers else 0


def _question_sheet(form: CompiledForm) -> TableSheet:
    """Return the sheet that lists the questions and the meaning of each code."""
    rows = []
    for field in read_questions(form):
        for repeat, question in [
            ("", field),
            *((field["name"], f) for f in fields_in(field)),
        ]:
            choices = "\n".join(f"{code}: {label}" for code, label in choices_of(question))
            rows.append([question["name"], repeat, question["label"], question["type"], choices])
    return TableSheet("Questions", ["Name", "Inside of", "Question", "Kind", "Choices"], rows)
