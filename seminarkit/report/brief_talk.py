"""What the room of a brief talks about: its questions, and what earlier groups left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seminarkit.core.documents.markup import tag
from seminarkit.forms.answer_words import answer_words
from seminarkit.report.brief_pieces import cut, h2, site
from seminarkit.report.dossier import Brief
from seminarkit.report.html import Html, said, text
from seminarkit.report.paper import POINT_WORDS, POINTS, room_for_questions
from seminarkit.topics.briefs.dossier import EarlierNotes, RoomMatter
from seminarkit.topics.filled import Answer
from seminarkit.topics.questions.dossier import Reworded

_OLD_WORDS = 14  # of words that were there before; all stand on the page of questions


def questions(dossier: Brief, title: str, *, words: int = 50) -> Html:
    """Show the first questions in the order to take them up, and where the others are."""
    asked, most = dossier.data["questions"], room_for_questions(dossier.data)
    if not asked:
        return Html(h2(title), tag("p", "Nobody has asked about it yet.", class_="open"))
    note = (
        "In this order each country has its turn. “Here” marks people in this room."
        if dossier.data["seats"]
        else "In this order each country has its turn."
    )
    pairs: set[frozenset[str]] = set()
    items = "".join(tag("li", _question(dossier, each, words, pairs)) for each in asked[:most])
    return Html(
        h2(title),
        tag("p", text(note), class_="note"),
        tag("ol", items, class_="asked"),
        _more(
            len(asked) - most,
            site(dossier, f"questions.html#{_first(asked, most)}"),
            "Questions",
        ),
    )


def left(
    dossier: Brief, title: str, *names: str, most: int = POINTS, words: int = POINT_WORDS
) -> Html:
    """Show what earlier groups noted under these questions, and who chaired them.

    One point of every group stands before a second of any, question by question.
    """
    dossier.must_ask(*names)
    groups = dossier.data["left"]
    if not groups:
        return Html()
    points = [point for name in names for point in _in_turns(groups, name)]
    items = [
        tag("li", tag("strong", text(group)) + text(f" · {label}: ") + said(cut(noted, words)))
        for group, label, noted in points[:most]
    ]
    silent = [_group(group) for group in groups if not group["answers"]]
    parts = [tag("ul", "".join(items))] if items else []
    if len(points) > most:
        parts.append(tag("p", f"{len(points) - most} more in the groups' notes.", class_="more"))
    if silent:
        parts.append(tag("p", text(f"No notes have come yet from {'; '.join(silent)}.")))
    return Html(h2(title), *parts)


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


def _question(dossier: Brief, matter: RoomMatter, words: int, pairs: set[frozenset[str]]) -> str:
    """Return a question, and beside it the nearest that may ask the same; ``pairs`` once each."""
    parts: list[str] = []
    for each in matter["questions"]:
        by = text(each["by"] + (", in a draft" if each["draft"] else ""))
        code = tag("span", text(each["id"]), class_="code")
        parts.append(
            tag("p", said(cut(each["text"], words)), class_="ask")
            + tag("p", f"{by} {code}{_marks(dossier, matter) if not parts else ''}", class_="by")
        )
    parts += [_reworded(each, matter) for each in matter["reworded"]]
    near = next(
        (n for n in matter["near"] if frozenset((n["id"], matter["id"])) not in pairs), None
    )
    if near:
        pairs.add(frozenset((near["id"], matter["id"])))
        alike = f"Might ask the same, {near['id']}: "
        parts.append(tag("p", text(alike) + said(cut(near["text"], 14)), class_="about"))
    return "".join(parts)


def _reworded(changed: Reworded, matter: RoomMatter) -> str:
    """Return what was decided about other words than those above, until somebody decides anew."""
    old = said(cut(changed["was"], _OLD_WORDS))
    if changed["id"] in {question["id"] for question in matter["questions"]}:
        sign, words = "words changed", f" A decision on the old words: {old}: "
        rest = text(f"{cut(changed['decided'], _OLD_WORDS)}.")
    else:
        sign, words, rest = "asked alone now", f" Was asked together with {old}", text(".")
    return tag("p", tag("span", sign, class_="mark missing") + words + rest, class_="about")


def _marks(dossier: Brief, matter: RoomMatter) -> str:
    marks = []
    if matter["here"]:
        marks.append(tag("span", "here", class_="mark"))
    if matter["mark"] != "open":
        where = dossier.data["titles"].get(matter["marked_in"], "")
        words = matter["mark"] + (f" in {where}" if where and matter["handed"] else "")
        style = "draft" if matter["mark"] == "parked" else "complete"
        marks.append(tag("span", text(words), class_=f"mark {style}"))
    if matter["owner"]:
        marks.append(tag("span", text(f"{matter['owner']} will answer"), class_="mark"))
    return "".join(f" {mark}" for mark in marks)


def _first(asked: Sequence[RoomMatter], most: int) -> str:
    return asked[most]["id"] if len(asked) > most else ""


def _more(number: int, href: str, page: str) -> str:
    if number <= 0:
        return ""
    where = tag("a", text(page), href=href)
    return tag("p", f"{number} more on the page of {where}.", class_="more")
