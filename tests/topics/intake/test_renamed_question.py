"""Is nothing lost when an organiser renames a question after answers came?"""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from in_process import printed

from seminarkit.core.forms.answer_versions import receipt, version_id
from seminarkit.core.forms.bundle import output, payload
from seminarkit.core.forms.shapes import Payload
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.index import Index
from seminarkit.core.store.promise_log import note_promises, read_promises
from seminarkit.core.store.submission import Submission
from seminarkit.topics.packs.form_notebook import form_cells, form_notebook, read_prose
from seminarkit.topics.packs.personal_form import form_for
from seminarkit.topics.packs.word_form_writer import form_document
from seminarkit.topics.packs.write_packs import prepare
from seminarkit.topics.survey.disclosure.issue_log import version_id as counted_id

FORM = (KIT / "templates/forms/mini_statement.yml").read_text("utf-8")
ANSWERS = {"statement_learned": "Much.", "statement_next": "More.", "statement_wish": "A sample."}


def rename(folder: SeminarFolder, was: str) -> SeminarFolder:
    """Call the question on wishes otherwise; ``was`` is the line below its new name."""
    path = folder.root / "templates/forms/mini_statement.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    new = f"name: statement_wishes{was}"
    path.write_text(FORM.replace("name: statement_wish", new), "utf-8")
    return SeminarFolder(folder.root)


def written(folder: SeminarFolder, person: str) -> Payload:
    """Return what a person's browser saves before the question was renamed."""
    form = form_for(folder, "mini_statement", person)
    return {**payload(form, ANSWERS, 4, "2020-11-20T10:00:00Z"), "salt": "00c0ffee00c0ffee"}


def notebook(folder: SeminarFolder, filled: Payload) -> bytes:
    form = form_for(folder, "mini_statement", filled["author"]["id"])
    prose = read_prose(KIT / "notebooks" / "prepare" / "mini_statement.ipynb")
    book: Any = form_notebook(prose, form)
    (cell,) = form_cells(book)
    cell["outputs"] = [output(form, filled)]
    return json.dumps(book).encode()


def current(folder: SeminarFolder) -> dict[str, Submission]:
    with closing(Index(folder.database)) as index:
        return {each.person: each for each in index.current()}


@pytest.fixture
def collected(folder: SeminarFolder) -> SeminarFolder:
    """A seminar to which a file came, and a Word form, before the question was renamed."""
    note_promises(folder)
    (folder.inbox / "GE.ipynb").write_bytes(notebook(folder, written(folder, "GE-2")))
    word = form_document(form_for(folder, "mini_statement", "UA-2"), written(folder, "UA-2"))
    (folder.inbox / "UA.docx").write_bytes(word)
    assert "2 accepted" in printed(folder, "collect")
    return folder


def test_answers_under_the_old_name_are_those_of_the_new_one(collected: SeminarFolder) -> None:
    """Name, receipt, version, promise and the number of counted versions, before and after."""
    before = current(collected)
    (collected.inbox / "GE again.ipynb").write_bytes(
        notebook(collected, written(collected, "GE-2"))
    )
    folder = rename(collected, "\n    was: statement_wish")
    shown = printed(folder, "collect") + printed(folder, "check")
    assert "no question any more" not in shown
    after = current(folder)
    for person, version in after.items():
        assert version.answers["statement_wishes"] == "A sample."
        assert "statement_wish" not in version.answers
        assert version.sent_answers == before[person].answers
        assert (version.receipt, version.version) == (
            before[person].receipt,
            before[person].version,
        )
        assert counted_id("salt", version) == counted_id("salt", before[person])
    sent = written(folder, "GE-2")
    assert (after["GE-2"].receipt, after["GE-2"].version) == (receipt(sent), version_id(sent))
    promise = read_promises(folder)["mini_statement", "1"]
    assert promise.audiences["statement_wishes"] == {"core"}


def test_answers_without_a_question_are_named_with_the_cure(collected: SeminarFolder) -> None:
    """How many, in which form, what it may be now, and what to write where.

    The Word form is not among them: its place is found by the label.
    """
    (collected.inbox / "MD.ipynb").write_bytes(notebook(collected, written(collected, "MD-2")))
    folder = rename(collected, "")
    for command in ("collect", "check"):
        shown = " ".join(printed(folder, command).split())
        assert (
            "2 answers to 'statement_wish' have no question any more in mini_statement.yml. Did "
            "you mean it by 'statement_wishes'? If you renamed the question, write "
            "'was: statement_wish' below its name there, and collect again." in shown
        )


def test_an_old_pack_goes_on_under_the_new_name(folder: SeminarFolder) -> None:
    """Words that nobody sent yet are in the pack's notebook: the next pack shows them."""
    prepare(folder, ["GE"])
    path: Path = next((folder.packs / "GE").rglob("GE-2-mini_statement.ipynb"))
    path.write_bytes(notebook(folder, written(folder, "GE-2")))
    prepare(rename(folder, "\n    was: statement_wish"), ["GE"])
    (cell,) = form_cells(json.loads(path.read_bytes()))
    filled: Any = cell["metadata"]["seminarkit"]["answers"]
    assert filled["answers"]["statement_wishes"] == "A sample."
    assert filled["ancestors"] == [version_id(written(folder, "GE-2"))]
