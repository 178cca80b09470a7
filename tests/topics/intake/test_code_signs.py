"""Are codes known whatever hyphen a program wrote, and all other words left alone?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seminarkit.topics.intake.chair_replies import Reply, read_replies, receipts_in
from seminarkit.topics.intake.code_signs import plain_codes
from seminarkit.topics.intake.payload import Expected

CODES = {"d2-group-1", "ge-2", "kz-1", "lo4"}
HYPHENS = "\u00ad\u2010\u2011\u2012\u2013\u2014\u2212\uff0d"


@pytest.mark.parametrize("sign", HYPHENS)
@pytest.mark.parametrize("code", ["d2-group-1", "GE-2", "KZ-1-q2", "MA-AQVX"])
def test_a_code_is_known_with_any_hyphen(sign: str, code: str) -> None:
    """P09 G09"""
    assert plain_codes(f"({code.replace('-', sign)}, x)", CODES) == f"({code}, x)"


def test_wide_letters_are_letters() -> None:
    """G09: as East Asian keyboards write them."""
    assert plain_codes("ｄ２－ｇｒｏｕｐ－１", CODES) == "d2-group-1"


@given(st.text(st.sampled_from(f"ab1 {HYPHENS}-"), max_size=30))
def test_other_words_keep_their_signs(line: str) -> None:
    assert plain_codes(line, CODES) == line


@pytest.mark.parametrize("line", ["2020–2025", "long‑term", "re\u00adtraining", "A – B"])
def test_ranges_and_words_are_no_codes(line: str) -> None:
    assert plain_codes(line, CODES) == line


@pytest.mark.parametrize("sign", HYPHENS)
def test_a_reply_names_its_receipt_with_any_hyphen(sign: str) -> None:
    """G05: a telephone wrote it, or it was copied from the PDF."""
    assert read_replies(f"OK UA{sign}7K3F\n") == [Reply("UA-7K3F", "agreed")]
    assert receipts_in(f"see UA{sign}7K3F") == ["UA-7K3F"]


def test_the_codes_of_the_seminar_are_those_it_expects(expected: Expected) -> None:
    assert {"GE-2", "GE"} & {*expected.codes, *expected.people}
