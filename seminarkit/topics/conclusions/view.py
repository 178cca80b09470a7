"""What the recap and the conclusions show: what groups said, with what stands behind each sentence.

A public dossier holds no groups, codes or gaps, so those functions show nothing on a public page.
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
from seminarkit.core.documents.text_lines import line, own_lines
from seminarkit.core.number_words import count
from seminarkit.topics.conclusions import dossier as shapes
from seminarkit.topics.conclusions.dossier import Summary, for_public
from seminarkit.topics.conclusions.speaking_time_words import spoken_words

_STATES = {
    "reported": Span("notes are here", "complete"),
    "draft": Span("a draft", "draft"),
    "missing": Span("no notes", "missing"),
}
_SHARED, _SINGLE = "Said by several groups", "Said by one group"


def heading(dossier: Summary) -> Piece:
    """Show the title, and from how many groups there are notes."""
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
    """Return in a sentence or two what the summary is made of."""
    if for_public(dossier):
        words = "What the discussion groups said, in the general rapporteur’s choice."
        if since := dossier.data.get("as_taken"):
            words += f" The choice is of {since}; some groups have changed their notes since."
        return words
    groups = dossier.data["groups"]
    there = [each for each in groups if each["statements"]]
    points = [p for each in dossier.data["sections"] for p in (*each["shared"], *each["single"])]
    shared = sum(point["shared"] for point in points)
    words = f"From the notes of {len(there)} of {len(groups)} groups: {count(len(points), 'point')}"
    return f"{words}, {shared or 'none'} of them shared by several groups."


def gaps(dossier: Summary, title: str) -> Piece:
    """Show what is missing or odd, and whether it fits the time; core only."""
    if for_public(dossier):
        return EMPTY
    first = (Span("decide first", "missing"), Span(" "))
    lines = tuple(
        (*(first if sentence in dossier.data["urgent"] else ()), Span(sentence))
        for sentence in dossier.data["attention"]
    )
    parts: list[Piece] = [Items(lines)] if lines else []
    parts.append(Text(line(spoken_words(dossier.data["spoken"]))))
    cut = tuple(
        (Span(statement["text"], own=True), Span(" "), Span(statement["id"], "code"))
        for statement in dossier.data["spoken"]["cut"]
    )
    parts += [Text(line("These could go first:")), Items(cut, ordered=True)] if cut else []
    return section(title, parts)


def points(dossier: Summary) -> Piece:
    """Show all points under their headings, those that several groups share before single ones."""
    parts: list[Piece] = []
    if for_public(dossier):
        for taken in dossier.data["sections"]:
            parts += [Heading(taken["title"]), Items(tuple(map(_chosen, taken["points"])))]
        return Group(tuple(parts))
    for part in dossier.data["sections"]:
        parts.append(Heading(part["title"]))
        for words, said in ((_SHARED, part["shared"]), (_SINGLE, part["single"])):
            if said:
                parts.append(Heading(words, 3))
                parts += [_point(dossier, point) for point in said]
    return Group(tuple(parts))


def outcomes(dossier: Summary, title: str, chart: Piece) -> Piece:
    """Show which learning outcomes the statements touch, and name those that none does."""
    if for_public(dossier):
        return EMPTY
    columns = (
        Column("outcome", "Outcome"),
        Column("text", "What it says"),
        Column("groups", "Said in"),
        Column("statements", "Statements"),
    )
    rows = Rows(tuple(map(_outcome, dossier.data["outcomes"])))
    note = "Counted by the codes that were attached to statements."
    table = Table("outcomes", note, columns, (rows,), look="stack")
    sentence = Text(line(f"No statement names {', '.join(not_covered(dossier))}."))
    return section(title, [sentence if chart == EMPTY else chart, table])


def _outcome(outcome: shapes.Outcome) -> tuple[Cell, ...]:
    ids = outcome["statements"]
    links = [(Span(" "), Span(each, "code", f"#{each}")) for each in ids]
    shown = tuple(span for pair in links for span in pair)[1:] or line("none", "missing")
    return (
        Cell(outcome["id"], anchor=outcome["id"]),
        Cell(outcome["text"]),
        Cell(outcome["groups"], (line(count(outcome["groups"], "group")),)),
        Cell(len(ids), (shown,)),
    )


def not_covered(dossier: shapes.CoreSummary) -> list[str]:
    """Return the outcomes that no statement names."""
    return [each["id"] for each in dossier.data["outcomes"] if not each["statements"]]


def mini_statements(dossier: shapes.Conclusions | shapes.PublicSummary, title: str) -> Piece:
    """Show what each country says in the closing session, and name those that sent nothing."""
    if for_public(dossier):
        return EMPTY
    parts: list[Piece] = []
    for statement in dossier.data["mini"]:
        answers = [Answer(each["label"], own_lines(each["shown"])) for each in statement["answers"]]
        draft = "" if statement["state"] == "complete" else ", a draft"
        by = Text((Span(statement["by"], own=True), Span(draft)), "by")
        parts += [Heading(statement["country"], 3), Group((*answers, by), "sheet")]
    if missing := dossier.data["mini_missing"]:
        parts.append(Text(line(f"None yet from {', '.join(missing)}.")))
    return section(title, parts)


def groups(dossier: Summary, title: str) -> Piece:
    """Show every group with who noted it and how far its notes are; core only."""
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


def _chosen(point: shapes.TakenPoint) -> Line:
    """Return a point as the general rapporteur took it over, for everybody."""
    several = (Span(" (several groups)", "quiet"),) if point["shared"] else ()
    return (Span(point["text"], own=True), *several)


def _point(dossier: shapes.CoreSummary, point: shapes.SaidPoint) -> Group:
    """Return what groups said as one point: its statements side by side where it is shared."""
    statements = point["statements"]
    sheets = [Group(tuple(_statement(statement))) for statement in statements]
    near = _near(dossier, statements)
    if len(sheets) == 1:
        return Group((*sheets, *near), "card")
    parts: list[Piece] = [Group(tuple(sheets), "together")]
    if point["differs"]:
        parts.insert(0, Text(line("The groups put this under different headings."), "note"))
    if point["shared"]:
        parts.append(Text(line(f"The same point, from {point['groups']} groups."), "note"))
    return Group((*parts, *near), "card")


def _statement(statement: shapes.SaidStatement) -> Iterator[Piece]:
    """Yield a statement: its words, where it comes from with what is behind it, where it goes."""
    yield Text((Span(statement["text"], own=True),), "question", statement["id"])
    marks = {
        "a draft": statement["draft"],
        "not yet seen by the chair": not statement["seen"],
        "chosen for the public": statement["taken"],
    }
    by = f"{statement['group']}, noted by {statement['by']}"
    noted = "; ".join([by, *(mark for mark, holds in marks.items() if holds)])
    codes = [
        Span(ref["code"], href=ref["href"], hint=ref["words"]) for ref in statement["references"]
    ]
    codes += [Span(f"{code}: not known here", "draft") for code in statement["unknown"]]
    codes.append(Span(statement["id"], "code"))
    yield Text((Span(noted), *(span for code in codes for span in (Span(" "), code))), "by")
    if statement["goes_to"]:
        yield Text(line(f"Goes to {statement['goes_to']}"), "note")


def _near(dossier: shapes.CoreSummary, statements: Sequence[shapes.SaidStatement]) -> list[Piece]:
    """Return what might say the same, for a person to look at; nothing is joined by itself."""
    known = {
        statement["id"]: statement
        for part in dossier.data["sections"]
        for point in (*part["shared"], *part["single"])
        for statement in point["statements"]
    }
    ids = dict.fromkeys(i for each in statements for i in dossier.data["near"].get(each["id"], ()))
    lines = tuple(_other(known[i]) for i in ids if i in known)
    return [Fold(f"Might say the same: {len(lines)}", (Items(lines),))] if lines else []


def _other(other: shapes.SaidStatement) -> Line:
    code = Span(other["id"], "code", f"#{other['id']}")
    return Span(other["text"], own=True), Span(f" {other['group']} "), code
