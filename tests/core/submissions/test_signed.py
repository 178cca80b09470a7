"""Does a NEO's word count: signed, changed since, refused; and what does the public read then?"""

from __future__ import annotations

import json
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from seminarkit.core.documents.html import html
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.dossier import Dossier
from seminarkit.reports.dossiers import build_dossiers
from seminarkit.topics.countries.view import title as heading
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.packs.prefill import prefilled_form
from seminarkit.topics.progress.delegation_steps import report_steps, sign_off_steps
from seminarkit.topics.progress.status_board import board

Send = Callable[[str, Any], Path]
REMARK = "The year of the regulation comes on Monday."
SIGNED_DAY = "2020-11-22T10:00:00Z"


class Delegation:
    """Georgia's report and sign-off, sent one version after the other."""

    def __init__(self, folder: SeminarFolder, send: Send, filled: Any) -> None:
        self.folder, self._send, self._filled, self._sent = folder, send, filled, 0

    def send(self, form: str, person: str, answers: dict[str, Any], saved_at: str = "") -> None:
        self._sent += 1
        saved = saved_at or f"2020-11-1{self._sent}T10:00:00Z"
        book = self._filled(form, person, answers, rev=10 * self._sent, saved_at=saved)
        self._send(f"{self._sent}.ipynb", book)
        collect(self.folder)

    def report(self, answers: dict[str, Any], person: str = "GE-2") -> None:
        self.send("country_report", person, answers)

    def sign(self, word: str, receipt: str = "") -> None:
        answers = {"signed_receipt": receipt or self.receipt(), "signed_final": word}
        if word == "no":
            answers["signed_remark"] = REMARK
        self.send("sign_off", "GE-NEO", answers, SIGNED_DAY)

    def came(self) -> list[Submission]:
        return submissions(self.folder.database)

    def receipt(self) -> str:
        (report,) = [s for s in self.came() if s.form == "country_report"]
        return report.receipt

    def cell_words(self) -> str:
        (row,) = [r for r in board(self.folder.seminar, self.came()) if r.country == "GE"]
        (cell,) = [c for c in row.cells if c.form == "country_report"]
        return cell.words

    def dossiers(self, audience: str) -> dict[str, Dossier]:
        build_dossiers(self.folder, self.came())
        place = self.folder.dossiers / audience
        return {
            name: Dossier(json.loads((place / f"{name}.json").read_text("utf-8")))
            for name in ("GE", "comparison", "overview")
        }

    def public_answer(self, name: str) -> str | None:
        """What the public reads as the answer to a question of the report; None without one."""
        (answers,) = [
            {a["name"]: a.get("value") for a in entry["answers"]}
            for entry in self.dossiers("public")["GE"]["forms"]["country_report"]
        ] or [{}]
        return answers.get(name)


@pytest.fixture
def georgia(folder: SeminarFolder, send: Send, filled: Any) -> Delegation:
    return Delegation(folder, send, filled)


def title(dossier: Dossier) -> str:
    return unescape(html(heading(dossier)))


def tile(overview: Dossier) -> str:
    (country,) = [c for c in overview["countries"] if c["code"] == "GE"]
    return str(country["words"])


def test_the_public_reads_the_version_that_was_signed(
    georgia: Delegation, answers: dict[str, Any]
) -> None:
    """P12 E06: with a tick and the day, also after a newer one came; core sees what changed."""
    georgia.report(answers)
    public = georgia.dossiers("public")
    assert "not signed off by the country" in title(public["GE"])
    assert tile(public["overview"]) == "report, not signed off"
    georgia.sign("yes")
    assert georgia.cell_words() == "complete, signed"
    newer = {**answers, "obstacle": "Another obstacle.", "has_law": "in_place"}
    georgia.report(newer)
    assert georgia.cell_words() == "complete, changed since signed"
    assert georgia.public_answer("obstacle") == answers["obstacle"]
    public, core = georgia.dossiers("public"), georgia.dossiers("core")
    assert "✓ Signed off by the country on 22 November 2020." in title(public["GE"])
    assert tile(public["overview"]) == "report, signed off ✓"
    assert public["comparison"]["answers"]["GE"]["has_law"] == [answers["has_law"]]
    assert core["comparison"]["answers"]["GE"]["has_law"] == ["in_place"]
    forms = georgia.folder.forms["country_report"]["fields"]
    label = next(f["label"] for f in _leaves(forms) if f["name"] == "obstacle")
    assert "changed since its NEO signed it on 22 November 2020, in" in title(core["GE"])
    assert label in title(core["GE"])
    ((what, how),) = sign_off_steps(georgia.folder, georgia.came())
    assert label in what
    assert how == "seminar prepare --country GE"
    form, filled = prefilled_form(georgia.folder, "sign_off", "GE-NEO")
    assert filled["answers"] == {"signed_receipt": georgia.receipt()}
    assert filled["rev"] >= 20, "or it would count as older than the first sign-off"
    assert label in dict(form["header"])["Changed since you signed"]
    georgia.sign("yes")
    assert georgia.public_answer("obstacle") == "Another obstacle."


def test_what_the_neo_refuses_is_not_public_and_its_remark_reaches_the_delegation(
    georgia: Delegation, answers: dict[str, Any]
) -> None:
    """P12 E06: board, pages, comparison, index; the remark for the country's people alone."""
    georgia.report(answers)
    georgia.sign("no")
    assert georgia.cell_words() == "complete, refused by the NEO"
    public = georgia.dossiers("public")
    assert georgia.public_answer("obstacle") is None
    assert tile(public["overview"]) == "no report here"
    assert public["comparison"]["answers"]["GE"] == {}
    core = georgia.dossiers("core")["GE"]
    assert "has not signed the report" in title(core)
    assert REMARK not in json.dumps(core.data)
    (step,) = report_steps(georgia.folder, "GE", georgia.came(), of_neo=False)
    assert REMARK in step
    form, _ = prefilled_form(georgia.folder, "country_report", "GE-2")
    assert any(REMARK in remark for remark in form["remarks"])
    readers = ("organisers", "core")
    rows = [board(georgia.folder.seminar, georgia.came(), shown) for shown in (["sign_off"], [])]
    remarks = [next(r for r in each if r.country == "GE").sign_off.remark for each in rows]
    assert dict(zip(readers, remarks, strict=True)) == {"organisers": REMARK, "core": ""}
    georgia.sign("yes")
    assert georgia.public_answer("obstacle") == answers["obstacle"]


def test_a_consent_that_was_taken_back_counts_for_the_signed_version_too(
    georgia: Delegation, answers: dict[str, Any]
) -> None:
    """P12 P08"""
    georgia.report(answers)
    georgia.sign("yes")
    georgia.report({**answers, "publish": "no"})
    assert georgia.public_answer("obstacle") is None
    assert tile(georgia.dossiers("public")["overview"]) == "no report here"


def test_a_receipt_that_no_report_has_signs_nothing(
    georgia: Delegation, answers: dict[str, Any]
) -> None:
    """P12: the public reads what counts, and that it is not signed off."""
    georgia.report(answers)
    georgia.sign("yes", "GE-0000")
    public = georgia.dossiers("public")["GE"]
    assert "not signed off by the country" in title(public)
    ((what, _),) = sign_off_steps(georgia.folder, georgia.came())
    assert "the receipt GE-0000 that was signed has no report" in what


def test_a_seminar_without_a_sign_off_has_no_mark(
    folder: SeminarFolder, send: Send, filled: Any, answers: dict[str, Any]
) -> None:
    """P12 G06"""
    text = (folder.root / "seminar.yml").read_text("utf-8")
    head, _, rest = text.partition("  - form: sign_off\n")
    (folder.root / "seminar.yml").write_text(head + rest[rest.index("  - form: ") :], "utf-8")
    georgia = Delegation(SeminarFolder(folder.root), send, filled)
    georgia.report(answers)
    public = georgia.dossiers("public")
    assert "signed" not in title(public["GE"])
    assert tile(public["overview"]) == "report"
    assert georgia.public_answer("obstacle") == answers["obstacle"]
    assert {r.sign_off.state for r in board(georgia.folder.seminar, georgia.came())} == {""}


def _leaves(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [leaf for f in fields for leaf in (_leaves(f["fields"]) if "fields" in f else [f])]
