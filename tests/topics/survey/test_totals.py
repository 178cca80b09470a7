"""Are totals those of the forms that declare them, for those whom they declare?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seminarkit.cli.issue_lines import issue_line
from seminarkit.core.documents.html import html
from seminarkit.core.errors import FileError
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.dossier import Dossier
from seminarkit.reports.dossiers import build_dossiers
from seminarkit.topics.survey.disclosure import issue_dates as issuing
from seminarkit.topics.survey.facts import all_surveys
from seminarkit.topics.survey.totals import all_totals
from seminarkit.topics.survey.view import by, heading, numbers, response, totals


def checked(person: str, level: int, subject: str = "before") -> Submission:
    answers = {f"outcome_{i}": str((level + i) % 4 + 1) for i in range(1, 7)}
    return Submission(
        form="learning_check",
        subject=subject,
        form_version="1",
        instance=f"{person}-{subject}",
        rev=1,
        saved_at="2020-11-10T10:00:00Z",
        country=person[:2],
        person=person,
        answers=answers,
        answered=6,
        total=7,
        complete=True,
        receipt="XX-0000",
        arrival=1,
        part="",
    )


def people(folder: SeminarFolder) -> list[str]:
    return [p.id for each in folder.seminar.delegations.values() for p in each]


def test_the_self_checks_totals_are_for_core_participants_over_all_countries(
    folder: SeminarFolder,
) -> None:
    """C20 P01 O25: six outcomes before and after; no region, no profile, nothing public."""
    given = [checked(p, i % 3) for i, p in enumerate(people(folder)[:30])]
    given += [checked(p, 3, "after") for p in people(folder)[:12]]
    dossiers = all_surveys(folder, given)
    assert ("public", "totals-learning_check") not in dossiers
    data = dossiers["core", "totals-learning_check"]
    assert {(g["key"], g["by"], g["answered"]) for g in data["groups"]} == {
        ("before", "part", 30),
        ("after", "part", 12),
    }
    dossier = Dossier(data)
    assert len(data["questions"]) == 6
    assert all(set(q["counts"]) == {"before", "after"} for q in data["questions"])
    parts: list[Any] = [heading(dossier), totals(dossier, "All"), by(dossier, "R", "region")]
    shown = "".join(html(p) for p in [*parts, numbers(dossier, "N"), response(dossier, "W")])
    assert "Before the seminar: As of 10 November 2020, 30 of 78" in shown
    assert "After the seminar: As of 10 November 2020, 12 of 78" in shown
    for i in range(1, 5):
        count = sum(s.answers["outcome_1"] == str(i) for s in given if s.subject == "before")
        cell = data["questions"][0]["counts"]["before"][str(i)]
        assert cell["least"] <= count <= (30 if cell["most"] is None else cell["most"])


def test_a_survey_of_another_name_has_totals(folder: SeminarFolder) -> None:
    """P01: it is known by what its form declares, not by its name; who declares none has none."""
    forms = folder.root / "templates" / "forms"
    forms.mkdir(parents=True)
    for path in (KIT / "templates" / "forms").glob("*.yml"):
        text = path.read_text("utf-8").replace("form: learning_check", "form: feedback")
        name = path.name.replace("learning_check", "feedback")
        (forms / name).write_text(text.replace("totals: core\n", "totals: public\n"))
    seminar = folder.root / "seminar.yml"
    seminar.write_text(seminar.read_text("utf-8").replace("form: learning_check", "form: feedback"))
    found = {each.form: each for each in all_totals(folder)}
    assert found["pre_survey"].subject == "survey"
    assert found["feedback"].subject == "totals-feedback" and found["feedback"].may_see("public")
    made = build_dossiers(folder, [])
    assert ("public", "totals-feedback") in made
    text = (forms / "feedback.yml").read_text("utf-8").replace("totals: public\n", "")
    (forms / "feedback.yml").write_text(text)
    build_dossiers(SeminarFolder(folder.root), [])
    assert not made["public", "totals-feedback"].exists(), "what is not summed up any more is gone"


def test_an_earlier_survey_keeps_its_totals(folder: SeminarFolder) -> None:
    """P01: a form pre_survey for organisers, made before forms could declare totals."""
    path = _own_form(folder, "pre_survey")
    text = path.read_text("utf-8").replace("totals: public\n", "")
    path.write_text(text.replace("totals_by: [region, profile]\n", ""))
    (survey,) = (each for each in all_totals(folder) if each.form == "pre_survey")
    assert (survey.subject, survey.readers, survey.by) == (
        "survey",
        "public",
        ("region", "profile"),
    )


def test_totals_by_without_totals_is_a_mistake(folder: SeminarFolder) -> None:
    """P01"""
    path = _own_form(folder, "pre_survey")
    path.write_text(path.read_text("utf-8").replace("totals: public\n", ""))
    with pytest.raises(FileError, match="'totals_by' needs 'totals: core' or 'totals: public'"):
        _ = folder.forms


@pytest.mark.parametrize(
    ("came", "more", "stays"),
    [(0, 10, 20), (1, 9, 20), (9, 1, 20), (10, 10, 30)],
)
def test_numbers_wait_for_ten_more(
    folder: SeminarFolder, monkeypatch: pytest.MonkeyPatch, came: int, more: int, stays: int
) -> None:
    """V02 P11: and it is said how many are wanting."""
    monkeypatch.setattr(issuing, "now", lambda: "2020-11-12T10:00:00Z")
    who = people(folder)
    all_surveys(folder, [checked(p, 1) for p in who[:20]])
    data = all_surveys(folder, [checked(p, 1) for p in who[: 20 + came]])
    (part, _) = data["core", "totals-learning_check"]["numbers"]
    assert (part["answered"], part["more"], part["so_far"]) == (stays, more, 20 + came)
    line = issue_line("Self-check", part)
    if came in (1, 9):
        have = "1 answer is" if came == 1 else "9 answers are"
        assert f"those of 10 November 2020 (20 answers). {have} new or changed since then" in line
        assert f"with {more} more, or after 25 November 2020 if there are 5 by then." in line


@pytest.mark.parametrize(("came", "answered"), [(4, 20), (5, 25)])
def test_after_the_deadline_five_are_enough_once(
    folder: SeminarFolder, monkeypatch: pytest.MonkeyPatch, came: int, answered: int
) -> None:
    """V02 P11: fewer wait all the same, and the next five after that wait for five more."""
    who = people(folder)
    monkeypatch.setattr(issuing, "now", lambda: "2020-11-12T10:00:00Z")
    all_surveys(folder, [checked(p, 1) for p in who[:20]])
    monkeypatch.setattr(issuing, "now", lambda: "2020-11-26T10:00:00Z")
    data = all_surveys(folder, [checked(p, 1) for p in who[: 20 + came]])
    assert data["core", "totals-learning_check"]["numbers"][0]["answered"] == answered
    data = all_surveys(folder, [checked(p, 1) for p in who[:30]])
    later = data["core", "totals-learning_check"]["numbers"][0]["answered"]
    assert later == (30 if answered == 20 else 25)


def test_a_changed_answer_is_a_change_and_a_changed_word_is_none(folder: SeminarFolder) -> None:
    """V02: what counts is what people picked."""
    given = [checked(p, 1) for p in people(folder)[:20]]
    all_surveys(folder, given)
    remark = [replace(given[0], answers={**given[0].answers, "outcome_remark": "Thanks."})]
    changed = [replace(given[1], answers={**given[1].answers, "outcome_1": "4"})]
    # the former versions are not in a store here, so each who sent another is new to the log
    data = all_surveys(folder, [*given, *remark, *changed])
    assert data["core", "totals-learning_check"]["numbers"][0]["changed"] == 1


def _own_form(folder: SeminarFolder, name: str) -> Path:
    forms = folder.root / "templates" / "forms"
    forms.mkdir(parents=True)
    for path in (KIT / "templates" / "forms").glob("*.yml"):
        (forms / path.name).write_bytes(path.read_bytes())
    return forms / f"{name}.yml"
