"""Is the reading list whole, honest about its sources, and tied to this seminar's sessions?"""

from __future__ import annotations

import shutil

import pytest

from seminarkit.core.errors import FileError, SeminarError
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder

READING = """---
id: {id}
title: A text
authors: [Somebody]
publisher: Some press
url: https://www.example.org/text
kind: report
minutes: 5
list: core
must_read: false
outcomes: [LO1]
sessions: [d1-intro]
sources: [rome-text]
---

What it holds.

And what for.
"""


@pytest.fixture
def own(folder: SeminarFolder) -> SeminarFolder:
    """A seminar with a reading list of its own: one text."""
    (folder.root / "readings").mkdir()
    shutil.copytree(KIT / "readings" / "facts", folder.root / "readings" / "facts")
    put(folder, READING.format(id="text"))
    return folder


def put(folder: SeminarFolder, text: str, name: str = "text.md") -> None:
    (folder.root / "readings" / name).write_text(text, encoding="utf-8")


def fresh(folder: SeminarFolder) -> SeminarFolder:
    return SeminarFolder(folder.root)


def test_the_reading_list_of_the_seminar(kit: SeminarFolder) -> None:
    """C11: 32 texts that were out in November 2020, eleven later ones, each for a session."""
    readings = kit.readings.values()
    assert [sum(r.core == core for r in readings) for core in (True, False)] == [32, 11]
    for reading in readings:
        assert reading.sessions, reading.id
        assert reading.outcomes, reading.id
        assert reading.core == (reading.year is None or reading.year <= 2020) or (
            reading.id in ("ec-2020-final", "esu-2021-statement")  # December 2020; undated
        ), reading.id


def test_what_everybody_reads_takes_ninety_minutes_at_most(kit: SeminarFolder) -> None:
    """C11: two minutes a page, none younger than the seminar, the same in page and form."""
    asked = [r for r in kit.readings.values() if r.must_read]
    assert all(r.for_everybody for r in asked), "nobody can have read what came later"
    assert 4 <= len(asked) <= 6
    assert sum(r.minutes for r in asked) <= 90
    (field,) = [f for f in kit.forms["reading_notes"]["fields"] if f["name"] == "readings_done"]
    must = {name for name, label in field["choices"] if "must read" in label}
    assert must == {r.id for r in asked}
    for reading in kit.readings.values():
        if reading.pages_asked:
            assert reading.minutes == 2 * reading.pages_asked, reading.id


def test_each_note_says_what_was_read_and_what_to_take_along(kit: SeminarFolder) -> None:
    """C11: 60 to 90 words, and one sentence to take along."""
    for reading in kit.readings.values():
        assert reading.seen and reading.take_along, reading.id
        words = f"{reading.body} {reading.seen.what} {reading.take_along}".split()
        assert 60 <= len(words) <= 90, (reading.id, len(words))
        assert len(reading.take_along.split()) <= 20, reading.id


def test_who_reads_one_text_for_a_session_knows_which(kit: SeminarFolder) -> None:
    """C11"""
    chosen = [session for r in kit.readings.values() for session in r.first_for]
    assert sorted(chosen) == sorted(set(chosen)), "one text a session"
    assert set(chosen) == {s for r in kit.readings.values() if r.core for s in r.sessions}


def test_each_reading_opens_from_the_form(kit: SeminarFolder) -> None:
    """C11: each title is linked where it is named."""
    (field,) = [f for f in kit.forms["reading_notes"]["fields"] if f["name"] == "readings_done"]
    assert field["links"] == {name: kit.readings[name].url for name, _ in field["choices"]}


def test_every_session_with_something_to_prepare_has_readings(kit: SeminarFolder) -> None:
    """C11"""
    named = {session for r in kit.readings.values() for session in r.sessions}
    for session in kit.seminar.sessions:
        if session.kind in ("plenary", "panel", "case groups"):
            assert session.id in named, session.id
        assert {group.id for group in session.groups} <= named


def test_every_source_is_known_and_every_source_is_used(kit: SeminarFolder) -> None:
    used = {s for facts in kit.facts.countries.values() for fact in facts for s in fact.sources}
    used |= {s for reading in kit.readings.values() for s in reading.sources}
    for case in kit.cited_cases.values():
        used |= {*case.sources, *(s for known in case.known for s in known.sources)}
    definitions = kit.definitions
    for entry in (*kit.glossary, *definitions.definitions, *definitions.notes, *definitions.differ):
        used |= set(entry.sources)
    assert used == set(kit.sources)


def test_a_text_is_plain_paragraphs(own: SeminarFolder) -> None:
    put(own, READING.format(id="text").replace("What it", "<b>What</b> it"))
    assert fresh(own).readings["text"].paragraphs == ["<b>What</b> it holds.", "And what for."]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("[rome-text]", "[rome-tex]", 13, "the source 'rome-tex' is not in sources.yml. Did you mean 'rome-text'?"),
        ("[d1-intro]", "[d1-intor]", 12, "the session or group 'd1-intor' is not in seminar.yml. Did you mean 'd1-intro'?"),
        ("[LO1]", "[LO1, LO9]", 11, "the outcome 'LO9' is not in seminar.yml. Did you mean"),
        ("https://www", "javascript:alert(1)//www", 6, "is not a web address; write one that begins with https://"),
        ("https://www.example.org/text", "https://a.org/\"onclick=\"", 6, "is not a web address"),
        ("list: core", "list: later", 9, "'list' is 'later'; write one of 'core' or 'further'"),
        ("minutes: 5", "minutes: five", 8, "'minutes' is 'five'; write a whole number"),
        ("must_read: false", "must_red: false", 10, "unknown key 'must_red'. Did you mean 'must_read'?"),
        ("id: text", "id: txet", 2, "the id is 'txet', but the file is 'text.md'; call it 'txet.md'."),
        ("kind: report", "kind: report\nbody: x", 8, "'body' is the text below the second '---'; write it there."),
        ("\nWhat it holds.\n\nAnd what for.\n", "", 1, "there is no text below the front matter"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(
    own: SeminarFolder, old: str, new: str, line: int, words: str
) -> None:
    text = READING.format(id="text")
    assert old in text
    put(own, text.replace(old, new))
    with pytest.raises(FileError) as error:
        _ = fresh(own).readings
    assert f"text.md line {line}: " in str(error.value)
    assert words in str(error.value)


def test_mistakes_in_several_files_are_told_at_once(own: SeminarFolder) -> None:
    put(own, READING.format(id="text").replace("LO1", "LO7"))
    put(own, READING.format(id="other").replace("d1-intro", "d3"), "other.md")
    with pytest.raises(SeminarError) as error:
        _ = fresh(own).readings
    assert "text.md line 11: " in str(error.value)
    assert "other.md line 12: " in str(error.value)


def test_a_list_of_ones_own_stands_alone(own: SeminarFolder) -> None:
    """O26: with readings of its own a seminar has no terms of another one's theme."""
    assert list(own.readings) == ["text"]
    assert own.glossary == []
    assert list(own.definitions.definitions) == []


def test_the_kits_list_serves_another_programme_as_far_as_it_fits(folder: SeminarFolder) -> None:
    """O26: nobody can mend the kit's files for a seminar whose sessions are others."""
    assert len(folder.readings) == 43
    path = folder.root / "seminar.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("id: d1-keynote", "id: opening"), encoding="utf-8")
    fewer = fresh(folder).readings
    assert 0 < len(fewer) < 43
    assert not any("d1-keynote" in reading.sessions for reading in fewer.values())
    for old in ("LO1", "LO2", "LO3", "LO4", "LO5", "LO6"):
        text = text.replace(f"id: {old}", f"id: X{old}")
    path.write_text(text, encoding="utf-8")
    assert fresh(folder).readings == {}
    assert fresh(folder).glossary == []
