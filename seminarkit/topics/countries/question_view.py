"""A question with its answers as pieces: under its words, or its rows as a table."""

from __future__ import annotations

from seminarkit.core.documents.pieces import (
    Cell,
    Column,
    Heading,
    Line,
    Piece,
    Quote,
    Rows,
    Span,
    Table,
)
from seminarkit.core.documents.text_lines import line, own, own_lines
from seminarkit.core.forms.answer_words import answer_words
from seminarkit.core.number_words import and_words
from seminarkit.core.submissions.dossier import bare_name
from seminarkit.core.submissions.dossier_parts import Answer
from seminarkit.topics.countries.dossier import Country


def question_pieces(dossier: Country, name: str) -> list[Piece]:
    """Return a question and its answers, the same answer of several people once; [] for none."""
    answers = dossier.answers(name)
    several = dossier.writers(name) > 1
    signers: dict[str, list[str]] = {}
    for by, answer in answers:
        signers.setdefault(answer_words(answer), []).append(by)
    parts: list[Piece] = [Heading(answer["label"], 3) for _, answer in answers[:1]]
    for words, names in signers.items():
        lines = own_lines(words) + _others(dossier, words, names)
        parts.append(Quote(lines, by=and_words(names) if several else ""))
    return parts


def row_table(dossier: Country, name: str) -> Table | None:
    """Return the rows of a repeated question as a table; None where nobody answered."""
    rows = dossier.rows(name)
    if not rows:
        return None
    labels = {answer["name"]: answer["label"] for _, row in rows for answer in row}
    columns = [Column(each, _short(label)) for each, label in labels.items()]
    several = dossier.writers(name) > 1
    cells = []
    for signers, row in rows:
        here = {answer["name"]: _cell(dossier, answer, signers) for answer in row}
        by = [Cell(and_words(signers), ((own(and_words(signers)),),))] if several else []
        cells.append((*(here.get(each, Cell(lines=(line("–"),))) for each in labels), *by))
    columns += [Column("from", "From")] if several else []
    caption = dossier.answers(name)[0][1]["label"]
    return Table(bare_name(name), caption, tuple(columns), (Rows(tuple(cells)),), look="stack")


def _cell(dossier: Country, answer: Answer, signers: list[str]) -> Cell:
    value = answer.get("value")
    words = answer_words(answer)
    shown = Span("Link", href=words, own=True) if own(words).href else own(words)
    if isinstance(value, bool) or not isinstance(value, int | float):
        value = words
    return Cell(value, ((shown,), *_others(dossier, words, signers)))


def _others(dossier: Country, words: str, signers: list[str]) -> tuple[Line, ...]:
    """Return who else named a link; nothing for an answer in other words."""
    others = dossier.others(words, signers)
    return (line(f"Also named by {and_words(others)}.", "quiet"),) if others else ()


def _short(label: str) -> str:
    """Return a question as the head of a column: up to its first question mark or comma."""
    return label.split("?")[0].split(",")[0]
