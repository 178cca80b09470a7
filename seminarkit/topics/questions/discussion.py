"""All questions with the decisions on them: posted ahead, or asked in chats."""

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
from seminarkit.core.store.received_files import ReceivedFiles
from seminarkit.core.store.submission import Submission
from seminarkit.topics.questions import meaning, similar
from seminarkit.topics.questions.chat.stored_chats import SessionChat, session_chats
from seminarkit.topics.questions.marks import Matter, matters_and_lost
from seminarkit.topics.questions.posted_questions import Question, asked_in_chat, posted_ahead
from seminarkit.topics.questions.rewordings import Rewording
from seminarkit.topics.questions.similar import in_most, sentences
from seminarkit.topics.questions.words_then import question_decisions

_REMEMBERED = 8  # cached results: on questions and on statements, the present and earlier ones


@dataclass(frozen=True)
class Discussion:
    """All questions, the chats they were asked in, and decisions on lost wordings.

    ``lost`` are decisions about words that no question has any more. ``published`` is the last
    decision on publishing each chat question.
    """

    matters: tuple[Matter, ...]
    chats: tuple[SessionChat, ...]
    lost: tuple[Rewording, ...]
    published: Mapping[str, QuestionPublished] = dataclasses.field(default_factory=dict)

    def find(self, question: str) -> Matter | None:
        """Return the matter of a question, given its id."""
        return next((m for m in self.matters if question in {q.id for q in m.questions}), None)

    @property
    def questions(self) -> list[Question]:
        """All questions and remarks, one by one."""
        return [question for matter in self.matters for question in matter.questions]


def discussion(folder: SeminarFolder, submissions: Sequence[Submission]) -> Discussion:
    """Return the discussion from submissions, stored chats and decisions."""
    decisions = question_decisions(folder)
    chats = session_chats(ReceivedFiles(folder.received), decisions)
    questions = posted_ahead(submissions)
    for chat in chats:
        questions += asked_in_chat(chat.session, chat.lines)
    questions = list({question.id: question for question in questions}.values())
    present_ids = {old: question.id for question in questions for old in question.former}
    decisions = with_present_ids(decisions, present_ids)
    matters, lost = matters_and_lost(folder.seminar, questions, decisions)
    return Discussion(
        tuple(matters),
        tuple(chats),
        tuple(lost),
        {
            decision.question: decision
            for decision in decisions
            if isinstance(decision, QuestionPublished)
        },
    )


def similar_questions(
    folder: SeminarFolder, discussion_: Discussion, submissions: Sequence[Submission]
) -> dict[str, list[str]]:
    """Return the ids of up to three similar questions for each question.

    They are suggestions for a person to check. Questions that are already asked together are left
    out.
    """
    questions = [q for matter in discussion_.matters if matter.asks for q in matter.questions]
    place = {question.id: i for i, question in enumerate(questions)}
    joined_ids = {
        q.id: [r.id for r in m.questions] for m in discussion_.matters for q in m.questions
    }
    texts = [question.text for question in questions]
    excluded = [[place[id_] for id_ in joined_ids[question.id]] for question in questions]
    nearest = most_alike(folder, texts, submissions, excluded)
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
    """Return for each text the positions of up to three similar texts, the most similar first.

    Similarity is by words, and by meaning if the extra is installed. ``apart`` lists for each text
    the positions to leave out. Results are cached by a hash of the input and contain no words.
    """
    common_words = [*folder.seminar.theme_words, *in_most(texts)]
    seminar_texts = list(own_texts(folder, submissions))
    cache_input = to_json(
        [package_hash(), meaning.installed_version(), texts, seminar_texts, common_words, apart]
    )
    key = hashlib.sha256(cache_input.encode("utf-8", "surrogatepass")).hexdigest()
    cached = _cached_positions(folder)
    if key not in cached:
        companions = similar.Companions([*seminar_texts, *texts], common_words)
        positions = similar.nearest(
            meaning.meaning_similarity(texts, common_words, companions.between), apart
        )
        cached = dict([*cached.items(), (key, positions)][-_REMEMBERED:])
        with suppress(OSError):  # a read-only folder
            write_whole(_cache_path(folder), to_json(cached), mode=0o600)
    return cached[key]


def _cache_path(folder: SeminarFolder) -> Path:
    """Return the path of the cache: beside the lock, like all files of this computer only."""
    return folder.lock.with_name(".seminar.alike.json")


def _cached_positions(folder: SeminarFolder) -> dict[str, list[list[int]]]:
    """Return the results of earlier runs by the hash of their input."""
    try:
        cached = json.loads(_cache_path(folder).read_bytes())
    except (OSError, ValueError):
        return {}
    return cached if isinstance(cached, dict) else {}


def own_texts(folder: SeminarFolder, submissions: Sequence[Submission]) -> Iterator[str]:
    """Yield the sentences of the seminar's readings, cases, glossary and answers."""
    for reading in folder.readings.values():
        for paragraph in reading.paragraphs:
            yield from sentences(paragraph)
    for case in folder.cases.values():
        for paragraph in (*case.paragraphs, *(fact.text for fact in case.known)):
            yield from sentences(paragraph)
        yield from case.questions
    yield from (f"{term.term} {term.long or ''} {term.explanation}" for term in folder.glossary)
    yield from (definition.paraphrase for definition in folder.definitions.definitions)
    for submission in submissions:
        yield from _words(submission.answers)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from sentences(value)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _words(part)
    elif isinstance(value, list):
        for part in value:
            yield from _words(part)
