"""The copy of the answers in a notebook's metadata: read where the outputs are gone, or older."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from seminarkit.core.forms.answer_versions import lineage
from seminarkit.core.forms.bundle import ANSWERS_MIME
from seminarkit.core.forms.notebook_forms import newest_answers, with_copy
from seminarkit.topics.intake.notebook_answers import find_payloads
from seminarkit.topics.intake.refusal import Refusal
from seminarkit.topics.packs.form_notebook import form_cells

Book = dict[str, Any]
SENTENCE = {"output_type": "stream", "name": "stdout", "text": "The form cannot be shown here"}


@pytest.fixture
def book(filled: Callable[..., Book]) -> Book:
    """A notebook with its answers in the output and in the copy."""
    made = filled("questions", "GE-2", {"remark": "every word"})
    (cell,) = form_cells(made)
    made["cells"][made["cells"].index(cell)] = with_copy(cell, shown(made))
    return made


def shown(book: Book) -> Book:
    (cell,) = form_cells(book)
    payload: Book = cell["outputs"][0]["data"][ANSWERS_MIME]
    return payload


def words(book: Book) -> str:
    """Return what collect reads; 'seminar open' and the form's cell read the same."""
    (found,) = find_payloads(book)
    assert list(newest_answers(book).values()) == [found.payload]
    return str(found.payload["answers"]["remark"])


@pytest.mark.parametrize("left", [[], [SENTENCE]], ids=["cleared", "run without the kit"])
def test_answers_come_without_the_output(book: Book, left: list[Book]) -> None:
    """P17 C05 C24: after Clear all outputs, and after Run All where the kit is not installed."""
    (cell,) = form_cells(book)
    cell["outputs"] = left
    assert words(book) == "every word"
    del cell["metadata"]["seminarkit"]["answers"]
    with pytest.raises(Refusal, match="its outputs were cleared"):
        find_payloads(book)


@pytest.mark.parametrize("newer", ["output", "copy"])
@pytest.mark.parametrize("how", ["descends", "later"])
def test_where_the_two_differ_the_table_decides(book: Book, newer: str, how: str) -> None:
    """P17 P02: what was made from the other counts, whatever its clock says; else the later."""
    (cell,) = form_cells(book)
    old = shown(book)
    new = {**copy.deepcopy(old), "answers": {"remark": "newer"}, "rev": 1, "salt": "00"}
    if how == "descends":
        new |= {"ancestors": lineage(old), "saved_at": "2019-01-01T00:00:00Z"}
    else:
        new |= {"window": "aa", "saved_at": "2020-11-11T10:00:00Z"}
    both = {"output": old, "copy": old, newer: new}
    cell["outputs"][0]["data"][ANSWERS_MIME] = both["output"]
    cell["metadata"]["seminarkit"]["answers"] = both["copy"]
    assert words(book) == "newer"


@pytest.mark.parametrize("broken", [5, [], {"rev": "x"}, {"answers": None}, None])
def test_a_broken_copy_hides_nothing(book: Book, broken: Any) -> None:
    """P17: somebody may have changed the metadata by hand."""
    (cell,) = form_cells(book)
    cell["metadata"]["seminarkit"]["answers"] = broken
    assert words(book) == "every word"
