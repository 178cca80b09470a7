"""Do dossiers hold what their audience may read, each answer under a name of its own?"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import readable
from seminarkit.core.submissions.dossier_parts import SCHEMAS
from seminarkit.core.submissions.form_entries import country_forms, entries
from seminarkit.topics.survey.totals import shows_totals


def names(fields: list[dict[str, Any]]) -> Iterator[str]:
    for field in fields:
        yield field["name"]
        yield from names(field.get("fields", []))


def test_no_two_forms_ask_under_the_same_name(kit: SeminarFolder) -> None:
    """O23 C13: a report asks a dossier for an answer by its name alone."""
    used = Counter(name for form in country_forms(kit).values() for name in names(form["fields"]))
    assert [name for name, times in used.items() if times > 1] == []


def test_what_is_for_organisers_alone_is_in_no_dossier(demo: SeminarFolder) -> None:
    """E01 C20 V02 P01: self-checks, sign-offs, registrations, pre-surveys; nobody's address."""
    # but for totals, whose protection has tests of its own
    kept = [p for p in demo.dossiers.rglob("*.json") if not shows_totals(p.stem)]
    kept = [p for p in kept if p.parent.name != SCHEMAS]
    dossiers = [p.read_text("utf-8") for p in kept]
    closed = {name for name, form in demo.forms.items() if form["audience"] == "organisers"}
    assert closed == {"learning_check", "registration"}
    closed |= {"sign_off"}  # for the delegation, by its own forms
    closed |= {"pre_survey", "reading_notes"}  # for chairs, whose pages are made without a dossier
    come = [s for s in submissions(demo.database) if s.form in closed]
    assert {s.form for s in come} == closed
    asked = {name for form in closed for name in names(demo.forms[form]["fields"])}
    for dossier in dossiers:
        assert not any(f'"{name}"' in dossier for name in asked | closed)
        assert not any(s.receipt in dossier for s in come)
        assert "-1@example.org" not in dossier


def test_what_was_prepared_for_groups_is_in_no_country_dossier(demo: SeminarFolder) -> None:
    """C13 C17 P01: a group's people read it, and not every core participant."""
    of_groups = {"case_review", "strategy_plan", "recognition_case"}
    come = [s for s in submissions(demo.database) if s.form in of_groups]
    assert {s.form for s in come} == of_groups
    for path in (demo.dossiers / "core").glob("??.json"):
        dossier = json.loads(path.read_text("utf-8"))
        assert not of_groups & set(dossier["forms"])
    for path in (*demo.dossiers.glob("core/*.json"), *demo.dossiers.glob("public/*.json")):
        text = path.read_text("utf-8")
        assert not any(json.dumps(s.receipt) in text for s in come)


def test_what_was_prepared_for_all_is_in_core_dossiers_alone(demo: SeminarFolder) -> None:
    """C18 C19 O25: every country's, whole; a public dossier does not know the forms."""
    prepared = {"own_institution", "mini_statement"}
    come = [s for s in submissions(demo.database) if s.form in prepared]
    assert {s.form for s in come} == prepared
    for code in demo.seminar.countries:
        core, public = (
            json.loads((demo.dossiers / each / f"{code}.json").read_text("utf-8"))
            for each in ("core", "public")
        )
        for form in prepared:
            assert len(core["forms"][form]) == sum((s.country, s.form) == (code, form) for s in come)  # fmt: skip
            assert form not in public["forms"]
            assert not set(names(demo.forms[form]["fields"])) & set(public["choices"])


@pytest.mark.parametrize(
    ("form", "subject", "about"),
    [
        ("case_review", "ghent", "Ghent University"),
        ("strategy_plan", "national", "a national approach or strategy"),
        ("mini_statement", "", ""),
    ],
)
def test_an_entry_says_what_it_is_about(
    kit: SeminarFolder, form: str, subject: str, about: str
) -> None:
    """C13 C17: in words, not by the id."""
    values: dict[str, Any] = {
        "arrival": 1,
        "part": "",
        "form": form,
        "subject": subject,
        "form_version": "1",
        "instance": "0" * 16,
        "rev": 3,
        "saved_at": "2020-11-10T10:00:00Z",
        "country": "GE",
        "person": "GE-2",
        "answers": {},
        "answered": 0,
        "total": 5,
        "complete": False,
        "receipt": "GE-0000",
    }
    seen = readable(kit, [Submission(**values)], "organisers")
    (entry,) = entries(kit, kit.forms[form], seen)
    assert (entry["subject"], entry["about"]) == (subject, about)
