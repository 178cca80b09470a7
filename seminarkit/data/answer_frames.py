"""Rows and columns of the tables of answers: filled forms, questions, and rows of lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from seminarkit.core.errors import UsageError
from seminarkit.core.forms.answers import is_blank, relevant_fields
from seminarkit.core.forms.shapes import AnswerField, choices_of
from seminarkit.data.frames import Column, Kind
from seminarkit.data.lookup_errors import AudienceError
from seminarkit.data.one_form import FormVersion, is_sample
from seminarkit.data.question_lookup import Question, find_countries
from seminarkit.data.source import PROGRAMME, CountryEntry, Joint, Source, Versions

Drafts = bool | Literal["only"]
Choices = Literal["list", "rows", "columns"]
Row = dict[str, object]
STATES = ("complete", "draft", "missing", "not_nominated")
VERSION = (
    Column("version", named=True),
    Column("parent", named=True),
    Column("rev", "integer", named=True),
    Column("counts", "boolean", named=True),
    Column("arrival", "integer", named=True),
    Column("file", named=True),
)
_KINDS: Mapping[str, Kind] = {
    "select_one": "category",
    "select_multiple": "list",
    "integer": "integer",
}


@dataclass(frozen=True)
class Selection:
    """The selection of filled forms: countries, drafts, versions and joint reports."""

    countries: Sequence[str] | str | None = None
    drafts: Drafts = True
    versions: Versions = "current"
    joint: Joint = "instead"

    def check(self, source: Source) -> None:
        """Raise UsageError for an unknown value, AudienceError for versions that do not count."""
        _one_of("drafts", self.drafts, (True, False, "only"))
        _one_of("versions", self.versions, ("current", "all", "waiting"))
        _one_of("joint", self.joint, ("instead", "beside", "apart"))
        if self.versions != "current" and source.audience != "organisers":
            raise AudienceError(
                "Only organisers may read versions that do not count. Write: "
                "data.read(audience='organisers')"
            )


def _one_of(name: str, value: object, known: Sequence[object]) -> None:
    if value not in known:
        words = ", ".join(map(repr, known))
        raise UsageError(f"{name}={value!r} is not known. Write one of: {words}.")


def key_columns(source: Source) -> list[Column]:
    """Return the columns that identify an answer."""
    return [
        Column("country"),
        Column("name"),
        Column("region", "category", tuple(source.regions)),
        Column("form"),
        Column("subject"),
        Column("person", named=True),
        Column("role", "category", tuple(source.roles())),
    ]


def key_row(filled: FormVersion, countries: Mapping[str, CountryEntry]) -> Row:
    """Return the cells of the key columns, with state, time of saving and version."""
    country = countries.get(filled.country)
    return {
        "country": filled.country or None,
        "name": country.name if country else PROGRAMME,
        "region": country.region if country else None,
        "form": filled.form,
        "subject": filled.subject or None,
        "person": filled.person or None,
        "role": filled.role or None,
        "state": filled.state,
        "joint": filled.joint if filled.answers or filled.person else None,
        "saved_at": filled.saved_at or None,
        **_version_row(filled),
    }


def _version_row(filled: FormVersion) -> Row:
    if filled.version is None:
        return {}
    values = vars(filled.version)
    return {column.name: values.get(column.name, values["id"]) for column in VERSION}


def countries_by_code(source: Source) -> dict[str, CountryEntry]:
    """Return the countries by code, in the order of seminar.yml."""
    return {country.code: country for country in source.countries()}


def filled_forms(source: Source, form: str, chosen: Selection) -> list[FormVersion]:
    """Return the selected submissions of a form, in order; raises as ``Chosen.check`` does."""
    chosen.check(source)
    codes = find_countries(source, chosen.countries)
    drafts = {True: ("complete", "draft"), False: ("complete",), "only": ("draft",)}[chosen.drafts]
    return [
        filled
        for filled in source.filled(form, chosen.versions, chosen.joint)
        if filled.state in drafts and (codes is None or filled.country in codes)
    ]


def not_answered(
    source: Source, form: str, chosen: Selection, came: Sequence[FormVersion]
) -> list[FormVersion]:
    """Return an empty form for each country that is asked but has sent nothing."""
    codes = find_countries(source, chosen.countries)
    per = {task.per for task in source.tasks(form)}
    if not per & {"person", "delegation", "contact"}:
        return []
    countries = {filled.country for filled in came}
    return [
        FormVersion(
            form=form,
            country=country.code,
            subject="",
            person="",
            role="",
            state="not_nominated" if country.nominated == 0 and per != {"contact"} else "missing",
            answers={},
        )
        for country in source.countries()
        if country.code not in countries and (codes is None or country.code in codes)
    ]


def in_order(source: Source, filled: Sequence[FormVersion]) -> list[FormVersion]:
    """Return filled forms sorted by country as in seminar.yml; the sort is stable."""
    order = {country.code: number for number, country in enumerate(source.countries())}
    return sorted(filled, key=lambda form: order.get(form.country, len(order)))


def value_column(
    field: AnswerField,
    name: str,
    cells: Sequence[object] = (),
    *,
    labels: bool = False,
) -> Column:
    """Return the column of the answers to a question, with the type of the question.

    The categories of a closed question are its choices in the order of the form: codes, or
    ``labels``. Former choices of the form that ``cells`` still contain come last.
    """
    kind = _KINDS.get(str(field["type"]), "text")
    words = [label if labels else code for code, label in choices_of(field)]
    former = sorted({str(cell) for cell in cells if cell is not None} - set(words))
    return Column(name, kind, tuple(dict.fromkeys([*words, *former])) if kind == "category" else ())


def cell_of(field: AnswerField, value: object, *, labels: bool = False) -> object:
    """Return an answer as a cell; None for a blank answer or one of the wrong type."""
    if is_blank(value):
        return None
    words = dict(choices_of(field)) if labels else {code: code for code, _ in choices_of(field)}
    kind = field["type"]
    if kind == "select_multiple":
        codes = value if isinstance(value, list) else [value]
        order = {code: number for number, (code, _) in enumerate(choices_of(field))}
        ordered = sorted(codes, key=lambda code: order.get(code, len(order)))
        return [words.get(code, code) for code in ordered]
    if kind == "select_one":
        return words.get(str(value), str(value))
    if kind == "integer":
        return value if isinstance(value, int) else None  # a half-typed number is still text
    return str(value)


def label_of(field: AnswerField, value: object) -> str | None:
    """Return an answer in words; None for a blank answer."""
    cell = cell_of(field, value, labels=True)
    return "; ".join(cell) if isinstance(cell, list) else None if cell is None else str(cell)


def answer_rows(
    question: Question,
    filled: Sequence[FormVersion],
    countries: Mapping[str, CountryEntry],
    lang: str,
) -> Iterator[tuple[Row, object]]:
    """Yield a row and the raw answer for each form, or for each row of a list."""
    for item in filled:
        for value, more in _values(question, item):
            row = key_row(item, countries)
            row |= {"question": question.full_name, "label": label_of(question.field, value)}
            sample = is_sample(item.answers) if item.answers else None
            yield row | {"sample": sample, "lang": lang} | more, value


def _values(question: Question, filled: FormVersion) -> Iterator[tuple[object, Row]]:
    """Yield the answers to a question in one form, with its authors and whether it is asked."""
    name, repeat = question.name, question.repeat
    if filled.state not in ("complete", "draft"):
        yield None, {}
        return
    if repeat is None:
        writers = filled.written_by(name) if not is_blank(filled.answers.get(name)) else []
        yield filled.answers.get(name), {"asked": _is_asked(question, filled), "writers": writers}
        return
    for number, row in enumerate(list_rows(filled, repeat["name"])):
        scope = {**filled.answers, **row}
        asked = any(f["name"] == name for f in relevant_fields(repeat["fields"], scope))
        writers = filled.row_written_by(repeat["name"], number)
        yield row.get(name), {"asked": asked, "writers": writers, "row": number + 1}


def list_rows(filled: FormVersion, repeat: str) -> list[Mapping[str, object]]:
    """Return the rows of a repeated question that are not blank."""
    rows = filled.answers.get(repeat)
    filled_in = rows if isinstance(rows, list) else []
    return [row for row in filled_in if isinstance(row, Mapping) and not is_blank(dict(row))]


def _is_asked(question: Question, filled: FormVersion) -> bool:
    fields = relevant_fields(question.form["fields"], filled.answers)
    return any(field["name"] == question.name for field in fields)


def merged_rows(rows: Sequence[tuple[Row, Mapping[str, object]]]) -> list[Row]:
    """Return rows of a list, merging rows of one country with equal cells.

    ``rows`` are pairs of a row and its cells. A merged row has the writers of all of them.
    """
    merged: list[tuple[Row, Mapping[str, object]]] = []
    for row, cells in rows:
        same = next((m for m, c in merged if m["country"] == row["country"] and c == cells), None)
        if same is None:
            merged.append((row, cells))
            continue
        before, new = same["writers"], row["writers"]
        if isinstance(before, list) and isinstance(new, list):
            same["writers"] = [*before, *(item for item in new if item not in before)]
    return [row for row, _ in merged]
