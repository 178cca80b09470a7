"""'Copy my answers': is what lands on the clipboard good to read, and does collect read it?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from shared import ROOT

sys.path.insert(0, str(ROOT / "tests"))
from make_inbox import letter

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.intake.expected import expected_of
from seminarkit.topics.intake.reader import read_bytes

WORDS = 'ვინ იხდის? القانون «5 ECTS» 📚\n> quoted = "so" & <b>'


@pytest.fixture
def written(context: BrowserContext, handed: SeminarFolder) -> Page:
    page = context.new_page()
    page.goto((handed.packs / "GE" / "GE-2" / "GE-2-country_report.html").as_uri())
    page.get_by_label("One obstacle in your country").fill(WORDS)
    page.get_by_label("A few").check()
    return page


def check(text: str, folder: SeminarFolder) -> None:
    assert "One obstacle in your country: ვინ იხდის?" in text
    assert "How many of your higher education institutions offer them?: A few" in text
    assert max(len(line) for line in text.partition("-----BEGIN")[2].splitlines()) <= 64
    (part,) = read_bytes(letter(text), expected_of(folder))
    assert part.reading, part.problem
    assert part.reading.answers == {"obstacle": WORDS, "institutions_share": "few"}
    assert f"Receipt: {part.reading.receipt}" in text
    assert part.reading.saved_at


def test_answers_are_copied_and_collected(
    context: BrowserContext, written: Page, handed: SeminarFolder
) -> None:
    """C25 O29 C23: from a file on disk, without a network."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    written.get_by_role("button", name="Copy my answers").click()
    expect(written.get_by_text("Your answers were copied, with receipt GE-")).to_be_visible()
    check(written.evaluate("navigator.clipboard.readText()"), handed)


def test_where_the_clipboard_is_closed_the_text_is_shown(
    written: Page, handed: SeminarFolder
) -> None:
    """C23: an old browser, or one that forbids it."""
    written.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(Error('no')); }")
    written.get_by_role("button", name="Copy my answers").click()
    area: Any = written.get_by_label("Your answers as text")
    expect(area).to_be_visible()
    assert written.evaluate("getSelection().toString() || document.activeElement.value")
    check(area.input_value(), handed)


def test_the_two_together_stay_small() -> None:
    """K08: what each page carries; the button is the page's."""
    forms = Path(ROOT) / "seminarkit" / "core" / "forms"
    assert sum((forms / name).stat().st_size for name in ("form.js", "form.css")) <= 36_000
