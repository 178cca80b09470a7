"""Charts of a country and of what was said: each under a sentence that states what it shows."""

from __future__ import annotations

from collections import Counter
from textwrap import shorten

from seminarkit.report.dossier import Dossier
from seminarkit.report.drawing import ACCENT, DIFFER, INK, PALE, SOFT, Chart, canvas, wrapped
from seminarkit.report.html import Html, count


def states(dossier: Dossier, *names: str) -> Html:
    """Draw which choice was made in each of these closed questions.

    A row a question, a column a choice; where people of one delegation differ, each choice is
    marked. The questions share one list of choices.
    """
    asked = [given for name in names if (given := dossier.answers(name))]
    if not asked:
        return Html()
    labels = [label for _, label in dossier["choices"][names[0]]]
    figure, axes = canvas(0.6 * len(asked) + 0.8)
    for row, given in enumerate(asked):
        picked = [labels.index(answer["shown"]) for _, answer in given]
        axes.scatter(range(len(labels)), [row] * len(labels), 130, "white", edgecolors=PALE)
        axes.scatter(picked, [row] * len(picked), 130, ACCENT)
    axes.set_xticks(range(len(labels)), [wrapped(label, 9) for label in labels])
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(asked)), [wrapped(given[0][1]["label"]) for given in asked])
    axes.set_xlim(-0.5, len(labels) - 0.5)
    axes.set_ylim(len(asked) - 0.5, -0.5)
    shown = [{answer["shown"] for _, answer in given} for given in asked]
    tally = Counter(next(iter(each)) if len(each) == 1 else DIFFER for each in shown)
    finding = "; ".join(f"{x.lower()}: {tally[x]}" for x in (*labels, DIFFER) if tally[x])
    told = "; ".join(
        f"{given[0][1]['label']}: {' / '.join(dict.fromkeys(a['shown'] for _, a in given))}"
        for given in asked
    )
    return Chart(figure, f"Of {count(len(asked), 'question')}, {finding}.", told)


def numbers(dossier: Dossier, rows: str, *, name: str, value: str, unit: str) -> Html:
    """Draw a number that the rows of a repeated question carry, as bars, the largest first."""
    given = [{a["name"]: a["value"] for a in row} for _, row in dossier.rows(rows)]
    pairs = [(str(row[name]), row[value]) for row in given if name in row and value in row]
    pairs = sorted((p for p in pairs if isinstance(p[1], int)), key=lambda pair: -pair[1])
    if not pairs:
        return Html()
    figure, axes = canvas(0.46 * len(pairs) + 0.5)
    bars = axes.barh(range(len(pairs)), [n for _, n in pairs], 0.6, color=ACCENT)
    axes.bar_label(bars, padding=4, color=INK)
    axes.set_yticks(range(len(pairs)), [wrapped(label) for label, _ in pairs])
    axes.set_xticks([])
    axes.invert_yaxis()
    least, most = pairs[-1][1], pairs[0][1]
    size = f"{least} to {most} {unit}" if least != most else f"{most} {unit}"
    verb = "carries" if len(pairs) == 1 else "carry"
    rest = f" of {len(given)}" if len(pairs) < len(given) else ""
    finding = f"{count(len(pairs), 'example').capitalize()}{rest} {verb} {size}."
    return Chart(figure, finding, "; ".join(f"{label}: {n} {unit}" for label, n in pairs))


def steps(dossier: Dossier) -> Html:
    """Draw the facts that have a year along a line of years, the seminar's own year marked."""
    dated = sorted((fact["year"], fact["topic"]) for fact in dossier["facts"] if fact["year"])
    if len(dated) < 2:
        return Html()
    year, first = dossier["seminar"]["year"], dated[0][0]
    figure, axes = canvas(0.4 * len(dated) + 0.7)
    axes.axvline(year, color=SOFT, linestyle=":", linewidth=1)
    for row, (when, _) in enumerate(dated):
        axes.plot([first, when], [row, row], color=PALE, linewidth=2, zorder=1)
        axes.scatter([when], [row], 60, ACCENT, zorder=2)
        axes.annotate(str(when), (when, row), (8, -4), textcoords="offset points")
    axes.set_yticks(range(len(dated)), [wrapped(topic) for _, topic in dated])
    axes.set_xticks([year], [f"seminar, {year}"])
    axes.set_xlim(first - 1, max(year, dated[-1][0]) + 4)
    axes.set_ylim(len(dated) - 0.5, -0.5)
    before = sum(when <= year for when, _ in dated)
    finding = f"{count(before, 'known step').capitalize()} up to the seminar, "
    finding += f"{count(len(dated) - before, '').strip()} after it."
    return Chart(figure, finding, "; ".join(f"{when}: {topic}" for when, topic in dated))


def coverage(dossier: Dossier) -> Html:
    """Draw how many statements name each learning outcome; nothing on a public page."""
    rows = [] if dossier.public else dossier["outcomes"]
    if not any(each["statements"] for each in rows):
        return Html()
    sizes = [len(each["statements"]) for each in rows]
    words = [
        f"{size}, in {each['groups']} group{'s' * (each['groups'] != 1)}" if size else "none"
        for each, size in zip(rows, sizes, strict=True)
    ]
    figure, axes = canvas(0.46 * len(rows) + 0.3)
    bars = axes.barh(range(len(rows)), sizes, 0.5, color=ACCENT)
    axes.bar_label(bars, words, padding=4, color=INK)
    labels = [shorten(f"{each['id']} {each['text']}", 58, placeholder=" …") for each in rows]
    axes.set_yticks(range(len(rows)), [wrapped(label, 34) for label in labels], fontsize=9)
    axes.set_xticks([])
    axes.set_xlim(0, max(sizes) * 1.4)
    axes.invert_yaxis()
    bare = [each["id"] for each in rows if not each["statements"]]
    finding = f"No statement names {', '.join(bare)}." if bare else "Every outcome is named."
    told = "; ".join(f"{each['id']}: {word}" for each, word in zip(rows, words, strict=True))
    return Chart(figure, finding, told)
