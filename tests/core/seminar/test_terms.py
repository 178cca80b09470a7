"""Do terms and definitions say what was read, and no more?"""

from __future__ import annotations

from pathlib import Path

import pytest

from seminarkit.core.errors import FileError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.terms import read_definitions, read_glossary

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
    assert len(terms) == len(kit.glossary) == 63
    for term in ("HERE", "NEO", "ECTS", "NQF", "QA", "HEI", "MICROBOL", "EHEA"):
        assert terms[term].explanation
    assert terms["NEO"].long == "National Erasmus+ Office"


def test_each_answer_has_its_place_in_the_text(kit: SeminarFolder) -> None:
    """What a definition asks for is read in it; open is what its text does not speak of."""
    definitions = kit.definitions.definitions
    assert len(definitions) == 7
    for definition in definitions:
        for name, cell in definition.elements.items():
            assert cell is None or (cell.place and len(cell.place.split()) <= 12), name
    elements = {d.id: d.elements for d in definitions}
    for name in ("stackable", "portable", "stand_alone", "quality_assurance", "learner_named"):
        cell = elements["council-2022"][name]
        assert cell and cell.answer, name
    for element in kit.definitions.elements:
        assert any(d.elements[element.id] for d in definitions), f"{element.id} says nothing"
    assert len(kit.definitions.differ) == 5


def test_words_of_the_questions_have_a_short_explanation(kit: SeminarFolder) -> None:
    """C38"""
    short = {term.term.casefold(): term.short for term in kit.glossary if term.short}
    assert len(short) >= 4
    assert all(len(words.split()) <= 16 for words in short.values())


def test_an_answer_without_its_place_is_read_as_before(tmp_path: Path) -> None:
    """Files of version 0.5 have none."""
    path = tmp_path / "definitions.yml"
    path.write_text(DEFINITIONS, encoding="utf-8")
    (first,) = read_definitions(path, {"office"}).definitions
    cell = first.elements["level"]
    assert cell and cell.answer and cell.place is None


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("[office]", "[ofice]", 5, "the source 'ofice' is not in sources.yml. Did you mean 'office'?"),
        ("    explanation: An office.\n", "", 2, "term 'neo' has no explanation; write 'explanation: …'."),
        ("id: neo", "id: N E O", 2, "use small letters, digits, - and _ only"),
        ("terms:\n", "terms:\n  - {id: neo, term: x, explanation: y, sources: [office]}\n", 2, "the id 'neo' occurs 2 times"),
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
        ("level: true", "level: perhaps", 11, "'perhaps' is not an answer; write {answer: true, place: ...}, or unknown"),
        ("{id: size, label: Size}", "{id: level, label: Size}", 2, "the id 'level' occurs 2 times"),
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
