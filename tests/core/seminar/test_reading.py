"""Does every mistake in seminar.yml get its line, what was found, and what to write?"""

from __future__ import annotations

from pathlib import Path

import pytest

from seminarkit.core.errors import FileError
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.read_seminar import read_seminar

CASES = {"zadar", "ghent", "warsaw", "dcu", "malardalen"}
FORMS = {path.stem for path in (KIT / "templates" / "forms").glob("*.yml")}
TEXT = (KIT / "seminar.yml").read_text(encoding="utf-8")


def problems(tmp_path: Path, old: str, new: str) -> str:
    assert TEXT.count(old) >= 1, old
    path = tmp_path / "seminar.yml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FileError) as error:
        read_seminar(path, CASES, FORMS)
    return str(error.value)


def line_of(text: str) -> int:
    return TEXT[: TEXT.index(text)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "at", "words"),
    [
        ("time_zone: Europe/Brussels\n", "", "# THE seminar", "the file has no time_zone; write 'time_zone: Europe/Brussels'"),
        ("time_zone: Europe/Brussels", "time_zone: Europe/Brusels", "time_zone: Europe/Brussels", "Did you mean 'Europe/Brussels'?"),
        ("kind: panel", "kind: pannel", "kind: panel", "session 'd1-fuss': 'kind' is 'pannel'. Did you mean 'panel'?"),
        ("    access: core", "    acess: core", "    access: core", "session 'd1-groups-1' has an unknown key 'acess'. Did you mean 'access'?"),
        ("person: marusic", "person: marusik", "person: marusic", "the person 'marusik' is not in people: Did you mean 'marusic'?"),
        ("cases: [zadar,", "cases: [zader,", "cases: [zadar,", "the case study 'zader' is not in case_studies/ Did you mean 'zadar'?"),
        ("region: central-asia, time_zone: Asia/Almaty", "region: central-azia, time_zone: Asia/Almaty", "KZ: {", "the region 'central-azia' is not in regions: Did you mean 'central-asia'?"),
        ("footnote: kosovo", "footnote: kossovo", "XK: {", "the footnote 'kossovo' is not in footnotes:"),
        ("form: questions", "form: question", "form: questions", "the form 'question' is not in templates/forms/ Did you mean 'questions'?"),
        ('start: "09:45"', 'start: "9.45"', 'start: "09:45"', "'9.45' is not a time of day; write it as 09:45"),
        ('start: "09:45"', 'start: "24:45"', 'start: "09:45"', "the latest is 23:59"),
        ('end: "10:30"', 'end: "09:30"', 'end: "10:30"', "ends at 09:30, and starts at 09:45"),
        ('        start: "09:10"', '        start: "08:10"', '        start: "09:10"', "starts at 08:10, outside session 'd1-keynote' (09:00–09:45)"),
        ("- id: d1-intro", "- id: d1-keynote", "- id: d1-keynote", "the session or group 'd1-keynote' occurs 2 times"),
        ("date: 2020-11-26", "date: 26.11.2020", "date: 2020-11-26", "'date' is '26.11.2020'"),
        ("due: 2020-11-20", "due: soon", "due: 2020-11-20", "task number 4: 'soon' is not a date; write it as 2020-11-24"),
        ("id: GE-1", "id: GE-2", "id: GE-1", "the core participant 'GE-2' occurs 2 times"),
        ("id: GE-1", "id: AL-9", "id: GE-1", "'AL-9' is in the delegation of GE; write 'GE-1'"),
        ("  GE:\n", "  GG:\n", "  GE:\n    - {id", "the country 'GG' is not in countries:"),
        ("  GE: {name: Georgia", "  Georgia: {name: Georgia", "  GE: {name: Georgia", "Georgia"),
        ("title: Recap\n", "title: Recap\n    title: Again\n", "title: Recap", "'title' is written twice"),
        ("    title: Recap", "\ttitle: Recap", "    title: Recap", "the line contains a tab; indent with spaces"),
        ("title: Recap", "title: Recap: day 2", "title: Recap", "put the text in quotes"),
        ("platform: Zoom\n", "", "# THE seminar", "the file has no platform; write 'platform: …'"),
        ("size: 3", "size: three", "size: 3", "write a whole number"),
        ("sessions:\n", "sessions: none\nold:\n", "sessions:\n", "'sessions' is 'none'; write a list"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_line_found_and_cure(
    tmp_path: Path, old: str, new: str, at: str, words: str
) -> None:
    """O01"""
    told = problems(tmp_path, old, new)
    assert words in told
    lines = [int(row.split("line ")[1].split(":")[0]) for row in told.splitlines()]
    expected = line_of(at)
    assert any(expected <= line <= expected + 1 for line in lines), (told, expected)


def test_a_bare_no_stays_the_code_of_norway(tmp_path: Path) -> None:
    """O12: YAML 1.1 would read false here."""
    path = tmp_path / "seminar.yml"
    norway = "countries:\n  NO: {name: Norway, region: central-asia, time_zone: Europe/Oslo, tile: [0, 0]}\n"
    path.write_text(TEXT.replace("countries:\n", norway, 1), encoding="utf-8")
    assert read_seminar(path, CASES, FORMS).countries["NO"].name == "Norway"


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = TEXT.replace("person: marusic", "person: marusik").replace("form: questions", "form: q")
    path = tmp_path / "seminar.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError) as error:
        read_seminar(path, CASES, FORMS)
    lines = [line for line, _ in error.value.problems]
    assert len(lines) == 2
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "has no 'key: value' lines"),
        (b"- a\n- b\n", "has no 'key: value' lines"),
        ("id: Mälardalen".encode("latin-1"), "not UTF-8; save it again as UTF-8"),
        (b"id: [1, 2", "this is not YAML"),
        (b"id: 'a", "this is not YAML"),
    ],
)
def test_a_file_that_is_no_seminar_is_told_as_such(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "seminar.yml"
    path.write_bytes(data)
    with pytest.raises(FileError) as error:
        read_seminar(path, CASES, FORMS)
    assert words in str(error.value)


def test_a_missing_file_is_told_with_the_folder(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="there is no such file"):
        read_seminar(tmp_path / "seminar.yml", CASES, FORMS)
