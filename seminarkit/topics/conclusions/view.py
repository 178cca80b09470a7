"""Pieces of the recap and of the conclusions: the groups' points with their sources.

``title`` is the heading of a piece. A public dossier has no groups, codes or gaps: the functions
that are core only return ``EMPTY`` for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seminarkit.core.documents.pieces import (
    CORE,
    EMPTY,
    Answer,
    Cell,
    Column,
    Fold,
    Group,
    Heading,
    Items,
    Line,
    Piece,
    Rows,
    Span,
    Table,
    Text,
    Title,
    section,
)
from seminarkit.core.documents.text_lines import line, person_lines
from seminarkit.core.number_words import count
from seminarkit.topics.conclusions import dossier as shapes
from seminarkit.topics.conclusions.dossier import Summary, for_public
from seminarkit.topics.conclusions.speaking_time_words import spoken_words

_STATES = {
    "reported": Span("notes received", "complete"),
    "draft": Span("a draft", "draft"),
    "missing": Span("no notes", "missing"),
}
_SHARED, _SINGLE = "Said by several groups", "Said by one group"


def heading(dossier: Summary) -> Piece:
    """Show the title of the summary with its session and its lead."""
    seminar = dossier.data["seminar"]
    pages: Line = (
        Span("The survey before the seminar", href="survey.html"),
        Span(" and "),
        Span("the questions", href="questions.html"),
        Span(" have their own pages."),
    )
    return Title(
        dossier.data["title"],
        kicker=" · ".join([seminar["series"], dossier.data["when"]]),
        lead=lead(dossier),
        notes=(pages,) if dossier.data.get("has_survey") else (),
        seminar=seminar.get("title", ""),
        readers="" if dossier.public else CORE,
    )


def lead(dossier: Summary) -> str:
    """Return the sources of the summary in a sentence or two, such as the number of groups."""
    if for_public(dossier):
        words = "What the discussion groups said, as chosen by the general rapporteur."
        if since := dossier.data.get("as_taken"):
            words += f" The choice was made on {since}. Some groups have changed their notes since."
        return words
    groups = dossier.data["groups"]
    heard = [group for group in groups if group["statements"]]
    points = [p for part in dossier.data["sections"] for p in (*part["shared"], *part["single"])]
    shared = sum(point["shared"] for point in points)
    words = f"From the notes of {len(heard)} of {len(groups)} groups: {count(len(points), 'point')}"
    return f"{words}, {shared or 'none'} of them shared by several groups."


def gaps(dossier: Summary, title: str) -> Piece:
    """Show the gaps, urgent ones in red, the speaking time and possible cuts; core only."""
    if for_public(dossier):
        return EMPTY
    urgent_mark = (Span("decide first", "missing"), Span(" "))
    lines = tuple(
        (*(urgent_mark if sentence in dossier.data["urgent"] else ()), Span(sentence))
        for sentence in dossier.data["attention"]
    )
    parts: list[Piece] = [Items(lines)] if lines else []
    parts.append(Text(line(spoken_words(dossier.data["spoken"]))))
    cut = tuple(
        (Span(statement["text"], own=True), Span(" "), Span(statement["id"], "code"))
        for statement in dossier.data["spoken"]["cut"]
    )
    parts += [Text(line("Leave out first, if needed:")), Items(cut, ordered=True)] if cut else []
    return section(title, parts)


def points(dossier: Summary) -> Piece:
    """Show all points by heading, those of several groups before those of one."""
    parts: list[Piece] = []
    if for_public(dossier):
        for chosen in dossier.data["sections"]:
            parts += [Heading(chosen["title"]), Items(tuple(map(_public_line, chosen["points"])))]
        return Group(tuple(parts))
    for part in dossier.data["sections"]:
        parts.append(Heading(part["title"]))
        for words, part_points in ((_SHARED, part["shared"]), (_SINGLE, part["single"])):
            if part_points:
                parts.append(Heading(words, 3))
                parts += [_point(dossier, point) for point in part_points]
    return Group(tuple(parts))


def outcomes(dossier: Summary, title: str, chart: Piece) -> Piece:
    """Show ``chart``, or a sentence if it is ``EMPTY``, and a table of the outcomes; core only."""
    if for_public(dossier):
        return EMPTY
    columns = (
        Column("outcome", "Outcome"),
        Column("text", "What it says"),
        Column("groups", "Said in"),
        Column("statements", "Statements"),
    )
    rows = Rows(tuple(map(_outcome, dossier.data["outcomes"])))
    note = "The counts use the codes that were attached to statements."
    table = Table("outcomes", note, columns, (rows,), look="stack")
    sentence = Text(line(f"No statement names {', '.join(not_covered(dossier))}."))
    return section(title, [sentence if chart == EMPTY else chart, table])


def _outcome(outcome: shapes.Outcome) -> tuple[Cell, ...]:
    ids = outcome["statements"]
    links = [(Span(" "), Span(statement_id, "code", f"#{statement_id}")) for statement_id in ids]
    shown = tuple(span for pair in links for span in pair)[1:] or line("none", "missing")
    return (
        Cell(outcome["id"], anchor=outcome["id"]),
        Cell(outcome["text"]),
        Cell(outcome["groups"], (line(count(outcome["groups"], "group")),)),
        Cell(len(ids), (shown,)),
    )


def not_covered(dossier: shapes.CoreSummary) -> list[str]:
    """Return the ids of the outcomes that no statement names."""
    return [outcome["id"] for outcome in dossier.data["outcomes"] if not outcome["statements"]]


def mini_statements(dossier: shapes.Conclusions | shapes.PublicSummary, title: str) -> Piece:
    """Show the mini statement of each country, and the countries without one; core only."""
    if for_public(dossier):
        return EMPTY
    parts: list[Piece] = []
    for statement in dossier.data["mini"]:
        answers = [Answer(a["label"], person_lines(a["shown"])) for a in statement["answers"]]
        draft = "" if statement["state"] == "complete" else ", a draft"
        by = Text((Span(statement["by"], own=True), Span(draft)), "by")
        parts += [Heading(statement["country"], 3), Group((*answers, by), "sheet")]
    if missing := dossier.data["mini_missing"]:
        parts.append(Text(line(f"None yet from {', '.join(missing)}.")))
    return section(title, parts)


def groups(dossier: Summary, title: str) -> Piece:
    """Show a table of the groups with time, note taker and state of the notes; core only."""
    if for_public(dossier):
        return EMPTY
    columns = (
        Column("group", "Group"),
        Column("when", "When"),
        Column("by", "Noted by"),
        Column("notes", "Notes"),
    )
    rows = tuple(map(_group, dossier.data["groups"]))
    table = Table("groups", "Groups and their notes", columns, (Rows(rows),), look="stack")
    return section(title, [table, *(Text(line(n), "footnote") for n in dossier.data["footnotes"])])


def _group(group: shapes.NotesState) -> tuple[Cell, ...]:
    state, chair = _STATES[group["state"]], _chair(group)
    return (
        Cell(group["title"]),
        Cell(group["when"]),
        Cell(" and ".join(group["by"]) or group["asked"] or "nobody was asked"),
        Cell(state.text + chair, ((state, Span(chair)),)),
    )


def _chair(group: shapes.NotesState) -> str:
    if group["changes"]:
        return " The chair wants changes."
    words = "" if group["seen"] else " Not yet seen by the chair."
    return words + (" There was no disagreement." if group["none_differed"] else "")


def _public_line(point: shapes.TakenPoint) -> Line:
    """Return the public wording of a point as a line."""
    several = (Span(" (several groups)", "quiet"),) if point["shared"] else ()
    return (Span(point["text"], own=True), *several)


def _point(dossier: shapes.CoreSummary, point: shapes.SaidPoint) -> Group:
    """Return a point as a card; joined statements are side by side."""
    statements = point["statements"]
    sheets = [Group(tuple(_statement(statement))) for statement in statements]
    similar = _fold(dossier, statements)
    if len(sheets) == 1:
        return Group((*sheets, *similar), "card")
    parts: list[Piece] = [Group(tuple(sheets), "together")]
    if point["differs"]:
        parts.insert(0, Text(line("The groups put this under different headings."), "note"))
    if point["shared"]:
        parts.append(Text(line(f"The same point, from {point['groups']} groups."), "note"))
    return Group((*parts, *similar), "card")


def _statement(statement: shapes.SaidStatement) -> Iterator[Piece]:
    """Yield the pieces of a statement: text, source with codes, and the group that takes it up."""
    yield Text((Span(statement["text"], own=True),), "question", statement["id"])
    marks = {
        "a draft": statement["draft"],
        "not yet seen by the chair": not statement["seen"],
        "chosen for the public": statement["taken"],
    }
    by = f"{statement['group']}, noted by {statement['by']}"
    source = "; ".join([by, *(mark for mark, holds in marks.items() if holds)])
    codes = [
        Span(ref["code"], href=ref["href"], hint=ref["words"]) for ref in statement["references"]
    ]
    codes += [Span(f"{code}: not known here", "draft") for code in statement["unknown"]]
    codes.append(Span(statement["id"], "code"))
    yield Text((Span(source), *(span for code in codes for span in (Span(" "), code))), "by")
    if statement["goes_to"]:
        yield Text(line(f"Goes to {statement['goes_to']}"), "note")


def _fold(dossier: shapes.CoreSummary, statements: Sequence[shapes.SaidStatement]) -> list[Piece]:
    """Return similar statements in a fold, for a person to check."""
    by_id = {
        statement["id"]: statement
        for part in dossier.data["sections"]
        for point in (*part["shared"], *part["single"])
        for statement in point["statements"]
    }
    ids = dict.fromkeys(i for s in statements for i in dossier.data["near"].get(s["id"], ()))
    lines = tuple(_similar_line(by_id[i]) for i in ids if i in by_id)
    return [Fold(f"Might say the same: {len(lines)}", (Items(lines),))] if lines else []


def _similar_line(other: shapes.SaidStatement) -> Line:
    code = Span(other["id"], "code", f"#{other['id']}")
    return Span(other["text"], own=True), Span(f" {other['group']} "), code
