"""Charts of a country's answers, each captioned with what it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from seminarkit.core.documents.bar_charts import Bar, Column, bars
from seminarkit.core.documents.canvas import height_of, width_of, wrapped
from seminarkit.core.documents.drawing_sheet import ACCENT, PAGE_WIDTH, PALE, SOFT, DrawingSheet
from seminarkit.core.documents.pieces import EMPTY, Chart, Piece
from seminarkit.core.forms.answer_words import DIFFER_WORDS, answer_words
from seminarkit.core.number_words import count, number_word
from seminarkit.core.submissions.dossier import bare_name
from seminarkit.topics.countries.dossier import Country


def states(dossier: Country, *names: str) -> Piece:
    """Draw the choices made in closed questions that share one list of choices.

    The chart has one row per question in ``names`` and one column per choice; where people of the
    delegation differ, every choice made is marked. Questions that are not closed ones of this
    dossier are skipped. Returns EMPTY if none is answered. Raises UsageError for a question that no
    form has, or that several forms have (name it ``form.question``).
    """
    dossier.must_answer(*names)
    choices = dossier.data["choices"]
    closed = [name for name in names if bare_name(name) in choices]
    answered = [answers for name in closed if (answers := dossier.answers(name))]
    if not answered:
        return EMPTY
    labels = list(dict.fromkeys(label for name in closed for _, label in choices[bare_name(name)]))
    columns = {label: place for place, label in enumerate(labels)}
    rows = [
        (
            wrapped(answers[0][1]["label"]),
            {columns[words] for _, answer in answers if (words := answer_words(answer)) in columns},
        )
        for answers in answered
    ]
    sheet = _matrix(rows, [wrapped(label, 9) for label in labels])
    shown = [{answer_words(answer) for _, answer in answers} for answers in answered]
    tally = Counter(
        DIFFER_WORDS if len(labels_of_answer) > 1 else "".join(labels_of_answer)
        for labels_of_answer in shown
    )
    finding = "; ".join(f"{x.lower()}: {tally[x]}" for x in (*labels, DIFFER_WORDS) if tally[x])
    alt = "; ".join(
        f"{answers[0][1]['label']}: {' / '.join(dict.fromkeys(a['shown'] for _, a in answers))}"
        for answers in answered
    )
    return Chart(f"Of {count(len(answered), 'question')}, {finding}.", alt, sheet.drawing())


def numbers(dossier: Country, rows: str, *, name: str, value: str, unit: str) -> Piece:
    """Draw a number from each row of a repeated question as a bar chart, the largest first.

    ``rows`` is the repeated question, ``name`` its column with the labels, ``value`` the column
    with the numbers and ``unit`` their unit in the caption. Rows without a label or an integer are
    left out. Returns EMPTY if none is left.
    """
    dossier.must_answer(rows)
    dossier.must_ask(name, value)
    all_rows = [{a["name"]: a["value"] for a in row} for _, row in dossier.rows(rows)]
    labelled = [(str(row[name]), row[value]) for row in all_rows if name in row and value in row]
    pairs = [(label, number) for label, number in labelled if isinstance(number, int)]
    pairs.sort(key=lambda pair: -pair[1])
    if not pairs:
        return EMPTY
    sheet = bars([label for label, _ in pairs], [Column([Bar(str(n), n) for _, n in pairs])])
    least, most = pairs[-1][1], pairs[0][1]
    size = f"{least} to {most} {unit}" if least != most else f"{most} {unit}"
    verb = "carries" if len(pairs) == 1 else "carry"
    of_all = f" of {len(all_rows)}" if len(pairs) < len(all_rows) else ""
    finding = f"{count(len(pairs), 'example').capitalize()}{of_all} {verb} {size}."
    alt = "; ".join(f"{label}: {n} {unit}" for label, n in pairs)
    return Chart(finding, alt, sheet.drawing())


def steps(dossier: Country) -> Piece:
    """Draw the dated facts on a timeline, with the year of the seminar marked; EMPTY below two."""
    dated = sorted((fact["year"], fact["topic"]) for fact in dossier.data["facts"] if fact["year"])
    if len(dated) < 2:
        return EMPTY
    year = dossier.data["seminar"]["year"]
    sheet = _years([(when, wrapped(topic)) for when, topic in dated], year)
    before = sum(when <= year for when, _ in dated)
    after = number_word(len(dated) - before)
    finding = f"{count(before, 'known step').capitalize()} up to the seminar, {after} after it."
    alt = "; ".join(f"{when}: {topic}" for when, topic in dated)
    return Chart(finding, alt, sheet.drawing())


def _matrix(rows: Sequence[tuple[str, set[int]]], heads: Sequence[str]) -> DrawingSheet:
    """Draw one row per label with a dot below each head, filled where it was picked."""
    top = max(map(height_of, heads)) + 0.12
    tall = [max(0.42, height_of(label) + 0.12) for label, _ in rows]
    sheet = DrawingSheet(top + sum(tall))
    left = max(width_of(label) for label, _ in rows) + 0.1
    room, number = PAGE_WIDTH - left, len(heads)
    step = min(room / number, (room - width_of(heads[-1]) / 2) / (number - 0.5))
    for column, head in enumerate(heads):
        sheet.text(left + (column + 0.5) * step, top - 0.08, head, side="center", level="bottom")
    middle = top
    for (label, picked), height in zip(rows, tall, strict=True):
        sheet.text(left - 0.1, middle + height / 2, label, side="right")
        for column in range(len(heads)):
            fill, edge = (ACCENT, ACCENT) if column in picked else ("white", PALE)
            sheet.dot(left + (column + 0.5) * step, middle + height / 2, 0.09, fill, edge)
        middle += height
    return sheet


def _years(dated: Sequence[tuple[int, str]], now: int) -> DrawingSheet:
    """Draw the labels on a timeline, with the year ``now`` marked."""
    tall = [max(0.36, height_of(label) + 0.12) for _, label in dated]
    words = f"seminar, {now}"
    sheet = DrawingSheet(sum(tall) + height_of(words) + 0.1)
    left = max(width_of(label) for _, label in dated) + 0.25
    first, last = min(now, dated[0][0]), max(now, dated[-1][0])
    room = PAGE_WIDTH - left - max(width_of(str(last)) + 0.15, width_of(words) / 2)
    step = room / max(last - first, 1)
    seminar_x = left + (now - first) * step
    sheet.line((seminar_x, 0), (seminar_x, sum(tall)), SOFT, dotted=True)
    sheet.text(seminar_x, sum(tall) + 0.05, words, side="center", level="top")
    middle = 0.0
    for (when, label), height in zip(dated, tall, strict=True):
        x, y = left + (when - first) * step, middle + height / 2
        sheet.text(left - 0.2, y, label, side="right")
        sheet.line((left, y), (x, y), PALE, dotted=False)
        sheet.dot(x, y, 0.06, ACCENT)
        sheet.text(x + 0.1, y, str(when))
        middle += height
    return sheet
