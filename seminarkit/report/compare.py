"""What the comparison shows: a closed question across all countries, and all at a glance."""

from __future__ import annotations

from typing import Any

import pandas as pd

from seminarkit.report.bars import Bar, Column, bars
from seminarkit.report.dossier import Dossier
from seminarkit.report.drawing import DIFFER, Chart
from seminarkit.report.html import Html, grouped_table, link, table, tag, text

OPEN, NOT_PUBLIC = "No answer yet", "No public answer"
TICK, SIGNED = "✓", "The country has signed its report off. All others are not signed off."


def heading(dossier: Dossier) -> Html:
    """Show the title, and from how many countries there is something to compare."""
    reported = [c["name"] for c in dossier["countries"] if c["reported"]]
    total = len(dossier["countries"])
    kind = "public reports" if dossier.public else "reports, drafts among them,"
    lead = f"From the {kind} of {len(reported)} of {total} countries."
    kicker = tag("p", text(dossier["seminar"]["series"]), class_="kicker")
    head = kicker + tag("h1", "The countries compared") + tag("p", text(lead), class_="lead")
    return Html(tag("header", head, class_="top"))


def frame(dossier: Dossier) -> pd.DataFrame:
    """Return the closed answers: a row a country (by code), a column a question (by name).

    A cell holds the label of the choice, DIFFER where the people of one delegation gave several,
    and nothing where the question is open.
    """
    answers = dossier["answers"]
    columns = {}
    for question in dossier["questions"]:
        labels, name = dict(question["choices"]), question["name"]
        columns[name] = [
            DIFFER if len(given) > 1 else labels[given[0]] if given else None
            for given in (answers[c["code"]].get(name, []) for c in dossier["countries"])
        ]
    return pd.DataFrame(columns, index=[c["code"] for c in dossier["countries"]], dtype=object)


def matrix(dossier: Dossier, title: str, *names: str) -> Html:
    """Show these questions for every country, region by region; words tell them, not colour."""
    dossier.must_ask(*names)
    asked = [question for name in names if (question := _question(dossier, name))]
    if not asked:
        return Html()
    names = tuple(question["name"] for question in asked)
    answers, labels = frame(dossier), _labels(dossier)
    order = list(dict.fromkeys(label for each in asked for _, label in each["choices"]))
    missing = NOT_PUBLIC if dossier.public else OPEN
    heads = ["Country", *(labels[name].split(",")[0] for name in names)]
    groups = [
        (
            region,
            [
                [
                    text(c["name"]) + _tick(dossier, c),
                    *(_mark(answers.at[c["code"], name], order, missing) for name in names),
                ]
                for c in dossier["countries"]
                if c["region"] == region
            ],
        )
        for region in dossier["regions"]
    ]
    note = "A dash means that there is no answer yet."
    parts = [tag("h2", text(title)), grouped_table(heads, groups, note, name="matrix")]
    notes = {c["footnote"]: c["name"] for c in dossier["countries"] if c["footnote"]}
    parts += [tag("p", text(f"{name} {note}"), class_="footnote") for note, name in notes.items()]
    if any(_tick(dossier, c) for c in dossier["countries"]):
        parts.append(tag("p", text(f"{TICK} {SIGNED}"), class_="footnote"))
    return Html(*parts)


def shares(dossier: Dossier, *names: str) -> Html:
    """Draw for each question how many countries gave each answer, under the finding in words."""
    dossier.must_ask(*names)
    asked = [question for name in names if (question := _question(dossier, name))]
    return Html(*(_share(dossier, question).markup for question in asked))


def links(dossier: Dossier, title: str) -> Html:
    """Show the links that several reports name; nothing where there are none."""
    rows = []
    for each in dossier["links"]:
        countries: dict[str, list[str]] = {}
        for report in each["named"]:
            countries.setdefault(report["country"], []).append(report["by"])
        who = [f"{text(name)} ({text('; '.join(by))})" for name, by in countries.items()]
        url = each["named"][0]["url"]
        rows.append((link(url, url.partition("://")[2]), "<br>".join(who)))
    if not rows:
        return Html()
    note = "Links that differ only in www, a last slash or a newsletter's additions are the same."
    parts = table(["Link", "Named by"], rows, note, name="stack")
    return Html(tag("h2", text(title)), parts)


def _share(dossier: Dossier, question: dict[str, Any]) -> Html:
    given = frame(dossier)[question["name"]].dropna()
    head = tag("h3", text(question["label"]))
    if given.empty:
        return Html(head, tag("p", "No country has answered this yet."))
    order = [label for _, label in question["choices"]] + [DIFFER]
    tally = given.value_counts().reindex(order, fill_value=0)
    if not tally[DIFFER]:
        tally = tally.drop(DIFFER)
    drawn = [Bar(str(number), number) for number in tally.to_list()]
    sheet = bars([str(label) for label in tally.index], [Column(drawn)], len(given))
    most = tally.max()
    leading = [label for label in tally.index if tally[label] == most]
    each = " each" if len(leading) > 1 else ""
    words = " and ".join(f"“{label}”" for label in leading)
    finding = f"{words}: {most} of {len(given)} countries{each}."
    told = "; ".join(f"{label}: {number}" for label, number in tally.items())
    return Html(head, Chart(sheet, finding, told).markup)


def _tick(dossier: Dossier, country: dict[str, Any]) -> str:
    """Return a tick for a country that signed its report off, as it is shown here."""
    mark = (dossier.get("signatures") or {}).get(country["code"])
    if not mark or mark["state"] != "signed" or not country["reported"]:
        return ""
    return " " + tag("span", TICK, title=f"Signed off on {mark['day']}")


def _mark(answer: object, order: list[str], missing: str) -> str:
    if not isinstance(answer, str):
        words = tag("span", missing, class_="hidden")
        return tag("span", f'<span aria-hidden="true">–</span>{words}')
    kind = f"c{order.index(answer)}" if answer in order else "differ"
    return tag("span", text(answer), class_=f"mark {kind}")


def _labels(dossier: Dossier) -> dict[str, str]:
    return {q["name"]: q["label"] for q in dossier["questions"]}


def _question(dossier: Dossier, name: str) -> dict[str, Any] | None:
    """Return a closed question; None for one that this seminar does not ask, or not as such."""
    return next((q for q in dossier["questions"] if q["name"] == name), None)
