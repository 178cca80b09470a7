"""Does an expression mean the same in every host, and is a wrong one told in words?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seminarkit.core.forms.expressions import ExpressionError, evaluate, parse, references

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))


@pytest.mark.parametrize("case", VECTORS["expressions"], ids=lambda c: c["text"][:40])
def test_python_gives_the_value_of_the_shared_vectors(case: dict[str, Any]) -> None:
    value = evaluate(parse(case["text"]), case["answers"], case["own"])
    assert (value, type(value)) == (case["value"], type(case["value"]))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("${a} == 1", "before '='"),
        ("system('ls')", "'system' is not a function"),
        ("selected(${a})", "takes 2 values, not 1"),
        ("", "before 'the end'"),
        ("1 and", "before 'the end'"),
        ("${a} = 'x' 'y'", "is not expected"),
        ("(${a}", "')' is expected"),
        ("${a} ; 1", "cannot be read"),
        ("regex(., '\\s+')", "read differently"),
        ("regex(., '(?i)a')", "read differently"),
        ("regex(., '[a')", "cannot be read"),
        ("regex(., ${a})", "must be in quotes"),
        ("__import__('os')", "cannot be read"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, words: str) -> None:
    with pytest.raises(ExpressionError, match=r".*") as error:
        parse(text)
    assert words in str(error.value)


def test_references_name_every_question_asked_for() -> None:
    assert list(references(parse("${a} = 'x' and (selected(${b}, 'y') or not(${c}))"))) == [
        "a",
        "b",
        "c",
    ]


@given(st.text(alphabet="${}abc'\"=<>!()., 019andornotselectedcountregex", max_size=40))
def test_any_text_is_parsed_or_refused_in_words(text: str) -> None:
    try:
        tree = parse(text)
    except ExpressionError:
        return
    evaluate(tree, {"a": "x", "b": ["y"], "c": 5}, "own")
