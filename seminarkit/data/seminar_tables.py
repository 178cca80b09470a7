"""DataFrames on the seminar: countries, people, the comparison, the board, facts, reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.core.forms.answer_words import DIFFER, DIFFER_WORDS
from seminarkit.core.seminar.roles import LEADS
from seminarkit.data.answer_frames import countries_by_code
from seminarkit.data.frames import Column, Row
from seminarkit.data.lookup_errors import UnknownQuestion
from seminarkit.data.make_table import table
from seminarkit.data.question_lookup import find_countries
from seminarkit.data.source import Source

if TYPE_CHECKING:
    from seminarkit.core.submissions.board_rows import BoardCell
    from seminarkit.core.submissions.board_rows import BoardRow as BoardRow

SIGNED = ("none", "earlier", "signed")
_STATES = ("complete", "draft", "missing")
_TASK_STATES = ("complete", "draft", "partly", "missing", "not_asked")


def countries(source: Source) -> Any:
    """Return one row per country, indexed by code."""
    columns = [
        Column("country"),
        Column("name"),
        Column("region", "category", tuple(source.regions)),
        Column("footnote"),
        Column("expected", "integer"),
        Column("nominated", "integer"),
        Column("signed", "category", SIGNED),
        Column("published", "boolean"),
    ]
    rows = [vars(country) | {"country": country.code} for country in source.countries()]
    return table(source, "countries", columns, rows, index="country")


def people(source: Source, role: str | None) -> Any:
    """Return one row per person, indexed by id."""
    rows = list(source.people())
    profiles = sorted({str(row["profile"]) for row in rows if row.get("profile")})
    if role is not None:
        if role not in source.roles():
            hint = did_you_mean(role, source.roles())
            raise UsageError(f"Nobody has the role '{role}'.{hint}")
        rows = [row for row in rows if row.get("role") == role]
    columns = [
        *map(Column, ("person", "name", "country")),
        Column("role", "category", tuple(source.roles())),
        Column("profile", "category", tuple(profiles)),
        Column("group", "list"),
        *([Column("email")] if source.audience == "organisers" else ()),
    ]
    return table(source, "people", columns, rows, index="person")


def sessions(source: Source) -> Any:
    """Return one row per session that the reader may attend."""
    rows = list(source.sessions())
    columns = [
        Column("id"),
        Column("title"),
        Column("kind", "category", tuple(sorted({str(row["kind"]) for row in rows}))),
        Column("start", "moment"),
        Column("end", "moment"),
        Column("access", "category", ("public", "core")),
        Column("topics", "list"),
        Column("cases", "list"),
    ]
    return table(source, "sessions", columns, rows)


def groups(source: Source) -> Any:
    """Return one row per decided discussion group."""
    columns = [
        *map(Column, ("id", "session", "title", "case")),
        *(Column(name, named=True) for name in (*LEADS, "rapporteur")),
        Column("confirmed", "boolean", named=True),
        Column("people", "list", named=True),
    ]
    return table(source, "groups", columns, source.groups())


def compare(source: Source, names: Sequence[str] | None, *, labels: bool = True) -> Any:
    """Return the answers to closed questions of country reports, one row per country."""
    dossier = source.comparison()
    asked = {question["name"]: question for question in dossier["questions"]}
    for name in names or ():
        if name not in asked:
            hint = did_you_mean(name, asked)
            raise UnknownQuestion(f"'{name}' is not a closed question of a country's report.{hint}")
    in_words = {name: {**dict(asked[name]["choices"]), DIFFER: DIFFER_WORDS} for name in asked}
    shown = {
        name: in_words[name] if labels else {code: code for code in in_words[name]}
        for name in names or asked
    }
    columns = [
        Column("country"),
        Column("name"),
        Column("region", "category", tuple(source.regions)),
        Column("reported", "boolean"),
        *(Column(n, "category", tuple(dict.fromkeys(w.values()))) for n, w in shown.items()),
    ]
    rows: list[Row] = []
    for country in dossier["countries"]:
        given = dossier["answers"].get(country["code"], {})
        cells = {name: _one(given.get(name, []), words) for name, words in shown.items()}
        rows.append({**country, "country": country["code"], **cells})
    about = {"labels": in_words, "heads": {name: asked[name]["label"] for name in shown}}
    return table(source, "compare", columns, rows, about, index="country")


def _one(given: Sequence[str], words: Mapping[str, str]) -> str | None:
    """Return a delegation's answer, or ``differ`` if its people disagree, or None."""
    if len(given) > 1:
        return words[DIFFER]
    return words.get(given[0]) if given else None


def status(source: Source, *, long: bool = False) -> Any:
    """Return the status board: one row per country, or with ``long`` per person and task."""
    board, known = source.status_rows(), countries_by_code(source)
    region = Column("region", "category", tuple(source.regions))
    if long:
        columns = [
            Column("country"),
            region,
            *map(Column, ("person", "form", "subject")),
            Column("state", "category", _STATES),
            Column("answered", "integer"),
            Column("total", "integer"),
            Column("receipt"),
            Column("late", "boolean"),
        ]
        rows = [row | {"region": known[row["country"]].region} for row in _entries(board)]
        return table(source, "status", columns, rows)
    tasks = list(dict.fromkeys(cell.form for row in board for cell in row.cells))
    columns = [
        Column("country"),
        Column("name"),
        region,
        *(Column(name, "category", _TASK_STATES) for name in tasks),
        Column("owes", "list"),
        Column("signed", "category", SIGNED),
    ]
    wide = [
        {
            "country": row.country,
            "name": row.name,
            "region": known[row.country].region,
            "owes": row.owes,
            "signed": known[row.country].signed,
            **{cell.form: _task_state(row, cell) for cell in row.cells},
        }
        for row in board
    ]
    return table(source, "status", columns, wide, index="country")


def _task_state(row: BoardRow, cell: BoardCell) -> str:
    """Return the state of a task: ``partly`` if some of the expected forms are complete."""
    if not row.nominated and cell.state == "missing":
        return "not_asked"
    return "partly" if cell.state == "draft" and cell.done else cell.state


# rows for pandas, with values of several types
def _entries(board: Sequence[BoardRow]) -> Iterator[dict[str, Any]]:
    for row in board:
        for cell in row.cells:
            for entry in cell.entries:
                yield {
                    "country": row.country,
                    "person": entry.person,
                    "form": cell.form,
                    "subject": entry.subject or None,
                    "state": entry.state,
                    "answered": entry.answered if entry.total else None,
                    "total": entry.total or None,
                    "receipt": entry.receipt or None,
                    "late": entry.late,
                }


def facts(source: Source, wanted: Sequence[str] | str | None) -> Any:
    """Return one row per publicly known fact on countries."""
    codes = find_countries(source, wanted)
    columns = [
        *map(Column, ("country", "topic", "text")),
        Column("year", "integer"),
        Column("sources", "list"),
        Column("source_url"),
        Column("after_seminar", "boolean"),
    ]
    rows = [row for row in source.facts() if codes is None or row["country"] in codes]
    return table(source, "facts", columns, rows)


def reports(source: Source) -> Any:
    """Return one row per report that was made or failed."""
    rows = list(source.reports())
    columns = [
        Column("notebook"),
        Column("subject"),
        Column("audience", "category", tuple(sorted({str(row["audience"]) for row in rows}))),
        Column("status", "category", ("made", "failed")),
        Column("finished_at", "moment"),
        Column("seconds", "number"),
    ]
    return table(source, "reports", columns, rows)
