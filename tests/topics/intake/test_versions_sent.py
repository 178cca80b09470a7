"""Does the right version count when real files come from two computers, by mail and in Word?"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default as modern
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from shared import ROOT

sys.path.insert(0, str(ROOT / "tests"))
from make_inbox import letter, mail, pasted

from seminarkit.cli.main import seminar
from seminarkit.core.forms.answer_versions import lineage, receipt
from seminarkit.core.forms.bundle import output, payload
from seminarkit.core.forms.shapes import Payload
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.version_decisions import VersionChosen
from seminarkit.core.store.index import Index
from seminarkit.core.store.read_store import judged_forms, submissions
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.intake.verify import verify
from seminarkit.topics.packs.form_notebook import form_cells, form_notebook, read_prose
from seminarkit.topics.packs.personal_form import form_for
from seminarkit.topics.packs.word_form_writer import form_document

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
    assert (
        f"not made from {receipt(typed)}, perhaps on another computer; it counts, because it was saved later"
        in told
    )
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


STEP = st.tuples(
    st.sampled_from([OFFICE, HOME]),
    st.sampled_from(["file", "file", "mail", "pasted", "word"]),
    st.booleans(),  # complete, or a draft
    st.booleans(),  # opened from what was made last, wherever that was
    st.booleans(),  # collected before the next is made
)


@dataclass
class Made:
    """One version that was sent: its words, and all that it was made from."""

    words: str
    complete: bool
    hour: int
    receipt: str
    made_from: list[Made]

    @property
    def age(self) -> int:
        return max([self.hour, *(each.age for each in self.made_from)])


def sent(form: Any, book: dict[str, Any], filled: Payload, way: str) -> tuple[str, bytes]:
    """Return what is sent: the ending of its name, and its bytes."""
    if way == "word":
        return "docx", form_document(form, filled)
    if way == "pasted":
        return "eml", letter(pasted(filled))
    data = json.dumps(book).encode()
    return ("ipynb", data) if way == "file" else ("eml", mail(("form.ipynb", data)))


def check_history(root: Path, steps: list[tuple[Any, ...]], hours: list[int]) -> None:
    (root / "inbox").mkdir(parents=True)
    shutil.copy(KIT / "seminar.yml", root)
    folder = SeminarFolder(root)
    computers = {window: Computer(folder, window) for window in (OFFICE, HOME)}
    written_in: dict[str, list[Made]] = {OFFICE: [], HOME: []}
    made: list[Made] = []
    last: tuple[Payload, Made] | None = None
    for number, ((window, way, whole, opened, now), hour) in enumerate(
        zip(steps, hours, strict=False)
    ):
        words, saved_at = f"words {number}", f"2020-11-1{hour}T10:00:00Z"
        answers = mini(words) if whole else {"statement_learned": words}
        computer, made_from = computers[window], list[Made]()
        if way == "word":
            filled = payload(computer.form, answers, 9, saved_at)
        else:
            if opened and last:
                computer = Computer(folder, f"{number:016x}", last[0])
                computers[window], written_in[window] = computer, [last[1]]
            made_from = list(written_in[window])
            filled = computer.write(answers, saved_at)
        version = Made(words, whole, hour, receipt(filled), made_from)
        made.append(version)
        if way != "word":
            written_in[window].append(version)
            last = filled, version
        ending, data = sent(computer.form, computer.file(filled), filled, way)
        # what arrives together is taken in by name: here the last comes first
        path = folder.inbox / f"{9 - number} {words}.{ending}"
        path.write_bytes(data)
        os.utime(path, (1_600_000_000, 1_600_000_000))
        if now:
            collect(folder)
    collect(folder)
    first = max((each.complete, each.age) for each in made)
    best = [each for each in made if (each.complete, each.age) == first]
    (current,) = submissions(folder.database)
    assert current.answers["statement_learned"] in {each.words for each in best}
    (counts,) = (e for e in made if e.words == current.answers["statement_learned"])
    assert not any(counts in each.made_from for each in best), "nothing was made from it since"
    with closing(Index(folder.database)) as index:
        texts = [outcome.text for _, outcome in index.outcomes(0)]
    for each in made:
        assert any(each.receipt in text for text in texts), "no version without a sentence"
    (judged,) = judged_forms(folder.database, folder.decisions)
    assert {v.answers["statement_learned"] for v in judged.versions} == {e.words for e in made}
    assert verify(folder).damage == ()


@pytest.mark.nightly
@pytest.mark.timeout(1800)
@given(st.lists(STEP, min_size=2, max_size=6), st.permutations(range(9)))
@settings(max_examples=60)
def test_whatever_is_sent_from_where_the_table_decides(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Any, ...]], hours: list[int]
) -> None:
    """P02 P03 C26 C28: two computers, wrong clocks, drafts, files opened again, Word and mail."""
    check_history(tmp_path_factory.mktemp("history") / "seminar", steps, hours)


def test_one_history_by_day(tmp_path: Path) -> None:
    """P02 P03 C28: the draft of a long history, one that holds every way to send."""
    ways = ["file", "word", "mail", "pasted", "file"]
    steps = [((OFFICE, HOME)[n % 2], way, n != 3, n == 2, n == 1) for n, way in enumerate(ways)]
    check_history(tmp_path / "seminar", steps, [3, 5, 4, 8, 2])


def test_the_sender_is_told_what_counts_and_nobody_else(folder: SeminarFolder, send: Send) -> None:
    """P02 O31: a draft mail with receipt, state, what counts and why; to the own address alone."""
    office, home = Computer(folder, OFFICE), Computer(folder, HOME)
    first = office.write(mini("at the office"), "2020-11-12T09:00:00Z", keys=96)
    second = home.write(mini("at home"), "2020-11-12T19:00:00Z")
    begun = home.write({"statement_learned": "at home, and"}, "2020-11-12T20:00:00Z")
    for number, filled in enumerate((first, second, begun)):
        send(f"{number}.ipynb", home.file(filled))
    run(folder.root, "collect")
    assert "1 draft in" in run(folder.root, "confirm")
    assert [path.name for path in folder.mails.iterdir()] == ["confirm-MA-3.eml"]
    made = message_from_bytes((folder.mails / "confirm-MA-3.eml").read_bytes(), policy=modern)
    assert made["To"] == "ma-3@example.org"
    text = made.get_content().replace("\r\n", "\n")  # type: ignore[attr-defined]
    assert f"{receipt(second)}, saved 2020-11-12 19:00 UTC, complete\n    counts" in text
    assert f"{receipt(second)} was saved after it and counts. They differ in" in text
    assert f"{receipt(begun)}, saved 2020-11-12 20:00 UTC, a draft" in text
    assert "waits: changes were begun" in text
    assert "Still missing:" in text and "Pre-survey" in text
    assert "Nothing new was received" in run(folder.root, "confirm")
    run(folder.root, "version", receipt(first))
    assert "1 draft in" in run(folder.root, "confirm")
    assert "changes were begun" in run(folder.root, "status", "--json")
