"""Does a sentence name a country as people write it: "the Russian Federation", "Kosovo*"?"""

from __future__ import annotations

import re

from seminarkit.core.seminar.folder import SeminarFolder

BARE = re.compile(
    r"\b(?:from|of|in|In|for|by|to|invite|than|and|that|with) Russian Federation\b"
    r"|(?:^|[.>“] ?)Russian Federation (?:has|have|had|is|breaks)\b"
)
MADE = ("*.html", "*.txt", "*.json", "*.eml", "*.csv")


def test_a_name_inside_a_sentence_and_at_its_start(kit: SeminarFolder) -> None:
    seminar = kit.seminar
    assert seminar.in_text("RU") == "the Russian Federation"
    assert seminar.at_start("RU") == "The Russian Federation"
    assert seminar.in_text("XK") == seminar.at_start("XK") == "Kosovo*"
    assert seminar.in_text("GE") == "Georgia"
    assert seminar.display_name("RU") == "Russian Federation"


def test_no_sentence_that_is_made_leaves_the_article_out(demo: SeminarFolder) -> None:
    """Every page, dossier, pack and mail of the sample seminar."""
    named = 0
    for place in ("output", "dossiers", "packs"):
        for path in (p for kind in MADE for p in (demo.root / place).rglob(kind)):
            text = path.read_text("utf-8")
            named += "the Russian Federation" in text
            assert not (found := BARE.search(text)), (
                path,
                text[max(0, found.start() - 60) :][:160],
            )
    assert named > 5
