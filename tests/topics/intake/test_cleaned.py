"""Are answers cleaned once when they come in, told of, and still the version that was sent?"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from shared import ROOT, complete_report

from seminarkit.core.forms.answer_versions import descends, lineage, receipt, version_id
from seminarkit.core.forms.bundle import output, payload
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.index import Index
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.intake.verify import verify
from seminarkit.topics.packs.form_notebook import form_cells, form_notebook, read_prose
from seminarkit.topics.packs.personal_form import form_for
from seminarkit.topics.packs.prefill import version_payload

Send = Callable[[str, Any], Path]
TITLE = "Course\x0bof two lines\x07 and \u202eits name"
WINDOW = {"salt": "0123456789abcdef", "window": "a" * 16}


def sent(folder: SeminarFolder, title: str = TITLE, **more: Any) -> dict[str, Any]:
    """Return what a browser sends whose form holds such a title, and a blank made of controls."""
    form = form_for(folder, "country_report", "GE-2")
    examples = [{**complete_report()["examples"][0], "example_title": title}]
    answers = complete_report(examples=examples, opportunity="\ufffe\x01", unknown="\x1b[31mred")
    return {**payload(form, answers, 3, "2020-11-10T10:00:00Z"), **WINDOW, **more}


def book(folder: SeminarFolder, filled: dict[str, Any]) -> dict[str, Any]:
    """Return the notebook that holds it."""
    form = form_for(folder, "country_report", "GE-2")
    made = form_notebook(read_prose(ROOT / "notebooks" / "prepare" / "country_report.ipynb"), form)
    (cell,) = form_cells(made)
    cell["outputs"] = [output(form, filled)]
    return made


def test_answers_are_cleaned_and_the_receipt_is_that_of_what_was_sent(
    folder: SeminarFolder, send: Send
) -> None:
    """P09 C26: one vertical tab no longer stops the publication for everybody."""
    filled = sent(folder)
    send("report.ipynb", book(folder, filled))
    ((_, outcome),) = collect(folder).outcomes
    (version,) = submissions(folder.database)
    assert version.answers["examples"][0]["example_title"] == "Course\nof two lines and its name"
    assert version.answers["unknown"] == "[31mred"
    assert "opportunity" not in version.answers and not version.complete
    assert (version.receipt, version.version) == (receipt(filled), version_id(filled))
    assert (
        f"Receipt {receipt(filled)}. Characters that cannot be shown were left out of "
        in outcome.text
    )
    assert "(U+0007, U+202E RIGHT-TO-LEFT OVERRIDE)" in outcome.text
    assert outcome.text.isprintable()


def test_the_index_is_the_same_when_it_is_made_again(folder: SeminarFolder, send: Send) -> None:
    """P09 O38"""
    send("report.ipynb", book(folder, sent(folder)))
    collect(folder)
    assert not verify(folder).damage
    with closing(Index(folder.database)) as index:
        before = index.rows()
    collect(folder, rebuild=True)
    with closing(Index(folder.database)) as index:
        assert index.rows() == before


def test_what_is_handed_back_was_made_of_what_was_sent(folder: SeminarFolder, send: Send) -> None:
    """P09 P02: what is written on it replaces it, on another computer too."""
    filled = sent(folder)
    send("report.ipynb", book(folder, filled))
    collect(folder)
    (version,) = submissions(folder.database)
    handed = version_payload(form_for(folder, "country_report", "GE-2"), version)
    assert descends(handed, filled) and version_id(handed) != version_id(filled)
    later = {**sent(folder, "Another title"), "window": "b" * 16, "salt": "f" * 16, "rev": 4,
             "ancestors": lineage(handed), "saved_at": "2020-11-10T09:00:00Z"}  # fmt: skip
    send("later.ipynb", book(folder, later))
    collect(folder)
    (counts,) = submissions(folder.database)
    assert counts.receipt == receipt(later)


def test_what_needs_no_cleaning_is_handed_back_as_it_came(
    folder: SeminarFolder, send: Send
) -> None:
    """P09 P02"""
    form = form_for(folder, "country_report", "GE-2")
    filled = {**payload(form, complete_report(), 3, "2020-11-10T10:00:00Z"), **WINDOW}
    send("report.ipynb", book(folder, filled))
    ((_, outcome),) = collect(folder).outcomes
    (version,) = submissions(folder.database)
    assert version_id(version_payload(form, version)) == version_id(filled)
    assert "left out" not in outcome.text


def test_a_form_of_nothing_but_controls_is_empty(folder: SeminarFolder, send: Send) -> None:
    """P09"""
    filled = {**sent(folder), "answers": {"obstacle": "\x01\ufffe", "legislation": "\x0b"}}
    send("report.ipynb", json.dumps(book(folder, filled)))
    ((_, outcome),) = collect(folder).outcomes
    assert outcome.kind == "aside" and outcome.text.startswith("The form is empty")
