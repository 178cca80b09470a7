"""Does the right version count when real files come from two computers, by mail and in Word?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from shared import ROOT

from seminarkit.cli.main import seminar
from seminarkit.collect.verify import verify
from seminarkit.forms.bundle import Payload, output, payload
from seminarkit.forms.versions import lineage, receipt
from seminarkit.prepare.notebook import form_cells, form_notebook, read_prose
from seminarkit.prepare.personal import form_for
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.seminar.versioned import VersionChosen
from seminarkit.store.reading import submissions

Send = Callable[[str, Any], Path]
OFFICE, HOME = "a" * 16, "b" * 16


def mini(words: str) -> dict[str, Any]:
    """Return a complete mini statement."""
    return {"statement_learned": words, "statement_next": "We begin."}


class Computer:
    """One window of the form's page: counts its changes, and knows what it has saved."""

    def __init__(self, folder: SeminarFolder, window: str, opened: Payload | None = None) -> None:
        self.form = form_for(folder, "mini_statement", "MA-3")
        self.window, self.rev = window, opened["rev"] if opened else 0
        self.ancestors = lineage(opened) if opened else []

    def write(self, answers: dict[str, Any], saved_at: str, keys: int = 1) -> Payload:
        """Return what is saved after so many key strokes."""
        self.rev += keys
        filled = {
            **payload(self.form, answers, self.rev, saved_at),
            "salt": f"{self.rev:016x}",
            "window": self.window,
            "ancestors": list(self.ancestors),
        }
        self.ancestors = lineage(filled)
        return filled

    def file(self, filled: Payload) -> dict[str, Any]:
        """Return the notebook that 'Save my file' makes."""
        prose = read_prose(ROOT / "notebooks" / "prepare" / "mini_statement.ipynb")
        book = form_notebook(prose, self.form)
        (cell,) = form_cells(book)
        cell["outputs"] = [output(self.form, filled)]
        return book


def run(root: Path, *words: str) -> str:
    done = CliRunner().invoke(seminar, ["--folder", str(root), *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def counts(folder: SeminarFolder) -> list[tuple[str, Any]]:
    return [(s.receipt, s.answers["statement_learned"]) for s in submissions(folder.database)]


@pytest.mark.timeout(300)
def test_what_is_pasted_at_home_counts_before_what_was_typed_letter_by_letter(
    folder: SeminarFolder, send: Send
) -> None:
    """P02 C26 O31: fewer key strokes, but later; both are told apart, and one command goes back."""
    office, home = Computer(folder, OFFICE), Computer(folder, HOME)
    typed = office.write(mini("typed letter by letter"), "2020-11-12T09:00:00Z", keys=96)
    send("MA-3-mini_statement.ipynb", office.file(typed))
    run(folder.root, "collect")
    pasted = home.write(mini("FINAL: pasted"), "2020-11-12T19:00:00Z", keys=2)
    send("MA-3-mini_statement (1).ipynb", home.file(pasted))
    told = run(folder.root, "collect")
    assert "already received" not in told
    assert f"It replaces the version with receipt {receipt(typed)}" in told
    assert f"not made from {receipt(typed)}, perhaps on another computer; saved later" in told
    assert "They differ in" in told
    assert counts(folder) == [(receipt(pasted), "FINAL: pasted")]
    # the organiser asks, hears that the other was meant, and says so
    differ = run(folder.root, "version", receipt(typed), receipt(pasted))
    assert "typed letter by letter" in differ and "FINAL: pasted" in differ
    assert f"{receipt(typed)} counts now instead" in run(folder.root, "version", receipt(typed))
    assert counts(folder) == [(receipt(typed), "typed letter by letter")]
    listed = run(folder.root, "version", "MA-3", "mini_statement")
    assert listed.index(receipt(typed)) < listed.index(receipt(pasted))
    # what is resent, or goes on from the other, does not undo it; what goes on from it does
    send("again.ipynb", home.file(pasted) | {"metadata": {"x": 1}})
    assert "already received" in run(folder.root, "collect", "-v")
    other = home.write(mini("FINAL 2"), "2020-11-13T19:00:00Z")
    send("other.ipynb", home.file(other))
    told = run(folder.root, "collect")
    assert "needs a decision" in told or "in need of a decision" in told
    assert f"seminar version {receipt(other)}" in told
    assert counts(folder)[0][0] == receipt(typed)
    assert "Needs a decision: Your mini statement" in run(folder.root, "status")
    assert "seminar version MA-3 mini_statement" in run(folder.root, "next")
    assert verify(folder).damage == ()
    run(folder.root, "collect", "--rebuild")
    assert counts(folder)[0][0] == receipt(typed), "the choice is in the log"
    went_on = office.write(mini("typed, and mended"), "2020-11-13T20:00:00Z")
    send("went on.ipynb", office.file(went_on))
    run(folder.root, "collect")
    assert counts(folder) == [(receipt(went_on), "typed, and mended")]
    assert [type(each) for each in SeminarFolder(folder.root).decisions] == [VersionChosen]
    assert verify(folder).damage == ()
