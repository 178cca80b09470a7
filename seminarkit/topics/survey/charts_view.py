"""Charts of the survey: counts per answer, with a range where the exact count is not published."""

from __future__ import annotations

from collections.abc import Sequence

from seminarkit.core.documents.bar_charts import Bar, Column, bars
from seminarkit.core.documents.canvas import wrapped
from seminarkit.core.documents.drawing_sheet import PAGE_WIDTH
from seminarkit.core.documents.pieces import Chart
from seminarkit.topics.survey.dossier import Counts, Shown, Totals, TotalsQuestion
from seminarkit.topics.survey.dossier import Group as GroupOfPeople

_FEW = 2  # a caption names at most so many answers as the most frequent


def total(dossier: Totals, question: TotalsQuestion, width: float = PAGE_WIDTH) -> Chart:
    """Draw how many of all respondents gave each answer to a question."""
    counts, size = question["counts"]["all"], dossier.data["answered"]
    column = Column(_bars(question, counts, size, short=False))
    sheet = bars(_labels(question), [column], width=width)
    return Chart(_finding(question, counts, size), in_words(question, counts), sheet.drawing())


def split(
    dossier: Totals, question: TotalsQuestion, by: str, width: float = PAGE_WIDTH
) -> Chart | None:
    """Draw the answers by region or by profile; None where no group is published."""
    groups = _published_groups(dossier, by)
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
    return Chart(comparison_sentence(dossier, question, by), words, sheet.drawing())


def side_by_side(
    dossier: Totals, questions: Sequence[TotalsQuestion], width: float = PAGE_WIDTH
) -> Chart:
    """Draw the totals of several questions that have the same choices, one column per question."""
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


def response_chart(dossier: Totals, width: float = PAGE_WIDTH) -> Chart:
    """Draw the response by region: how many core participants answered, of how many expected."""
    regions, rows = dossier.data["regions"], dossier.data["response"]
    sums = [
        [sum(row[key] for row in rows if row["region"] == region) for region in regions]
        for key in ("answered", "expected")
    ]
    region_bars = [Bar(f"{done} of {of}", done, of) for done, of in zip(*sums, strict=True)]
    sheet = bars(regions, [Column(region_bars)], width=width)
    finding = f"{sum(sums[0])} of {sum(sums[1])} core participants have answered."
    all_words = "; ".join(
        f"{region}: {bar.words}" for region, bar in zip(regions, region_bars, strict=True)
    )
    return Chart(finding, all_words, sheet.drawing())


def leading(question: TotalsQuestion, counts: Counts, size: int) -> list[str]:
    """Return the labels of the answers that may be the most frequent."""
    highest_minimum = max((cell["least"] for cell in counts.values()), default=0)
    return [
        label
        for name, label in question["choices"]
        if _upper_bound(counts[name], size) >= max(highest_minimum, 1)
    ]


def _upper_bound(published: Shown, size: int) -> int:
    """Return the largest count that a published count allows in a group of this size."""
    return size if published["most"] is None else published["most"]


def _finding(question: TotalsQuestion, counts: Counts, size: int) -> str:
    return f"Of {size}, most often: {_top(question, counts, size)}."


def _top(question: TotalsQuestion, counts: Counts, size: int) -> str:
    """Return the most frequent answers in words, with their count where all have the same one."""
    labels = leading(question, counts, size)
    if len(labels) > _FEW:
        return "left open"
    words = {counts[name]["words"] for name, label in question["choices"] if label in labels}
    if len(words) > 1:
        return _quoted(labels, "or")
    return f"{_quoted(labels, 'and')} ({words.pop()}{' each' if len(labels) > 1 else ''})"


def comparison_sentence(dossier: Totals, question: TotalsQuestion, by: str) -> str:
    """Return a sentence on the most frequent answers of each group; "" where none is published."""
    groups_by_answer: dict[str, list[str]] = {}
    for group in _published_groups(dossier, by):
        labels = leading(question, question["counts"][group["key"]], group["answered"])
        words = _quoted(labels, "or") if len(labels) <= _FEW else "left open"
        groups_by_answer.setdefault(words, []).append(group["name"])
    parts = [f"{', '.join(names)}: {words}" for words, names in groups_by_answer.items()]
    if by == "part":
        return f"Most often {'; '.join(parts)}." if parts else ""
    return f"Most often in {'; in '.join(parts)}." if parts else ""


def _published_groups(dossier: Totals, by: str) -> list[GroupOfPeople]:
    return [group for group in dossier.data["groups"] if group["by"] == by and group["shown"]]


def _quoted(labels: Sequence[str], between: str) -> str:
    return f" {between} ".join(f"“{label}”" for label in labels)


def in_words(question: TotalsQuestion, counts: Counts) -> str:
    """Return all published counts of a question as text."""
    return "; ".join(f"{label}: {counts[name]['words']}" for name, label in question["choices"])


def _labels(question: TotalsQuestion) -> list[str]:
    return [label for _, label in question["choices"]]


def _bars(question: TotalsQuestion, counts: Counts, size: int, *, short: bool) -> list[Bar]:
    """Return one bar per answer: dark up to the lower bound, pale up to the upper bound."""
    result = []
    for name, _ in question["choices"]:
        cell = counts[name]
        words = cell["short" if short else "words"]
        if cell["words"] == "not shown":
            result.append(Bar(words, 0))
        else:
            result.append(Bar(words, cell["least"], _upper_bound(cell, size)))
    return result
