"""What a brief shows, for two printed pages: long lists are cut, with where the rest is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from seminarkit.report.dossier import Answer, Dossier
from seminarkit.report.html import Html, said, table, tag, text
from seminarkit.report.paper import (
    POINT_WORDS,
    POINTS,
    QUESTIONS,
    REVIEW_WORDS,
    REVIEWS,
    room_for_reports,
)

_UP = "../"  # briefs lie in a folder of the site
_SEVERAL = {"public": "open to everybody", "core": "core participants only"}
_PROMPT = (
    "Each topic begins with somebody else; ask who sees it otherwise before the next one. "
    "Minutes are of the time that is left for discussion."
)


def heading(dossier: Dossier) -> Html:
    """Show what the brief is for, when, and what is still open."""
    seats = dossier["seats"]
    facts = [f"{dossier['minutes']} minutes", _SEVERAL[dossier["access"]]]
    if seats:
        countries = len({seat["country"] for seat in seats})
        facts.insert(0, f"{len(seats)} people from {countries} countries")
    if dossier["notes_by"]:
        facts.append(f"notes by {dossier['notes_by']}")
    over = " · ".join(filter(None, ["Brief", dossier["session"], dossier["when"]]))
    parts = [
        tag("p", text(over), class_="kicker"),
        tag("h1", text(dossier["title"])),
        tag("p", text(" · ".join(facts)), class_="lead"),
        _gaps(dossier["open"]),
    ]
    return Html(tag("header", "".join(parts), class_="top brief"))


def people(dossier: Dossier, title: str) -> Html:
    """Show who has a part in this room."""
    if not dossier["people"]:
        return Html(_h2(title), tag("p", "Nobody has a part in it so far.", class_="open"))
    by_role: dict[str, list[str]] = {}
    for each in dossier["people"]:
        known = f", {text(each['about'])}" if each["about"] else ""
        by_role.setdefault(each["role"], []).append(
            tag("strong", text(each["name"])) + tag("span", known, class_="note")
        )
    items = "".join(
        tag("dt", text(role.capitalize())) + tag("dd", "<br>".join(names))
        for role, names in by_role.items()
    )
    return Html(_h2(title), tag("dl", items, class_="facts duties"))


def running(dossier: Dossier, title: str, *names: str, most: int = 14) -> Html:
    """Show the running order with clock and minutes; under a turn the answers to ``names``."""
    order = dossier["running"]
    steps = order["steps"]
    rows = [
        [
            text(step["clock"]),
            text(step["parts"] or step["minutes"]),
            _step(step, names),
        ]
        for step in steps
    ]
    ours = any(step["ours"] for step in steps)
    caption = "The programme gives no minutes for some or all of it; they are a proposal."
    parts = [_h2(title)]
    if rows:
        heads = ["Begins", "Minutes", "What"]
        parts.append(table(heads, rows, caption if ours else "As in the programme.", name="order"))
    if order["rule"]:
        parts.append(tag("p", text(_rule(order)), class_="note"))
    if order["unheard"]:
        names_ = _listed(order["unheard"], most)
        parts.append(
            _gaps([f"There is no time for a turn of: {names_}. Theirs can be read below."])
        )
    return Html(*parts)


def hand(dossier: Dossier, opening: str, checklist: str) -> Html:
    """Show the opening words and, beside them, the list to tick."""
    words = "".join(tag("p", text(line)) for line in dossier["opening"])
    boxes = "".join(tag("li", text(line)) for line in dossier["checklist"])
    return Html(
        tag(
            "div",
            tag("section", _h2(opening) + tag("blockquote", words))
            + tag("section", _h2(checklist) + tag("ul", boxes, class_="boxes")),
            class_="pair",
        )
    )


def prompts(dossier: Dossier, title: str) -> Html:
    """Show the session's topics, numbered, each with minutes and who begins."""
    topics = dossier["topics"]
    if not topics:
        return Html()
    first = [p["name"] for p in dossier["people"] if p["role"] in ("panellist", "presenter")]
    talk = [s for s in dossier["running"]["steps"] if s["ours"] and "iscussion" in s["title"]]
    minutes = int(talk[0]["minutes"]) // len(topics) if talk else 0
    items = [
        tag("li", tag("strong", text(topic)) + tag("span", text(_who(first, i, minutes))))
        for i, topic in enumerate(topics)
    ]
    note = tag("p", text(_PROMPT), class_="note") if first else ""
    return Html(_h2(title), note, tag("ol", "".join(items), class_="contents"))


def questions(dossier: Dossier, title: str, *, most: int = QUESTIONS, words: int = 50) -> Html:
    """Show the first questions in the order to take them up, and where the others are."""
    asked = dossier["questions"]
    if not asked:
        return Html(_h2(title), tag("p", "Nobody has asked about it yet.", class_="open"))
    note = (
        "In this order each country has its turn. “Here” is who sits in this room."
        if dossier["seats"]
        else "In this order each country has its turn."
    )
    pairs: set[frozenset[str]] = set()
    items = "".join(tag("li", _question(dossier, each, words, pairs)) for each in asked[:most])
    return Html(
        _h2(title),
        tag("p", text(note), class_="note"),
        tag("ol", items, class_="asked"),
        _more(len(asked) - most, f"{_UP}questions.html#{_first(asked, most)}", "Questions"),
    )


def left(
    dossier: Dossier, title: str, *names: str, most: int = POINTS, words: int = POINT_WORDS
) -> Html:
    """Show what earlier groups noted under these questions, and who chaired them."""
    groups = dossier["left"]
    if not groups:
        return Html()
    parts, silent, shown, total = [], [], 0, 0
    for group in groups:
        points = [point for name in names for point in _points(group["answers"], name)]
        chair = f"chaired by {group['chair']}" if group["chair"] else "without a chair"
        if not points:
            silent.append(f"{group['group']} ({chair})")
            continue
        first = points[: max(0, most - shown)]
        total, shown = total + len(points), shown + len(first)
        lines = "".join(
            tag("li", text(f"{label}: ") + said(_cut(noted, words))) for label, noted in first
        )
        parts += [tag("p", text(f"{group['group']}, {chair}"), class_="about"), tag("ul", lines)]
    if silent:
        parts.append(tag("p", text(f"No notes have come yet from {'; '.join(silent)}.")))
    if total > shown:
        parts.append(tag("p", f"{total - shown} more in their notes.", class_="more"))
    return Html(_h2(title), *parts)


def seats(dossier: Dossier, title: str) -> Html:
    """Show who sits here, from which country, and what each has prepared."""
    if not dossier["groups"]:
        return Html()
    sitting = dossier["seats"]
    done = sum(not seat["owes"] for seat in sitting)
    lead = (
        f"{done} of {len(sitting)} have sent all that was asked for. Who has not: what is missing."
    )
    if not sitting:
        return Html(_h2(title), tag("p", "Nobody yet.", class_="open"))
    lines = "".join(
        tag(
            "li",
            tag("strong", _country(seat))
            + " "
            + text(_without(seat["name"], seat["country"]))
            + _owes(seat),
        )
        for seat in sitting
    )
    return Html(_h2(title), tag("p", text(lead), class_="note"), tag("ul", lines, class_="names"))


def reviews(
    dossier: Dossier, title: str, *names: str, most: int = REVIEWS, words: int = REVIEW_WORDS
) -> Html:
    """Show reviews of the group's case: those of its own people first."""
    if not dossier["case"]:
        return Html()
    given = [e for e in dossier["reviews"] if {a["name"] for a in e["answers"]} & set(names)]
    here = sum(each["here"] for each in given)
    note = (
        f"{len(given)} have come, {here} of them by people in this room."
        if given
        else "None has come yet."
    )
    items = []
    for each in given[:most]:
        answers = {a["name"]: a for a in each["answers"]}
        lines = [
            tag("p", text(answers[name]["label"]) + " " + said(_cut(answers[name]["shown"], words)))
            for name in names
            if name in answers
        ]
        draft = "" if each["state"] == "complete" else ", a draft"
        by = tag("strong", text(each["by"])) + text(
            ("" if each["here"] else ", not in this room") + draft
        )
        items.append(tag("li", by + "".join(lines)))
    rest = sorted({each["code"] for each in given[most:]})
    links = ", ".join(tag("a", code, href=f"{_UP}countries/{code}.html") for code in rest)
    more = (
        tag("p", f"{len(given) - most} more on the pages of {links}.", class_="more")
        if rest
        else ""
    )
    case = tag("a", "What is known of the case", href=f"{_UP}cases.html#{dossier['case']}")
    return Html(
        _h2(title),
        tag("p", text(note) + " " + case + text(", with questions to ask."), class_="note"),
        tag("ul", "".join(items), class_="quotes"),
        more,
    )


def reports(dossier: Dossier, title: str) -> Html:
    """Show country by country the beginning of what its report says, as far as the paper goes.

    Fewer words where there are many countries; and where that is not enough, who stands on another
    page. The first of them is not always the same.
    """
    countries = dossier["reports"]
    if not countries:
        return Html()
    there = [each for each in countries if each["quoted"]]
    missing = [each["country"] for each in countries if not each["quoted"]]
    each_has, number = room_for_reports(dossier.data)
    items = []
    for each in there[:number]:
        quotes = " · ".join(
            text(f"{_short(quote['label'])}: ") + said(_cut(quote["shown"], each_has))
            for quote in each["quoted"]
        )
        items.append(tag("li", f"{tag('strong', _country(each))} {quotes}"))
    parts = [_h2(title)]
    if items:
        note = f"The first {each_has} words of each; all of it is behind the name."
        parts += [tag("p", text(note), class_="note"), tag("ul", "".join(items), class_="quotes")]
    if rest := there[number:]:
        links = ", ".join(_country(each) for each in rest)
        parts.append(tag("p", f"{len(rest)} more on the pages of {links}.", class_="more"))
    if missing:
        parts.append(tag("p", text(f"No report yet from {', '.join(missing)}."), class_="note"))
    return Html(*parts)


def survey(dossier: Dossier, title: str) -> Html:
    """Say how many of the room answered the survey, and where its chair reads what they said."""
    found = dossier["surveyed"]
    if not found:
        return Html()
    words = (
        f"{found['answered']} of the {found['people']} have answered. What they said is for the "
        "chair alone, who gets it from the organisers as a sheet. "
    )
    totals = tag("a", "Totals of all countries", href=f"{_UP}survey.html")
    return Html(_h2(title), tag("p", text(words) + totals))


def footnotes(dossier: Dossier) -> Html:
    """Show the footnotes of the countries in the room."""
    return Html(*(tag("p", text(note), class_="footnote") for note in dossier["footnotes"]))


def _h2(title: str) -> str:
    return tag("h2", text(title))


def _gaps(sentences: Sequence[str]) -> str:
    mark = tag("span", "still open", class_="mark missing")
    return "".join(tag("p", f"{mark} {text(each)}", class_="gap") for each in sentences)


def _step(step: dict[str, Any], names: Sequence[str]) -> str:
    note = f", {step['note']}" if step["note"] else ""
    told = [
        said(_cut(answer["shown"], 40))
        for name in names
        for answer in _named(step["answers"], name)
    ]
    head = tag("strong", text(step["title"])) + tag("span", text(note), class_="note")
    return head + "".join(f" · {each}" for each in told)


def _named(answers: Sequence[Answer], name: str) -> Iterator[Answer]:
    """Yield the answers to a question, also those in rows of a repeated one."""
    for answer in answers:
        if answer["name"] == name:
            yield answer
        for row in answer.get("rows", ()):
            yield from _named(row, name)


def _points(answers: Sequence[Answer], name: str) -> Iterator[tuple[str, str]]:
    """Yield (what it is, words) for each row of a repeated question: its first answer."""
    for answer in answers:
        if answer["name"] == name:
            for row in answer.get("rows", ()):
                if row:
                    yield answer["label"], row[0]["shown"]


def _rule(order: dict[str, Any]) -> str:
    parts = next((step["parts"] for step in order["steps"] if step["parts"]), "")
    words = (
        f" {parts} minutes are so many to speak, and so many for peers to answer." if parts else ""
    )
    return order["rule"] + words


def _who(names: Sequence[str], number: int, minutes: int) -> str:
    words = [f"{minutes} minutes"] if minutes else []
    if names:
        words.append(f"begins: {names[number % len(names)]}")
    return f" · {' · '.join(words)}" if words else ""


def _question(
    dossier: Dossier, matter: dict[str, Any], words: int, pairs: set[frozenset[str]]
) -> str:
    """Return a question, and beside it the nearest that may ask the same; ``pairs`` once each."""
    parts = []
    for each in matter["questions"]:
        by = text(each["by"] + (", in a draft" if each["draft"] else ""))
        code = tag("span", text(each["id"]), class_="code")
        parts.append(
            tag("p", said(_cut(each["text"], words)), class_="ask")
            + tag("p", f"{by} {code}{_marks(dossier, matter) if not parts else ''}", class_="by")
        )
    near = next(
        (n for n in matter["near"] if frozenset((n["id"], matter["id"])) not in pairs), None
    )
    if near:
        pairs.add(frozenset((near["id"], matter["id"])))
        alike = f"Might ask the same, {near['id']}: "
        parts.append(tag("p", text(alike) + said(_cut(near["text"], 14)), class_="about"))
    return "".join(parts)


def _marks(dossier: Dossier, matter: dict[str, Any]) -> str:
    marks = []
    if matter["here"]:
        marks.append(tag("span", "here", class_="mark"))
    if matter["mark"] != "open":
        where = dossier["titles"].get(matter["marked_in"], "")
        words = matter["mark"] + (f" in {where}" if where and matter["handed"] else "")
        style = "draft" if matter["mark"] == "parked" else "complete"
        marks.append(tag("span", text(words), class_=f"mark {style}"))
    if matter["owner"]:
        marks.append(tag("span", text(f"{matter['owner']} will answer"), class_="mark"))
    return "".join(f" {mark}" for mark in marks)


def _owes(seat: dict[str, Any]) -> str:
    if not seat["owes"]:
        return tag("span", text(f", {seat['profile']}"), class_="note")
    missing = f", {seat['profile']} · not yet: {', '.join(seat['owes'])}"
    return tag("span", text(missing), class_="note")


def _country(each: dict[str, Any]) -> str:
    return tag("a", text(each["country"]), href=f"{_UP}countries/{each['code']}.html")


def _short(label: str) -> str:
    """Return what a question is about: 'Opportunity' of 'One opportunity for your country'."""
    words = label.split(" for ")[0].split(" in ")[0].removeprefix("One ")
    return words[:1].upper() + words[1:]


def _without(name: str, country: str) -> str:
    """Return a name without the country that stands beside it already."""
    return name.removesuffix(f", {country}")


def _cut(words: str, most: int) -> str:
    every = words.split()
    return " ".join(every[:most]) + (" …" if len(every) > most else "")


def _listed(names: Sequence[str], most: int) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _first(asked: Sequence[dict[str, Any]], most: int) -> str:
    return str(asked[most]["id"]) if len(asked) > most else ""


def _more(number: int, href: str, page: str) -> str:
    if number <= 0:
        return ""
    where = tag("a", text(page), href=href)
    return tag("p", f"{number} more on the page of {where}.", class_="more")
