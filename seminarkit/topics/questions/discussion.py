"""All questions as they stand: posted ahead and asked in chats, with what was decided on them."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seminarkit.core.disk.files import to_json, write_whole
from seminarkit.core.package_hash import package_hash
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.question_decisions import QuestionPublished, with_present_ids
from seminarkit.core.store.received_files import Received
from seminarkit.core.store.submission import Submission
from seminarkit.topics.questions import meaning, similar
from seminarkit.topics.questions.chat.stored_chats import SessionChat, session_chats
from seminarkit.topics.questions.marks import Matter, matters_and_lost
from seminarkit.topics.questions.posted_questions import Question, asked_in_chat, posted_ahead
from seminarkit.topics.questions.rewordings import Rewording
from seminarkit.topics.questions.similar import in_most, sentences
from seminarkit.topics.questions.words_then import question_decisions

_REMEMBERED = 8  # results: those on questions and on statements, of now and of before


@dataclass(frozen=True)
class Discussion:
    """What is talked about: every matter, the chats it came from, and decisions on what is gone.

    ``lost`` was decided about words that nobody asks any more, not even in others. ``published``
    has the last decision on each question of a chat for the public page.
    """

    matters: tuple[Matter, ...]
    chats: tuple[SessionChat, ...]
    lost: tuple[Rewording, ...]
    published: Mapping[str, QuestionPublished] = dataclasses.field(default_factory=dict)

    def find(self, question: str) -> Matter | None:
        """Return the matter that a question belongs to."""
        return next((m for m in self.matters if question in {q.id for q in m.questions}), None)

    @property
    def questions(self) -> list[Question]:
        """Every question and remark by itself."""
        return [question for matter in self.matters for question in matter.questions]


def discussion(folder: SeminarFolder, submissions: Sequence[Submission]) -> Discussion:
    """Return the discussion from what has come, the chats that were taken in and the decisions."""
    decisions = question_decisions(folder)
    chats = session_chats(Received(folder.received), decisions)
    questions = posted_ahead(submissions)
    for chat in chats:
        questions += asked_in_chat(chat.session, chat.lines)
    questions = list({question.id: question for question in questions}.values())
    present = {old: question.id for question in questions for old in question.former}
    decisions = with_present_ids(decisions, present)
    found, lost = matters_and_lost(folder.seminar, questions, decisions)
    return Discussion(
        tuple(found),
        tuple(chats),
        tuple(lost),
        {each.question: each for each in decisions if isinstance(each, QuestionPublished)},
    )


def alike(
    folder: SeminarFolder, found: Discussion, submissions: Sequence[Submission]
) -> dict[str, list[str]]:
    """Return for each question the ids of up to three others that might ask the same.

    A suggestion to look at. Those that are asked together already are not among them.
    """
    questions = [q for matter in found.matters if matter.asks for q in matter.questions]
    place = {question.id: i for i, question in enumerate(questions)}
    together = {q.id: [r.id for r in m.questions] for m in found.matters for q in m.questions}
    asked = [question.text for question in questions]
    apart = [[place[each] for each in together[question.id]] for question in questions]
    nearest = most_alike(folder, asked, submissions, apart)
    return {
        question.id: [questions[j].id for j in positions]
        for question, positions in zip(questions, nearest, strict=True)
    }


def most_alike(
    folder: SeminarFolder,
    texts: Sequence[str],
    submissions: Sequence[Submission],
    apart: Sequence[Sequence[int]],
) -> list[list[int]]:
    """Return for each text the positions of the three that are most like it, the nearest first.

    By words, and by meaning where the extra is there. ``apart`` holds for each text those that are
    not to be shown for it. Worked out once: positions are remembered by the hash of all this is
    made from, and hold no words.
    """
    usual = [*folder.seminar.theme_words, *in_most(texts)]
    own = list(own_texts(folder, submissions))
    made_from = to_json([package_hash(), meaning.installed(), texts, own, usual, apart])
    key = hashlib.sha256(made_from.encode("utf-8", "surrogatepass")).hexdigest()
    known = _known_positions(folder)
    if key not in known:
        companions = similar.Companions([*own, *texts], usual)
        positions = similar.nearest(meaning.by_meaning(texts, usual, companions.between), apart)
        known = dict([*known.items(), (key, positions)][-_REMEMBERED:])
        with suppress(OSError):  # a folder that can only be read
            write_whole(_place(folder), to_json(known), mode=0o600)
    return known[key]


def _place(folder: SeminarFolder) -> Path:
    """Return where positions are kept: beside the lock, as all that is this computer's alone."""
    return folder.lock.with_name(".seminar.alike.json")


def _known_positions(folder: SeminarFolder) -> dict[str, list[list[int]]]:
    """Return the positions that earlier runs have found, by the hash of what they are made from."""
    try:
        known = json.loads(_place(folder).read_bytes())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def own_texts(folder: SeminarFolder, submissions: Sequence[Submission]) -> Iterator[str]:
    """Yield the sentences of the seminar's readings, cases, terms and answers."""
    for reading in folder.readings.values():
        for paragraph in reading.paragraphs:
            yield from sentences(paragraph)
    for case in folder.cases.values():
        for paragraph in (*case.paragraphs, *(known.text for known in case.known)):
            yield from sentences(paragraph)
        yield from case.questions
    yield from (f"{term.term} {term.long or ''} {term.explanation}" for term in folder.glossary)
    yield from (each.paraphrase for each in folder.definitions.definitions)
    for submission in submissions:
        yield from _words(submission.answers)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from sentences(value)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _words(each)
    elif isinstance(value, list):
        for each in value:
            yield from _words(each)
