"""Does a question that is renamed keep what came under its old name?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from seminarkit.core.errors import FileError
from seminarkit.core.forms.answer_versions import descends, version_id
from seminarkit.core.forms.bundle import payload, personal_form
from seminarkit.core.forms.definition import Offered, read_form
from seminarkit.core.forms.renamed_questions import (
    carried_over,
    sent_as,
    with_present_names,
    with_sent_names,
)

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))
FORM = """\
form: trial
version: "1"
title: A trial
choices:
  yes_no:
    - {name: yes, label: Yes}
    - {name: no, label: No}
fields:
  - type: select_one
    name: uses
    was: used
    label: In use?
    choices: yes_no
  - type: text
    name: why
    was: [reason, because]
    label: Why?
  - type: repeat
    name: rows
    was: lines
    label: Rows
    fields:
      - type: text
        name: words
        label: Words
      - {type: note, name: thanks, label: Thank you}
"""


def compiled(tmp_path: Path, text: str = FORM) -> Any:
    path = tmp_path / "trial.yml"
    path.write_text(text, encoding="utf-8")
    return read_form(path, Offered({}, {}, {}))


@pytest.mark.parametrize("case", VECTORS["renamed"], ids=lambda c: c["case"])
def test_python_gives_answers_the_names_that_the_shared_vectors_have(case: dict[str, Any]) -> None:
    """As form.js does; and they are found again under the names that they were sent under."""
    names = {name: "text" for row in (case["now"], *_rows(case["now"])) for name in row}
    fields = [_field(name, case["now"]) for name in names]
    form: Any = {"form": "sample", "version": "1", "fields": fields, "was": case["was"]}
    now = with_present_names(form, case["answers"])
    assert now == case["now"]
    if len(case["answers"]) == len(now):
        sent = sent_as(form, case["answers"])
        assert with_sent_names(now, sent).keys() == case["answers"].keys()


def _rows(answers: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for value in answers.values() for row in value if isinstance(row, dict)]


def _field(name: str, answers: dict[str, Any]) -> dict[str, Any]:
    value = answers.get(name)
    field: dict[str, Any] = {"type": "text", "name": name, "label": name}
    if isinstance(value, list) and isinstance(value[0], dict):
        inner = [_field(cell, row) for row in value for cell in row]
        return {**field, "type": "repeat", "row": "Row", "min": 0, "max": 9, "fields": inner}
    if isinstance(value, list):
        return {**field, "type": "select_multiple", "choices": [[each, each] for each in value]}
    return {**field, "type": "integer"} if isinstance(value, int) else field


def test_a_form_leads_from_the_names_that_were_to_those_that_are(tmp_path: Path) -> None:
    was = {"used": "uses", "reason": "why", "because": "why", "lines": "rows"}
    assert compiled(tmp_path)["was"] == was


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("was: used", "was: why", 11, "'why' is a question of this form"),
        ("was: lines", "was: because", 20, "'because' is written twice, also at 'why'"),
        ("name: thanks,", "name: thanks, was: ta,", 26, "'thanks' asks nothing"),
        ("was: used", "was: Used!", 11, "use small letters"),
    ],
)
def test_an_old_name_that_cannot_be_one_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    with pytest.raises(FileError) as error:
        compiled(tmp_path, FORM.replace(old, new))
    assert f"line {line}" in str(error.value) and words in str(error.value)


def test_what_does_not_fit_the_question_of_now_stays_under_its_old_name(tmp_path: Path) -> None:
    answers = {"used": "sometimes", "reason": "It is new."}
    now = with_present_names(compiled(tmp_path), answers)
    assert now == {"used": "sometimes", "why": "It is new."}


def test_a_version_that_is_gone_on_with_descends_from_the_one_that_was_sent(tmp_path: Path) -> None:
    form = personal_form(compiled(tmp_path), **VECTORS["personal"], header=[], file_name="x")
    sent: Any = {**payload(form, {"reason": "x"}, 3, "2020-11-01T10:00:00Z"), "salt": "ab"}
    carried = carried_over(form, sent)
    assert carried["answers"] == {"why": "x"} and sent["answers"] == {"reason": "x"}
    assert descends(carried, sent) and version_id(carried) != version_id(sent)
    assert carried_over(form, carried) is carried
