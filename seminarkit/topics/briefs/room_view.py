"""Who sits in the room of a brief and what they prepared: tasks, survey, reviews, reports."""

from __future__ import annotations

from seminarkit.core.documents.pieces import EMPTY, Items, Line, Piece, Span, Text, section
from seminarkit.core.documents.text_lines import line
from seminarkit.core.forms.answer_words import answer_words
from seminarkit.topics.briefs.dossier import Brief, CountryQuotes, Review, Seat
from seminarkit.topics.briefs.list_pieces import beginning, country_page, page
from seminarkit.topics.briefs.page_budget import REVIEW_WORDS, REVIEWS, room_for_reports


def seats(dossier: Brief, title: str) -> Piece:
    """Show who sits here, from which country, and what each has prepared."""
    if not dossier.data["groups"]:
        return EMPTY
    sitting = dossier.data["seats"]
    if not sitting:
        return section(title, [Text(line("Nobody yet."), "note")])
    done = sum(not seat["owes"] for seat in sitting)
    lead = (
        f"{done} of {len(sitting)} sent everything. For the others, the list shows what is missing."
    )
    lines = tuple(_seat(dossier, seat) for seat in sitting)
    return section(title, [Text(line(lead), "note"), Items(lines, look="names")])


def survey(dossier: Brief, title: str) -> Piece:
    """Say how many of the room answered the survey, and where its chair reads what they said."""
    counted = dossier.data["surveyed"]
    if not counted:
        return EMPTY
    words = (
        f"{counted['answered']} of the {counted['people']} have answered. Only the chair can read "
        "the answers, on a separate page. "
    )
    totals = page(dossier, "Totals of all countries", "survey.html")
    return section(title, [Text((Span(words), totals))])


def reviews(
    dossier: Brief, title: str, *names: str, most: int = REVIEWS, words: int = REVIEW_WORDS
) -> Piece:
    """Show reviews of the group's case: those of its own people first."""
    dossier.must_ask(*names)
    if not dossier.data["case"]:
        return EMPTY
    sent = [e for e in dossier.data["reviews"] if {a["name"] for a in e["answers"]} & set(names)]
    here = sum(review["here"] for review in sent)
    note = (
        f"{len(sent)} have come, {here} of them by people in this room. "
        if sent
        else "None has come yet. "
    )
    case = page(dossier, "What is known of the case", f"cases.html#{dossier.data['case']}")
    parts: list[Piece] = [Text((Span(note), case, Span(", with questions to ask.")), "note")]
    if sent:
        lines = tuple(_review(review, names, words) for review in sent[:most])
        parts.append(Items(lines, look="texts"))
    if (rest := len(sent) - most) > 0:
        group = Span("page of the group", href="index.html#case_review")
        parts.append(Text((Span(f"{rest} more on the "), group, Span("."))))
    return section(title, parts)


def reports(dossier: Brief, title: str) -> Piece:
    """Show country by country the beginning of what its report says, as far as the paper goes.

    Fewer words where there are many countries; and where that is not enough, who stands on another
    page. The first of them is not always the same.
    """
    countries = dossier.data["reports"]
    if not countries:
        return EMPTY
    there = [country for country in countries if country["quoted"]]
    missing = [country["in_text"] for country in countries if not country["quoted"]]
    words, number = room_for_reports(dossier.data)
    parts: list[Piece] = []
    if shown := there[:number]:
        note = f"The first {words} words of each; all of it is on the page of the country."
        lines = tuple(_report(dossier, country, words) for country in shown)
        parts += [Text(line(note), "note"), Items(lines, look="texts")]
    if rest := there[number:]:
        links = [country_page(dossier, each["code"], each["in_text"]) for each in rest]
        listed = tuple(span for link in links for span in (Span(", "), link))[1:]
        parts.append(Text((Span(f"{len(rest)} more on the pages of "), *listed, Span("."))))
    if missing:
        parts.append(Text(line(f"No report yet from {', '.join(missing)}."), "note"))
    return section(title, parts)


def _seat(dossier: Brief, seat: Seat) -> Line:
    owes = f" · not yet: {', '.join(seat['owes'])}" if seat["owes"] else ""
    return (
        country_page(dossier, seat["code"], seat["country"], "strong"),
        Span(f" {_without(seat['name'], seat['country'])}"),
        Span(f", {seat['profile']}{owes}", "quiet"),
    )


def _review(review: Review, names: tuple[str, ...], words: int) -> Line:
    """Return who reviewed, and below it the answers to some questions."""
    answers = {answer["name"]: answer for answer in review["answers"]}
    away = "" if review["here"] else ", not in this room"
    draft = "" if review["state"] == "complete" else ", a draft"
    below = [
        (Span(f"\n{answers[name]['label']} "), beginning(answer_words(answers[name]), words))
        for name in names
        if name in answers
    ]
    by = Span(review["by"], "strong"), Span(away + draft)
    return *by, *(span for spans in below for span in spans)


def _report(dossier: Brief, country: CountryQuotes, words: int) -> Line:
    """Return a country, and what its report says, each answer after what it is about."""
    spans = [country_page(dossier, country["code"], country["country"], "strong")]
    for number, quote in enumerate(country["quoted"]):
        about = f"{' ·' if number else ''} {_short(quote['label'])}: "
        spans += [Span(about), beginning(quote["shown"], words)]
    return tuple(spans)


def _without(name: str, country: str) -> str:
    """Return a name without the country that stands beside it already."""
    return name.removesuffix(f", {country}")


def _short(label: str) -> str:
    """Return what a question is about: 'Opportunity' of 'One opportunity for your country'."""
    words = label.split(" for ")[0].split(" in ")[0].removeprefix("One ")
    return words[:1].upper() + words[1:]
