"""Do purpose and outcomes stand word for word where the seminar is introduced?"""

from __future__ import annotations

import re
from html import unescape

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.guides import guide_body, guide_names
from seminarkit.topics.packs.write_packs import prepare

# as the programme of the event has them
PURPOSE = "They also expressed some concern that the growing offer from international private providers could become a challenge for the university sector."  # fmt: skip
OUTCOMES = (
    "Get acquainted with different definitions and models of micro-credentials",
    "Understand how micro-credentials are used in practice, including recognition of learning, options to build them into degrees etc.",
    "Understand the potential benefits of micro-credentials for employers and students",
    "Understand the perspectives of learners, employers, institutional providers and teachers so as to anticipate questions and obstacles in delivering them and ensuring their recognition and quality",
    "With examples of the European developments, explore the policy discussion on flexible learning of higher education through different formats of delivery, and different learning purposes",
    "Develop an understanding how micro-credentials could be used in one’s own institution or system, and what would be the opportunities and challenges",
)  # fmt: skip


def said(text: str) -> str:
    return re.sub(r"\s+", " ", unescape(text))


def holds_all(text: str) -> bool:
    return all(words in said(text) for words in (PURPOSE, *OUTCOMES))


def test_word_for_word_as_in_the_programme(kit: SeminarFolder) -> None:
    assert tuple(outcome.text for outcome in kit.seminar.outcomes) == OUTCOMES
    assert PURPOSE in kit.seminar.purpose[0]


def test_in_every_pack_and_guide(folder: SeminarFolder) -> None:
    prepare(folder, ["GE"])
    pack = folder.packs / "GE"
    assert holds_all((pack / "README.txt").read_text("utf-8"))
    assert holds_all((pack / "GE-2" / "index.html").read_text("utf-8"))
    for name in guide_names(folder):
        assert holds_all(guide_body(folder, name)), name


def test_on_the_front_page(demo: SeminarFolder) -> None:
    for audience in ("core", "public"):
        assert holds_all((demo.site(audience) / "index.html").read_text("utf-8"))


def test_a_seminar_without_them_says_nothing(folder: SeminarFolder) -> None:
    path = folder.root / "seminar.yml"
    text = path.read_text("utf-8")
    start, end = text.index("purpose:"), text.index("outcomes:")
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    here = SeminarFolder(folder.root)
    assert here.seminar.purpose == []
    prepare(here, ["GE"])
    assert PURPOSE not in (here.packs / "GE" / "README.txt").read_text("utf-8")
