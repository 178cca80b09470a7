"""What the recap and the conclusions show: what groups said, with what stands behind each sentence.

A public dossier holds no groups, codes or gaps, so those pieces show nothing on a public page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from seminarkit.report.dossier import Dossier
from seminarkit.report.html import Html, count, paragraphs, said, table, tag, text
from seminarkit.report.speech import spoken_words

_STATES = {"reported": "complete", "draft": "draft", "missing": "missing"}
_WORDS = {"reported": "notes are here", "draft": "a draft", "missing": "no notes"}


def heading(dossier: Dossier) -> Html:
    """Show the title, and from how many groups there are notes."""
    parts = [
        tag(
            "p", text(" · ".join([dossier["seminar"]["series"], dossier["when"]])), class_="kicker"
        ),
        tag("h1", text(dossier["title"])),
        tag("p", text(lead(dossier)), class_="lead"),
    ]
    if dossier.get("has_survey"):
        survey = tag("a", "The survey before the seminar", href="survey.html")
        asked = tag("a", "the questions", href="questions.html")
        parts.append(tag("p", f"{survey} and {asked} have their own pages.", class_="note"))
    return Html(tag("header", "".join(parts), class_="top"))


def lead(dossier: Dossier) -> str:
    """Return in a sentence or two what the summary is made of."""
    if dossier.public:
        words = "What the discussion groups said, in the general rapporteur’s choice."
        if since := dossier.get("as_taken"):
            words += f" The choice is of {since}; some groups have changed their notes since."
        return words
    groups = dossier["groups"]
    there = [each for each in groups if each["statements"]]
    points = [p for each in dossier["sections"] for p in (*each["shared"], *each["single"])]
    shared = sum(point["shared"] for point in points)
    words = f"From the notes of {len(there)} of {len(groups)} groups: {count(len(points), 'point')}"
    return f"{words}, {shared or 'none'} of them shared by several groups."


def gaps(dossier: Dossier, title: str) -> Html:
    """Show what is missing or odd, and whether it fits the time; core only."""
    if dossier.public:
        return Html()
    first = tag("span", "decide first", class_="mark missing") + " "
    red = dossier["urgent"]
    items = [
        tag("li", (first if each in red else "") + text(each)) for each in dossier["attention"]
    ]
    listed = tag("ul", "".join(items), class_="also") if items else ""
    cut = "".join(
        tag("li", f"{said(each['text'])} {_code(each['id'])}") for each in dossier["spoken"]["cut"]
    )
    could_go = tag("p", "These could go first:") + tag("ol", cut) if cut else ""
    time = tag("p", text(spoken_words(dossier["spoken"])))
    return Html(tag("h2", text(title)), listed, time, could_go)


def points(dossier: Dossier) -> Html:
    """Show all points under their headings, those that several groups share before single ones."""
    parts = []
    for section in dossier["sections"]:
        parts.append(tag("h2", text(section["title"])))
        if dossier.public:
            parts.append(_taken_over(section["points"]))
            continue
        for name, words in (("shared", "Said by several groups"), ("single", "Said by one group")):
            if section[name]:
                parts.append(tag("h3", words))
                parts += [_point(dossier, point) for point in section[name]]
    return Html(*parts)


def outcomes(dossier: Dossier, title: str, chart: Html) -> Html:
    """Show which learning outcomes the statements touch, and name those that none does."""
    if dossier.public:
        return Html()
    rows = [
        (
            tag("span", text(each["id"]), id=each["id"]),
            text(each["text"]),
            text(count(each["groups"], "group")),
            " ".join(tag("a", text(i), href=f"#{i}", class_="code") for i in each["statements"])
            or tag("span", "none", class_="mark missing"),
        )
        for each in dossier["outcomes"]
    ]
    caption = "Counted by the codes that were attached to statements."
    heads = ["Outcome", "What it says", "Said in", "Statements"]
    made = table(heads, rows, caption, name="stack")
    nothing = tag("p", text(f"No statement names {', '.join(not_covered(dossier))}."))
    return Html(tag("h2", text(title)), chart.markup or nothing, made)


def not_covered(dossier: Dossier) -> list[str]:
    """Return the outcomes that no statement names."""
    return [each["id"] for each in dossier["outcomes"] if not each["statements"]]


def mini_statements(dossier: Dossier, title: str) -> Html:
    """Show what each country says in the closing session, and name those that sent nothing."""
    if dossier.public or not (dossier["mini"] or dossier["mini_missing"]):
        return Html()
    parts = [tag("h2", text(title))]
    for each in dossier["mini"]:
        answers = "".join(
            tag("dt", text(answer["label"])) + tag("dd", paragraphs(answer["shown"]))
            for answer in each["answers"]
        )
        draft = "" if each["state"] == "complete" else ", a draft"
        sheet = tag("dl", answers, class_="facts")
        sheet += tag("p", said(each["by"]) + text(draft), class_="by")
        parts += [tag("h3", text(each["country"])), tag("div", sheet, class_="sheet")]
    if dossier["mini_missing"]:
        parts.append(tag("p", text(f"None yet from {', '.join(dossier['mini_missing'])}.")))
    return Html(*parts)


def groups(dossier: Dossier, title: str) -> Html:
    """Show every group with who noted it and how far its notes are; core only."""
    if dossier.public:
        return Html()
    rows = [
        (
            text(each["title"]),
            text(each["when"]),
            text(" and ".join(each["by"]) or each["asked"] or "nobody was asked"),
            tag("span", text(_WORDS[each["state"]]), class_=f"mark {_STATES[each['state']]}")
            + text(_chair(each)),
        )
        for each in dossier["groups"]
    ]
    heads = ["Group", "When", "Noted by", "Notes"]
    parts = [tag("h2", text(title)), table(heads, rows, "Groups and their notes", name="stack")]
    parts += [tag("p", text(note), class_="footnote") for note in dossier["footnotes"]]
    return Html(*parts)


def _chair(group: Mapping[str, Any]) -> str:
    if group["changes"]:
        return " The chair wants changes."
    words = "" if group["seen"] else " Not yet seen by the chair."
    return words + (" There was no disagreement." if group["none_differed"] else "")


def _taken_over(points: Sequence[Mapping[str, Any]]) -> str:
    items = ""
    for point in points:
        several = tag("span", " (several groups)", class_="note") if point["shared"] else ""
        items += tag("li", said(point["text"]) + several)
    return tag("ul", items, class_="also")


def _point(dossier: Dossier, point: Mapping[str, Any]) -> str:
    sheets = [tag("div", _statement(each)) for each in point["statements"]]
    near = _near(dossier, point["statements"])
    if len(sheets) == 1:
        return tag("article", sheets[0] + near, class_="card")
    differ = ""
    if point["differs"]:
        differ = tag("p", "The groups put this under different headings.", class_="note")
    together = tag("div", "".join(sheets), class_="together")
    return tag("article", differ + together + near, class_="card")


def _statement(each: Mapping[str, Any]) -> str:
    codes = " ".join(
        tag("a", text(ref["code"]), href=ref["href"], title=ref["words"])
        for ref in each["references"]
    )
    codes += "".join(
        f" {tag('span', text(code + ' ?'), class_='mark draft')}" for code in each["unknown"]
    )
    marks = [words for name, words in (("draft", "a draft"),) if each[name]]
    marks += [] if each["seen"] else ["not yet seen by the chair"]
    marks += ["chosen for the public"] if each["taken"] else []
    noted = f"{each['group']}, noted by {each['by']}" + "".join(f"; {mark}" for mark in marks)
    words = tag("p", text(each["text"]), class_="ask", id=each["id"], dir="auto")
    further = tag("p", text(f"Goes to {each['goes_to']}"), class_="note") if each["goes_to"] else ""
    return words + tag("p", f"{text(noted)} {codes} {_code(each['id'])}", class_="by") + further


def _near(dossier: Dossier, statements: Sequence[Mapping[str, Any]]) -> str:
    """Show what might say the same, to be looked at by a person; nothing is joined by itself."""
    known = {
        s["id"]: s
        for section in dossier["sections"]
        for p in (*section["shared"], *section["single"])
        for s in p["statements"]
    }
    ids = dict.fromkeys(i for each in statements for i in dossier["near"].get(each["id"], ()))
    others = [known[i] for i in ids if i in known]
    if not others:
        return ""
    items = "".join(
        tag("li", f"{said(other['text'])} {text(other['group'])} {_code(other['id'])}")
        for other in others
    )
    say = text(f"seminar statement {others[0]['id']} --same-as {statements[0]['id']}")
    inside = tag("summary", f"Might say the same: {len(others)}") + tag("ul", items)
    inside += tag("p", f"If one does, join them: {tag('code', say)}")
    return tag("details", inside, class_="near")


def _code(code: str) -> str:
    return tag("span", text(code), class_="code")
