"""Pieces on the people in the room: preparation, survey, reviews and country reports."""

from __future__ import annotations

from seminarkit.core.documents.pieces import EMPTY, Items, Line, Piece, Span, Text, section
from seminarkit.core.documents.text_lines import line
from seminarkit.core.forms.answer_words import answer_words
from seminarkit.topics.briefs.dossier import Brief, CountryQuotes, Review, Seat
from seminarkit.topics.briefs.list_pieces import country_link, excerpt, page_link
from seminarkit.topics.briefs.page_budget import REVIEW_WORDS, REVIEWS, room_for_reports


def seats(dossier: Brief, title: str) -> Piece:
    """Show the people seated in the group by country, with their unfinished tasks.

    Return ``EMPTY`` for a session without groups.
    """
    if not dossier.data["groups"]:
        return EMPTY
    seated = dossier.data["seats"]
    if not seated:
        return section(title, [Text(line("Nobody yet."), "note")])
    done = sum(not seat["owes"] for seat in seated)
    lead = (
        f"{done} of {len(seated)} have sent everything. "
        "For the others, the list shows what is missing."
    )
    lines = tuple(_seat(dossier, seat) for seat in seated)
    return section(title, [Text(line(lead), "note"), Items(lines, look="names")])


def survey(dossier: Brief, title: str) -> Piece:
    """Show how many people of the group answered the survey, with a link to the totals.

    Return ``EMPTY`` if there is no survey or no group.
    """
    counts = dossier.data["surveyed"]
    if not counts:
        return EMPTY
    words = (
        f"{counts['answered']} of the {counts['people']} have answered. Only the chair can read "
        "the answers, on a separate page. "
    )
    totals = page_link(dossier, "Totals of all countries", "survey.html")
    return section(title, [Text((Span(words), totals))])


def reviews(
    dossier: Brief, title: str, *names: str, most: int = REVIEWS, words: int = REVIEW_WORDS
) -> Piece:
    """Show the answers to the questions ``names`` in up to ``most`` reviews of the group's case.

    Each answer is cut after ``words`` words. Reviews by people in the room come first. Return
    ``EMPTY`` without a case. Raises UsageError if no form asks a question ``names``.
    """
    dossier.must_ask(*names)
    if not dossier.data["case"]:
        return EMPTY
    received = [
        e for e in dossier.data["reviews"] if {a["name"] for a in e["answers"]} & set(names)
    ]
    inside = sum(review["here"] for review in received)
    note = (
        f"{len(received)} received, {inside} of them from people in this room. "
        if received
        else "None received yet. "
    )
    case = page_link(dossier, "What is known about the case", f"cases.html#{dossier.data['case']}")
    parts: list[Piece] = [Text((Span(note), case, Span(", with questions to ask.")), "note")]
    if received:
        lines = tuple(_review(review, names, words) for review in received[:most])
        parts.append(Items(lines, look="texts"))
    if (rest := len(received) - most) > 0:
        group = Span("page of the group", href="index.html#case_review")
        parts.append(Text((Span(f"{rest} more on the "), group, Span("."))))
    return section(title, parts)


def reports(dossier: Brief, title: str) -> Piece:
    """Show an excerpt of each country's report, within the space of two printed pages.

    Excerpts are shorter if there are many countries. Countries that do not fit are only linked; the
    order differs from room to room, so that they are not always the same.
    """
    countries = dossier.data["reports"]
    if not countries:
        return EMPTY
    quoted = [country for country in countries if country["quoted"]]
    missing = [country["in_text"] for country in countries if not country["quoted"]]
    words, number = room_for_reports(dossier.data)
    parts: list[Piece] = []
    if shown := quoted[:number]:
        note = f"The first {words} words of each report. The page of the country has all of it."
        lines = tuple(_report(dossier, country, words) for country in shown)
        parts += [Text(line(note), "note"), Items(lines, look="texts")]
    if others := quoted[number:]:
        links = [country_link(dossier, country["code"], country["in_text"]) for country in others]
        listed = tuple(span for link in links for span in (Span(", "), link))[1:]
        parts.append(Text((Span(f"{len(others)} more on the pages of "), *listed, Span("."))))
    if missing:
        parts.append(Text(line(f"No report yet from {', '.join(missing)}."), "note"))
    return section(title, parts)


def _seat(dossier: Brief, seat: Seat) -> Line:
    owes = f" · not yet: {', '.join(seat['owes'])}" if seat["owes"] else ""
    return (
        country_link(dossier, seat["code"], seat["country"], "strong"),
        Span(f" {_without_country(seat['name'], seat['country'])}"),
        Span(f", {seat['profile']}{owes}", "quiet"),
    )


def _review(review: Review, names: tuple[str, ...], words: int) -> Line:
    """Return the reviewer, and below the answers to the questions ``names``."""
    answers = {answer["name"]: answer for answer in review["answers"]}
    elsewhere = "" if review["here"] else ", not in this room"
    draft = "" if review["state"] == "complete" else ", a draft"
    below = [
        (Span(f"\n{answers[name]['label']} "), excerpt(answer_words(answers[name]), words))
        for name in names
        if name in answers
    ]
    by = Span(review["by"], "strong"), Span(elsewhere + draft)
    return *by, *(span for spans in below for span in spans)


def _report(dossier: Brief, country: CountryQuotes, words: int) -> Line:
    """Return a country and excerpts of its report, each after the topic of its question."""
    spans = [country_link(dossier, country["code"], country["country"], "strong")]
    for number, quote in enumerate(country["quoted"]):
        about = f"{' ·' if number else ''} {_topic(quote['label'])}: "
        spans += [Span(about), excerpt(quote["shown"], words)]
    return tuple(spans)


def _without_country(name: str, country: str) -> str:
    """Return a name without the country that is shown next to it."""
    return name.removesuffix(f", {country}")


def _topic(label: str) -> str:
    """Return the topic of a question: 'Opportunity' of 'One opportunity for your country'."""
    words = label.split(" for ")[0].split(" in ")[0].removeprefix("One ")
    return words[:1].upper() + words[1:]
