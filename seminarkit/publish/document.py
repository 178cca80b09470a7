"""A country's report as a document, Word or PDF, from its dossier alone.

To read, to print, to quote from. Headings, tables with named header rows, links and directions are
real ones, so that a screen reader and a table of contents find them. The same dossier gives the
same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from seminarkit.core.documents.canvas import png
from seminarkit.core.documents.pieces import Chart, Piece
from seminarkit.files import NEVER
from seminarkit.forms.answer_words import answer_words
from seminarkit.pdffile import PdfFile
from seminarkit.report import charts
from seminarkit.report.dossier import Dossier as Report
from seminarkit.report.facts import WRONG, gaps_sentence, read_on
from seminarkit.wordfile import WordFile

File = WordFile | PdfFile
Dossier = Mapping[str, Any]
_WIDTH = 14.2  # centimetres of a picture: its letters are then as large as those of the text
_ALIKE = 3  # so many closed questions with the same answers are worth a chart


def country_document(dossier: Dossier, kind: type[File] = WordFile) -> bytes:
    """Return the document of one country."""
    document = kind(dossier["country"]["name"], "en", _last_saved(dossier))
    document.text(f"{dossier['seminar']['title']} – {dossier['seminar']['series']}", "Seminar Note")
    if note := dossier["country"]["footnote"]:
        document.text(f"* {note}", "Seminar Hint")
    if dossier["audience"] == "core":
        document.text("For the core participants of the seminar. Not for the public.")
    _forms(document, dossier)
    _facts(document, dossier)
    _programme(document, dossier)
    _tasks(document, dossier)
    return document.save()


def _last_saved(dossier: Dossier) -> datetime:
    """Return when the newest answer was saved: the day of the answers, not of the printing."""
    saved = [entry.get("saved_at", "") for each in dossier["forms"].values() for entry in each]
    newest = max(saved, default="")[:10]
    return datetime.fromisoformat(newest) if newest else NEVER


def _forms(document: File, dossier: Dossier) -> None:
    entries = [entry for each in dossier["forms"].values() for entry in each]
    if not entries:
        document.text(f"Nothing has come from {dossier['country']['in_text']} yet.")
    title = ""
    for entry in entries:
        if entry["title"] != title:
            title = entry["title"]
            document.heading(title, 1)
            _charts(document, dossier, [each for each in entries if each["title"] == title])
        about = f": {entry['about']}" if entry["about"] else ""
        document.heading(f"{entry['by']}{about}", 2)
        document.text(_state(entry), "Seminar Hint")
        for answer in entry["answers"]:
            document.text(answer["label"], "Seminar Question")
            if "rows" in answer:
                _rows(document, answer["rows"])
            else:
                document.text(answer["shown"], "Seminar Answer")


def _charts(document: File, dossier: Dossier, entries: Sequence[Mapping[str, Any]]) -> None:
    """Draw what one form asks of all alike; where it was filled in on several subjects, nothing."""
    if any(entry["about"] for entry in entries):
        return
    report = Report(dict(dossier))
    for names in _alike(dossier, entries):
        _chart(document, charts.states(report, *names))
    for repeat, name, number in _numbers(entries):
        unit = number["label"].split("?")[0].lower()
        _chart(document, charts.numbers(report, repeat, name=name, value=number["name"], unit=unit))


def _chart(document: File, drawn: Piece) -> None:
    if isinstance(drawn, Chart):
        document.text(drawn.finding, "Seminar Question")
        document.picture(png(drawn.drawing), drawn.alt, _WIDTH)


def _alike(dossier: Dossier, entries: Sequence[Mapping[str, Any]]) -> Iterator[list[str]]:
    """Yield the closed questions that have the same choices, by their names."""
    choices = dossier["choices"]
    asked = dict.fromkeys(a["name"] for entry in entries for a in entry["answers"])
    groups: dict[str, list[str]] = {}
    for name in asked:
        if name in choices:
            groups.setdefault(str(choices[name]), []).append(name)
    yield from (names for names in groups.values() if len(names) >= _ALIKE)


def _numbers(
    entries: Sequence[Mapping[str, Any]],
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield the numbers of repeated questions: the repeat, what names a row, the number itself."""
    found: dict[tuple[str, str], tuple[str, str, Mapping[str, Any]]] = {}
    for answer in (a for entry in entries for a in entry["answers"]):
        for row in answer.get("rows", ()):
            for each in row:
                if isinstance(each.get("value"), int):
                    key = answer["name"], each["name"]
                    found.setdefault(key, (answer["name"], row[0]["name"], each))
    yield from found.values()


def _state(entry: Mapping[str, Any]) -> str:
    draft = "Complete" if entry["state"] == "complete" else "A draft"
    late = ", after the deadline" if entry.get("late") else ""
    receipt = f", receipt {entry['receipt']}" if entry.get("receipt") else ""
    return f"{draft}: {entry['progress']} answered{late}{receipt}."


def _rows(document: File, rows: list[list[dict[str, Any]]]) -> None:
    """Write the rows of a repeat as a table, a column a question that anybody answered."""
    names = {answer["name"]: answer["label"] for row in rows for answer in row}
    order = sorted(names, key=lambda name: min(_place(row, name) for row in rows))
    cells = [{answer["name"]: answer_words(answer) for answer in row} for row in rows]
    table = [[names[name] for name in order]]
    table += [[row.get(name, "") for name in order] for row in cells]
    widths = [max(15, min(40, max(len(line[i]) for line in table))) for i in range(len(order))]
    document.rows(table, widths, head=True)


def _place(row: list[dict[str, Any]], name: str) -> int:
    return next((i for i, answer in enumerate(row) if answer["name"] == name), len(row))


def _facts(document: File, dossier: Dossier) -> None:
    corrections = dossier.get("corrections", [])
    if not (dossier["facts"] or corrections):
        return
    document.heading("What is publicly known", 1)
    _chart(document, charts.steps(Report(dict(dossier))))
    topic = ""
    for fact in dossier["facts"]:
        if fact["topic"] != topic:
            document.text(fact["topic"], "Seminar Question")
        topic = fact["topic"]
        document.text(fact["text"], "Seminar Answer")
        for source in fact["sources"]:
            year = f", {source['year']}" if source["year"] else ""
            words = f"{source['publisher']}: {source['title']}{year}.{read_on(source)}"
            document.text(words, "Seminar Hint", link=source["url"] or "")
    if topics := dossier.get("facts_not_found"):
        document.text(gaps_sentence(topics), "Seminar Answer")
    if corrections:
        document.heading(WRONG, 2)
    for correction in corrections:
        document.text(correction["text"], "Seminar Answer")
        document.text(", ".join(correction["by"]), "Seminar Hint")


def _programme(document: File, dossier: Dossier) -> None:
    document.heading("When the sessions are", 1)
    head = ["Day", f"In {dossier['seminar']['zone']}", "Local time", "Session"]
    sessions = [
        [each["day"], each["hours"], each["local"], each["title"]] for each in dossier["programme"]
    ]
    document.rows([head, *sessions], (4, 3, 3, 7), head=True)


def _tasks(document: File, dossier: Dossier) -> None:
    if tasks := dossier.get("tasks"):
        document.heading("What was asked for, and what has come", 1)
        rows = [[task["title"], task["due"], task["words"]] for task in tasks]
        document.rows([["Task", "By", "State"], *rows], (5, 5, 3), head=True)
