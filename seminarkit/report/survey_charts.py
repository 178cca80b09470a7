"""The survey's charts: how many gave each answer, where a number is hidden between which two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from seminarkit.report.dossier import Dossier
from seminarkit.report.drawing import (
    ACCENT,
    INK,
    PAGE_WIDTH,
    PALE,
    Axes,
    Chart,
    panels,
    wrapped,
)

_FEW = 2  # so many answers may be named as the most given
Counts = Mapping[str, Mapping[str, Any]]  # by choice: least, most, words


def total(dossier: Dossier, question: Mapping[str, Any], width: float = PAGE_WIDTH) -> Chart:
    """Draw how many of all gave each answer to a question."""
    counts, size = question["counts"]["all"], dossier["answered"]
    figure, (axes,) = panels(_height(question), 1, width)
    _bars(axes, question, counts, size, short=False)
    _label(axes, question)
    return Chart(figure, _finding(question, counts, size), told(question, counts))


def split(
    dossier: Dossier, question: Mapping[str, Any], by: str, width: float = PAGE_WIDTH
) -> Chart | None:
    """Draw how many of each region or profile gave each answer; nothing where none is shown."""
    groups = _shown(dossier, by)
    if not groups:
        return None
    figure, all_axes = panels(_height(question) + 0.6, len(groups), width)
    for axes, group in zip(all_axes, groups, strict=True):
        _bars(axes, question, question["counts"][group["key"]], group["answered"], short=True)
        name = wrapped(group["name"], 13)
        axes.set_title(f"{name}\n({group['answered']})", fontsize=9.5, color=INK, loc="left")
    _label(all_axes[0], question)
    words = ". ".join(
        f"{g['name']}, {g['answered']} answers: {told(question, question['counts'][g['key']])}"
        for g in groups
    )
    return Chart(figure, compared(dossier, question, by), words)


def side_by_side(
    dossier: Dossier, questions: Sequence[Mapping[str, Any]], width: float = PAGE_WIDTH
) -> Chart:
    """Draw how many of all gave each answer to some questions that have the same choices."""
    size = dossier["answered"]
    figure, all_axes = panels(_height(questions[0]) + 0.9, len(questions), width)
    for axes, question in zip(all_axes, questions, strict=True):
        _bars(axes, question, question["counts"]["all"], size, short=True)
        axes.set_title(wrapped(question["label"], 24), fontsize=9.5, color=INK, loc="left")
    _label(all_axes[0], questions[0])
    findings = ", ".join(_top(q, q["counts"]["all"], size) for q in questions)
    words = ". ".join(f"{q['label']} {told(q, q['counts']['all'])}" for q in questions)
    return Chart(figure, f"Of {size}, most often, from left to right: {findings}.", words)


def answered(dossier: Dossier, width: float = PAGE_WIDTH) -> Chart:
    """Draw how many of each region have answered, of how many that are expected."""
    regions, rows = dossier["regions"], dossier["response"]
    sums = [
        [sum(row[key] for row in rows if row["region"] == region) for region in regions]
        for key in ("answered", "expected")
    ]
    figure, (axes,) = panels(0.42 * len(regions) + 0.3, 1, width)
    axes.barh(range(len(regions)), sums[1], 0.6, color=PALE)
    bars = axes.barh(range(len(regions)), sums[0], 0.6, color=ACCENT)
    words = [f"{done} of {of}" for done, of in zip(*sums, strict=True)]
    for bar, of, label in zip(bars, sums[1], words, strict=True):
        at = (of, bar.get_y() + bar.get_height() / 2)
        axes.annotate(label, at, (4, 0), textcoords="offset points", va="center", color=INK)
    axes.set_yticks(range(len(regions)), [wrapped(region) for region in regions])
    axes.set_xticks([])
    axes.set_xlim(0, max(sums[1]) * 1.2)
    axes.invert_yaxis()
    finding = f"{dossier['answered']} of {dossier['expected']} core participants have answered."
    all_words = "; ".join(
        f"{region}: {label}" for region, label in zip(regions, words, strict=True)
    )
    return Chart(figure, finding, all_words)


def leading(question: Mapping[str, Any], counts: Counts, size: int) -> list[str]:
    """Return the labels of the answers that may be the most given, as far as is told."""
    surely = max(cell["least"] for cell in counts.values())
    return [
        label
        for name, label in question["choices"]
        if (size if counts[name]["most"] is None else counts[name]["most"]) >= max(surely, 1)
    ]


def _finding(question: Mapping[str, Any], counts: Counts, size: int) -> str:
    return f"Of {size}, most often: {_top(question, counts, size)}."


def _top(question: Mapping[str, Any], counts: Counts, size: int) -> str:
    """Return the answers that may be the most given, with how many gave them where it is told."""
    labels = leading(question, counts, size)
    if len(labels) > _FEW:
        return "left open"
    words = {counts[name]["words"] for name, label in question["choices"] if label in labels}
    if len(words) > 1:
        return _quoted(labels, "or")
    return f"{_quoted(labels, 'and')} ({words.pop()}{' each' if len(labels) > 1 else ''})"


def compared(dossier: Dossier, question: Mapping[str, Any], by: str) -> str:
    """Return what was given most often where; nothing where no group is shown."""
    where: dict[str, list[str]] = {}
    for group in _shown(dossier, by):
        labels = leading(question, question["counts"][group["key"]], group["answered"])
        words = _quoted(labels, "or") if len(labels) <= _FEW else "left open"
        where.setdefault(words, []).append(group["name"])
    parts = [f"{', '.join(names)}: {words}" for words, names in where.items()]
    return f"Most often in {'; in '.join(parts)}." if parts else ""


def _shown(dossier: Dossier, by: str) -> list[dict[str, Any]]:
    return [group for group in dossier["groups"] if group["by"] == by and group["shown"]]


def _quoted(labels: Sequence[str], between: str) -> str:
    return f" {between} ".join(f"“{label}”" for label in labels)


def told(question: Mapping[str, Any], counts: Counts) -> str:
    """Return all that is told of a question in words."""
    return "; ".join(f"{label}: {counts[name]['words']}" for name, label in question["choices"])


def _height(question: Mapping[str, Any]) -> float:
    lines = sum(wrapped(label).count("\n") + 1 for _, label in question["choices"])
    return 0.17 * lines + 0.2 * len(question["choices"]) + 0.3


def _bars(
    axes: Axes, question: Mapping[str, Any], counts: Counts, size: int, *, short: bool
) -> None:
    """Draw a bar an answer: dark what is sure, pale what may be besides."""
    for row, (name, _) in enumerate(question["choices"]):
        cell = counts[name]
        most = size if cell["most"] is None else cell["most"]
        shown = cell["words"] != "not shown"
        if shown:
            axes.barh(row, most, 0.6, color=PALE)
            axes.barh(row, cell["least"], 0.6, color=ACCENT)
        at = (most if shown else 0, row)
        axes.annotate(
            cell["short" if short else "words"],
            at,
            (4, 0),
            textcoords="offset points",
            va="center",
            color=INK,
        )
    longest = max(size if cell["most"] is None else cell["most"] for cell in counts.values())
    axes.set_xlim(0, (size * 1.5) if short else longest * 1.3)
    axes.set_ylim(len(question["choices"]) - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks([])


def _label(axes: Axes, question: Mapping[str, Any]) -> None:
    labels = [wrapped(label) for _, label in question["choices"]]
    axes.set_yticks(range(len(labels)), labels)
