"""Ties decisions to words: which present question each is about, and which words are gone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from difflib import SequenceMatcher
from typing import Any

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.question_decisions import (
    QuestionMarked,
    QuestionOwned,
    QuestionParted,
    QuestionReworded,
)
from seminarkit.core.seminar.same_words import wording
from seminarkit.topics.questions.posted_questions import Question

_ROW = re.compile(r"(.+)-q\d+")
_WORDS_OF = {"question": "asked", "other": "other_asked"}
_NEAR = 0.6  # how alike a person's question in another row must be, to be the old one reworded


@dataclass(frozen=True)
class Gone:
    """Words that were decided on and are in nobody's form any more; ``place`` is where they were.

    ``node`` stands for them in the decisions.
    """

    node: str
    place: str
    words: str


@dataclass(frozen=True)
class Rewording:
    """What was decided about words that are gone, beside the question that is nearest to them now.

    ``question`` and ``now`` are empty where none is left. ``decided`` says in words what had been
    decided, and ``partners`` are the questions that the old words were asked together with.
    """

    question: str
    now: str
    place: str
    was: str
    decided: tuple[str, ...]
    partners: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bound:
    """The log of decisions, each on the question that has its words now.

    Where no question has them, a decision names a key of ``gone``. ``moved`` are the questions that
    stood in another row when something was decided about them.
    """

    log: list[Decision]
    gone: dict[str, Gone]
    moved: set[str]


def by_words(questions: Sequence[Question], log: Iterable[Decision]) -> Bound:
    """Return the decisions by words; one without words holds for the row as it is."""
    by_text: dict[tuple[str, str], list[str]] = {}
    for each in questions:
        by_text.setdefault((each.person, wording(each.text)), []).append(each.id)
    present = {each.id for each in questions}
    gone: dict[str, Gone] = {}
    moved: set[str] = set()

    def node(question: str, asked: str) -> str:
        row = _ROW.fullmatch(question)
        if row is None or not asked:  # the id of a chat's question is made of its words
            if question not in present:
                gone.setdefault(question, Gone(question, question, asked))
            return question
        person, words = row[1], wording(asked)
        ids = by_text.get((person, words), [])
        if ids and question not in ids:
            moved.add(ids[0])
        if ids:
            return question if question in ids else ids[0]
        key = f"{person}\0{words}"
        gone[key] = Gone(key, question, asked)
        return key

    return Bound([_renamed(each, node) for each in log], gone, moved)


def rewordings(
    questions: Sequence[Question], bound: Bound, together: Mapping[str, set[str]]
) -> list[Rewording]:
    """Return what was decided about words that are gone, until somebody decided again.

    ``together`` says what is asked together.
    """
    known = {each.id for each in questions}
    settled = {each.other for each in bound.log if isinstance(each, QuestionReworded)}
    unmoved = [each for each in questions if each.id not in bound.moved]
    changes = []
    for old in bound.gone.values():
        if old.node in settled:
            continue
        now = _nearest(old, unmoved)
        again = now.id if now and now.id == old.place else ""
        decided = list(_decided(_with_older(old.node, bound.log), bound.log, again))
        names = sorted(_partners(old, bound.log, again, together) & known)
        if names:
            decided.append(f"asked together with {', '.join(names)}")
        if decided:
            shown = (now.id, now.text) if now else ("", "")
            changes.append(Rewording(*shown, old.place, old.words, tuple(decided), tuple(names)))
    return changes


def _renamed(decision: Decision, node: Callable[[str, str], str]) -> Decision:
    names = {field.name for field in fields(decision)}
    if not {"question", "asked"} <= names:
        return decision
    changes: dict[str, Any] = {  # by fields that are known at run time alone
        name: node(getattr(decision, name), getattr(decision, words))
        for name, words in _WORDS_OF.items()
        if name in names
    }
    return replace(decision, **changes)


def _nearest(old: Gone, questions: Sequence[Question]) -> Question | None:
    """Return the question that the old words became: of the same row, unless another is nearer."""
    row = _ROW.fullmatch(old.place)
    words, most = wording(old.words), 0.0
    nearest = None
    for each in questions:
        if row is None or each.person != row[1]:
            continue
        likeness = SequenceMatcher(None, words, wording(each.text), autojunk=False).ratio()
        if each.id == old.place:
            likeness = max(likeness, _NEAR)
        if likeness >= _NEAR and likeness > most:
            nearest, most = each, likeness
    return nearest


def _with_older(node: str, log: Sequence[Decision]) -> set[str]:
    """Return words with all older ones of which somebody confirmed that they hold for these."""
    nodes = {node}
    for each in reversed(log):
        if isinstance(each, QuestionReworded) and each.holds and each.question in nodes:
            nodes.add(each.other)
    return nodes


def _decided(old: set[str], log: Sequence[Decision], again: str) -> Iterator[str]:
    """Yield what was decided about the old words alone, and not about the new ones since.

    ``again`` is the question with the new words, empty where that is not sure.
    """
    mark, owner = "", ""
    for each in log:
        if isinstance(each, QuestionMarked) and each.question in old:
            where = f" in {each.session}" if each.session else ""
            text = f": {each.text}" if each.text else ""
            mark = "" if each.mark == "open" else f"{each.mark}{where}{text}"
        elif isinstance(each, QuestionMarked) and each.question == again:
            mark = ""
        elif isinstance(each, QuestionOwned) and each.question in old:
            owner = f"{each.owner} will answer"
        elif isinstance(each, QuestionOwned) and each.question == again:
            owner = ""
    yield from filter(None, (mark, owner))


def _partners(
    old: Gone, log: Sequence[Decision], again: str, together: Mapping[str, set[str]]
) -> set[str]:
    """Return what the old words are asked together with, unless the new ones were parted or are."""
    if again and any(isinstance(each, QuestionParted) and each.question == again for each in log):
        return set()
    return together.get(old.node, set()) - together.get(again, set())
