"""The survey's charts: how many gave each answer, where a number is hidden between which two."""

from __future__ import annotations

from collections.abc import Sequence

from seminarkit.core.documents.bar_charts import Bar, Column, bars
from seminarkit.core.documents.canvas import wrapped
from seminarkit.core.documents.drawing_sheet import PAGE_WIDTH
from seminarkit.core.documents.pieces import Chart
from seminarkit.topics.survey.dossier import Counts, Shown, Totals, TotalsQuestion
from seminarkit.topics.survey.dossier import Group as GroupOfPeople

_FEW = 2  # so many answers may be named as the most given


def total(dossier: Totals, question: TotalsQuestion, width: float = PAGE_WIDTH) -> Chart:
    """Draw how many of all gave each answer to a question."""
    counts, size = question["counts"]["all"], dossier.data["answered"]
    column = Column(_bars(question, counts, size, short=False))
    sheet = bars(_labels(question), [column], width=width)
    return Chart(_finding(question, counts, size), in_words(question, counts), sheet.drawing())


def split(
    dossier: Totals, question: TotalsQuestion, by: str, width: float = PAGE_WIDTH
) -> Chart | None:
    """Draw how many of each region or profile gave each answer; nothing where none is shown."""
    groups = _shown(dossier, by)
    if not groups:
        return None
    columns = [
        Column(
            _bars(question, question["counts"][group["key"]], group["answered"], short=True),
            f"{wrapped(group['name'], 13)}\n({group['answered']})",
        )
        for group in groups
    ]
    sheet = bars(_labels(question), columns, width=width)
    words = ". ".join(
        f"{g['name']}, {g['answered']} answers: {in_words(question, question['counts'][g['key']])}"
        for g in groups
    )
    return Chart(compared(dossier, question, by), words, sheet.drawing())


def side_by_side(
    dossier: Totals, questions: Sequence[TotalsQuestion], width: float = PAGE_WIDTH
) -> Chart:
    """Draw how many of all gave each answer to some questions that have the same choices."""
    size = dossier.data["answered"]
    columns = [
        Column(
            _bars(question, question["counts"]["all"], size, short=True),
            wrapped(question["label"], 24),
        )
        for question in questions
    ]
    sheet = bars(_labels(questions[0]), columns, width=width)
    findings = ", ".join(_top(q, q["counts"]["all"], size) for q in questions)
    words = ". ".join(f"{q['label']} {in_words(q, q['counts']['all'])}" for q in questions)
    finding = f"Of {size}, most often, from left to right: {findings}."
    return Chart(finding, words, sheet.drawing())


def answered(dossier: Totals, width: float = PAGE_WIDTH) -> Chart:
    """Draw how many of each region have answered, of how many that are expected."""
    regions, rows = dossier.data["regions"], dossier.data["response"]
    sums = [
        [sum(row[key] for row in rows if row["region"] == region) for region in regions]
        for key in ("answered", "expected")
    ]
    drawn = [Bar(f"{done} of {of}", done, of) for done, of in zip(*sums, strict=True)]
    sheet = bars(regions, [Column(drawn)], width=width)
    finding = f"{sum(sums[0])} of {sum(sums[1])} core participants have answered."
    all_words = "; ".join(
        f"{region}: {bar.words}" for region, bar in zip(regions, drawn, strict=True)
    )
    return Chart(finding, all_words, sheet.drawing())


def leading(question: TotalsQuestion, counts: Counts, size: int) -> list[str]:
    """Return the labels of the answers that may be the most given, as far as is told."""
    surely = max((cell["least"] for cell in counts.values()), default=0)
    return [
        label for name, label in question["choices"] if _most(counts[name], size) >= max(surely, 1)
    ]


def _most(count: Shown, size: int) -> int:
    """Return how many may have given an answer, of so many people."""
    return size if count["most"] is None else count["most"]


def _finding(question: TotalsQuestion, counts: Counts, size: int) -> str:
    return f"Of {size}, most often: {_top(question, counts, size)}."


def _top(question: TotalsQuestion, counts: Counts, size: int) -> str:
    """Return the answers that may be the most given, with how many gave them where it is told."""
    labels = leading(question, counts, size)
    if len(labels) > _FEW:
        return "left open"
    words = {counts[name]["words"] for name, label in question["choices"] if label in labels}
    if len(words) > 1:
        return _quoted(labels, "or")
    return f"{_quoted(labels, 'and')} ({words.pop()}{' each' if len(labels) > 1 else ''})"


def compared(dossier: Totals, question: TotalsQuestion, by: str) -> str:
    """Return what was given most often where; nothing where no group is shown."""
    where: dict[str, list[str]] = {}
    for group in _shown(dossier, by):
        labels = leading(question, question["counts"][group["key"]], group["answered"])
        words = _quoted(labels, "or") if len(labels) <= _FEW else "left open"
        where.setdefault(words, []).append(group["name"])
    parts = [f"{', '.join(names)}: {words}" for words, names in where.items()]
    if by == "part":
        return f"Most often {'; '.join(parts)}." if parts else ""
    return f"Most often in {'; in '.join(parts)}." if parts else ""


def _shown(dossier: Totals, by: str) -> list[GroupOfPeople]:
    return [group for group in dossier.data["groups"] if group["by"] == by and group["shown"]]


def _quoted(labels: Sequence[str], between: str) -> str:
    return f" {between} ".join(f"“{label}”" for label in labels)


def in_words(question: TotalsQuestion, counts: Counts) -> str:
    """Return all published counts of a question in words."""
    return "; ".join(f"{label}: {counts[name]['words']}" for name, label in question["choices"])


def _labels(question: TotalsQuestion) -> list[str]:
    return [label for _, label in question["choices"]]


def _bars(question: TotalsQuestion, counts: Counts, size: int, *, short: bool) -> list[Bar]:
    """Return a bar an answer: dark what is sure, pale what may be besides."""
    drawn = []
    for name, _ in question["choices"]:
        cell = counts[name]
        words = cell["short" if short else "words"]
        if cell["words"] == "not shown":
            drawn.append(Bar(words, 0))
        else:
            drawn.append(Bar(words, cell["least"], _most(cell, size)))
    return drawn
