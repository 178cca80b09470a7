"""What a page of totals shows: all of them, their parts by region and profile, who answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from seminarkit.report.dossier import Dossier
from seminarkit.report.drawing import Chart
from seminarkit.report.html import Html, count, grouped_table, table, tag, text
from seminarkit.report.survey_charts import split, total

_SMALL = "A count below {small}, also zero, is shown as “fewer than {small}”. "
_PARTS = (
    "Numbers by region and profile are shown in steps of {small}. Groups of fewer than "
    "{least_group} people are not shown. "
)
_WORKED_OUT = (
    "Some numbers could be worked out from others, shown here or earlier, or by a delegation that "
    "knows its own answers. These are shown less exactly, or left out. New numbers appear only "
    "when enough answers have come or changed."
)
_RULE = _SMALL + _PARTS + _WORKED_OUT
_RULE_OF_ALL = _SMALL + _WORKED_OUT
_LESS = (
    "Numbers are shown when at least {least_group} people have answered, so that nobody can be "
    "recognised."
)


def heading(dossier: Dossier) -> Html:
    """Show the title, as of when how many have answered, and how small numbers are hidden."""
    answered = any(numbers["so_far"] for numbers in dossier["numbers"])
    lead = " ".join(as_of(dossier, numbers) for numbers in dossier["numbers"])
    drafts = sum(each["drafts"] for each in dossier.get("response", []))
    if drafts:
        verb = "is" if drafts == 1 else "are"
        lead += f" {count(drafts, 'draft').capitalize()} {verb} not counted."
    parts = [
        tag("p", text(dossier["seminar"]["series"]), class_="kicker"),
        tag("h1", text(dossier["title"])),
        tag("p", text(lead if answered else "There are no answers yet."), class_="lead"),
        tag("p", text(rule(dossier)), class_="note"),
    ]
    return Html(tag("header", "".join(parts), class_="top"))


def as_of(dossier: Dossier, numbers: Mapping[str, Any]) -> str:
    """Return of which day the numbers of one part are, and how many changes are not in them."""
    head = f"{numbers['part']}: " if numbers["part"] else ""
    whole = f"{numbers['answered']} of {dossier['expected']} core participants"
    if not numbers["day"]:
        return f"{head}{whole} have answered."
    words = f"{head}As of {numbers['day']}, {whole} have answered."
    if changed := numbers["changed"]:
        those = (
            "One answer has come or changed" if changed == 1 else f"{changed} have come or changed"
        )
        words += f" {those} since and {'is' if changed == 1 else 'are'} not in these numbers yet."
    return words


def rule(dossier: Dossier) -> str:
    """Return how small numbers are hidden, in two sentences."""
    by = {group["by"] for group in dossier["groups"]}
    words = _RULE if by & {"region", "profile"} else _RULE_OF_ALL
    return (words if dossier["questions"] else _LESS).format(**dossier.data)


def totals(dossier: Dossier, title: str) -> Html:
    """Draw for each closed question how many gave each answer: before and after side by side."""
    if len(dossier["numbers"]) > 1:
        return by(dossier, title, "part")
    return _section(title, ((q, total(dossier, q)) for q in dossier["questions"]))


def by(dossier: Dossier, title: str, kind: str) -> Html:
    """Draw for each closed question how the regions, or the profiles, answered; core only.

    ``kind`` is region, profile, or part: what is filled in before and after.
    """
    left_out = [
        f"{group['name']} ({group['answered']})"
        for group in dossier["groups"]
        if group["by"] == kind and not group["shown"]
    ]
    words = f"Not shown, as fewer than {dossier['least_group']} answered: {', '.join(left_out)}."
    note = tag("p", text(words), class_="note") if left_out else ""
    return _section(title, ((q, split(dossier, q, kind)) for q in dossier["questions"]), note)


def numbers(dossier: Dossier, title: str) -> Html:
    """Show all that is told of each question as a table, a column a group."""
    groups = [group for group in dossier["groups"] if group["shown"]]
    heads = ["Answer", *(f"{group['name']} ({group['answered']})" for group in groups)]
    parts = []
    for question in dossier["questions"]:
        counts = question["counts"]
        rows = [
            [text(label), *(text(counts[group["key"]][name]["short"]) for group in groups)]
            for name, label in question["choices"]
        ]
        several = " Each could choose several." if question["several"] else ""
        note = f"The number in brackets shows how many answered. A dash means: not shown.{several}"
        parts += [
            tag("h3", text(question["label"])),
            table(heads, rows, note, name="matrix numbers"),
        ]
    return Html(tag("h2", text(title)), *parts) if parts else Html()


def response(dossier: Dossier, title: str) -> Html:
    """Show for every country how many have answered, of how many that are expected; core only."""
    if not dossier.get("response"):
        return Html()
    groups = []
    for region in dossier["regions"]:
        rows = [each for each in dossier["response"] if each["region"] == region]
        answered, expected = (sum(row[key] for row in rows) for key in ("answered", "expected"))
        groups.append((f"{region}: {answered} of {expected}", [_response(row) for row in rows]))
    heads = ["Country", "Answered", "Drafts"]
    note = "Complete answers, and how many are expected from each delegation."
    parts = [tag("h2", text(title)), grouped_table(heads, groups, note, name="response")]
    notes = {c["footnote"]: c["name"] for c in dossier["response"] if c["footnote"]}
    parts += [tag("p", text(f"{name} {note}"), class_="footnote") for note, name in notes.items()]
    return Html(*parts)


def _response(row: Mapping[str, Any]) -> list[str]:
    done = row["answered"] >= row["expected"]
    state = "complete" if done else "draft" if row["answered"] or row["drafts"] else "missing"
    mark = tag("span", f"{row['answered']} of {row['expected']}", class_=f"mark {state}")
    return [text(row["name"]), mark, str(row["drafts"] or "")]


def _section(
    title: str, charts: Iterator[tuple[Mapping[str, Any], Chart | None]], note: str = ""
) -> Html:
    parts = [tag("h3", text(question["label"])) + made.markup for question, made in charts if made]
    return Html(tag("h2", text(title)), note, *parts) if parts else Html()
