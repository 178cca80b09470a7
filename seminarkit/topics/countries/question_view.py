"""Show a question with its answers: as quotes, or its rows as a table."""

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
from seminarkit.core.documents.text_lines import line, person_lines, person_span
from seminarkit.core.forms.answer_words import answer_words
from seminarkit.core.number_words import and_words
from seminarkit.core.submissions.dossier import bare_name
from seminarkit.core.submissions.dossier_parts import Answer
from seminarkit.topics.countries.dossier import Country


def question_pieces(dossier: Country, name: str) -> list[Piece]:
    """Return a question and its answers, equal answers once; [] if nobody answered."""
    answers = dossier.answers(name)
    has_several_authors = dossier.writers(name) > 1
    signers: dict[str, list[str]] = {}
    for by, answer in answers:
        signers.setdefault(answer_words(answer), []).append(by)
    parts: list[Piece] = [Heading(answer["label"], 3) for _, answer in answers[:1]]
    for words, names in signers.items():
        lines = person_lines(words) + _others(dossier, words, names)
        parts.append(Quote(lines, by=and_words(names) if has_several_authors else ""))
    return parts


def row_table(dossier: Country, name: str) -> Table | None:
    """Return the rows of a repeated question as a table; None if nobody answered."""
    rows = dossier.rows(name)
    if not rows:
        return None
    labels = {answer["name"]: answer["label"] for _, row in rows for answer in row}
    columns = [Column(name_, _short(label)) for name_, label in labels.items()]
    has_several_authors = dossier.writers(name) > 1
    cells = []
    for signers, row in rows:
        cells_by_name = {answer["name"]: _cell(dossier, answer, signers) for answer in row}
        by = (
            [Cell(and_words(signers), ((person_span(and_words(signers)),),))]
            if has_several_authors
            else []
        )
        cells.append(
            (*(cells_by_name.get(name_, Cell(lines=(line("–"),))) for name_ in labels), *by)
        )
    columns += [Column("from", "From")] if has_several_authors else []
    caption = dossier.answers(name)[0][1]["label"]
    return Table(bare_name(name), caption, tuple(columns), (Rows(tuple(cells)),), look="stack")


def _cell(dossier: Country, answer: Answer, signers: list[str]) -> Cell:
    value = answer.get("value")
    words = answer_words(answer)
    shown = Span("Link", href=words, own=True) if person_span(words).href else person_span(words)
    if isinstance(value, bool) or not isinstance(value, int | float):
        value = words
    return Cell(value, ((shown,), *_others(dossier, words, signers)))


def _others(dossier: Country, words: str, signers: list[str]) -> tuple[Line, ...]:
    """Return a line on who else names the same link; () if nobody does."""
    others = dossier.others(words, signers)
    return (line(f"Also named by {and_words(others)}.", "quiet"),) if others else ()


def _short(label: str) -> str:
    """Return a question as a column head: up to its first question mark or comma."""
    return label.split("?")[0].split(",")[0]
