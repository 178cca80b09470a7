"""Do totals, response and slices say what people answered, and to each reader no more?"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from seminarkit.core.documents.html import html
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import DelegationRule
from seminarkit.core.store.submission import Submission
from seminarkit.reports.dossiers import build_dossiers
from seminarkit.reports.read_dossier import read_dossier
from seminarkit.topics.survey.counting import answered_question, closed_questions, respondents
from seminarkit.topics.survey.group_totals import group_slices
from seminarkit.topics.survey.view import by, heading, numbers, response, totals

ANSWERS = {
    "knowledge": "read",
    "interest": ["quality", "degrees"],
    "need": "agree",
    "degree_threat": "partly",
    "trust": "agree",
    "day2_group": "national",
    "expectation": "To weigh one. [sample]",
}


def sent(person: str, *, complete: bool = True, **answers: Any) -> Submission:
    return Submission(
        form="pre_survey",
        subject="",
        form_version="1",
        instance=person,
        rev=1,
        saved_at="2020-11-10T10:00:00Z",
        country=person[:2],
        person=person,
        answers={**ANSWERS, **answers},
        answered=7 if complete else 3,
        total=7,
        complete=complete,
        receipt="XX-0000",
        arrival=1,
        part="",
    )


def everybody(folder: SeminarFolder) -> list[Submission]:
    """All nominated people, with answers that differ."""
    people = [p.id for each in folder.seminar.delegations.values() for p in each]
    knowledge = ("new", "heard", "read", "worked")
    return [
        sent(p, knowledge=knowledge[i % 4], trust="disagree" if i % 9 == 0 else "agree")
        for i, p in enumerate(people)
    ]


def dossiers(folder: SeminarFolder, given: Sequence[Submission]) -> dict[str, Any]:
    paths = build_dossiers(folder, given)
    return {a: read_dossier(str(paths[a, "survey"])) for a in ("core", "public")}


def page(dossier: Any) -> str:
    pieces = [heading(dossier), totals(dossier, "All"), by(dossier, "Regions", "region")]
    pieces += [by(dossier, "Profiles", "profile"), numbers(dossier, "Numbers")]
    return "".join(html(each) for each in [*pieces, response(dossier, "Response")])


Full = tuple[SeminarFolder, list[Submission], dict[str, Any]]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Full:
    """A seminar whose nominated people have all answered, and its dossiers; to be read only."""
    root = tmp_path_factory.mktemp("survey")
    shutil.copy(KIT / "seminar.yml", root)
    folder = SeminarFolder(root)
    given = everybody(folder)
    return folder, given, dossiers(folder, given)


def test_before_anybody_answered_the_page_says_so(folder: SeminarFolder) -> None:
    """V01: no chart, no table of nothing."""
    for dossier in dossiers(folder, []).values():
        assert "There are no answers yet." in page(dossier)
        assert "<figure" not in page(dossier)


def test_a_few_answers_are_not_told_at_all(folder: SeminarFolder) -> None:
    """V02: below ten answers there are no numbers, and it is said from when on there are."""
    found = dossiers(folder, everybody(folder)[:9])
    for dossier in found.values():
        assert dossier["questions"] == []
        assert "9 of 78 core participants have answered." in page(dossier)
        assert "Numbers are shown when at least 10 people have answered" in page(dossier)


def test_totals_are_of_all_complete_answers(folder: SeminarFolder) -> None:
    """V01: a draft is no answer; somebody who is not nominated (any more) does not count."""
    given = everybody(folder)
    drafts = [sent(s.person, complete=False) for s in given[:2]]
    stranger = sent("GE-9")
    dossier = dossiers(folder, [*drafts, *given[2:], stranger])["core"]
    assert dossier["answered"] == len(given) - 2
    need = next(q for q in dossier["questions"] if q["name"] == "knowledge")
    count = sum(s.answers["knowledge"] == "worked" for s in given[2:])
    told = need["counts"]["all"]["worked"]
    assert told["least"] <= count <= (told["most"] or count)
    assert "Two drafts are not counted." in page(dossier)


@pytest.mark.parametrize("size", [2, 3, 5])
def test_the_response_is_told_of_each_country(folder: SeminarFolder, size: int) -> None:
    """V03: answered of expected, whatever a delegation's size; drafts are told as drafts."""
    rule = DelegationRule(size=size, must_include="neo")
    folder.__dict__["seminar"] = folder.seminar.model_copy(update={"delegation": rule})
    given = [sent("GE-1"), sent("GE-2"), sent("AM-1"), sent("AM-2", complete=False)]
    dossier = dossiers(folder, given)["core"]
    rows = {row["code"]: row for row in dossier["response"]}
    assert [rows["GE"][key] for key in ("answered", "expected", "drafts")] == [2, size, 0]
    assert [rows["AM"][key] for key in ("answered", "expected", "drafts")] == [1, size, 1]
    assert [rows["LY"][key] for key in ("answered", "expected", "drafts")] == [0, size, 0]
    assert f"2 of {size}" in page(dossier)


def test_the_public_sees_totals_over_all_countries_alone(full: Full) -> None:
    """V02, O25: as the form promises; its numbers are the very ones that core participants see."""
    folder, _, found = full
    core, public = found["core"], found["public"]
    assert [group["key"] for group in public["groups"]] == ["all"]
    assert {key for q in public["questions"] for key in q["counts"]} == {"all"}
    assert public.get("response") is None
    assert {g["by"] for g in core["groups"]} == {"all", "region", "profile"}
    for ours, theirs in zip(core["questions"], public["questions"], strict=True):
        assert ours["counts"]["all"] == theirs["counts"]["all"]
    promise = folder.forms["pre_survey"]["read_by"]
    assert "Everybody sees totals over all countries, core participants also by region" in promise
    assert "Small numbers are hidden, because they could show" in promise


def test_a_dossier_holds_no_word_and_no_count_besides(full: Full) -> None:
    """V02: what is hidden is not in the file either, and what people wrote is not at all."""
    for dossier in full[2].values():
        assert "To weigh one" not in json.dumps(dossier.data)
        for question in dossier["questions"]:
            for cells in question["counts"].values():
                assert {k for c in cells.values() for k in c} == {"least", "most", "words", "short"}


def test_a_chair_sees_the_group_whole(full: Full) -> None:
    """V05: counts beside the published totals, and open answers with names."""
    folder, given, _ = full
    people = [s.person for s in given[::4]]
    chair = group_slices(folder, given, {"A": people, "B": []})["A"]
    by_person = respondents(folder.seminar, given, "pre_survey")
    for field, told in zip(closed_questions(folder, "pre_survey"), chair["questions"], strict=True):
        question = answered_question(field, by_person)
        for choice in question.choices:
            count = question.count(frozenset(people), choice)
            assert told["here"][choice]["words"] == str(count)
    assert (chair["people"], chair["answered"]) == (len(people), len(people))
    assert chair["words"][-1]["answers"][0]["by"].endswith("Albania")


def test_every_number_of_a_chart_is_one_of_the_table(demo: SeminarFolder) -> None:
    """V01: pictures, their words and the tables come from the same cells."""
    dossier = read_dossier(str(Path(demo.dossiers) / "core" / "survey.json"))
    shown = (demo.site("core") / "survey.html").read_text("utf-8")
    assert len(dossier["questions"]) == 6
    for question in dossier["questions"]:
        told = "; ".join(
            f"{label}: {question['counts']['all'][name]['words']}"
            for name, label in question["choices"]
        )
        assert told.replace('"', "&quot;") in shown
