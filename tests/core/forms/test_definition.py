"""Is a form that an organiser writes checked line by line, and compiled to plain JSON?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from seminarkit.core.errors import FileError
from seminarkit.core.forms.definition import Offered, read_form
from seminarkit.core.seminar.folder import SeminarFolder

GOOD = """\
form: trial
version: "1"
title: A trial
read_by: Nobody.
choices:
  yes_no:
    - {name: yes, label: Yes}
    - {name: no, label: No}
fields:
  - type: select_one
    name: uses
    label: In use?
    choices: yes_no
    required: true
  - type: text
    name: why
    label: Why?
    relevant: ${uses} = 'no'
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "trial.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_form_compiles_to_json_with_its_expressions_as_trees(tmp_path: Path) -> None:
    form = read_form(write(tmp_path, GOOD), Offered({}, {}, {}))
    assert json.loads(json.dumps(form)) == form
    assert form["fields"][0]["choices"] == [["yes", "Yes"], ["no", "No"]]
    assert form["fields"][1]["relevant"] == ["=", ["ref", "uses"], "no"]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("${uses}", "${use}", 18, "${use} is not a question of this form. Did you mean 'uses'?"),
        (
            "choices: yes_no",
            "choices: yes_on",
            13,
            "no choice list 'yes_on'. Did you mean 'yes_no'?",
        ),
        (
            "relevant:",
            "relevent:",
            18,
            "question 'why' has an unknown key 'relevent'. Did you mean 'relevant'?",
        ),
        ("type: text", "type: txt", 15, "question 'why': 'type' is 'txt'; write one of 'text'"),
        ("    name: why\n", "", 15, "question number 2 has no name"),
        ("name: why", "name: uses", 16, "the name 'uses' is used twice"),
        ("= 'no'", "== 'no'", 18, "before '='"),
        ("read_by: Nobody.", "audience: everybody", 4, "'audience' is 'everybody'; write one of"),
        ("form: trial", "form: other", 1, "the form 'other' must be in other.yml"),
        ("title: A trial", "title: A trial\ntitle: Twice", 4, "'title' is written twice"),
        ("    name: why", "\tname: why", 16, "a tab; indent with spaces"),
        ("label: Why?", "label: Why: so?", 17, "put the text in quotes"),
        ("relevant:", "unique: true\n    hint:", 18, "only a link in a repeat can be unique"),
        ('"1"', "first", 2, "'version' is 'first'"),
        ("type: text", "type: text\n    fields: [{type: text, name: more, label: More}]", 15, "'why' contains questions: write 'type: group' or 'type: repeat'"),
        ("read_by: Nobody.", "consent: {question: use, answer: yes}", 4, "'use' is not a question of this form. Did you mean 'uses'?"),
        ("read_by: Nobody.", "consent: {question: uses, answer: yes, shows: [whi]}", 4, "'whi' is not a question of this form. Did you mean 'why'?"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_with_line_and_cure(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    """O01: an organiser changes a question, and is told where it is wrong."""
    assert old in GOOD
    with pytest.raises(FileError) as error:
        read_form(write(tmp_path, GOOD.replace(old, new, 1)), Offered({}, {}, {}))
    assert f"trial.yml line {line}: " in str(error.value)
    assert words in str(error.value)


@pytest.mark.parametrize("kind", ["note", "group"])
def test_what_holds_no_answer_is_not_published(tmp_path: Path, kind: str) -> None:
    """O01 P15: consent asks a question and shows questions, not what stands around them."""
    inside = "\n    fields: [{type: text, name: more, label: More}]" * (kind == "group")
    part = f"fields:\n  - type: {kind}\n    name: part\n    label: A part{inside}\n"
    for consent in ("question: part", "question: uses, shows: [part]"):
        text = f"{GOOD.replace('fields:', part)}consent: {{{consent}, answer: yes}}\n"
        with pytest.raises(FileError, match="'part' is not a question of this form"):
            read_form(write(tmp_path, text), Offered({}, {}, {}))


def test_the_country_report_has_the_parts_of_the_event(kit: SeminarFolder) -> None:
    """C07 C08: three parts; institutions and legislation apart; five closed questions alike."""
    report = kit.forms["country_report"]
    parts = [field["name"] for field in report["fields"]]
    assert parts == ["part_known", "part_examples", "part_assurance", "part_outlook"]
    names = {f["name"] for f in _all(report["fields"])}
    assert {"institutions", "legislation", "evaluated", "accredited", "recognised"} <= names
    assert {"opportunity", "obstacle", "example_link"} <= names
    closed = [f for f in _all(report["fields"]) if f["name"].startswith("has_")]
    assert len(closed) == 5
    assert all(f["choices"] == closed[0]["choices"] for f in closed)


def test_a_question_is_tied_to_a_case_or_a_session(kit: SeminarFolder) -> None:
    """C14: two or three, each about one of the five cases or a session that people come to."""
    (repeat,) = kit.forms["questions"]["fields"]
    assert (repeat["min"], repeat["max"]) == (2, 3)
    about = [name for name, _ in repeat["fields"][0]["choices"]]
    assert about[:5] == sorted(kit.cases)
    assert "d2-group-1" not in about
    assert "d2-groups" in about
    assert "d1-lunch" not in about


def _all(fields: list[dict]) -> list[dict]:
    return [f for field in fields for f in (field, *_all(field.get("fields", [])))]
