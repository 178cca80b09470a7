"""What the room of a brief talks about: its questions, and what earlier groups left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from seminarkit.core.documents.pieces import EMPTY, Items, Line, Piece, Span, Text, section
from seminarkit.core.documents.text_lines import line
from seminarkit.core.forms.answer_words import answer_words
from seminarkit.core.submissions.dossier_parts import Answer
from seminarkit.topics.briefs.dossier import Brief, EarlierNotes, RoomMatter
from seminarkit.topics.briefs.list_pieces import beginning, page
from seminarkit.topics.briefs.page_budget import POINT_WORDS, POINTS, room_for_questions
from seminarkit.topics.questions.dossier import Reworded

_OLD_WORDS = 14  # of words that were there before; all stand on the page of questions


def questions(dossier: Brief, title: str, *, words: int = 50) -> Piece:
    """Show the first questions in the order to take them up, and where the others are."""
    asked, most = dossier.data["questions"], room_for_questions(dossier.data)
    if not asked:
        return section(title, [Text(line("Nobody has asked about it yet."), "note")])
    note = "In this order each country has its turn."
    if dossier.data["seats"]:
        note += " “Here” marks people in this room."
    pairs: set[frozenset[str]] = set()
    lines = tuple(_question(dossier, matter, words, pairs) for matter in asked[:most])
    parts: list[Piece] = [Text(line(note), "note"), Items(lines, ordered=True, look="texts")]
    if rest := asked[most:]:
        link = page(dossier, "Questions", f"questions.html#{rest[0]['id']}")
        parts.append(Text((Span(f"{len(rest)} more on the page of "), link, Span("."))))
    return section(title, parts)


def left(
    dossier: Brief, title: str, *names: str, most: int = POINTS, words: int = POINT_WORDS
) -> Piece:
    """Show what earlier groups noted under these questions, and who chaired them.

    One point of every group stands before a second of any, question by question.
    """
    dossier.must_ask(*names)
    groups = dossier.data["left"]
    if not groups:
        return EMPTY
    points = [point for name in names for point in _in_turns(groups, name)]
    lines = tuple(
        (Span(group, "strong"), Span(f" · {label}: "), beginning(noted, words))
        for group, label, noted in points[:most]
    )
    parts: list[Piece] = [Items(lines)] if lines else []
    if (rest := len(points) - most) > 0:
        parts.append(Text(line(f"{rest} more in the groups' notes.")))
    if silent := [_group(group) for group in groups if not group["answers"]]:
        parts.append(Text(line(f"No notes have come yet from {'; '.join(silent)}.")))
    return section(title, parts)


def _in_turns(groups: Sequence[EarlierNotes], name: str) -> Iterator[tuple[str, str, str]]:
    """Yield (group, question, words): the first point of every group, then the second ones."""
    noted = [(_group(group), list(_points(group["answers"], name))) for group in groups]
    for number in range(max((len(points) for _, points in noted), default=0)):
        for group, points in noted:
            for label, words in points[number : number + 1]:
                yield group, label, words


def _group(group: EarlierNotes) -> str:
    chair = f"chaired by {group['chair']}" if group["chair"] else "without a chair"
    return f"{group['group']} ({chair})"


def _points(answers: Sequence[Answer], name: str) -> Iterator[tuple[str, str]]:
    """Yield (what it is, words) for each row of a repeated question: its first answer."""
    for answer in answers:
        if answer["name"] == name:
            for row in answer.get("rows", ()):
                if row:
                    yield answer["label"], answer_words(row[0])


def _question(dossier: Brief, matter: RoomMatter, words: int, pairs: set[frozenset[str]]) -> Line:
    """Return a question, and below it the nearest that may ask the same; ``pairs`` once each."""
    spans: list[Span] = []
    for asked in matter["questions"]:
        by = asked["by"] + (", in a draft" if asked["draft"] else "")
        marks = [] if spans else _marks(dossier, matter)
        spans += [
            Span("\n" if spans else ""),
            beginning(asked["text"], words),
            Span(f"\n— {by} ", "quiet"),
            Span(asked["id"], "code"),
            *marks,
        ]
    for changed in matter["reworded"]:
        spans += _reworded(changed, matter)
    near = next(
        (n for n in matter["near"] if frozenset((n["id"], matter["id"])) not in pairs), None
    )
    if near:
        pairs.add(frozenset((near["id"], matter["id"])))
        spans += [
            Span(f"\nMight ask the same, {near['id']}: ", "quiet"),
            _quiet(near["text"]),
        ]
    return tuple(span for span in spans if span.text)


def _reworded(changed: Reworded, matter: RoomMatter) -> list[Span]:
    """Return what was decided about other words than those above, until somebody decides anew."""
    if changed["id"] in {question["id"] for question in matter["questions"]}:
        sign, words = "words changed", " A decision on the old words: "
        rest = [Span(": ", "quiet"), _quiet(changed["decided"])]
    else:
        sign, words, rest = "asked alone now", " Was asked together with ", []
    return [
        Span("\n"),
        Span(sign, "missing"),
        Span(words, "quiet"),
        _quiet(changed["was"]),
        *rest,
        Span(".", "quiet"),
    ]


def _quiet(words: str) -> Span:
    """Return the beginning of somebody's words in small letters."""
    return replace(beginning(words, _OLD_WORDS), look="quiet")


def _marks(dossier: Brief, matter: RoomMatter) -> list[Span]:
    marks = [Span("here", "mark")] if matter["here"] else []
    if matter["mark"] != "open":
        where = dossier.data["titles"].get(matter["marked_in"], "")
        words = matter["mark"] + (f" in {where}" if where and matter["handed"] else "")
        marks.append(Span(words, "draft" if matter["mark"] == "parked" else "complete"))
    if matter["owner"]:
        marks.append(Span(f"{matter['owner']} will answer", "mark"))
    return [span for mark in marks for span in (Span(" "), mark)]
