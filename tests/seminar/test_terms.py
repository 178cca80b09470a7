"""Do terms and definitions say what was read, and no more?"""

from __future__ import annotations

from pathlib import Path

import pytest

from seminarkit.errors import FileError
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.seminar.terms import read_definitions, read_glossary

GLOSSARY = """terms:
  - id: neo
    term: NEO
    explanation: An office.
    sources: [office]
"""
DEFINITIONS = """elements:
  - {id: level, label: Level}
  - {id: size, label: Size}
definitions:
  - id: first
    short: First
    name: The first one
    issuer: Somebody
    date: undated
    paraphrase: Something small.
    elements: {level: true, size: unknown}
    sources: [office]
"""


def test_the_glossary_explains_what_the_programme_says(kit: SeminarFolder) -> None:
    terms = {term.term: term for term in kit.glossary}
    assert len(terms) == len(kit.glossary) == 32
    for term in ("HERE", "NEO", "ECTS", "NQF", "QA", "HEI", "MICROBOL", "EHEA"):
        assert terms[term].explanation
    assert terms["NEO"].long == "National Erasmus+ Office"


def test_what_was_not_read_stays_open(kit: SeminarFolder) -> None:
    """Elements that were only remembered are neither true nor false."""
    elements = {d.id: d.elements for d in kit.definitions.definitions}
    assert len(elements) == 7
    assert elements["unesco-2022"]["level"] is False
    assert elements["emc-cmf-2019"]["identity_check"] is True
    for name in ("stackable", "portable", "stand_alone", "provider_named"):
        assert elements["council-2022"][name] is None
    for name in ("quality_assurance", "workload_or_credits", "level", "learner_named"):
        assert elements["ec-2020"][name] is None
    assert elements["microbol-2022"]["assessment"] is None


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("[office]", "[ofice]", 5, "the source 'ofice' is not in sources.yml. Did you mean 'office'?"),
        ("    explanation: An office.\n", "", 2, "term 'neo' has no explanation; write 'explanation: …'."),
        ("id: neo", "id: N E O", 2, "use small letters, digits, - and _ only"),
        ("terms:\n", "terms:\n  - {id: neo, term: x, explanation: y, sources: [office]}\n", 2, "the id 'neo' is there 2 times"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_glossary_has_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    path = tmp_path / "glossary.yml"
    path.write_text(GLOSSARY.replace(old, new), encoding="utf-8")
    with pytest.raises(FileError) as error:
        read_glossary(path, {"office"})
    assert f"glossary.yml line {line}: " in str(error.value)
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("[office]", "[ofice]", 12, "the source 'ofice' is not in sources.yml. Did you mean 'office'?"),
        ("size: unknown", "siez: true", 11, "the element 'siez' is not in elements: Did you mean 'size'?"),
        ("level: true, size: unknown", "level: true", 11, "definition 'first' has no size; write true, false or unknown"),
        ("level: true", "level: perhaps", 11, "'perhaps' is no answer; write true, false or unknown"),
        ("{id: size, label: Size}", "{id: level, label: Size}", 2, "the id 'level' is there 2 times"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_definitions_has_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    path = tmp_path / "definitions.yml"
    path.write_text(DEFINITIONS.replace(old, new), encoding="utf-8")
    with pytest.raises(FileError) as error:
        read_definitions(path, {"office"})
    assert f"definitions.yml line {line}: " in str(error.value)
    assert words in str(error.value)
