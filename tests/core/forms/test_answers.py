"""Are answers judged rightly: what counts as answered, what is wrong, which receipt is theirs?"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seminarkit.core.forms.answer_versions import receipt
from seminarkit.core.forms.answers import check_types, is_blank, progress
from seminarkit.core.forms.answers_schema import answers_schema
from seminarkit.core.forms.bundle import mime_bundle, payload, personal_form
from seminarkit.core.forms.question_kinds import AnswersError
from seminarkit.core.forms.shapes import questions

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))
FORM = VECTORS["form"]
PERSONAL = personal_form(FORM, **VECTORS["personal"], header=[], file_name="x")


@pytest.mark.parametrize("case", VECTORS["answers"], ids=lambda c: c["case"])
def test_python_gives_the_sums_of_the_shared_vectors(case: dict[str, Any]) -> None:
    """C26 C27 O32: progress, gaps and receipt, as form.js must give them too."""
    clean = check_types(FORM, case["answers"])
    done = progress(FORM, clean)
    bundle = mime_bundle(PERSONAL, payload(PERSONAL, clean, 1))
    assert clean == case["clean"]
    assert (done.answered, done.total) == (case["answered"], case["total"])
    assert [[gap.path, gap.message] for gap in done.gaps] == case["gaps"]
    assert (
        receipt({"country": "GE", "instance": PERSONAL["instance"], "answers": clean})
        == case["receipt"]
    )
    assert (bundle["text/html"], bundle["text/plain"]) == (case["html"], case["plain"])


def links_form() -> dict[str, Any]:
    """Return a form that asks for links, none of them twice."""
    link = {"type": "text", "name": "link", "label": "Link", "appearance": "url", "unique": True}
    rows = {"type": "repeat", "name": "rows", "label": "Rows", "row": "Row", "min": 0, "max": 9}
    return {"form": "links", "fields": [{**rows, "fields": [link]}]}


@pytest.mark.parametrize("pair", VECTORS["links"], ids=lambda p: p["one"])
def test_a_link_that_stands_above_already_is_told(pair: dict[str, Any]) -> None:
    """C09: the same link in another row, however it was copied; as form.js says it too."""
    answers = {"rows": [{"link": pair["one"]}, {}, {"link": pair["other"]}]}
    gaps = [(gap.path, gap.message) for gap in progress(links_form(), answers).gaps]
    told = [("rows.2.link", "The same link as in number 1 above.")]
    assert gaps == (told if pair["same"] else [])


def test_changing_one_letter_changes_the_receipt() -> None:
    """C26: over a long answer, letter by letter."""
    text = "The law on higher education does not name them. ქართული عربي"
    first = receipt({"country": "GE", "instance": "x", "answers": {"a": text}})
    for i in range(len(text)):
        answers = {"a": text[:i] + "#" + text[i + 1 :]}
        assert receipt({"country": "GE", "instance": "x", "answers": answers}) != first


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([], "the answers are a list"),
        ("text", "the answers are text"),
        ({"title": 5}, "'title' is a number, not text"),
        ({"title": ["x"]}, "'title' is a list, not text"),
        ({"title": True}, "'title' is true, not text"),
        ({"uses": "maybe"}, "'maybe' is not a choice of the question 'uses'"),
        ({"kinds": "a"}, "'kinds' is text, not a list of choices"),
        ({"kinds": ["a", 5]}, "'kinds' is a list, not a list of choices"),
        ({"kinds": ["z"]}, "'z' is not a choice"),
        ({"rows": {"name": "x"}}, "'rows' is a block, not a list of rows"),
        ({"rows": ["x"]}, "'rows' is a list, not a list of rows"),
        ({"rows": [{"size": [1]}]}, "'rows.0.size' is a list, not a number"),
        ({"rows": [{"name": "x"}] * 51}, "'rows' has 51 rows; 50 is the limit"),
        ({"title": "x" * 50_001}, "has 50,001 characters"),
    ],
)
def test_an_answer_of_the_wrong_kind_is_told_with_its_question(answers: Any, words: str) -> None:
    with pytest.raises(AnswersError, match=r".*") as error:
        check_types(FORM, answers)
    assert words in str(error.value)


def test_an_answer_to_a_question_that_is_gone_is_kept() -> None:
    assert check_types(FORM, {"gone": {"deep": [1]}}) == {"gone": {"deep": [1]}}


def test_cleaning_twice_changes_nothing() -> None:
    for case in VECTORS["answers"]:
        once = check_types(FORM, case["answers"])
        assert check_types(FORM, copy.deepcopy(once)) == once


_TEXTS = st.text(max_size=20)
_VALUES = st.one_of(
    _TEXTS,
    st.integers(-5, 99),
    st.booleans(),
    st.lists(st.sampled_from(["a", "b", "z"]) | st.integers(), max_size=3),
    st.lists(st.dictionaries(st.sampled_from(["name", "size", "more"]), _TEXTS), max_size=3),
)


@given(st.dictionaries(st.sampled_from([f["name"] for f in questions(FORM["fields"])]), _VALUES))
def test_the_json_schema_says_what_the_check_says(answers: dict[str, Any]) -> None:
    """Anybody can check answers with their own tools."""
    schema = answers_schema(FORM)
    jsonschema.Draft202012Validator.check_schema(schema)
    given_answers = {k: v for k, v in answers.items() if not is_blank(v)}
    try:
        check_types(FORM, given_answers)
        fine = True
    except AnswersError:
        fine = False
    rows = given_answers.get("rows")
    if isinstance(rows, list) and any(
        is_blank(v) for r in rows if isinstance(r, dict) for v in r.values()
    ):
        return  # the check leaves blanks out first, a schema cannot
    assert jsonschema.Draft202012Validator(schema).is_valid(given_answers) == fine


def test_the_real_forms_give_valid_schemas(kit: Any) -> None:
    for form in kit.forms.values():
        jsonschema.Draft202012Validator.check_schema(answers_schema(form))
