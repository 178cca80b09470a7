"""Show a country's report: notebooks call one function per cell.

Each returns a piece of the report, EMPTY where there is nothing to show. ``heading`` is the title
of the section. A question is named as in its form, or ``form.question`` where several forms have
it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from seminarkit.core.documents.pieces import (
    CORE,
    EMPTY,
    Cell,
    Column,
    Heading,
    Items,
    Piece,
    Quote,
    Rows,
    Table,
    Text,
    Title,
    section,
)
from seminarkit.core.documents.text_lines import line, person_lines
from seminarkit.core.forms.answer_words import answer_words
from seminarkit.core.number_words import and_words, count
from seminarkit.core.submissions.dossier_parts import Entry
from seminarkit.topics.countries.dossier import Country, ProgrammeLine, Sent
from seminarkit.topics.countries.form_view import form_pieces
from seminarkit.topics.countries.known_facts_view import (
    all_sources,
    corrections,
    fact_answers,
    not_found,
    source_line,
)
from seminarkit.topics.countries.question_view import question_pieces, row_table

_SIGNED = {
    "signed": " The report is signed off by its NEO{day}.",
    "changed": " The report has changed since its NEO signed it{day}{where}.",
    "refused": " Its NEO wants changes and has not signed the report. It is not public.",
    "corrected": " The report has changed since its NEO refused it. It is not public yet.",
    "unclear": " Its NEO signed an older version. No version is public yet.",
    "another": " This report is not signed off by its NEO, which signed another version{day}.",
    "not yet": " The report is not signed off yet.",
}
_PUBLIC_SIGNED = {
    "signed": " ✓ Signed off by the country{day}.",
    "unsigned": " This report is not signed off by the country.",
    "another": " This report is not signed off by the country, which signed another version{day}.",
}


def title(dossier: Country) -> Piece:
    """Show the country's name, its footnote, and the state of its report."""
    country, seminar = dossier.data["country"], dossier.data["seminar"]
    return Title(
        country["name"],
        kicker=f"{seminar['series']} · {country['region']}",
        lead=_lead(dossier),
        notes=(line(f"* {country['footnote']}"),) if country["footnote"] else (),
        seminar=seminar.get("title", ""),
        readers="" if dossier.public else CORE,
    )


def tasks(dossier: Country, heading: str) -> Piece:
    """Show the delegation's tasks with deadlines, state and receipts; core only."""
    if dossier.public:
        return EMPTY
    columns = (
        Column("task", "Task"),
        Column("state", "State"),
        Column("due", "Deadline"),
        Column("people", "Who has sent what"),
    )
    rows = tuple(
        (Cell(task["title"]), Cell(task["words"]), Cell(task["due"]), _people(task["people"]))
        for task in dossier.data["tasks"]
    )
    caption = "What was asked for and what was received"
    parts: list[Piece] = [Table("tasks", caption, columns, (Rows(rows),), look="stack")]
    others = tuple(
        line(f"{entry['by']}: {_state(entry)}")
        for form, entry in dossier.entries()
        if form in dossier.data["beside"]
    )
    parts += [Text(line("Also received:")), Items(others)] if others else []
    return section(heading, parts)


def _people(people: Sequence[Sent]) -> Cell:
    words = [f"{person['name']}: {person['words']}" for person in people] or ["–"]
    return Cell("; ".join(words), tuple(map(line, words)))


def facts(dossier: Country, heading: str) -> Piece:
    """Show the public facts with their sources; those after the seminar's year are apart.

    Core participants also see the corrections by the country's people, with their authors.
    """
    year = dossier.data["seminar"]["year"]
    before = [fact for fact in dossier.data["facts"] if (fact["year"] or 0) <= year]
    after = [fact for fact in dossier.data["facts"] if (fact["year"] or 0) > year]
    parts: list[Piece] = [*fact_answers(dossier, before)]
    if after:
        parts += [Heading(f"After {year}", 3), *fact_answers(dossier, after)]
    return section(heading, [*parts, *not_found(dossier), *corrections(dossier)])


def sources(dossier: Country, heading: str) -> Piece:
    """Show the numbered list of the sources of the facts."""
    lines = tuple(map(source_line, all_sources(dossier)))
    anchors = tuple(f"source-{number}" for number in range(1, len(lines) + 1))
    return section(heading, [Items(lines, ordered=True, anchors=anchors)] if lines else [])


def answers(dossier: Country, heading: str, *names: str) -> Piece:
    """Show the answers to these questions as quotes; equal answers once.

    Raises UsageError for a question in ``names`` that no form has, or that is ambiguous.
    """
    dossier.must_answer(*names)
    return section(heading, [part for name in names for part in question_pieces(dossier, name)])


def form(dossier: Country, name: str) -> Piece:
    """Show all answers to a form, one section per group, so that a new form needs no new notebook.

    Consecutive closed questions with the same choices share a chart, repeated questions are tables.
    Raises UsageError for a form that country reports do not show.
    """
    return form_pieces(dossier, name)


def rows(dossier: Country, heading: str, name: str) -> Piece:
    """Show the rows of a repeated question as a table, one column per question.

    Raises UsageError for a question that no form has, or that is ambiguous.
    """
    dossier.must_answer(name)
    table = row_table(dossier, name)
    return section(heading, [table] if table else [])


def quotes(dossier: Country, heading: str, name: str, *, about: str, words: str) -> Piece:
    """Show the rows of a repeated question as quotes.

    ``words`` is the column with the quoted text, ``about`` the one with its topic. Raises
    UsageError for a question or column that no form has.
    """
    dossier.must_answer(name)
    dossier.must_ask(about, words)
    quotes = []
    for signers, row in dossier.rows(name):
        cells = {answer["name"]: answer_words(answer) for answer in row}
        if words in cells:
            topic = cells.get(about, "")
            quotes.append(Quote(person_lines(cells[words]), about=topic, by=and_words(signers)))
    return section(heading, quotes)


def programme(dossier: Country, heading: str) -> Piece:
    """Show the sessions that this audience may attend, in seminar time and local time."""
    zone, country = dossier.data["seminar"]["zone"], dossier.data["country"]["in_text"]
    groups = tuple(
        Rows(tuple(_session(session) for session in sessions), day)
        for day, sessions in groupby(dossier.data["programme"], key=lambda session: session["day"])
    )
    columns = (
        Column("session", "Session"),
        Column("seminar_time", f"In {zone}"),
        Column("local_time", f"In {country}"),
    )
    caption = f"Programme in {zone} and local time"
    return section(heading, [Table("programme", caption, columns, groups, look="stack")])


def _session(session: ProgrammeLine) -> tuple[Cell, ...]:
    hours, local = session["hours"], session["local"]
    return (
        Cell(session["title"]),
        Cell(hours, (line(hours, "whole"),)),
        Cell(local, (line(local, "whole"),)),
    )


def _lead(dossier: Country) -> str:
    name = dossier.data["country"]["in_text"]
    reports = list(dossier.entries())
    if not reports and dossier.public:
        return f"There is no public report from {name}. What is publicly known is below."
    if not reports:
        return f"Nothing was received from {name} yet. What is publicly known is below."
    if dossier.public:
        return f"From the report of the delegation: {_writers(reports)}.{_signed(dossier)}"
    signed = _signed(dossier)
    return f"From {count(len(reports), 'form')} of the delegation: {_writers(reports)}.{signed}"


def _signed(dossier: Country) -> str:
    """Return the sentence on the sign-off; "" in a seminar without one."""
    mark = dossier.data.get("signature")
    if not mark:
        return ""
    words = (_PUBLIC_SIGNED if dossier.public else _SIGNED).get(mark["state"], "")
    changed = ", ".join(f"“{label}”" for label in mark["changed"])
    day = f" on {mark['day']}" if mark["day"] else ""
    return words.format(day=day, where=f", in {changed}" if changed else "")


def _writers(reports: list[tuple[str, Entry]]) -> str:
    return " · ".join(dict.fromkeys(entry["by"] for _, entry in reports))


def _state(entry: Entry) -> str:
    state = "complete" if entry["state"] == "complete" else f"draft, {entry['progress']} answered"
    late = ", after the deadline" if entry["late"] else ""
    saved = f", saved {entry['saved_at'][:10]}" if entry["saved_at"] else ""
    about = f" ({entry['about']})" if entry["about"] else ""
    return f"{entry['title']}{about}, {state}, receipt {entry['receipt']}{saved}{late}"
