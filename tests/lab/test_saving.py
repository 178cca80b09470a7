"""Does a save ever drop an answer? The hook that Jupyter calls, on plain data."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest

from seminarkit.core.forms.bundle import ANSWERS_MIME, FORM_MIME
from seminarkit.core.forms.notebook_forms import newest_answers
from seminarkit.lab.save_guard import before_save, dropped_answers, post_save_hook, pre_save_hook
from seminarkit.topics.packs.form_notebook import form_cells

Book = dict[str, Any]
WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def old(filled: Callable[..., Book]) -> Book:
    return filled("questions", "GE-2", {"remark": "عربي, ქართული"}, rev=5)


def cell_of(book: Book) -> Book:
    (cell,) = form_cells(book)
    return cell


def payload_of(book: Book) -> Book:
    (payload,) = newest_answers(book).values()
    return payload


def cleared(book: Book) -> None:
    cell_of(book)["outputs"] = []


def run_on_a_kernel_without_the_kit(book: Book) -> None:
    error = {"output_type": "error", "ename": "ModuleNotFoundError", "evalue": "", "traceback": []}
    cell_of(book)["outputs"] = [error]


def run_blank(book: Book) -> None:
    data = cell_of(book)["outputs"][0]["data"]
    data[ANSWERS_MIME] = {**data[ANSWERS_MIME], "rev": 0, "answers": {}}


def answers_taken_out(book: Book) -> None:
    del cell_of(book)["outputs"][0]["data"][ANSWERS_MIME]


def other_words_under_the_same_number(book: Book) -> None:
    data = cell_of(book)["outputs"][0]["data"]
    data[ANSWERS_MIME] = {**data[ANSWERS_MIME], "answers": {"remark": "other"}}


def form_deleted(book: Book) -> None:
    book["cells"].remove(cell_of(book))


def made_text(book: Book) -> None:
    cell = cell_of(book)
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]


def gone_on_writing(book: Book) -> None:
    data = cell_of(book)["outputs"][0]["data"]
    data[ANSWERS_MIME] = {**data[ANSWERS_MIME], "rev": 6, "answers": {"remark": "more"}}


def emptied_by_hand(book: Book) -> None:
    data = cell_of(book)["outputs"][0]["data"]
    data[ANSWERS_MIME] = {**data[ANSWERS_MIME], "rev": 6, "answers": {}}


def a_copy_of_the_cell_cleared(book: Book) -> None:
    book["cells"].append({**copy.deepcopy(cell_of(book)), "id": "copy", "outputs": []})


def nothing_changed(_: Book) -> None:
    pass


# what happened in Lab: is the version before kept, and what does the file hold after the save
CASES: list[tuple[Callable[[Book], None], bool, int]] = [
    (nothing_changed, False, 5),
    (gone_on_writing, False, 6),
    (emptied_by_hand, False, 6),
    (a_copy_of_the_cell_cleared, False, 5),
    (cleared, True, 5),
    (run_on_a_kernel_without_the_kit, True, 5),
    (answers_taken_out, True, 5),
    (run_blank, True, 5),
    (other_words_under_the_same_number, True, 5),
    (form_deleted, True, 5),
    (made_text, True, 5),
]


@pytest.mark.parametrize(("change", "kept", "rev"), CASES, ids=lambda c: getattr(c, "__name__", ""))
def test_a_save_never_drops_an_answer(
    tmp_path: Path, old: Book, change: Callable[[Book], None], kept: bool, rev: int
) -> None:
    """C03 C05"""
    path = tmp_path / "GE-2-questions.ipynb"
    before = json.dumps(old, ensure_ascii=False)
    path.write_text(before, encoding="utf-8")
    new = copy.deepcopy(old)
    change(new)
    asked = copy.deepcopy(new)
    saved = before_save(path, new)
    assert new == asked, "what Lab holds is not changed under its hands"
    assert bool(dropped_answers(old, new)) is kept
    earlier = tmp_path / ".earlier" / "GE-2-questions-5.ipynb"
    assert earlier.exists() is kept
    if kept:
        assert earlier.read_text("utf-8") == before
    assert payload_of(saved)["rev"] == rev


def test_answers_come_back_with_form_and_preview(tmp_path: Path, old: Book) -> None:
    """C03: the cell's metadata alone brings the form back."""
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps(old), encoding="utf-8")
    new = copy.deepcopy(old)
    cleared(new)
    saved = before_save(path, new)
    assert cell_of(saved)["outputs"] == cell_of(old)["outputs"]
    assert FORM_MIME in cell_of(saved)["outputs"][0]["data"]


@pytest.mark.parametrize("change", [form_deleted, made_text])
def test_a_form_that_is_gone_comes_back_in_its_place(
    tmp_path: Path, old: Book, change: Callable[[Book], None]
) -> None:
    """C03 C05: also when nothing was written yet; a second save makes no second form."""
    path = tmp_path / "a.ipynb"
    data = cell_of(old)["outputs"][0]["data"]
    data[ANSWERS_MIME] = {**data[ANSWERS_MIME], "rev": 0, "answers": {}}
    form = cell_of(old)
    place = old["cells"].index(form)
    new = copy.deepcopy(old)
    change(new)
    for _ in range(2):
        path.write_text(json.dumps(old), encoding="utf-8")
        saved = before_save(path, copy.deepcopy(new))
        assert {**saved["cells"][place], "id": ""} == {**form, "id": ""}
        assert len(saved["cells"]) == len(new["cells"]) + 1
        assert len({cell["id"] for cell in saved["cells"]}) == len(saved["cells"])
        nbformat.validate(nbformat.from_dict(saved))
        old = saved


def test_each_version_that_would_be_lost_is_kept_once(tmp_path: Path, old: Book) -> None:
    """C05"""
    path = tmp_path / "a.ipynb"
    for words in ("one", "two", "two"):
        cell_of(old)["outputs"][0]["data"][ANSWERS_MIME]["answers"] = {"remark": words}
        path.write_text(json.dumps(old), encoding="utf-8")
        new = copy.deepcopy(old)
        run_blank(new)
        before_save(path, new)
    names = sorted(kept.name for kept in (tmp_path / ".earlier").iterdir())
    assert names == ["a-5-2.ipynb", "a-5.ipynb"]


def test_no_widget_of_a_kernel_that_ended_is_kept(tmp_path: Path, old: Book) -> None:
    """C03: a notebook opened again never says 'model not found' or 'Textarea('."""
    old["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}}}
    view = {WIDGET: {"model_id": "1"}, "text/plain": "Textarea(value='')"}
    out = {"output_type": "display_data", "metadata": {}, "data": view}
    both = {**out, "data": {**view, "text/html": "<p>read me</p>"}}
    old["cells"][0] = {"cell_type": "code", "metadata": {}, "source": "", "outputs": [out, both]}
    saved = before_save(tmp_path / "new.ipynb", old)
    assert "widgets" not in saved["metadata"]
    (left,) = saved["cells"][0]["outputs"]
    assert left["data"] == {"text/plain": "Textarea(value='')", "text/html": "<p>read me</p>"}
    strange = {"cells": [saved["cells"][0]], "metadata": {"widgets": {}}}
    assert before_save(tmp_path / "new.ipynb", strange) == strange, "no form of ours"


BROKEN: list[Any] = [
    None,
    {},
    {"cells": None},
    {"cells": [None, 3, "x"]},
    {"cells": [{"cell_type": "code", "outputs": [None, {"data": 3}], "metadata": None}]},
    {"cells": [{"cell_type": "code", "metadata": {"seminarkit": {"form": {"instance": "x"}}}}]},
    {"cells": [{"cell_type": "code", "outputs": [{"data": {ANSWERS_MIME: {"instance": "x"}}}]}]},
]


@pytest.mark.parametrize("content", BROKEN)
def test_a_save_never_fails(tmp_path: Path, old: Book, content: Any) -> None:
    """C05: whatever the notebook looks like, before and after."""
    manager = SimpleNamespace(root_dir=str(tmp_path))
    path = tmp_path / "a.ipynb"
    for before in (old, content):
        path.write_text(json.dumps(before), encoding="utf-8")
        for now in (old, content):
            model = {"type": "notebook", "content": copy.deepcopy(now)}
            pre_save_hook(model=model, path="/a.ipynb", contents_manager=manager)
            post_save_hook(os_path=str(path), model=model, contents_manager=manager)
            if now is old:
                assert payload_of(model["content"])["rev"] == 5
    for model in ({"type": "file", "content": "x"}, {}, {"type": "notebook"}):
        pre_save_hook(model=model, path="x.txt", contents_manager=manager)
    pre_save_hook(model={"type": "notebook", "content": old}, path="x", contents_manager=None)
    post_save_hook(os_path=str(path), model={"type": "notebook"}, contents_manager=None)


def test_where_nothing_can_be_kept_the_save_goes_on(tmp_path: Path, old: Book) -> None:
    (tmp_path / ".earlier").write_text("a file where the folder should be")
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps(old), encoding="utf-8")
    new = copy.deepcopy(old)
    cleared(new)
    model = {"type": "notebook", "content": new}
    manager = SimpleNamespace(root_dir=str(tmp_path))
    pre_save_hook(model=model, path="a.ipynb", contents_manager=manager)
    assert payload_of(model["content"])["rev"] == 5, "and the answers are put back all the same"
