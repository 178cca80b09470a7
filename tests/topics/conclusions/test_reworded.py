"""Each question and each statement of the sample reworded: what was decided on all others holds."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from shared import ROOT

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.core.store.submission import Submission
from seminarkit.topics.conclusions.all_notes import Notes, notes
from seminarkit.topics.conclusions.gaps import changed_words
from seminarkit.topics.conclusions.statement_ids import Statement
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.questions.discussion import Discussion, discussion
from seminarkit.topics.questions.posted_questions import FORM

ARCHIVE = ROOT / "tests" / "first_seminar" / "seminar.tar.xz"
NEW = "Entirely other words, about the weather"
Received = list[Submission]
Decided = dict[str, tuple[Any, ...]]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> SeminarFolder:
    """The folder of version 0.1.0, whose joined pairs name rows and no words."""
    root = tmp_path_factory.mktemp("first")
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(root, filter="data")
    collect(SeminarFolder(root))
    return SeminarFolder(root)


def with_answers(received: Received, which: Submission, answers: dict[str, Any]) -> Received:
    return [replace(s, answers=answers) if s is which else s for s in received]


def with_row(which: Submission, name: str, number: int, **changed: str) -> dict[str, Any]:
    rows = list(which.answers[name])
    rows[number] = {**rows[number], **changed}
    return {**which.answers, name: rows}


def questions_decided(found: Discussion) -> Decided:
    """Return for each question how its matter stands, and with what it is asked together."""
    return {
        q.id: (m.standing.mark, m.standing.text, m.standing.owner, {r.id for r in m.questions})
        for m in found.matters
        for q in m.questions
    }


def statements_decided(found: Notes) -> Decided:
    return {
        s.id: ({t.id for t in point.statements}, found.taken.get(s.id))
        for point in found.points
        for s in point.statements
    }


def all_hold(before: Decided, after: Decided, gone: str) -> bool:
    """Say whether all but one is decided as before, without that one in any set."""
    return all(
        now == tuple(was - {gone} if isinstance(was, set) else was for was in before[one])
        for one, now in after.items()
        if one != gone and one in before
    )


def questions_reworded(received: Received) -> Iterator[tuple[str, str, Received]]:
    for sent in (s for s in received if s.form == FORM):
        for number, row in enumerate(sent.answers.get(FORM) or []):
            if (row.get("question") or "").strip():
                answers = with_row(sent, FORM, number, question=NEW)
                changed = with_answers(received, sent, answers)
                yield f"{sent.person}-q{number + 1}", row["question"].strip(), changed


def statements_reworded(
    folder: SeminarFolder, received: Received
) -> Iterator[tuple[Statement, Received]]:
    for statement in notes(folder, received).statements:
        name = f"{statement.kind}_text"
        for sent in received:
            if (sent.person, sent.subject) != (statement.person, statement.group):
                continue
            for number, row in enumerate(sent.answers.get(statement.kind) or []):
                if " ".join((row.get(name) or "").split()) == statement.text:
                    answers = with_row(sent, statement.kind, number, **{name: NEW})
                    yield statement, with_answers(received, sent, answers)


def check_questions(folder: SeminarFolder) -> int:
    """Reword each question by itself; return how many of them had been decided on."""
    received = submissions(folder.database)
    before = questions_decided(discussion(folder, received))
    asked_again = 0
    for question, was, changed in questions_reworded(received):
        found = discussion(folder, changed)
        assert all_hold(before, questions_decided(found), question), question
        own = [r for m in found.matters for r in m.rewordings if r.question == question == r.place]
        mark, _, owner, together = before[question]
        if (mark, owner, together) == ("open", "", {question}):
            assert not own, question
            continue
        standing = found.find(question)
        assert standing, question
        assert questions_decided(found)[question] == ("open", "", "", {question})
        shown = {(r.was, r.now) for r in own} | {
            (r.was, r.now) for r in standing.rewordings if r.question == question
        }
        assert shown == {(was, NEW)}, question
        asked_again += 1
    return asked_again


def check_statements(folder: SeminarFolder) -> int:
    received = submissions(folder.database)
    whole = notes(folder, received)
    before, public = statements_decided(whole), {p.statements for p in whole.public}
    words = sorted(filter(None, (whole.taken.get(s.id) for p in public for s in p)))
    asked_again = 0
    for statement, changed in statements_reworded(folder, received):
        found = notes(folder, changed)
        assert all_hold(before, statements_decided(found), statement.id), statement.text
        still = sorted(
            filter(None, (found.taken.get(s.id) for p in found.public for s in p.statements))
        )
        assert still == words, statement.text  # nothing public goes by itself
        if before[statement.id] == ({statement.id}, None):
            assert not found.changed, statement.text
            continue
        (asked,) = found.changed
        assert asked.old and asked.old.text == statement.text
        assert asked.now and asked.now.text == NEW
        sentence = changed_words(folder.seminar, asked)
        assert statement.text in sentence and NEW in sentence
        assert f"seminar statement {asked.now.id} --was {statement.id}" in sentence
        asked_again += 1
    return asked_again


def test_each_question_of_an_older_seminar_reworded(first: SeminarFolder) -> None:
    """H04 P03: the words of a joined pair are found in what was there when it was joined."""
    assert check_questions(first) == 2


def test_each_statement_of_an_older_seminar_reworded(first: SeminarFolder) -> None:
    """X05 G06 P04: five that say the same stay four, whichever of them changes."""
    assert check_statements(first) >= 8


@pytest.mark.nightly
def test_each_question_and_statement_of_the_sample_reworded(demo: SeminarFolder) -> None:
    """H04 X05 P03: every other decision holds, and that one is asked again with both wordings."""
    assert check_questions(demo) >= 8
    assert check_statements(demo) >= 8


def test_capitals_and_punctuation_change_no_decision(first: SeminarFolder) -> None:
    """H04 X05: the same words in other dress are the same, also for a decision of 0.1.0."""
    received = submissions(first.database)
    asked, stated = discussion(first, received), notes(first, received)
    dressed = [replace(s, answers=_dressed(s.answers)) for s in received]
    assert questions_decided(discussion(first, dressed)) == questions_decided(asked)
    assert not [m for m in discussion(first, dressed).matters if m.rewordings]
    again = notes(first, dressed)
    assert statements_decided(again) == statements_decided(stated)
    assert again.changed == ()


def test_decisions_follow_a_question_into_another_row(first: SeminarFolder) -> None:
    """H04: a question that is put in front moves all others down, and no decision slips."""
    received = submissions(first.database)
    before = questions_decided(discussion(first, received))
    (sent,) = (s for s in received if s.form == FORM and s.person == "UA-2")
    rows = [{"question": NEW}, *sent.answers[FORM]]
    found = discussion(first, with_answers(received, sent, {FORM: rows}))
    after = questions_decided(found)
    assert before["UA-2-q1"][0] == "chosen"
    assert (after["UA-2-q1"][0], after["UA-2-q2"][0]) == ("open", "chosen")
    assert after["AM-2-q3"][3] == {"AM-2-q3", "UA-2-q2"}
    assert not [m for m in found.matters if m.rewordings]


def _dressed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _dressed(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_dressed(each) for each in value]
    if isinstance(value, str) and " " in value:
        return f"  “{value.replace(', ', ' , ').rstrip('.')}” …".upper().lower()
    return value
