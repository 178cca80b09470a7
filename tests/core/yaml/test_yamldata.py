"""Are the data of a YAML file the same, whichever of the two parsers reads it?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from shared import by_day

from seminarkit.core.errors import FileError
from seminarkit.core.package_folder import KIT
from seminarkit.core.yaml import fast_reader as yamldata
from seminarkit.core.yaml.fast_reader import yaml_data
from seminarkit.core.yaml.yaml_file import YamlFile, _plain

# what lies in the kit and is read by every command
READ = [KIT / "seminar.yml", *sorted((KIT / "templates").rglob("*.yml")), *sorted((KIT / "readings").rglob("*.yml"))]  # fmt: skip
SIGNS = st.sampled_from([*list("abzNOY019.-+_:eExo~#&*!<>|'\"[]{},?=%@\\/ ქé\u2028\t\n"), ": ", " #", "- ", "\n  ", "\n- ", "\nk: ", "''", '"\\n"'])  # fmt: skip
WORDS = st.sampled_from(["NO", "no", "yes", "true", "True", "null", "~", "0", "7", "010", "-3", "+3", "1.5", "1.", ".5", "1e3", "1_000", "0x1F", "0o17", "0b1", ".inf", "09:30", "2020-11-26", "2020-1-6", "2020-02-31", "<<", "2020-11-26 09:30", "2020-11-26 09:30:00", "= ", "=", "1:2", "a b", ""])  # fmt: skip
KEYS = st.sampled_from(["a", "b", "NO", "7", "7.0", "true", "'q'", '"d"', "? c", "&x a", "<<"])
BLOCKS = st.sampled_from(["&x 1", "*x", "|\n  a\n   b\n", ">-\n  a\n\n  b", "\n  k: 1\n  l: NO", "\n- 1\n- k: x", "[1, NO, a b]", "{k: 0, l}"])  # fmt: skip
VALUES = st.one_of(WORDS, BLOCKS, st.lists(SIGNS, max_size=4).map("".join))
LINES = st.tuples(KEYS, st.sampled_from([": ", ":  ", ":"]), VALUES).map("".join)


def slowly(text: str) -> Any:
    """Return the data as ruamel.yaml reads them, or its error."""
    try:
        return _plain(YAML(typ="rt", pure=True).load(text))
    except Exception as error:
        return error


def same(text: str) -> bool:
    """Say whether both read the same, to the type and the order of keys; None is left to ruamel."""
    quick = yaml_data(text)
    return quick is None or repr(quick) == repr(slowly(text))


@pytest.mark.parametrize("path", by_day(READ, every=3), ids=lambda path: path.name)
def test_the_kits_own_files_are_read_quickly_and_right(path: Path) -> None:
    """K05: none of them is left to the slow reader, which would be felt at every command."""
    text = path.read_text("utf-8")
    assert isinstance(slowly(text), dict)
    assert yaml_data(text) is not None and same(text)


@given(st.lists(LINES, max_size=4).map("\n".join))
@example("a: NO\nb: 010\nc: 2020-11-26\nd: 09:30\ne: 1_000\n")
@example("a: &x {n: [1, 2]}\nb: *x\n")
@example("a: &x [*x]\n")
@example("a: 1\n---\nb: 2\n")
@example("%YAML 1.1\n---\na: yes\n")
@example("a: !!str 1\n")
@example("a: ! 1\n")
@example("<<: {a: 1}\nb: 2\n")
@example("1: a\ntrue: b\n1.0: c\n")
@example("'<<': a\n")
def test_drawn_files_are_the_same(text: str) -> None:
    """O20 K05"""
    assert same(text)


@given(st.dictionaries(st.text(min_size=1), st.recursive(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.dates(), st.text()), lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)), max_leaves=8), min_size=1), st.booleans())  # fmt: skip
def test_written_data_are_the_same(data: dict[str, object], flow: bool) -> None:
    assert same(yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow))


def test_without_the_compiled_parser_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """K05: PyYAML may be installed without it."""
    text = (KIT / "seminar.yml").read_text("utf-8")
    quick = yaml_data(text)
    monkeypatch.setattr(yamldata, "_PARSER", yaml.SafeLoader)
    assert quick is not None and yaml_data(text) == quick


def test_what_lies_deep_in_each_other_is_told_in_words(tmp_path: Path) -> None:
    for deep in (30, 45, 400):
        text = "a: " + "[" * deep + "]" * deep + "\n"
        path = tmp_path / "deep.yml"
        if deep < 100:
            assert YamlFile(path, text).data["a"] is not None
        else:
            with pytest.raises(FileError, match="use fewer levels"):
                YamlFile(path, text)


def test_a_yaml_file_knows_its_lines(tmp_path: Path) -> None:
    """O20"""
    path = tmp_path / "a.yml"
    path.write_text("days: [2020-11-26]\nland: NO\nanchor: &x {n: 1}\nagain: *x\nlong: |\n  one\n")
    file = YamlFile(path)
    assert file.data["days"] == [date(2020, 11, 26)] and file.data["land"] == "NO"
    assert type(file.data["long"]) is str
    assert file.line(("again", "n")) == 3 and file.line(("land",)) == 2


def test_a_key_written_twice_is_told(tmp_path: Path) -> None:
    """O20"""
    with pytest.raises(FileError, match="'a' is written twice"):
        YamlFile(tmp_path / "a.yml", "a: 1\nb: 3\na: 2\n")
