"""Does a refusal lead somewhere, and does a signature on an old page sign nothing else?"""

from __future__ import annotations

import json
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from seminarkit.core.documents.html import html
from seminarkit.core.forms.answer_versions import version_id
from seminarkit.core.forms.bundle import ANSWERS_MIME, output, payload
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import judged_forms, submissions
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.dossier import Dossier
from seminarkit.reports.dossiers import build_dossiers
from seminarkit.topics.countries.view import title as heading
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.packs.confirmation_mails import confirmations
from seminarkit.topics.packs.form_notebook import form_cells
from seminarkit.topics.packs.prefill import prefilled_form
from seminarkit.topics.packs.write_packs import Pack, prepare
from seminarkit.topics.progress.delegation_steps import report_steps, sign_off_steps
from seminarkit.topics.progress.status_board import board_of

Send = Callable[[str, Any], Path]
REMARK = "The year of the regulation comes on Monday."
OTHER = "Another obstacle."


class Georgia:
    """A report and a sign-off; each version is saved an hour after the one before."""

    def __init__(self, folder: SeminarFolder, send: Send, filled: Any) -> None:
        self.folder, self._send, self._filled, self._hour = folder, send, filled, 0

    def send(self, form: str, person: str, answers: dict[str, Any], saved_at: str = "") -> None:
        self._hour += 1
        saved = saved_at or f"2020-11-20T{self._hour:02}:00:00Z"
        book = self._filled(form, person, answers, rev=self._hour, saved_at=saved)
        self._send(f"{self._hour}.ipynb", book)
        collect(self.folder)

    def report(self, answers: dict[str, Any]) -> None:
        self.send("country_report", "GE-2", answers)

    def sign(self, word: str, receipt: str, saved_at: str = "") -> None:
        remark = {"signed_remark": REMARK} if word == "no" else {}
        answers = {"signed_receipt": receipt, "signed_final": word, **remark}
        self.send("sign_off", "GE-NEO", answers, saved_at)

    def came(self) -> list[Submission]:
        return submissions(self.folder.database)

    def receipt(self) -> str:
        (report,) = [s for s in self.came() if s.form == "country_report"]
        return report.receipt

    def state(self) -> str:
        (row,) = [r for r in board_of(self.folder, self.came()) if r.country == "GE"]
        return row.sign_off.state

    def words(self, audience: str) -> str:
        """What stands above the country's page, and whether its text may be read there."""
        build_dossiers(self.folder, self.came())
        path = self.folder.dossiers / audience / "GE.json"
        return unescape(html(heading(Dossier(json.loads(path.read_text("utf-8"))))))

    def pack(self) -> Pack:
        (pack,) = prepare(self.folder, ["GE"])
        return pack

    def sign_off_file(self) -> Path:
        return self.folder.packs / "GE" / "GE-NEO" / "GE-NEO-sign_off.ipynb"

    def handed(self) -> dict[str, Any]:
        (cell,) = form_cells(json.loads(self.sign_off_file().read_text("utf-8")))
        filled: dict[str, Any] = cell["outputs"][0]["data"][ANSWERS_MIME]
        return filled

    def write(self, answers: dict[str, Any], saved_at: str = "2020-11-21T08:00:00Z") -> None:
        """Somebody writes in the pack's sign-off, and sends nothing."""
        book = json.loads(self.sign_off_file().read_text("utf-8"))
        (cell,) = form_cells(book)
        form = cell["metadata"]["seminarkit"]["form"]
        cell["outputs"] = [output(form, payload(form, answers, 9, saved_at))]
        self.sign_off_file().write_text(json.dumps(book), "utf-8")


@pytest.fixture
def georgia(folder: SeminarFolder, send: Send, filled: Any) -> Georgia:
    return Georgia(folder, send, filled)


def test_a_refusal_leads_to_a_correction_and_back_to_the_neo(
    georgia: Georgia, answers: dict[str, Any]
) -> None:
    """P12 E06: next says what to do; a corrected report is shown to be one, without the remark."""
    georgia.report(answers)
    first = georgia.receipt()
    georgia.sign("no", first)
    ((what, how),) = sign_off_steps(georgia.folder, georgia.came())
    assert REMARK in what
    assert how == "seminar prepare --country GE"
    mails = confirmations(
        georgia.folder, judged_forms(georgia.folder.database, georgia.folder.decisions)
    )
    (mail,) = [each.mail for each in mails if each.person == "GE-NEO"]
    assert mail
    assert b"not signed, so not public" in mail
    georgia.report({**answers, "obstacle": OTHER})
    assert georgia.state() == "corrected"
    ((what, _),) = sign_off_steps(georgia.folder, georgia.came())
    assert "changed since its NEO refused it" in what
    assert not list(report_steps(georgia.folder, "GE", georgia.came(), of_neo=False))
    (step,) = report_steps(georgia.folder, "GE", georgia.came(), of_neo=True)
    assert "Sign-off once more" in step
    form, _ = prefilled_form(georgia.folder, "country_report", "GE-2")
    assert REMARK not in json.dumps(form)
    assert "no public report" in georgia.words("public"), "not before the NEO signs"
    georgia.sign("yes", georgia.receipt())
    assert "✓ Signed off by the country" in georgia.words("public")


def test_a_newer_report_gives_a_new_sign_off_in_the_pack(
    georgia: Georgia, answers: dict[str, Any]
) -> None:
    """P12 E06: notebook and page, whatever the pack held: a prefill, what came, or nothing sent."""
    georgia.report(answers)
    georgia.pack()
    first = georgia.receipt()
    assert georgia.handed()["answers"] == {"signed_receipt": first}
    georgia.sign("no", first)
    assert georgia.pack().kept == ()
    assert georgia.handed()["answers"]["signed_final"] == "no"
    for number in range(2):  # after what came, and after a prefill
        georgia.report({**answers, "obstacle": f"{OTHER} {number}"})
        assert georgia.pack().kept == ()
        assert georgia.handed()["answers"] == {"signed_receipt": georgia.receipt()}
        page = georgia.sign_off_file().with_suffix(".html").read_text("utf-8")
        assert georgia.receipt() in page
        assert first not in page
    (sign,) = [s for s in georgia.came() if s.form == "sign_off"]
    assert sign.version in georgia.handed()["ancestors"], "or an old draft counted as newer"
    georgia.write({"signed_receipt": georgia.receipt(), "signed_final": "yes"})
    assert georgia.pack().kept == (georgia.sign_off_file(),)
    georgia.write(
        {"signed_receipt": georgia.receipt(), "signed_final": "no", "signed_remark": REMARK}
    )
    georgia.report({**answers, "obstacle": "The last one."})
    assert georgia.pack().kept == ()
    assert georgia.handed()["answers"] == {
        "signed_receipt": georgia.receipt(),
        "signed_remark": REMARK,  # what was typed is not lost
    }


def test_a_pack_of_an_earlier_version_has_no_mark(
    georgia: Georgia, answers: dict[str, Any]
) -> None:
    """P12: what has no time the kit wrote; a mark that names another text does not hide writing."""
    georgia.report(answers)
    georgia.pack()
    book = json.loads(georgia.sign_off_file().read_text("utf-8"))
    (cell,) = form_cells(book)
    assert cell["metadata"]["seminarkit"].pop("handed") == version_id(georgia.handed())
    georgia.sign_off_file().write_text(json.dumps(book), "utf-8")
    georgia.report({**answers, "obstacle": OTHER})
    assert georgia.pack().kept == ()
    assert georgia.handed()["answers"] == {"signed_receipt": georgia.receipt()}


@pytest.mark.parametrize("refused", [True, False])
def test_a_signature_on_an_old_page_signs_nothing_and_is_asked_about(
    georgia: Georgia, answers: dict[str, Any], refused: bool
) -> None:
    """P12 E06: the receipt of a text that was replaced, or refused and replaced."""
    georgia.report(answers)
    first = georgia.receipt()
    if refused:
        georgia.sign("no", first)
    georgia.report({**answers, "obstacle": OTHER})
    georgia.sign("yes", first)
    assert georgia.state() == "unclear"
    public = georgia.words("public")
    assert "Signed off by" not in public
    assert "no public report" in public
    assert "No version is public yet" in georgia.words("core")
    ((what, how),) = sign_off_steps(georgia.folder, georgia.came())
    assert f"signed {first}, which had been replaced" in what
    assert how == "seminar prepare --country GE"
    georgia.sign("yes", georgia.receipt())
    assert "✓ Signed off by the country" in georgia.words("public")


def test_a_signature_that_was_given_in_time_holds(
    georgia: Georgia, answers: dict[str, Any]
) -> None:
    """P12: also when it is sent again after a newer report, and after the NEO changed its mind."""
    georgia.report(answers)
    first = georgia.receipt()
    georgia.sign("no", first)
    georgia.sign("yes", first)
    georgia.report({**answers, "obstacle": OTHER})
    assert georgia.state() == "changed"
    assert "✓ Signed off by the country" in georgia.words("public")
    georgia.sign("yes", first)
    assert georgia.state() == "changed"


def test_both_readers_learn_the_same_of_a_signature_without_its_text(
    georgia: Georgia, answers: dict[str, Any]
) -> None:
    """P12: the receipt that was signed has no report here."""
    georgia.report(answers)
    georgia.sign("yes", "GE-0000")
    assert "signed another version on 20 November 2020" in georgia.words("public")
    assert "signed another version on 20 November 2020" in georgia.words("core")


def test_the_form_says_what_is_public(folder: SeminarFolder) -> None:
    """P12: as the rule has it; refused is not public, unsigned is, with the line."""
    intro = " ".join(folder.forms["sign_off"]["intro"].split())
    assert "If you choose “Not yet”, the report is not public." in intro
    assert "The page then says that the country did not sign it off." in intro
    assert "not sign is not published" not in intro
