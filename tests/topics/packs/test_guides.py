"""Is there a short guide for each role, true to the product, with its pictures inside?"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from seminarkit.cli.main import COMMANDS
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.guides import guide_body, guide_names, guide_title
from seminarkit.topics.packs.write_packs import prepare

GUIDES = KIT / "templates" / "guides"
ROLES = [
    "chair",
    "discussant",
    "general-rapporteur",
    "moderator",
    "neo",
    "organiser",
    "organiser-days",
    "organiser-team",
    "participant",
    "presenter",
    "presurvey-presenter",
    "rapporteur",
    "technical-assistant",
]
LONGEST = 20  # words of a sentence that people read in a second language


def sentences(text: str) -> Iterator[str]:
    """Yield each sentence of a guide: marks left out, a command counted as one word."""
    for line in text.splitlines():
        if line.startswith("!["):
            continue
        words = re.sub(r"^(#+ |[-*] |\d+\. )", "", line.strip()).replace("*", "")
        yield from re.split(r"(?<=[.?!])\s+", re.sub(r"`[^`]*`", "command", words))


def test_each_role_has_a_guide(kit: SeminarFolder) -> None:
    """K04"""
    assert guide_names(kit) == ROLES


@pytest.mark.parametrize("name", ROLES)
def test_a_guide_is_short_and_in_short_sentences(name: str) -> None:
    """K04: one page, and no sentence of more than 20 words."""
    text = (GUIDES / f"{name}.md").read_text("utf-8")
    assert len(text.split()) <= 400
    assert [each for each in sentences(text) if len(each.split()) > LONGEST] == []


def test_what_becomes_of_direct_messages_is_said_in_one_wording() -> None:
    """P08: the same promise in every place that makes it."""
    places = [*GUIDES.glob("*.md"), KIT / "templates" / "brief" / "words.yml"]
    said = [words for path in places for words in re.findall(r"[^.\n]*irect messages?[^.\n]*\.", path.read_text("utf-8"))]  # fmt: skip
    assert len(said) == 4
    assert {words.strip(" -") for words in said} == {"Direct messages are not kept."}


def test_no_guide_promises_a_recording(kit: SeminarFolder) -> None:
    """M04: the programme says what is recorded, where somebody decided it."""
    for name in ROLES:
        text = (GUIDES / f"{name}.md").read_text("utf-8")
        assert not re.search(r"(?:is|are) (?:not )?recorded\.(?! The moderator)", text), name


@pytest.mark.parametrize("name", ROLES)
def test_a_guide_shows_pictures(kit: SeminarFolder, name: str) -> None:
    """K08: pictures with words for who cannot see them; nothing from outside."""
    body = guide_body(kit, name)
    pictures = re.findall(r'<img src="([^"]{0,40})[^"]*" alt="([^"]+)"', body)
    assert pictures or name == "presurvey-presenter"  # the kit has no picture of its page
    assert all(address.startswith("data:image/png;base64,") for address, _ in pictures)
    assert "http" not in body
    assert guide_title(kit, name).startswith("For ")


@pytest.mark.parametrize("name", ROLES)
def test_what_a_guide_names_exists(name: str) -> None:
    """K04: commands, and no picture that no guide shows."""
    text = (GUIDES / f"{name}.md").read_text("utf-8")
    for command in re.findall(r"`seminar ([a-z]+)", text):
        assert command in COMMANDS


def test_every_picture_is_used_and_made_by_the_script() -> None:
    """K04: they cannot go stale unseen."""
    shown = {
        picture
        for path in GUIDES.glob("*.md")
        for picture in re.findall(r"\(([a-z]+)\.png\)", path.read_text("utf-8"))
    }
    assert shown == {path.stem for path in GUIDES.glob("*.png")}
    script = KIT / "scripts" / "make_pictures.py"
    if script.is_file():
        assert all(f'"{name}": (' in script.read_text("utf-8") for name in shown)


def test_markup_in_a_guide_is_shown_not_obeyed(folder: SeminarFolder) -> None:
    """K08: an organiser may write their own guide; HTML in it stays text."""
    own = folder.root / "templates" / "guides"
    own.mkdir(parents=True)
    (own / "chair.md").write_text("# For chairs\n\n<script>alert(1)</script> **bold**\n")
    body = guide_body(folder, "chair")
    assert "<script>" not in body
    assert "<strong>bold</strong>" in body


def test_packs_hold_the_guides_of_their_people(folder: SeminarFolder) -> None:
    """K04"""
    packs = {pack.name: pack for pack in prepare(folder, ["GE", "LY", "programme"])}
    names = {
        name: {p.name for p in pack.files if p.name.startswith("guide")}
        for name, pack in packs.items()
    }
    assert names["GE"] == {"guide-neo.html", "guide-participant.html"}
    assert names["LY"] == {"guide-neo.html"}
    assert names["programme"] == {"guide-presenter.html"}
    page = (packs["GE"].folder / "guide-neo.html").read_text("utf-8")
    assert "default-src 'none'" in page
    assert len(page.encode()) < 150_000
    assert "guide-participant.html" in (packs["GE"].folder / "README.txt").read_text("utf-8")
    assert "guide-presenter.html" in (packs["programme"].folder / "README.txt").read_text("utf-8")
