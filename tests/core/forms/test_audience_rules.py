"""The rule of who reads what: audiences within audiences, fields within forms."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from seminarkit.cli.main import seminar
from seminarkit.core.errors import FileError
from seminarkit.core.forms.audiences import READERS, is_within, readable_answers
from seminarkit.core.forms.definition import Offered, read_form
from seminarkit.core.forms.shapes import Audience
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder

AUDIENCES: tuple[Audience, ...] = get_args(Audience)
FORM = """form: trial
version: "1"
title: A trial
audience: {audience}
fields:
  - type: select_one
    name: first
    label: First?
    choices: yes_no
    {first}
  - type: text
    name: second
    label: Second?
    {second}
choices:
  yes_no: [{{name: "yes", label: "Yes"}}, {{name: "no", label: "No"}}]
"""


def compiled(tmp_path: Path, audience: str, first: str = "", second: str = "") -> dict[str, Any]:
    path = tmp_path / "trial.yml"
    path.write_text(FORM.format(audience=audience, first=first, second=second), "utf-8")
    return read_form(path, Offered({}, {}, {}))


def test_whoever_reads_less_is_within_whoever_reads_more() -> None:
    """P01: organisers read everything, everybody what is public, and no two audiences are one."""
    for audience in AUDIENCES:
        assert is_within("organisers", audience) and is_within(audience, "public")
        assert audience in READERS[audience]
    assert len({READERS[audience] for audience in AUDIENCES}) == len(AUDIENCES)
    assert not is_within("delegation", "group") and not is_within("chairs", "delegation")


@pytest.mark.parametrize("form", AUDIENCES)
@pytest.mark.parametrize("field", AUDIENCES)
def test_a_question_has_never_more_readers_than_its_form(
    tmp_path: Path, form: Audience, field: Audience
) -> None:
    """P01: a wider one is a mistake with its line, as its writer would be promised too little."""
    if is_within(field, form):
        made = compiled(tmp_path, form, second=f"audience: {field}")
        assert made["fields"][1].get("audience", form) == field
    else:
        with pytest.raises(FileError, match=r"trial.yml line 14: 'second' is for"):
            compiled(tmp_path, form, second=f"audience: {field}")


def test_a_question_does_not_tell_what_another_one_hides(tmp_path: Path) -> None:
    """P01: whoever reads the second answer knows that the first was yes."""
    asked = "relevant: ${first} = 'yes'"
    with pytest.raises(FileError, match="also learn the answer to"):
        compiled(tmp_path, "core", "audience: organisers", asked)
    hidden = f"{asked}\n    audience: organisers"
    assert compiled(tmp_path, "core", "audience: organisers", hidden)


fields = st.recursive(
    st.fixed_dictionaries(
        {"type": st.just("text")},
        optional={"audience": st.sampled_from(AUDIENCES), "private": st.just(True)},
    ),
    lambda inner: st.fixed_dictionaries(
        {"type": st.sampled_from(["group", "repeat"]), "fields": st.lists(inner, max_size=3)},
        optional={"audience": st.sampled_from(AUDIENCES), "private": st.just(True)},
    ),
    max_leaves=8,
)


def valid(items: list[dict[str, Any]], around: Audience, prefix: str = "q") -> list[dict[str, Any]]:
    """Return fields with names of their own, as a form can have them: none wider than around it."""
    made = []
    for i, item in enumerate(items):
        field = {**item, "name": f"{prefix}{i}"}
        if not is_within(field.get("audience", around), around):
            del field["audience"]
        if "fields" in field:
            inner: Audience = field.get("audience", around)
            field["fields"] = valid(field["fields"], inner, f"{field['name']}_")
        made.append(field)
    return made


def answered(items: list[dict[str, Any]]) -> dict[str, Any]:
    """Answer every question with a word of its own."""
    found: dict[str, Any] = {}
    for item in items:
        inner = answered(item.get("fields", []))
        if item["type"] == "group":
            found |= inner
        else:
            found[item["name"]] = [inner] if item["type"] == "repeat" else f"<{item['name']}>"
    return found


def expected(
    items: list[dict[str, Any]], readers: frozenset[Audience], reader: Audience
) -> set[str]:
    """The words that a reader may see: those whose every level is for that reader."""
    words: set[str] = set()
    for item in items:
        own = READERS[item["audience"]] if "audience" in item else readers
        if not item.get("private") and reader in own:
            words |= expected(item.get("fields", []), own, reader)
            words |= {f"<{item['name']}>"} if item["type"] == "text" else set()
    return words


@given(st.lists(fields, max_size=4), st.sampled_from(AUDIENCES), st.sampled_from(AUDIENCES))
def test_a_reader_sees_what_is_for_them_at_every_depth(
    items: list[dict[str, Any]], audience: Audience, reader: Audience
) -> None:
    """P01: groups in groups, rows, private ones; and nothing that the form does not ask."""
    asked = valid(items, audience)
    answers = answered(asked) | {"unknown": "<unknown>"}
    seen = str(readable_answers(asked, answers, audience, reader))
    assert set(re.findall("<[^>]*>", seen)) == expected(asked, READERS[audience], reader)


def test_a_form_of_ones_own_with_a_sentence_goes_on_to_work(tmp_path: Path) -> None:
    """P01: its own words are not shown, as they may promise what the rule does not keep."""
    shutil.copy(KIT / "seminar.yml", tmp_path)
    forms = tmp_path / "templates" / "forms"
    shutil.copytree(KIT / "templates" / "forms", forms)
    path = forms / "questions.yml"
    text = path.read_text("utf-8").replace("audience: core", "audience: core\nread_by: Nobody.")
    path.write_text(text.replace("audience: core", "audience: core\nrooms: [d2-gruops]"), "utf-8")
    assert "Nobody" not in SeminarFolder(tmp_path).forms["questions"]["read_by"]
    shown = CliRunner().invoke(seminar, ["--folder", str(tmp_path), "check"]).output
    assert "'read_by' has no effect. People see 'The organisers, all core" in shown
    assert "'rooms' names 'd2-gruops', which is not a session or group. Did you mean" in shown


def test_a_consent_that_nobody_can_give_is_named(tmp_path: Path) -> None:
    """P01 P15: its answer is no choice of its question, so that nothing would be published."""
    shutil.copy(KIT / "seminar.yml", tmp_path)
    forms = tmp_path / "templates" / "forms"
    shutil.copytree(KIT / "templates" / "forms", forms)
    path = forms / "country_report.yml"
    text = path.read_text("utf-8")
    assert 'answer: "yes"' in text
    path.write_text(text.replace('answer: "yes"', 'answer: "yse"', 1), "utf-8")
    shown = CliRunner().invoke(seminar, ["--folder", str(tmp_path), "check"])
    assert shown.exit_code == 0
    assert "'consent' needs the answer 'yse', which is not a choice of 'publish'" in shown.output
