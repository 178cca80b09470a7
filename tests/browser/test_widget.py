"""The form as a widget: with the kit's extension, without it, reopened without a kernel, in Voilà."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_tools import (
    JupyterServer,
    run_all,
    start_server,
    stop_server,
    wait_drawn,
    wait_for,
    widget_book,
)
from playwright.sync_api import BrowserContext, Page, expect

from seminarkit.core.forms.bundle import ANSWERS_MIME
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.form_notebook import form_cells

QUESTION = "Do your institutions offer, accept or plan micro-credentials? How?"


def words_in(path: Path) -> str:
    try:
        (cell,) = form_cells(json.loads(path.read_text("utf-8")))
    except json.JSONDecodeError:
        return ""
    found = [
        out["data"][ANSWERS_MIME] for out in cell["outputs"] if ANSWERS_MIME in out.get("data", {})
    ]
    return str(found[0]["answers"].get("institutions", "")) if found else ""


@pytest.fixture
def pack(handed: SeminarFolder) -> Path:
    return handed.packs / "GE"


@pytest.fixture(scope="module", params=["with the extension", "without it"])
def lab(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[JupyterServer]:
    home = tmp_path_factory.mktemp("home")
    if request.param == "without it":
        config = home / "config" / "labconfig"
        config.mkdir(parents=True)
        (config / "page_config.json").write_text('{"disabledExtensions": {"seminarkit": true}}')
    running = start_server("lab", tmp_path_factory.mktemp("root"), home)
    running.kit = request.param == "with the extension"  # type: ignore[attr-defined]
    yield running
    stop_server(running)


def run(page: Page) -> None:
    """Run all cells until the form stands there anew."""
    page.evaluate("document.querySelectorAll('.sk-form').forEach(e => e.dataset.before = '')")
    run_all(page)
    wait_drawn(page, page.locator(".sk-form:not([data-before])").get_by_label(QUESTION))


def test_in_jupyterlab_it_keeps_words(
    context: BrowserContext, lab: JupyterServer, pack: Path, request: pytest.FixtureRequest
) -> None:
    """Type and save at once, five times; F5; type and save; run again: every word is there."""
    with_kit = lab.kit  # type: ignore[attr-defined]
    path = widget_book(pack, lab.root / "widget.ipynb")
    page = context.new_page()
    page.goto(lab.page(path.name))
    run(page)
    field = page.get_by_label(QUESTION)
    expect(field).to_have_count(1), "one form, not two"
    kept = 0
    for number in range(5):
        words = f"try {number}: ქართული {'x' * number}"
        field.fill("")
        field.press_sequentially(words, delay=0)
        page.keyboard.press("Control+s")
        wait_for(lambda words=words: words_in(path).startswith(words[:5]))
        time.sleep(0.5)
        kept += words_in(path) == words
    assert kept == 5

    page.reload()
    expect(field).to_be_visible(timeout=60_000)
    expect(field).to_have_value(words)
    field.press_sequentially(" after F5")
    if not with_kit:
        expect(page.get_by_text("this page was opened anew. Run this cell again")).to_be_visible()
        run(page)
        expect(field).to_have_value(words + " after F5")
    page.keyboard.press("Control+s")
    if not with_kit:
        field.press_sequentially("!")
        page.keyboard.press("Control+s")
    wait_for(lambda: words_in(path).startswith(words + " after F5"))


def test_without_a_kernel_the_answers_are_read_and_a_sentence_says_what_to_do(
    context: BrowserContext, lab: JupyterServer, pack: Path, request: pytest.FixtureRequest
) -> None:
    path = widget_book(pack, lab.root / "reopened.ipynb")
    page = context.new_page()
    page.goto(lab.page(path.name))
    run(page)
    field = page.get_by_label(QUESTION)
    field.press_sequentially("to be read")
    page.keyboard.press("Control+s")
    wait_for(lambda: words_in(path) == "to be read")
    page.goto("about:blank")
    path = Path(shutil.copy(path, lab.root / "copied.ipynb"))
    page.goto(lab.page(path.name))
    if lab.kit:  # type: ignore[attr-defined]
        expect(field).to_have_value("to be read", timeout=60_000)
        return
    expect(page.get_by_text("To continue, run this cell")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("blockquote").get_by_text("to be read")).to_be_visible()
