"""Has every fact a source, and is a fact without one refused?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from seminarkit.core.errors import FileError, UsageError
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.country_facts import read_facts
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.materials import read_cases, read_sources
from seminarkit.core.yaml.yaml_file import YamlFile


def test_every_country_has_facts_and_every_fact_a_source(kit: SeminarFolder) -> None:
    assert set(kit.facts.countries) == set(kit.seminar.countries)
    for facts in kit.facts.countries.values():
        for fact in facts:
            assert all(kit.facts.sources[each].url.startswith("http") for each in fact.sources)


def test_each_country_tells_each_topic_or_names_the_gap(kit: SeminarFolder) -> None:
    """C07: an incomplete list is not shown as if it were whole; each fact has source and day."""
    assert len(kit.facts.topics) == 8
    for code, facts in kit.facts.countries.items():
        told = {fact.topic for fact in facts} | set(kit.facts.gaps.get(code, ()))
        assert set(kit.facts.topics) <= told, code
        assert "Official language" not in " ".join(told), "nobody needs it here, and it hurts"
    assert all(source.read for source in kit.sources.values())


def test_lines_are_looked_for_where_something_is_wrong_alone(
    kit: SeminarFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """K05: to find them takes a second of every command's time."""
    read_facts(KIT / "readings" / "facts", kit.sources)  # from here on it is remembered
    monkeypatch.setattr(YamlFile, "line", lambda file, loc: pytest.fail(f"{file.path}: {loc}"))
    folder = SeminarFolder(kit.root)
    assert folder.facts.gaps and folder.glossary and folder.forms and folder.readings


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("  - Credits\n", "  - Credits\n  - Fees\n", "AL: there is no fact on 'Fees'; add one"),
        (
            "gaps:\n",
            "gaps:\n  AL: [Credits]\n",
            "AL: 'Credits' is in gaps:, but there is a fact on it",
        ),
        ("gaps:\n", "gaps:\n  AL: [Credit]\n", "is not in topics: above. Did you mean 'Credits'?"),
    ],
)
def test_a_country_that_is_silent_on_a_topic_is_named(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    shutil.copytree(KIT / "readings" / "facts", tmp_path, dirs_exist_ok=True)
    path = tmp_path / "countries.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FileError) as error:
        read_facts(tmp_path, read_sources(tmp_path))
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "sources: [ehea-full, rcc-recognition, al-ministry-penta]",
            "sources: [ehea-ful]",
            "the source 'ehea-ful' is not in sources.yml. Did you mean",
        ),
        ("sources: [ehea-full, rcc-recognition, al-ministry-penta]", "sources: []", "'sources'"),
        ("      sources: [ehea-full, rcc-recognition, al-ministry-penta]\n", "", "has no sources"),
    ],
)
def test_a_fact_without_a_known_source_is_refused(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    shutil.copytree(KIT / "readings" / "facts", tmp_path, dirs_exist_ok=True)
    path = tmp_path / "countries.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FileError) as error:
        read_facts(tmp_path, read_sources(tmp_path))
    assert words in str(error.value)


def test_the_five_cases_are_those_of_the_programme(kit: SeminarFolder) -> None:
    assert sorted(kit.cases) == ["dcu", "ghent", "malardalen", "warsaw", "zadar"]
    assert kit.cases["warsaw"].status == "tbc"
    assert kit.cases["warsaw"].presenter is None


def test_each_case_says_what_is_known_and_what_is_not(kit: SeminarFolder) -> None:
    """C12: institution, country, level, policy purpose, recording, status."""
    for case in kit.cited_cases.values():
        assert case.perspective is not None
        assert case.policy_purpose is not None
        assert case.perspective.value == "not stated in the programme"
        assert case.perspective.our_reading
        assert case.video is None
        assert case.known
        assert case.not_found
        assert 4 <= len(case.questions) <= 5
        assert all(question.endswith("?") for question in case.questions)


def test_a_case_with_an_unknown_source_is_refused(folder: SeminarFolder) -> None:
    """C12"""
    shutil.copytree(KIT / "case_studies", folder.root / "case_studies")
    path = folder.root / "case_studies" / "zadar.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("[azvo-types, ", "[azvo-type, "), encoding="utf-8")
    line = text[: text.index("[azvo-types, ")].count("\n") + 1
    assert folder.cases["zadar"].status == "named"
    with pytest.raises(FileError) as error:
        _ = folder.cited_cases
    words = "the source 'azvo-type' is not in sources.yml. Did you mean 'azvo-types'?"
    assert str(error.value) == f"zadar.md line {line}: {words}"


def test_a_mistake_in_front_matter_has_its_line(tmp_path: Path) -> None:
    case = "---\nid: x\ninstitution: Y\ncountry: Z\nstatus: perhaps\nsources: [s]\n---\ntext\n"
    (tmp_path / "x.md").write_text(case, encoding="utf-8")
    with pytest.raises(FileError, match=r"x\.md line 5: .*'status' is 'perhaps'"):
        read_cases(tmp_path)


@pytest.mark.parametrize("text", ["GE", "ge", "Georgia", "georgia"])
def test_a_country_is_known_by_code_and_name(kit: SeminarFolder, text: str) -> None:
    """O12"""
    assert kit.country(text) == "GE"


def test_an_unknown_country_gets_a_near_match(kit: SeminarFolder) -> None:
    """O12"""
    with pytest.raises(UsageError, match=r"Did you mean 'Georgia'\?"):
        kit.country("Gorgia")
