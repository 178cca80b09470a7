"""Is a new kind of question one entry of the registry, from its YAML to Word and back?"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from word_tools import edited

from seminarkit.core.errors import FileError
from seminarkit.core.forms.answers import check_types, progress
from seminarkit.core.forms.answers_schema import answers_schema
from seminarkit.core.forms.bundle import mime_bundle, payload, personal_form
from seminarkit.core.forms.definition import Offered, read_form
from seminarkit.core.forms.plain_text_form import plain_form
from seminarkit.core.forms.question_kinds import (
    KINDS,
    TEXT,
    AnswersError,
    Kind,
    Schema,
    text_answer,
)
from seminarkit.core.forms.shapes import QuestionField
from seminarkit.topics.intake.containers import Allowance
from seminarkit.topics.intake.payload import Expected, read_payload
from seminarkit.topics.intake.word.read_word import read_document
from seminarkit.topics.packs.word_form_writer import form_document

FORM = """\
form: trial
version: "1"
title: A trial
fields:
  - type: date
    name: begins
    label: When does it begin?
    required: true
  - type: repeat
    name: others
    label: Other days
    fields:
      - {type: date, name: day, label: Which day?}
"""


def _read(words: str) -> str | None:
    """Return a day as ISO 8601 has it, from that or from 30.11.2020."""
    day, month, year = [*re.findall(r"\d+", words), "", "", ""][:3]
    text = words if "-" in words else f"{year}-{month:>02}-{day:>02}"
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _schema(field: QuestionField) -> Schema:
    return {"anyOf": [{"type": "string", "format": "date"}, TEXT]}


DATE = Kind(
    "date",
    text_answer,
    _schema,
    hint="Write the day as 2020-11-30.",
    fault=lambda value: "" if _read(str(value)) == value else "Write a day, such as 2020-11-30.",
    read=_read,
    not_read="which is no day",
)


@pytest.fixture
def form(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """The form, with the kind ``date`` in the registry."""
    monkeypatch.setitem(KINDS, "date", DATE)
    return _compiled(tmp_path)


def _compiled(tmp_path: Path) -> Any:
    path = tmp_path / "trial.yml"
    path.write_text(FORM, "utf-8")
    return read_form(path, Offered({}, {}, {}))


@pytest.fixture
def personal(form: Any) -> Any:
    author = {"id": "GE-2", "name": "Participant 2", "role": "core participant"}
    return personal_form(
        form, seminar="s", country="GE", author=author, header=[], file_name="trial"
    )


def test_a_kind_that_is_not_registered_is_told_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"'type' is 'date'; write one of 'text', 'integer'"):
        _compiled(tmp_path)


def test_it_is_checked_and_described(form: Any) -> None:
    answers = {"begins": "2020-11-30", "others": [{"day": "2020-12-01"}]}
    assert check_types(form, answers) == answers
    assert progress(form, answers).complete
    (gap,) = progress(form, {"begins": "soon"}).gaps
    assert (gap.path, gap.message) == ("begins", "Write a day, such as 2020-11-30.")
    with pytest.raises(AnswersError, match="'begins' is a number, not text"):
        check_types(form, {"begins": 2020})
    schema = answers_schema(form)
    jsonschema.validate(answers, schema)
    rows: Any = schema["properties"]
    assert rows["others"]["items"]["properties"]["day"]["anyOf"][0]["format"] == "date"


@pytest.mark.parametrize(
    ("words", "answer", "remark"),
    [
        ("2020-11-30", "2020-11-30", ""),
        ("30.11.2020", "2020-11-30", ""),
        (
            "soon",
            "soon",
            "Attention, look into the file: In 'When does it begin?' there is 'soon', which is no "
            "day.",
        ),
    ],
)
def test_it_goes_to_word_and_comes_back(
    personal: Any, form: Any, words: str, answer: str, remark: str
) -> None:
    data = form_document(personal, payload(personal, {"begins": "WHEN"}, 1))
    data = edited(data, lambda xml: xml.replace("WHEN", words))
    asked = {personal["instance"]: "trial"}
    expected = Expected("s", {"trial": form}, {"GE-2": "GE"}, asked, {}, [])
    found = read_document(data, expected, Allowance())
    assert read_payload(found.payload, expected).answers == {"begins": answer}
    assert found.remark == remark
    assert b"Write the day as 2020-11-30." in _document(data)


def _document(data: bytes) -> bytes:
    texts: list[str] = []
    edited(data, lambda xml: texts.append(xml) or xml)
    return texts[0].encode()


def test_it_is_shown_as_text_and_as_a_page(personal: Any) -> None:
    bundle = mime_bundle(personal, payload(personal, {"begins": "2020-11-30"}, 1))
    assert '<blockquote dir="auto">2020-11-30</blockquote>' in str(bundle["text/html"])
    assert "When does it begin?: 2020-11-30" in str(bundle["text/plain"])
    assert json.loads(json.dumps(bundle)) == bundle
    assert "When does it begin?\n(whatever else you scribbled)" in plain_form(personal)
