"""Are versions told apart, and does descent hold?"""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from seminarkit.core.forms.answer_versions import (
    descends,
    is_newer,
    is_whole,
    lineage,
    newest,
    receipt,
    version_id,
)

FIRST = {"instance": "a" * 16, "country": "GE", "rev": 1, "saved_at": "", "answers": {"a": "x"}}
SALTED = {**FIRST, "salt": "0123456789abcdef", "window": "aaaaaaaaaaaaaaaa", "ancestors": []}


@given(salt=st.text("0123456789abcdef", min_size=16, max_size=16))
def test_a_receipt_cannot_be_worked_out_from_the_answers(salt: str) -> None:
    """P02 P11: the salt decides as well, so that guessed answers prove nothing."""
    if salt != SALTED["salt"]:
        assert version_id({**SALTED, "salt": salt}) != version_id(SALTED)


def test_another_letter_time_parent_or_salt_is_another_version() -> None:
    """P02 C26."""
    others: list[dict[str, Any]] = [
        {**SALTED, "answers": {"a": "y"}},
        {**SALTED, "saved_at": "2020-11-12T10:00:00Z"},
        {**SALTED, "ancestors": [version_id(FIRST)]},
        {**SALTED, "salt": "0123456789abcdee"},
    ]
    ids = {version_id(each) for each in [SALTED, *others]}
    assert len(ids) == 5
    assert len({receipt(each) for each in [SALTED, *others]}) == 5


def test_what_was_opened_is_an_ancestor_also_over_steps() -> None:
    """P02: from a file of the version before salts, through two windows."""
    second = {**SALTED, "ancestors": lineage(FIRST)}
    third = {**SALTED, "answers": {"a": "z"}, "ancestors": lineage(second)}
    assert descends(second, FIRST) and descends(third, second) and descends(third, FIRST)
    assert not descends(FIRST, second) and not descends(second, third)


def test_within_a_window_the_count_of_changes_decides() -> None:
    """P02."""
    later = {**SALTED, "rev": 2, "answers": {"a": "xy"}}
    assert descends(later, SALTED) and not descends(SALTED, later)
    assert not descends({**later, "window": "bbbbbbbbbbbbbbbb"}, SALTED)
    assert not descends({**FIRST, "rev": 2}, FIRST)  # files without a window tell nothing


def test_what_a_form_goes_on_with_descends_or_was_saved_later() -> None:
    """P02 P16: more changes in another window decide nothing; a clock set back neither."""
    old = {**SALTED, "rev": 96, "saved_at": "2020-11-12T10:00:00Z"}
    pasted = {**old, "rev": 2, "window": "b" * 16, "saved_at": "2020-11-12T18:00:00Z"}
    assert is_newer(pasted, old) and not is_newer(old, pasted)
    made_from_it = {**pasted, "saved_at": "2019-01-01T00:00:00Z", "ancestors": lineage(old)}
    assert is_newer(made_from_it, old) and not is_newer(old, made_from_it)
    typed_on = {**old, "rev": 97, "saved_at": "2019-01-01T00:00:00Z"}
    assert newest([old, typed_on, FIRST]) == typed_on


def test_what_cannot_be_a_version_is_none() -> None:
    """P17: a copy in a notebook that somebody changed by hand breaks nothing."""
    for change in (
        {"rev": "7"}, {"rev": True}, {"answers": []}, {"ancestors": "x"}, {"ancestors": [3]},
        {"saved_at": None}, {"window": 1}, {"instance": None}, {"answers": {"a": "\ud800"}},
    ):  # fmt: skip
        assert not is_whole({**SALTED, **change})
    assert is_whole(SALTED) and not is_whole(None)
