"""Who sits in the room of a brief and what they prepared: tasks, survey, reviews, reports."""

from __future__ import annotations

from seminarkit.core.documents.markup import tag
from seminarkit.forms.answer_words import answer_words
from seminarkit.report.brief_pieces import country_link, cut, h2, site
from seminarkit.report.dossier import Brief
from seminarkit.report.html import Html, said, text
from seminarkit.report.paper import REVIEW_WORDS, REVIEWS, room_for_reports
from seminarkit.topics.briefs.dossier import Seat


def seats(dossier: Brief, title: str) -> Html:
    """Show who sits here, from which country, and what each has prepared."""
    if not dossier.data["groups"]:
        return Html()
    sitting = dossier.data["seats"]
    done = sum(not seat["owes"] for seat in sitting)
    lead = (
        f"{done} of {len(sitting)} sent everything. For the others, the list shows what is missing."
    )
    if not sitting:
        return Html(h2(title), tag("p", "Nobody yet.", class_="open"))
    lines = "".join(
        tag(
            "li",
            tag("strong", country_link(dossier, seat["code"], seat["country"]))
            + " "
            + text(_without(seat["name"], seat["country"]))
            + _owes(seat),
        )
        for seat in sitting
    )
    return Html(h2(title), tag("p", text(lead), class_="note"), tag("ul", lines, class_="names"))


def survey(dossier: Brief, title: str) -> Html:
    """Say how many of the room answered the survey, and where its chair reads what they said."""
    found = dossier.data["surveyed"]
    if not found:
        return Html()
    words = (
        f"{found['answered']} of the {found['people']} have answered. Only the chair can read the "
        "answers, on a separate page. "
    )
    totals = tag("a", "Totals of all countries", href=site(dossier, "survey.html"))
    return Html(h2(title), tag("p", text(words) + totals))


def reviews(
    dossier: Brief, title: str, *names: str, most: int = REVIEWS, words: int = REVIEW_WORDS
) -> Html:
    """Show reviews of the group's case: those of its own people first."""
    dossier.must_ask(*names)
    if not dossier.data["case"]:
        return Html()
    given = [e for e in dossier.data["reviews"] if {a["name"] for a in e["answers"]} & set(names)]
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
            tag(
                "p",
                text(answers[name]["label"]) + " " + said(cut(answer_words(answers[name]), words)),
            )
            for name in names
            if name in answers
        ]
        draft = "" if each["state"] == "complete" else ", a draft"
        by = tag("strong", text(each["by"])) + text(
            ("" if each["here"] else ", not in this room") + draft
        )
        items.append(tag("li", by + "".join(lines)))
    rest = len(given) - most
    page = tag("a", "page of the group", href="index.html#case_review")
    more = tag("p", f"{rest} more on the {page}.", class_="more") if rest > 0 else ""
    case = tag(
        "a", "What is known of the case", href=site(dossier, f"cases.html#{dossier.data['case']}")
    )
    return Html(
        h2(title),
        tag("p", text(note) + " " + case + text(", with questions to ask."), class_="note"),
        tag("ul", "".join(items), class_="quotes"),
        more,
    )


def reports(dossier: Brief, title: str) -> Html:
    """Show country by country the beginning of what its report says, as far as the paper goes.

    Fewer words where there are many countries; and where that is not enough, who stands on another
    page. The first of them is not always the same.
    """
    countries = dossier.data["reports"]
    if not countries:
        return Html()
    there = [each for each in countries if each["quoted"]]
    missing = [each["in_text"] for each in countries if not each["quoted"]]
    each_has, number = room_for_reports(dossier.data)
    items = []
    for each in there[:number]:
        quotes = " · ".join(
            text(f"{_short(quote['label'])}: ") + said(cut(quote["shown"], each_has))
            for quote in each["quoted"]
        )
        items.append(
            tag(
                "li",
                f"{tag('strong', country_link(dossier, each['code'], each['country']))} {quotes}",
            )
        )
    parts = [h2(title)]
    if items:
        note = f"The first {each_has} words of each; click on the name to read it all."
        parts += [tag("p", text(note), class_="note"), tag("ul", "".join(items), class_="quotes")]
    if rest := there[number:]:
        links = ", ".join(country_link(dossier, each["code"], each["in_text"]) for each in rest)
        parts.append(tag("p", f"{len(rest)} more on the pages of {links}.", class_="more"))
    if missing:
        parts.append(tag("p", text(f"No report yet from {', '.join(missing)}."), class_="note"))
    return Html(*parts)


def _owes(seat: Seat) -> str:
    if not seat["owes"]:
        return tag("span", text(f", {seat['profile']}"), class_="note")
    missing = f", {seat['profile']} · not yet: {', '.join(seat['owes'])}"
    return tag("span", text(missing), class_="note")


def _without(name: str, country: str) -> str:
    """Return a name without the country that stands beside it already."""
    return name.removesuffix(f", {country}")


def _short(label: str) -> str:
    """Return what a question is about: 'Opportunity' of 'One opportunity for your country'."""
    words = label.split(" for ")[0].split(" in ")[0].removeprefix("One ")
    return words[:1].upper() + words[1:]
