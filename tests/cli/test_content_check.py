"""Does ``seminar check --content`` name what an attentive reader would object to?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from in_process import seminar as run

from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder


@pytest.fixture
def own(folder: SeminarFolder) -> Path:
    """A seminar with readings of its own: the kit's, to be spoilt."""
    shutil.copytree(KIT / "readings", folder.root / "readings")
    return folder.root


def spoil(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def texts(root: Path) -> str:
    """Return what is said of the texts alone, without the sentences that are long."""
    printed = run(root, "check", "--content", code=0).stdout
    return printed.partition("\nTexts\n")[2]


def test_the_seminars_own_texts_hold(kit: SeminarFolder) -> None:
    printed = run(kit.root, "check", "--content").stdout
    assert "\nTexts\n" not in printed


# file, what stands there, what is written instead, and what is said of it
SPOILT = (
    ("readings/facts/countries.yml", "      text: Member since 2003.\n      year: 2003\n", "      text: Member since 2023.\n", "AL: the text mentions 2023, which is after the seminar. Write 'year: 2023'"),
    ("readings/facts/sources.yml", "    read: 2026-11-30\n", "", "does not say when it was read"),
    ("readings/emc-2019-cmf.md", "list: core", "list: further", "everybody must read it, but it was published after the seminar"),
    ("readings/nuffic-2019-academic.md", "minutes: 12", "minutes: 25", "6 pages take 12 minutes, but the file says 25."),
    ("readings/skillnet-2020.md", "minutes: 16", "minutes: 80", "the texts that everybody must read take"),
    ("readings/definitions.yml", '{answer: true, place: "conditions: summative assessment"}', "true", "'emc-cmf-2019': 'assessment' does not name the place in the text"),
    ("seminar.yml", "    minutes: 4\n", "    minutes: 30\n", "'registration': the task says 30 minutes, but the form takes about"),
)  # fmt: skip


def test_what_a_reader_would_object_to(own: Path) -> None:
    """All at once, as reading changed files takes long."""
    for name, old, new, _ in SPOILT:
        spoil(own, name, old, new)
    told = texts(own)
    for *_, words in SPOILT:
        assert words in told


def test_a_long_sentence_in_a_form(own: Path) -> None:
    shutil.copytree(KIT / "templates" / "forms", own / "templates" / "forms")
    long = "This " + "very " * 25 + "long question?"
    spoil(own, "templates/forms/questions.yml", "intro: >-\n  ", f"intro: >-\n  {long} ")
    assert "a sentence of 28 words: “This very very very very very …”" in texts(own)


def test_another_seminar_is_told_of_words_that_are_not_its_own(own: Path) -> None:
    """O26: forms, notebooks and guides of the kit speak of the seminar they were written for."""
    path = own / "seminar.yml"
    text = path.read_text("utf-8").replace("id: sphere-2020", "id: peers-2031")
    for old in ("micro-credential", "Micro-credential", "micro", "Micro"):
        text = text.replace(old, "stay-abroad")
    path.write_text(text.replace("credential", "stay"), encoding="utf-8")
    assert "it mentions 'micro" in texts(own) or "'credential" in texts(own)


def test_not_asked_for_nothing_is_said_of_texts(own: Path) -> None:
    spoil(own, "readings/facts/sources.yml", "    read: 2026-11-30\n", "")
    assert "\nTexts\n" not in run(own, "check", code=0).stdout
