"""Who is reminded where a seminar has no contacts, asks for no nomination, or lasts one day?"""

from __future__ import annotations

import re
from datetime import date
from email import message_from_bytes, policy

import pytest
from checked_tools import fresh
from in_process import seminar

from seminarkit.core.seminar.clock import days_words
from seminarkit.core.seminar.clock import days_words as of_overview
from seminarkit.core.seminar.clock import days_words as of_reminders
from seminarkit.core.seminar.folder import SeminarFolder


@pytest.fixture
def small(tmp_path_factory: pytest.TempPathFactory) -> SeminarFolder:
    return fresh(tmp_path_factory.mktemp("remind") / "small")


def rewrite(folder: SeminarFolder, pattern: str, new: str) -> None:
    path = folder.root / "seminar.yml"
    text, number = re.subn(pattern, new, path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    assert number, pattern
    path.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((date(2025, 3, 26),), "26 March 2025"),
        ((date(2025, 3, 26), date(2025, 3, 27)), "26–27 March 2025"),
        ((date(2025, 4, 2), date(2025, 3, 26)), "26 March – 2 April 2025"),
        ((date(2025, 12, 30), date(2026, 1, 2)), "30 December 2025 – 2 January 2026"),
        ((), ""),
    ],
)
def test_a_range_of_days_in_words(days: tuple[date, ...], words: str) -> None:
    """P15: one function for all places."""
    assert days_words(days) == words
    assert of_overview is of_reminders is days_words


def test_without_contacts_one_of_the_delegation_is_written_to(small: SeminarFolder) -> None:
    """P15: the first who has an address; whom nobody can be written for is named."""
    rewrite(small, r"^contacts:\n(  .*?\n)+?people:", "people:")
    rewrite(small, r", email: xk-1@example.org", "")
    told = seminar(small.root, "remind").stdout
    assert "GE  Georgia, to ge-1@example.org" in told
    assert "XK  Kosovo* has no address that a mail can go to" in told
    mail = message_from_bytes((small.mails / "remind-GE.eml").read_bytes(), policy=policy.default)
    text = mail.get_body().get_content()  # type: ignore[attr-defined]
    assert "Dear NEO representative, Georgia" in text
    assert "(26–27 November 2020)" in text


def test_who_has_nominated_nobody_is_asked_for_a_nomination_or_for_nothing(
    small: SeminarFolder,
) -> None:
    """P15: without a nomination in the seminar there is nothing to remind of."""
    rewrite(small, r"^  GE:\n    - .*", "")
    assert "GE  Georgia, to neo-ge@example.org: nomination" in seminar(small.root, "remind").stdout
    rewrite(small, r"  - form: nomination\n.*?minutes: 5\n", "")
    assert "GE  Georgia" not in seminar(small.root, "remind", "--again").stdout


def test_a_seminar_of_one_day_is_one_date(small: SeminarFolder) -> None:
    """P15"""
    rewrite(small, r"date: 2020-11-27", "date: 2020-11-26")
    rewrite(small, r"GE: \{name: \"NEO", 'GE: {name: "NEO')
    seminar(small.root, "remind")
    assert b"(26 November 2020)" in (small.mails / "remind-GE.eml").read_bytes()
