"""Are signs named that only look like YAML's own, wherever an editor put them?"""

from __future__ import annotations

from pathlib import Path

import pytest
from shared import ROOT

from seminarkit.core.errors import SeminarError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.yaml.yaml_file import read_text

PLAIN = (ROOT / "seminar.yml").read_text("utf-8")
BLANKS = {"\u00a0": "a no-break space", "\u3000": "a wide space", "\u2003": "U+2003", "\u200b": "U+200B", "\ufeff": "U+FEFF"}  # fmt: skip


def told(text: str, place: Path) -> str:
    (place / "seminar.yml").write_text(text, "utf-8")
    with pytest.raises(SeminarError) as raised:
        _ = SeminarFolder(place).seminar
    return str(raised.value)


@pytest.mark.parametrize("sign", BLANKS)
def test_an_indent_that_only_looks_like_one_is_named_with_its_line(
    sign: str, tmp_path: Path
) -> None:
    """K02 P09: and nothing else is said of the lines beside it."""
    text = PLAIN.replace("\n    title: ", f"\n  {sign} title: ", 1)
    line = text[: text.index(sign)].count("\n") + 1
    said = told(text, tmp_path)
    assert said.startswith(f"seminar.yml line {line}: the line begins with ")
    assert BLANKS[sign] in said
    assert "\n" not in said


def test_another_mistake_is_told_beside_it(tmp_path: Path) -> None:
    """K02"""
    text = PLAIN.replace("\ntheme: ", "\n\u00a0theme: ", 1).replace("\nseries:", "\nserie:", 1)
    said = told(text, tmp_path).splitlines()
    assert "no-break space" in said[-1]
    assert "has no series" in said[0]


def test_a_line_of_nothing_but_such_a_blank_is_named_too(tmp_path: Path) -> None:
    """K02: for YAML it is a text, and so is a remark behind it."""
    text = PLAIN.replace("\n\n", "\n\u00a0\n", 1)
    assert "no-break space" in told(text, tmp_path)


@pytest.mark.parametrize("quotes", ["“”", "„“", "«»", "‘’"])
@pytest.mark.parametrize("field", ["id: sphere-2020", "due: 2020-10-30", "minutes: 5"])
def test_curly_quotation_marks_are_named_where_they_break_something(
    quotes: str, field: str, tmp_path: Path
) -> None:
    """K02 P09"""
    key, _, value = field.partition(": ")
    said = told(PLAIN.replace(field, f"{key}: {quotes[0]}{value}{quotes[1]}", 1), tmp_path)
    assert "Its quotation marks are curly" in said


def test_a_colon_within_curly_marks_is_not_told_as_a_lack_of_marks_alone(tmp_path: Path) -> None:
    text = PLAIN.replace("theme: Higher", "theme: “Higher: ", 1).replace("skills needs", "skills needs”", 1)  # fmt: skip
    assert "curly" in told(text, tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_editors_way_of_saving_is_the_same_text(
    encoding: str, end: str, tmp_path: Path
) -> None:
    """K02: PowerShell's UTF-16, Notepad's mark, old and new line ends."""
    path = tmp_path / "seminar.yml"
    path.write_bytes(PLAIN.replace("\n", end).encode(encoding))
    assert read_text(path) == PLAIN
