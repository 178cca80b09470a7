"""What a country's report shows: one call a cell, each gives a piece of the page."""

from __future__ import annotations

from typing import Any

from seminarkit.forms.answer_words import answer_words
from seminarkit.report.dossier import Answer, Dossier
from seminarkit.report.facts import (
    all_sources,
    corrections,
    facts_list,
    not_found,
    source_line,
)
from seminarkit.report.html import (
    Html,
    and_words,
    count,
    grouped_table,
    link,
    paragraphs,
    said,
    table,
    tag,
    text,
)

_SIGNED = {
    "signed": " The report is signed off by its NEO{day}.",
    "changed": " The report has changed since its NEO signed it{day}{where}.",
    "refused": " Its NEO wants changes and has not signed the report. It is not public.",
    "corrected": " The report has changed since its NEO refused it. It is not public yet.",
    "unclear": " Its NEO signed an older version. No version is public yet.",
    "another": " This report is not signed off by its NEO, which signed another version{day}.",
    "not yet": " The report is not signed off yet.",
}
_PUBLIC_SIGNED = {
    "signed": " ✓ Signed off by the country{day}.",
    "unsigned": " This report is not signed off by the country.",
    "another": " This report is not signed off by the country, which signed another version{day}.",
}


def title(dossier: Dossier) -> Html:
    """Show the country's name, the footnote that belongs to it, and how far its report is."""
    country, seminar = dossier["country"], dossier["seminar"]
    parts = [
        tag("p", text(f"{seminar['series']} · {country['region']}"), class_="kicker"),
        tag("h1", text(country["name"])),
        tag("p", text(_lead(dossier)), class_="lead"),
    ]
    if country["footnote"]:
        parts.append(tag("p", "* " + text(country["footnote"]), class_="footnote"))
    return Html(tag("header", "".join(parts), class_="top"))


def tasks(dossier: Dossier, heading: str) -> Html:
    """Show what the delegation was asked for and what has come, with receipts; core only."""
    if dossier.public:
        return Html()
    rows = [
        (text(t["title"]), text(t["words"]), text(t["due"]), _people(t["people"]))
        for t in dossier["tasks"]
    ]
    heads = ["Task", "State", "Asked for by", "Who has sent what"]
    note = "What was asked for and what has come"
    also = [
        tag("li", f"{text(entry['by'])}: {text(_state(entry))}")
        for form, entry in dossier.entries()
        if form in dossier["beside"]
    ]
    more = tag("p", "Came besides:") + tag("ul", "".join(also), class_="received") if also else ""
    return Html(tag("h2", text(heading)), table(heads, rows, note, name="stack"), more)


def _people(people: list[dict[str, str]]) -> str:
    lines = [f"{text(each['name'])}: {text(each['words'])}" for each in people]
    return "<br>".join(lines) or "–"


def facts(dossier: Dossier, heading: str) -> Html:
    """Show what is publicly known, what came after the seminar apart, each with its sources.

    Core participants also see what those of the country say is wrong in it, and who says so.
    """
    known = list(enumerate(dossier["facts"]))
    year = dossier["seminar"]["year"]
    before = [(i, f) for i, f in known if (f["year"] or 0) <= year]
    after = [(i, f) for i, f in known if (f["year"] or 0) > year]
    parts = [tag("h2", text(heading)), facts_list(dossier, before)]
    if after:
        parts += [tag("h3", text(f"After {year}")), facts_list(dossier, after)]
    parts += not_found(dossier) + corrections(dossier)
    return Html(*parts) if len(parts) > 2 or known else Html()


def sources(dossier: Dossier, heading: str) -> Html:
    """Show the sources of the facts, numbered as the facts name them."""
    items = [
        tag("li", source_line(source), id=f"source-{number}")
        for number, source in enumerate(all_sources(dossier), start=1)
    ]
    return Html(tag("h2", text(heading)), tag("ol", "".join(items), class_="sources"))


def answers(dossier: Dossier, heading: str, *names: str) -> Html:
    """Show the answers to these questions under one heading; nothing where nobody answered."""
    dossier.must_answer(*names)
    parts = [_question(dossier, name) for name in names]
    if not any(parts):
        return Html()
    return Html(tag("h2", text(heading)), *parts)


def rows(dossier: Dossier, heading: str, name: str) -> Html:
    """Show the rows of a repeated question as a table: one column a question, links as links."""
    dossier.must_answer(name)
    given = dossier.rows(name)
    if not given:
        return Html()
    several = dossier.writers(name) > 1
    heads = list(dict.fromkeys(a["label"] for _, row in given for a in row))
    lines = []
    for signers, row in given:
        cells = {a["label"]: _cell(a) + _others(dossier, a, signers) for a in row}
        lines.append(
            [cells.get(h, "–") for h in heads] + ([said(and_words(signers))] if several else [])
        )
    heads = [_short(h) for h in heads] + (["From"] if several else [])
    caption = dossier.answers(name)[0][1]["label"]
    return Html(tag("h2", text(heading)), table(heads, lines, caption, name="stack"))


def quotes(dossier: Dossier, heading: str, name: str, *, about: str, words: str) -> Html:
    """Show the rows of a repeated question as quotes: ``words`` is said on ``about``."""
    dossier.must_answer(name)
    dossier.must_ask(about, words)
    items = []
    for signers, row in dossier.rows(name):
        cells = {a["name"]: answer_words(a) for a in row}
        if words in cells:
            topic = tag("p", text(cells.get(about, "")), class_="about")
            quote = tag("blockquote", paragraphs(cells[words]))
            items.append(tag("li", topic + quote + tag("p", said(and_words(signers)), class_="by")))
    if not items:
        return Html()
    return Html(tag("h2", text(heading)), tag("ul", "".join(items), class_="quotes"))


def programme(dossier: Dossier, heading: str) -> Html:
    """Show the sessions this audience may come to, in the seminar's time and in local time."""
    zone = dossier["seminar"]["zone"]
    days: dict[str, list[tuple[str, str, str]]] = {}
    for s in dossier["programme"]:
        line = (text(s["title"]), _whole(s["hours"]), _whole(s["local"]))
        days.setdefault(s["day"], []).append(line)
    head = ["Session", f"In {zone}", f"In {dossier['country']['in_text']}"]
    note = f"Programme in {zone} and local time"
    return Html(tag("h2", text(heading)), grouped_table(head, days.items(), note, name="stack"))


def _whole(words: str) -> str:
    """Return a text that is not broken over lines."""
    return tag("span", text(words), class_="whole")


def _lead(dossier: Dossier) -> str:
    name = dossier["country"]["in_text"]
    reports = list(dossier.entries())
    if not reports and dossier.public:
        return f"There is no public report from {name}. What is publicly known is below."
    if not reports:
        return f"Nothing has come from {name} yet. What is publicly known is below."
    if dossier.public:
        return f"From the report of the delegation: {_writers(reports)}.{_signed(dossier)}"
    signed = _signed(dossier)
    return f"From {count(len(reports), 'form')} of the delegation: {_writers(reports)}.{signed}"


def _signed(dossier: Dossier) -> str:
    """Return the sentence on the sign-off; none in a seminar without one."""
    mark = dossier.get("signature")
    if not mark:
        return ""
    words = (_PUBLIC_SIGNED if dossier.public else _SIGNED).get(mark["state"], "")
    changed = ", ".join(f"“{label}”" for label in mark["changed"])
    day = f" on {mark['day']}" if mark["day"] else ""
    return words.format(day=day, where=f", in {changed}" if changed else "")


def _writers(reports: list[tuple[str, dict[str, Any]]]) -> str:
    return " · ".join(dict.fromkeys(entry["by"] for _, entry in reports))


def _state(entry: dict[str, Any]) -> str:
    state = "complete" if entry["state"] == "complete" else f"draft, {entry['progress']} answered"
    late = ", after the deadline" if entry["late"] else ""
    saved = f", saved {entry['saved_at'][:10]}" if entry["saved_at"] else ""
    about = f" ({entry['about']})" if entry["about"] else ""
    return f"{entry['title']}{about}, {state}, receipt {entry['receipt']}{saved}{late}"


def _question(dossier: Dossier, name: str) -> str:
    given = dossier.answers(name)
    if not given:
        return ""
    several = dossier.writers(name) > 1
    signers: dict[str, list[str]] = {}
    for by, answer in given:
        signers.setdefault(answer_words(answer), []).append(by)
    quotes = "".join(
        tag("blockquote", paragraphs(words) + _others(dossier, {"shown": words}, by))
        + (tag("p", said(and_words(by)), class_="by") if several else "")
        for words, by in signers.items()
    )
    return tag("section", tag("h3", text(given[0][1]["label"])) + quotes, class_="answer")


def _cell(answer: Answer) -> str:
    words = str(answer["shown"])
    return link(words, "Link") if words.startswith("http") else said(words)


def _others(dossier: Dossier, answer: Answer, signers: list[str]) -> str:
    """Return who else named the link of an answer; nothing for another answer."""
    others = dossier.others(str(answer["shown"]), signers)
    return tag("p", f"Also named by {text(and_words(others))}.", class_="note") if others else ""


def _short(label: str) -> str:
    """Return a question as the head of a column: up to its first question mark or comma."""
    return label.split("?")[0].split(",")[0]
