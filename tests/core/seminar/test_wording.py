"""Which texts are the same words, and which are not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seminarkit.core.seminar.same_words import same_words, wording

SAME = [
    ("One page for each course.", "one page  for each\ncourse"),
    ("“One page”, she said", '"One page" she said!'),
    ("the group’s page", "the group's page"),
    ("one - page", "one – page"),
    ("caf\u00e9", "cafe\u0301"),
    ("one\u00a0page\u200f", "one page"),
    ("STRASSE", "Straße"),
]
OTHER = [
    ("one page", "two pages"),
    ("5-9 credits", "59 credits"),
    ("1.5 credits", "15 credits"),
    ("10 %", "10"),
    ("it costs -5", "it costs 5"),
    ("A and B", "B and A"),
    ("résumé", "resume"),
    ("C", "C#"),
    ("?", "…?!"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_leaves_the_words_the_same(one: str, other: str) -> None:
    """H04 X05: capitals, spaces, quotation marks and other punctuation are no other words."""
    assert same_words(one, other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_what_makes_other_words(one: str, other: str) -> None:
    """H04 X05: a digit, a sign of per cent, an accent and the order do."""
    assert not same_words(one, other)


@settings(max_examples=50)
@given(st.text(max_size=60))
def test_any_text_has_one_wording(text: str) -> None:
    """H04: the wording of a wording is itself, and no text with a letter loses all its words."""
    assert wording(wording(text)) == wording(text)
    assert wording(f"  {text}\n") == wording(text)
    if any(unicodedata.category(sign)[0] in "LN" for sign in text):
        assert any(unicodedata.category(sign)[0] in "LNMS" for sign in wording(text))
