"""Bind decisions to wordings: the present question of each, or a lost wording."""

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
_NEAR = 0.6  # least similarity of a question in another row that counts as the old one reworded


@dataclass(frozen=True)
class LostWording:
    """A wording that was decided on and is in no form any more; ``place`` is its former id.

    ``node`` is the key that decisions use for it.
    """

    node: str
    place: str
    words: str


@dataclass(frozen=True)
class Rewording:
    """Decisions about a wording that no longer exists, with the current question closest to it.

    ``question`` and ``now`` are empty if no question is close. ``decided`` are the decisions in
    words, and ``partners`` the questions that the old wording was asked together with.
    """

    question: str
    now: str
    place: str
    was: str
    decided: tuple[str, ...]
    partners: tuple[str, ...] = ()


@dataclass(frozen=True)
class BoundDecisions:
    """The log of decisions, each with the id of the question that has its wording now.

    If no question has it, the decision has a key of ``lost``. ``moved`` are the questions that were
    in another row when they were decided on.
    """

    log: list[Decision]
    lost: dict[str, LostWording]
    moved: set[str]


def bind_by_wording(questions: Sequence[Question], log: Iterable[Decision]) -> BoundDecisions:
    """Return the decisions bound by wording; a decision without one holds for its row."""
    by_text: dict[tuple[str, str], list[str]] = {}
    for posted in questions:
        by_text.setdefault((posted.person, wording(posted.text)), []).append(posted.id)
    present = {posted.id for posted in questions}
    lost: dict[str, LostWording] = {}
    moved: set[str] = set()

    def node(question: str, asked: str) -> str:
        row = _ROW.fullmatch(question)
        if row is None or not asked:  # the id of a chat's question is made of its words
            if question not in present:
                lost.setdefault(question, LostWording(question, question, asked))
            return question
        person, words = row[1], wording(asked)
        ids = by_text.get((person, words), [])
        if ids and question not in ids:
            moved.add(ids[0])
        if ids:
            return question if question in ids else ids[0]
        key = f"{person}\0{words}"
        lost[key] = LostWording(key, question, asked)
        return key

    return BoundDecisions([_rebound(decision, node) for decision in log], lost, moved)


def rewordings(
    questions: Sequence[Question], bound: BoundDecisions, together: Mapping[str, set[str]]
) -> list[Rewording]:
    """Return the decisions about lost wordings on which nobody has decided again.

    ``together`` maps each question to those asked together with it.
    """
    present_ids = {question.id for question in questions}
    settled = {decision.other for decision in bound.log if isinstance(decision, QuestionReworded)}
    same_row = [question for question in questions if question.id not in bound.moved]
    changes = []
    for old in bound.lost.values():
        if old.node in settled:
            continue
        nearest = _nearest(old, same_row)
        present = nearest.id if nearest and nearest.id == old.place else ""
        decided = list(_decisions_on(_with_former(old.node, bound.log), bound.log, present))
        names = sorted(_partners(old, bound.log, present, together) & present_ids)
        if names:
            decided.append(f"asked together with {', '.join(names)}")
        if decided:
            shown = (nearest.id, nearest.text) if nearest else ("", "")
            changes.append(Rewording(*shown, old.place, old.words, tuple(decided), tuple(names)))
    return changes


def _rebound(decision: Decision, node: Callable[[str, str], str]) -> Decision:
    names = {field.name for field in fields(decision)}
    if not {"question", "asked"} <= names:
        return decision
    changes: dict[str, Any] = {  # by fields that are known at run time alone
        name: node(getattr(decision, name), getattr(decision, words))
        for name, words in _WORDS_OF.items()
        if name in names
    }
    return replace(decision, **changes)


def _nearest(old: LostWording, questions: Sequence[Question]) -> Question | None:
    """Return the question that the old wording became: of the same row, or a more similar one."""
    row = _ROW.fullmatch(old.place)
    words, most = wording(old.words), 0.0
    nearest = None
    for question in questions:
        if row is None or question.person != row[1]:
            continue
        likeness = SequenceMatcher(None, words, wording(question.text), autojunk=False).ratio()
        if question.id == old.place:
            likeness = max(likeness, _NEAR)
        if likeness >= _NEAR and likeness > most:
            nearest, most = question, likeness
    return nearest


def _with_former(node: str, log: Sequence[Decision]) -> set[str]:
    """Return a wording with all former ones whose decisions were confirmed for it."""
    nodes = {node}
    for decision in reversed(log):
        if isinstance(decision, QuestionReworded) and decision.holds and decision.question in nodes:
            nodes.add(decision.other)
    return nodes


def _decisions_on(old: set[str], log: Sequence[Decision], again: str) -> Iterator[str]:
    """Yield the decisions about the old wording that no decision on the new one replaces.

    ``again`` is the question with the new wording, empty if unsure.
    """
    mark, owner = "", ""
    for decision in log:
        if isinstance(decision, QuestionMarked) and decision.question in old:
            where = f" in {decision.session}" if decision.session else ""
            text = f": {decision.text}" if decision.text else ""
            mark = "" if decision.mark == "open" else f"{decision.mark}{where}{text}"
        elif isinstance(decision, QuestionMarked) and decision.question == again:
            mark = ""
        elif isinstance(decision, QuestionOwned) and decision.question in old:
            owner = f"{decision.owner} will answer"
        elif isinstance(decision, QuestionOwned) and decision.question == again:
            owner = ""
    yield from filter(None, (mark, owner))


def _partners(
    old: LostWording, log: Sequence[Decision], again: str, together: Mapping[str, set[str]]
) -> set[str]:
    """Return what the old wording is asked together with, unless the new one was parted from it."""
    if again and any(
        isinstance(decision, QuestionParted) and decision.question == again for decision in log
    ):
        return set()
    return together.get(old.node, set()) - together.get(again, set())
