"""Show the comparison of countries: answers to closed and open questions, and shared links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from seminarkit.core.documents import bar_charts as bars
from seminarkit.core.documents.pieces import (
    CORE,
    EMPTY,
    Cell,
    Chart,
    Column,
    Fold,
    Group,
    Heading,
    Line,
    Look,
    Piece,
    Rows,
    Span,
    Table,
    Text,
    Title,
    section,
)
from seminarkit.core.documents.text_lines import line, person_lines
from seminarkit.core.forms.answer_words import DIFFER_WORDS
from seminarkit.core.number_words import and_words
from seminarkit.core.submissions.dossier_parts import NamedLink
from seminarkit.data.from_dossier import DossierSource
from seminarkit.data.seminar_tables import compare as compared
from seminarkit.data.source import Reader
from seminarkit.topics.countries.dossier import (
    ClosedQuestion,
    ComparedCountry,
    Comparison,
    OpenQuestion,
    WrittenAnswer,
)

OPEN, NOT_PUBLIC = "No answer yet", "No public answer"
TICK, SIGNED = "✓", "The country has signed off its report. The other reports are not signed off."
_LOOKS: tuple[Look, ...] = (
    "complete",
    "draft",
    "missing",
)  # by the order of the choices


def heading(dossier: Comparison) -> Piece:
    """Return the title, with the number of countries that have reported."""
    reported = [c["name"] for c in dossier.data["countries"] if c["reported"]]
    kind = "public reports" if dossier.public else "reports and drafts"
    return Title(
        "The countries compared",
        kicker=dossier.data["seminar"]["series"],
        lead=f"From the {kind} of {len(reported)} of {len(dossier.data['countries'])} countries.",
        seminar=dossier.data["seminar"].get("title", ""),
        readers="" if dossier.public else CORE,
    )


def frame(dossier: Comparison) -> Any:
    """Return closed answers as ``data.compare()`` does: one row per country, indexed by code."""
    audience: Reader = "public" if dossier.public else "core"
    return compared(DossierSource(dossier.data, audience), None)


def matrix(dossier: Comparison, title: str, *names: str) -> Piece:
    """Return a table of closed answers: one row per country, by region, and a column per question.

    ``title`` is the heading; ``names`` are closed questions, by default the largest set of them
    with the same choices. Empty if there are none. Raises UsageError for a name that no form asks.
    """
    questions = _closed_questions(dossier, names) if names else _largest_set(dossier)
    if not questions:
        return EMPTY
    answers = frame(dossier)
    order = list(dict.fromkeys(label for question in questions for _, label in question["choices"]))
    missing = NOT_PUBLIC if dossier.public else OPEN

    def cells(country: ComparedCountry) -> tuple[Cell, ...]:
        row = answers.loc[country["code"]]
        return tuple(_choice_cell(row[question["name"]], order, missing) for question in questions)

    columns = [Column(question["name"], question["label"].split(",")[0]) for question in questions]
    note = "A dash means that there is no answer yet."
    return section(title, _by_country(dossier, "comparison", note, columns, cells, "matrix"))


def answers(dossier: Comparison, name: str) -> Piece:
    """Return a table of the answers to an open question, one row per country; empty if none."""
    dossier.must_ask(name)
    questions = [question for question in dossier.data.get("open", []) if question["name"] == name]
    return Group(tuple(p for q in questions for p in (Heading(q["label"], 3), *_table(dossier, q))))


def all_answers(dossier: Comparison, title: str) -> Piece:
    """Return the tables of all open questions as folds, one row per country, under a heading."""
    folds = [
        Fold(question["label"], tuple(pieces), printed=True)
        for question in dossier.data.get("open", [])
        if (pieces := _table(dossier, question))
    ]
    return section(title, folds)


def shares(dossier: Comparison, *names: str) -> Piece:
    """Return a bar chart per closed question: the number of countries that gave each answer.

    The title of a chart is its most frequent answer. ``names`` are closed questions, by default
    all. Raises UsageError for a name that no form asks.
    """
    questions = _closed_questions(dossier, names) if names else dossier.data["questions"]
    return Group(tuple(part for question in questions for part in _share(dossier, question)))


def links(dossier: Comparison, title: str) -> Piece:
    """Return a table of the links that several reports name, under a heading; empty if none."""
    rows = tuple(_link_cells(item["named"]) for item in dossier.data["links"])
    columns = (Column("link", "Link"), Column("named_by", "Named by"))
    note = "Links that differ only in www, a final slash or a newsletter's additions count as one."
    table = Table("links", note, columns, (Rows(rows),), look="stack")
    return section(title, [table] if rows else [])


def _link_cells(links: Sequence[NamedLink]) -> tuple[Cell, ...]:
    countries: dict[str, list[str]] = {}
    for report in links:
        countries.setdefault(report["country"], []).append(report["by"])
    sources = [f"{name} ({'; '.join(by)})" for name, by in countries.items()]
    url = links[0]["url"]
    link_line: Line = (Span(url.partition("://")[2], href=url, own=True),)
    return Cell(url, (link_line,)), Cell("; ".join(sources), tuple(map(line, sources)))


def _share(dossier: Comparison, question: ClosedQuestion) -> Iterator[Piece]:
    yield Heading(question["label"], 3)
    values = frame(dossier)[question["name"]].dropna()
    if values.empty:
        yield Text(line("No country has answered this yet."))
        return
    tally = values.value_counts(sort=False)  # in the form's order, with answers that nobody gave
    if not tally[DIFFER_WORDS]:
        tally = tally.drop(DIFFER_WORDS)
    bar_column = [bars.Bar(str(number), number) for number in tally.to_list()]
    sheet = bars.bars([str(label) for label in tally.index], [bars.Column(bar_column)], len(values))
    most = tally.max()
    most_frequent = [f"“{label}”" for label in tally.index if tally[label] == most]
    suffix = " each" if len(most_frequent) > 1 else ""
    finding = f"{' and '.join(most_frequent)}: {most} of {len(values)} countries{suffix}."
    alt = "; ".join(f"{label}: {number}" for label, number in tally.items())
    yield Chart(finding, alt, sheet.drawing())


def _table(dossier: Comparison, question: OpenQuestion) -> list[Piece]:
    """Return a table of the countries' answers to an open question, or [] if there are none."""
    name, texts = question["name"], dossier.data["texts"]
    missing = NOT_PUBLIC if dossier.public else OPEN

    def cells(country: ComparedCountry) -> tuple[Cell, ...]:
        return (_answer_cell(texts[country["code"]].get(name, []), missing),)

    if not any(name in by_question for by_question in texts.values()):
        return []
    columns = [Column(name, "Answer")]
    return _by_country(dossier, name, question["label"], columns, cells, "stack")


def _answer_cell(texts: Sequence[WrittenAnswer], missing: str) -> Cell:
    """Return the answers of one country; if its people differ, each answer with its authors."""
    if not texts:
        return Cell(lines=((Span("–", hint=missing),),))
    several = len(texts) > 1
    lines: list[Line] = []
    for text in texts:
        lines += person_lines(text["words"])
        lines += [line(f"— {and_words(text['by'])}", "quiet")] if several else []
    return Cell("\n\n".join(text["words"] for text in texts), tuple(lines))


def _by_country(
    dossier: Comparison,
    name: str,
    caption: str,
    columns: Sequence[Column],
    cells: Callable[[ComparedCountry], tuple[Cell, ...]],
    look: Any,
) -> list[Piece]:
    """Return a table with one row per country, by region, and its footnotes."""
    groups = tuple(
        Rows(
            tuple(
                (_country_cell(dossier, country), *cells(country))
                for country in dossier.data["countries"]
                if country["region"] == region
            ),
            region,
        )
        for region in dossier.data["regions"]
    )
    parts: list[Piece] = [
        Table(name, caption, (Column("country", "Country"), *columns), groups, look=look)
    ]
    notes = {c["footnote"]: c["name"] for c in dossier.data["countries"] if c["footnote"]}
    parts += [Text(line(f"{owner} {note}"), "footnote") for note, owner in notes.items()]
    if any(_signed_on(dossier, country) for country in dossier.data["countries"]):
        parts.append(Text(line(f"{TICK} {SIGNED}"), "footnote"))
    return parts


def _country_cell(dossier: Comparison, country: ComparedCountry) -> Cell:
    day = _signed_on(dossier, country)
    tick: Line = (Span(" "), Span(TICK, hint=f"Signed off on {day}")) if day else ()
    return Cell(country["name"], ((Span(country["name"]), *tick),))


def _signed_on(dossier: Comparison, country: ComparedCountry) -> str:
    """Return the day on which a country signed off the report shown here, or ''."""
    mark = (dossier.data.get("signatures") or {}).get(country["code"])
    if not mark or mark["state"] != "signed" or not country["reported"]:
        return ""
    return str(mark["day"])


def _choice_cell(answer: object, order: list[str], missing: str) -> Cell:
    if not isinstance(answer, str):
        return Cell(lines=((Span("–", hint=missing),),))
    place = order.index(answer) if answer in order else len(order)
    look: Look = _LOOKS[place] if place < len(_LOOKS) else "partly"
    return Cell(answer, (line(answer, look),))


def _closed_questions(dossier: Comparison, names: Sequence[str]) -> list[ClosedQuestion]:
    """Return the closed questions with these names that this seminar asks."""
    dossier.must_ask(*names)
    by_name = {question["name"]: question for question in dossier.data["questions"]}
    return [by_name[name] for name in names if name in by_name]


def _largest_set(dossier: Comparison) -> list[ClosedQuestion]:
    """Return the largest set of closed questions that have the same choices."""
    sets: dict[str, list[ClosedQuestion]] = {}
    for question in dossier.data["questions"]:
        sets.setdefault(str(question["choices"]), []).append(question)
    return max(sets.values(), key=len, default=[])
