"""Pieces on what the room discusses: its questions, and the notes of earlier groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from seminarkit.core.documents.pieces import EMPTY, Items, Line, Piece, Span, Text, section
from seminarkit.core.documents.text_lines import line
from seminarkit.core.forms.answer_words import answer_words
from seminarkit.core.submissions.dossier_parts import Answer
from seminarkit.topics.briefs.dossier import Brief, EarlierNotes, RoomMatter
from seminarkit.topics.briefs.list_pieces import excerpt, page_link
from seminarkit.topics.briefs.page_budget import POINT_WORDS, POINTS, room_for_questions
from seminarkit.topics.questions.dossier import Reworded

_EXCERPT_WORDS = 14  # of an earlier wording; the page of questions has all of it


def questions(dossier: Brief, title: str, *, words: int = 50) -> Piece:
    """Show the first questions in the order to take them up, and link to the others.

    Each question is cut after ``words`` words; the number of questions depends on the space of two
    printed pages.
    """
    matters, most = dossier.data["questions"], room_for_questions(dossier.data)
    if not matters:
        return section(title, [Text(line("Nobody has asked about it yet."), "note")])
    note = "In this order, every country has a turn."
    if dossier.data["seats"]:
        note += " “Here” marks people in this room."
    pairs: set[frozenset[str]] = set()
    lines = tuple(_question(dossier, matter, words, pairs) for matter in matters[:most])
    parts: list[Piece] = [Text(line(note), "note"), Items(lines, ordered=True, look="texts")]
    if others := matters[most:]:
        link = page_link(dossier, "Questions", f"questions.html#{others[0]['id']}")
        parts.append(Text((Span(f"{len(others)} more on the page of "), link, Span("."))))
    return section(title, parts)


def left(
    dossier: Brief, title: str, *names: str, most: int = POINTS, words: int = POINT_WORDS
) -> Piece:
    """Show what earlier groups noted under the headings ``names``, with their chairs.

    At most ``most`` points are shown, each cut after ``words`` words: by heading, one point of
    every group before a second of any. Return ``EMPTY`` if there are no earlier groups. Raises
    UsageError if no form asks a question ``names``.
    """
    dossier.must_ask(*names)
    groups = dossier.data["left"]
    if not groups:
        return EMPTY
    points = [point for name in names for point in _in_turns(groups, name)]
    lines = tuple(
        (Span(group, "strong"), Span(f" · {label}: "), excerpt(text, words))
        for group, label, text in points[:most]
    )
    parts: list[Piece] = [Items(lines)] if lines else []
    if (hidden := len(points) - most) > 0:
        parts.append(Text(line(f"{hidden} more in the groups' notes.")))
    if silent := [_group(group) for group in groups if not group["answers"]]:
        parts.append(Text(line(f"No notes received yet from {'; '.join(silent)}.")))
    return section(title, parts)


def _in_turns(groups: Sequence[EarlierNotes], name: str) -> Iterator[tuple[str, str, str]]:
    """Yield (group, heading, text): the first point of every group, then the second ones."""
    points_by_group = [(_group(group), list(_points(group["answers"], name))) for group in groups]
    for number in range(max((len(points) for _, points in points_by_group), default=0)):
        for group, points in points_by_group:
            for label, words in points[number : number + 1]:
                yield group, label, words


def _group(group: EarlierNotes) -> str:
    chair = f"chaired by {group['chair']}" if group["chair"] else "without a chair"
    return f"{group['group']} ({chair})"


def _points(answers: Sequence[Answer], name: str) -> Iterator[tuple[str, str]]:
    """Yield (heading, text) for each row of a repeat: the text is the row's first answer."""
    for answer in answers:
        if answer["name"] == name:
            for row in answer.get("rows", ()):
                if row:
                    yield answer["label"], answer_words(row[0])


def _question(dossier: Brief, matter: RoomMatter, words: int, pairs: set[frozenset[str]]) -> Line:
    """Return a question, and below it one similar question; ``pairs`` avoids repeating a pair."""
    spans: list[Span] = []
    for question in matter["questions"]:
        by = question["by"] + (", in a draft" if question["draft"] else "")
        marks = [] if spans else _marks(dossier, matter)
        spans += [
            Span("\n" if spans else ""),
            excerpt(question["text"], words),
            Span(f"\n— {by} ", "quiet"),
            Span(question["id"], "code"),
            *marks,
        ]
    for changed in matter["reworded"]:
        spans += _reworded(changed, matter)
    similar = next(
        (other for other in matter["near"] if frozenset((other["id"], matter["id"])) not in pairs),
        None,
    )
    if similar:
        pairs.add(frozenset((similar["id"], matter["id"])))
        spans += [
            Span(f"\nMight ask the same, {similar['id']}: ", "quiet"),
            _quiet(similar["text"]),
        ]
    return tuple(span for span in spans if span.text)


def _reworded(changed: Reworded, matter: RoomMatter) -> list[Span]:
    """Return the decision on an earlier wording; it applies until somebody decides again."""
    if changed["id"] in {question["id"] for question in matter["questions"]}:
        mark, words = "words changed", " A decision on the old words: "
        ending = [Span(": ", "quiet"), _quiet(changed["decided"])]
    else:
        mark, words, ending = "asked alone now", " Was asked together with ", []
    return [
        Span("\n"),
        Span(mark, "missing"),
        Span(words, "quiet"),
        _quiet(changed["was"]),
        *ending,
        Span(".", "quiet"),
    ]


def _quiet(words: str) -> Span:
    """Return the first words of a text in small print."""
    return replace(excerpt(words, _EXCERPT_WORDS), look="quiet")


def _marks(dossier: Brief, matter: RoomMatter) -> list[Span]:
    marks = [Span("here", "mark")] if matter["here"] else []
    if matter["mark"] != "open":
        where = dossier.data["titles"].get(matter["marked_in"], "")
        words = matter["mark"] + (f" in {where}" if where and matter["handed"] else "")
        marks.append(Span(words, "draft" if matter["mark"] == "parked" else "complete"))
    if matter["owner"]:
        marks.append(Span(f"{matter['owner']} will answer", "mark"))
    return [span for mark in marks for span in (Span(" "), mark)]
