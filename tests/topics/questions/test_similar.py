"""Are suggestions of what might ask the same what they say, and no more?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seminarkit.core.seminar.purpose import Theme
from seminarkit.topics.questions.similar import PLACES, Companions, in_most, nearest
from seminarkit.topics.questions.themes import themes_of

QUESTIONS = [
    "Who pays for a course?",
    "Do employers know of it?",
    "Is there state funding for courses?",
    "Which employer has hired anybody?",
    "Кто платит за это?",
]


def test_words_meet_by_their_beginnings_and_the_themes_own_tell_nothing() -> None:
    """H02: employer and employers meet; course is in every question here, and brings none together."""
    near = nearest(Companions(QUESTIONS, ["course", "courses"]).between(QUESTIONS))
    assert near[1] == [3]
    assert near[3] == [1]
    assert near[4] == []
    assert near[0] == []


def test_words_that_stand_together_in_the_seminars_texts_bring_questions_together() -> None:
    texts = ["Whoever pays needs public funding.", "Funding pays for public tasks."] * 2
    assert nearest(Companions([*texts, *QUESTIONS], ["course", "courses"]).between(QUESTIONS))[
        0
    ] == [2]


def test_where_all_are_about_as_near_none_is_suggested() -> None:
    """H02 X05: three in front of the next are; four alike are not, nor are five."""
    likeness = [1.0, 0.5, 0.45, 0.45, 0.2, 0.19]
    assert nearest([likeness])[0] == [1, 2, 3]
    assert nearest([[1.0, 0.5, 0.3, 0.29]])[0] == [1]
    assert nearest([[1.0, 0.5, 0.49, 0.48, 0.47]])[0] == []
    assert nearest([[1.0, 0.0, 0.2]])[0] == [2]


def test_what_is_asked_together_already_is_not_suggested() -> None:
    assert nearest(Companions(QUESTIONS).between(QUESTIONS), [[], [3], [], [1], []])[1] == []


@given(st.lists(st.text(), max_size=12))
def test_any_texts_give_at_most_three_others_and_the_same_again(texts: list[str]) -> None:
    """H02: a suggestion leaves the list of questions as it is."""
    near = nearest(Companions(texts).between(texts))
    assert near == nearest(Companions(texts).between(texts))
    assert len(near) == len(texts)
    for i, positions in enumerate(near):
        assert len(positions) == len(set(positions)) <= 3
        assert i not in positions


def test_a_word_of_most_questions_tells_none_from_another() -> None:
    assert in_most([f"Question {i}? [sample]" for i in range(12)]) == ["question", "sample"]
    assert in_most(["Who pays?", "Who pays?"]) == []


def test_a_theme_is_met_where_one_of_its_words_begins() -> None:
    themes = [
        Theme(id="money", title="Money", words=["pay", "fee"]),
        Theme(id="law", title="Law", words=["law", "free of charge"]),
    ]
    assert themes_of("Who PAYS the fees?", themes) == ["money"]
    assert themes_of("Is it free of charge by law?", themes) == ["law"]
    assert themes_of("A flaw; coffee.", themes) == []


def plainly(companions: Companions, texts: list[str]) -> list[list[float]]:
    """Return how like each text is to each, pair by pair."""
    vectors = [companions.vector(text) for text in texts]
    return [
        [round(sum(one[word] * other.get(word, 0.0) for word in one), PLACES) for other in vectors]
        for one in vectors
    ]


@given(st.lists(st.text("ab ", max_size=12) | st.sampled_from(QUESTIONS), max_size=9))
def test_one_product_gives_what_each_pair_gives(texts: list[str]) -> None:
    """H02: half a unit of the last place apart at the most, as sums depend on their order."""
    companions = Companions([*texts, *QUESTIONS], ["course"])
    for row, plain in zip(companions.between(texts), plainly(companions, texts), strict=True):
        assert row == pytest.approx(plain, abs=1.1 * 10**-PLACES)
