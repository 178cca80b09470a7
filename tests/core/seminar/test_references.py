"""Is each name in seminar.yml and in the forms that leads nowhere found, with line and near match?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from checked_tools import fresh
from in_process import seminar

from seminarkit.core.seminar.folder import SeminarFolder

SEMINAR = "seminar.yml"


@pytest.fixture
def small(tmp_path: Path) -> SeminarFolder:
    """The small seminar, in which nothing must be mended."""
    return fresh(tmp_path / "small")


def changed(root: Path, file: str, old: str, new: str) -> int:
    """Write one place of a file otherwise; return its line."""
    path = root / file
    text = path.read_text("utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def findings(root: Path, code: int) -> list[dict[str, str]]:
    found = json.loads(seminar(root, "check", "--json", code=code).stdout)["findings"]
    assert isinstance(found, list)
    return found


# the line is that of the change, or so many below it
MUST = [
    (SEMINAR, "comes: registration.round_1", "comes: registration.round_9", 0, "the form 'registration' has no question 'round_9'. Did you mean 'round_"),
    (SEMINAR, "comes: registration.round_1", "comes: registratoin.round_1", 0, ""),
    (SEMINAR, "comes: registration.round_1", "comes: registration", 0, "write it as form.question"),
    (SEMINAR, "comes: registration.round_1", "comes: registration.registration_note", 0, "its type must be select_one"),
    (SEMINAR, "comes: registration.round_1", "comes: registration.first_case", 0, "has no choice named 'yes'"),
    (SEMINAR, "wishes: [pre_survey.day2_group]", "wishes: [pre_survey.day2_gruop]", 0, "Did you mean 'day2_group'?"),
    (SEMINAR, "comes: registration.day_2, ", "", 0, "comes: names no answer"),
    (SEMINAR, "wished_as: national", "wished_as: natoinal", 0, "'natoinal' is not one of the choices that people can wish for. Did you mean 'national'?"),
    (SEMINAR, "sessions: [d1-groups]", "sessions: [d1-group]", 0, "the session 'd1-group' is not in sessions: Did you mean 'd1-groups'?"),
    (SEMINAR, "sessions: [d1-groups]", "sessions: [d1-keynote]", 0, "has no seats:, so it has no groups"),
    (SEMINAR, "per: chair\n    sessions: [d1-groups]\n", "per: chair\n", 0, "a chair fills it in per group; write sessions:"),
    (SEMINAR, "needed: 1", "needed: 3", 0, "needed: is 3, but the number of subjects is 2."),
    (SEMINAR, "subject_names: {national:", "subject_names: {natoinal:", 0, ""),
    (SEMINAR, "per: delegation\n    joint", "per: person\n    joint", 1, "only a form per delegation can be joint"),
    (SEMINAR, "form: questions", "form: group_notes", 0, ""),
    (SEMINAR, "must_include: neo", "must_include: student", 0, "the profile 'student' is not one of this seminar."),
    (SEMINAR, "profiles: [policy, neo]", "profiles: [polcy, neo]", 0, "Did you mean 'policy'?"),
    (SEMINAR, "profile: institution", "profile: student", 0, "the profile 'student' is not one of this seminar."),
    (SEMINAR, '  GE: {name: "NEO of', '  GG: {name: "NEO of', 0, "the country 'GG' is not in countries: Known: GE, XK."),
    (SEMINAR, "  brown:\n", "  GE-2:\n", 0, ""),
    ("templates/forms/nomination.yml", "name: nominee_name", "name: nominee_nmae", 0, "the kit reads 'nominee_name' as a person's name"),
    ("templates/forms/nomination.yml", "name: nominee_email", "name: nominees_email", 0, "Is it the question 'nominees_email'?"),
    ("templates/forms/nomination.yml", "name: institution,", "name: student,", None, "the profile 'student' is not one of this seminar."),
    ("templates/forms/nomination.yml", "name: neo,", "name: institution2,", None, "must include the profile 'neo'"),
    ("templates/forms/sign_off.yml", "name: signed_receipt", "name: signed_reciept", 0, "Is it the question 'signed_reciept'? Keep the name; you may change the label."),
    ("templates/forms/sign_off.yml", '{name: "no"', '{name: "not"', None, "it must have the choice 'no'"),
    ("templates/forms/questions.yml", "type: text\n        name: question", "type: integer\n        name: question", 1, "its type must be text, not integer"),
    ("templates/forms/group_notes.yml", "name: chair_seen", "name: chair_sen", 0, "the kit reads 'chair_seen'"),
    ("templates/forms/group_notes.yml", "name: agreed_text", "name: agreed_txt", None, "the kit reads 'agreed_text' as the statements of 'agreed'"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "below", "words"), MUST)
def test_what_leads_nowhere_must_be_mended(
    small: SeminarFolder, file: str, old: str, new: str, below: int | None, words: str
) -> None:
    """P15 K02: check ends with 1, names file and line, and what was perhaps meant."""
    line = changed(small.root, file, old, new)
    if not words:  # refused by the reading already, or in several places
        seminar(small.root, "check", code=1)
        return
    found = [f for f in findings(small.root, 1) if f["kind"] == "error"]
    (told,) = [f for f in found if words in f["text"]] or [{"where": "", "text": str(found)}]
    assert words in told["text"]
    name = file.rpartition("/")[2]
    assert told["where"].startswith(name)
    if below is not None:
        assert told["where"] == f"{name} line {line + below}"


MAY = [
    ("due: 2020-11-13", "due: 2019-11-13", "before the seminar. Is the year right?"),
    ("due: 2020-11-13", "due: 2020-11-27", "starts earlier and needs it to form groups."),
    ("due: 2020-11-24", "due: 2020-12-24", "after the end of the seminar (27 November 2020)."),
    (
        "due: 2020-11-27 13:45",
        "due: 2020-11-27 09:00",
        "but the discussion groups that it is about meet later",
    ),
    ("date: 2020-11-27", "date: 2021-11-27", "Is a date wrong?"),
]


@pytest.mark.parametrize(("old", "new", "words"), MAY)
def test_days_that_are_hardly_meant_are_told_and_no_mistake(
    small: SeminarFolder, old: str, new: str, words: str
) -> None:
    """P15 F7: a deadline after its use, a year that is off."""
    assert not [f for f in findings(small.root, 0) if f["kind"] == "date"]
    changed(small.root, SEMINAR, old, new)
    assert any(words in f["text"] for f in findings(small.root, 0) if f["kind"] == "date")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("role: discussant", "role: observer", ""),
        ("kind: plenary", "kind: workshop", ""),
        ("kind: plenary", "kind: welcome", ""),
        ("role: chair", "role: chiar", "Did you mean 'chair'?"),
        ("role: chair", 'role: ""', "the role is blank"),
        ("kind: recap", "kind: Recap", "Did you mean 'recap'?"),
        ("due: 2020-11-13", "due: 9999-12-31", "is not between 1990 and 2199"),
        ("date: 2020-11-26", "date: 0020-11-26", "is not between 1990 and 2199"),
        ("  GE: {name: Georgia", "  Geo: {name: Georgia", "write a country's two capital letters"),
        ("id: GE-1", "id: Georgia-1", "a hyphen and a number, such as GE-2"),
        ("name: Georgia", 'name: ""', "'name' is ''; write some text."),
    ],
)
def test_roles_and_kinds_are_free_and_slips_are_named(
    small: SeminarFolder, old: str, new: str, words: str
) -> None:
    """P15 F6: an observer, a workshop; not a misspelt chair."""
    text = (small.root / SEMINAR).read_text("utf-8")
    changed(small.root, SEMINAR, old if old in text else "role: presenter", new)
    ended = seminar(small.root, "check", code=1 if words else 0)
    assert words in ended.stderr
    if not words:
        seminar(small.root, "next", "--role", "presenter")


def test_a_profile_of_ones_own_is_a_profile_everywhere(small: SeminarFolder) -> None:
    """P15 F6: profiles: with titles, in people, groups, the nomination and what is shown of it."""
    root = small.root
    changed(root, SEMINAR, "tasks:\n", "profiles: {neo: NEO, policy: Policy, student: Students}\ntasks:\n")  # fmt: skip
    changed(root, SEMINAR, "profile: institution", "profile: student")
    form = "templates/forms/nomination.yml"
    changed(root, form, "name: institution,", "name: student,")
    (told,) = [f["text"] for f in findings(root, 1) if f["kind"] == "error"]
    assert "'quality assurance' is not one of this seminar" in told
    changed(root, form, "    - {name: quality_assurance, label: Quality assurance}\n", "")
    findings(root, 0)
    seminar(root, "prepare", "--country", "GE")
    seminar(root, "nominate")
