"""Does the extra find what is meant, where it may, and nothing by itself?"""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seminarkit.topics.questions import meaning
from seminarkit.topics.questions.similar import Companions, nearest

QUESTIONS = [
    "Who pays for such a course?",
    "Do firms trust these diplomas when they hire?",
    "Is there money from the state?",
    "What do employers think of them?",
    "Кто платит за это?",
    "Кто платит, и за что?",
    "Wer bezahlt das?",
]
pytestmark = pytest.mark.skipif(
    not meaning.is_installed(), reason="the extra 'alike' is not installed"
)


BY_WORDS = Companions(QUESTIONS).between


def test_what_shares_no_word_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """H02: nothing is asked of the network for it."""

    def refuse(*_: object) -> None:
        raise AssertionError("it asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    meaning._model.cache_clear()
    words, meant = BY_WORDS(QUESTIONS), meaning.meaning_similarity(QUESTIONS, ["course"], BY_WORDS)
    assert words[0][2] == words[1][3] == 0
    nearest_three = [sorted(range(len(row)), key=row.__getitem__)[-3:] for row in meant]
    assert 2 in nearest_three[0] and 3 in nearest_three[1]


def test_other_scripts_are_held_against_each_other_by_words() -> None:
    words, meant = BY_WORDS(QUESTIONS), meaning.meaning_similarity(QUESTIONS, [], BY_WORDS)
    assert meant[4] == words[4]
    assert nearest(meant)[4] == [5]
    assert [row[4] for row in meant[:4]] == [0, 0, 0, 0]


def test_without_the_extra_words_are_all_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "find_spec", lambda name: None)
    assert meaning.meaning_similarity(QUESTIONS, [], BY_WORDS) == BY_WORDS(QUESTIONS)


@given(st.lists(st.text(), max_size=8))
def test_any_texts_give_at_most_three_others_and_the_same_again(texts: list[str]) -> None:
    words = Companions(texts).between
    near = nearest(meaning.meaning_similarity(texts, ["a"], words))
    assert near == nearest(meaning.meaning_similarity(texts, ["a"], words))
    for i, positions in enumerate(near):
        assert len(positions) == len(set(positions)) <= 3
        assert i not in positions
