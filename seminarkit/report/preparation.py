"""What core participants prepared beside the report: reviews, plans, cases, statements.

Each piece shows nothing where nobody answered, and a public dossier holds none of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from seminarkit.forms.answer_words import answer_words
from seminarkit.report.dossier import Answer, Dossier
from seminarkit.report.html import Html, paragraphs, said, table, tag, text


def sheets(dossier: Dossier, heading: str, *names: str) -> Html:
    """Show the answers to these questions, a sheet a filled form, under what each is about."""
    dossier.must_ask(*names)
    by_subject: dict[str, list[str]] = {}
    for _, entry in dossier.entries():
        given = _given(entry)
        if asked := [given[name] for name in names if name in given]:
            by_subject.setdefault(entry["about"], []).append(_sheet(asked, entry))
    parts = []
    for about, made in by_subject.items():
        parts += [_title(about[:1].upper() + about[1:])] if about else []
        parts += made
    return _section(heading, parts)


def records(dossier: Dossier, heading: str, name: str, *, title: str) -> Html:
    """Show each row of a repeated question as a sheet, under its answer to ``title``."""
    dossier.must_ask(name, title)
    parts = []
    for _, entry in dossier.entries():
        for row in _rows(_given(entry).get(name)):
            heads = [answer_words(a) for a in row if a["name"] == title] or [entry["title"]]
            rest = [a for a in row if a["name"] != title]
            parts += [_title(heads[0]), _sheet(rest, entry)]
    return _section(heading, parts)


def pairs(
    dossier: Dossier, heading: str, left: str, right: str, *, title: str, about: Sequence[str] = ()
) -> Html:
    """Show the rows of two repeated questions side by side, a table a person.

    It stands under the answer to ``title``; those to ``about`` are its caption.
    """
    dossier.must_ask(left, right, title, *about)
    parts = []
    for _, entry in dossier.entries():
        given = _given(entry)
        sides = [given[name] for name in (left, right) if name in given]
        if sides:
            head = answer_words(given[title]) if title in given else entry["title"]
            known = " · ".join(answer_words(given[name]) for name in about if name in given)
            parts += [_title(head), _beside(sides, known or head), _signed(entry)]
    return _section(heading, parts)


def _section(heading: str, parts: Sequence[str]) -> Html:
    return Html(tag("h2", text(heading)), *parts) if parts else Html()


def _title(words: str) -> str:
    return tag("h3", said(words))


def _given(entry: dict[str, Any]) -> dict[str, Answer]:
    return {answer["name"]: answer for answer in entry["answers"]}


def _rows(answer: Answer | None) -> list[list[Answer]]:
    return answer.get("rows", []) if answer else []


def _sheet(given: Sequence[Answer], entry: dict[str, Any]) -> str:
    items = "".join(
        tag("dt", text(answer["label"])) + tag("dd", paragraphs(answer_words(answer)))
        for answer in given
    )
    return tag("div", tag("dl", items, class_="facts") + _signed(entry), class_="sheet")


def _signed(entry: dict[str, Any]) -> str:
    draft = "" if entry["state"] == "complete" else f", a draft, {entry['progress']} answered"
    return tag("p", said(entry["by"]) + text(draft), class_="by")


def _beside(sides: Sequence[Answer], caption: str) -> str:
    longest = max((len(_rows(side)) for side in sides), default=0)
    lines = [
        [str(i + 1), *(_item(_rows(side)[i : i + 1]) for side in sides)] for i in range(longest)
    ]
    return table(["No.", *(side["label"] for side in sides)], lines, caption, name="stack beside")


def _item(rows: Sequence[Sequence[Answer]]) -> str:
    """Return a row as a cell: its first answer, then the others under their labels."""
    if not rows:
        return ""
    first, *others = rows[0]
    notes = [
        tag("p", text(answer["label"]), class_="about") + paragraphs(answer_words(answer))
        for answer in others
    ]
    return tag("div", paragraphs(answer_words(first)) + "".join(notes))
