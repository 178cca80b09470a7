"""Are totals that were shown still one story with new ones when a closed question is renamed?"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.submission import Submission
from seminarkit.topics.survey.disclosure import issue_dates as issuing
from seminarkit.topics.survey.totals import all_totals

FORM = (KIT / "templates/forms/pre_survey.yml").read_text("utf-8")
QUESTION = "knowledge"


def answers(
    folder: SeminarFolder, name: str, sent_as: dict[str, str] | None = None
) -> list[Submission]:
    people = [p.id for some in folder.seminar.delegations.values() for p in some][:12]
    return [
        Submission(
            form="pre_survey",
            subject="",
            form_version="1",
            instance=person,
            rev=1,
            saved_at="2020-11-01T10:00:00Z",
            country=person[:2],
            person=person,
            answers={name: "worked"},
            answered=1,
            total=1,
            complete=True,
            receipt="",
            arrival=1,
            part="",
            sent_as=sent_as or {},
        )
        for person in people
    ]


def standing(folder: SeminarFolder, received: Sequence[Submission]) -> issuing.IssueStatus:
    (totals,) = (each for each in all_totals(folder) if each.form == "pre_survey")
    return issuing.issue_if_due(folder, totals, totals.parts[0], received)


def test_who_is_counted_already_is_not_counted_as_somebody_else(folder: SeminarFolder) -> None:
    """What an issue showed of the old name binds what is shown of the new one."""
    first = standing(folder, answers(folder, QUESTION))
    assert first.issue and QUESTION in first.issue.tables
    own = folder.root / "templates/forms/pre_survey.yml"
    own.parent.mkdir(parents=True)
    own.write_text(FORM.replace(f"name: {QUESTION}", f"name: lately\n    was: {QUESTION}"), "utf-8")
    renamed = SeminarFolder(folder.root)
    again = standing(renamed, answers(renamed, "lately", {"lately": QUESTION}))
    assert again.issue and again.changed == 0
    assert again.issue.salt == first.issue.salt  # no new issue
    assert again.issue.tables["lately"] == first.issue.tables[QUESTION]
    assert again.issue.limits["lately"] == first.issue.limits[QUESTION]


@pytest.mark.parametrize("sent_as", [{}, {"lately": QUESTION}])
def test_a_version_that_was_sent_under_the_new_name_is_another(
    folder: SeminarFolder, sent_as: dict[str, str]
) -> None:
    (one, *_) = answers(folder, "lately", sent_as)
    assert one.sent_answers == ({QUESTION: "worked"} if sent_as else {"lately": "worked"})
