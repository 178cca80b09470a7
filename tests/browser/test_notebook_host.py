"""JupyterLab 4 and Notebook 7: the form is there without Run, and no word is lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser_tools import (
    JupyterServer,
    findings,
    menu,
    run_all,
    start_server,
    stop_server,
    wait_drawn,
    wait_for,
)
from playwright.sync_api import Browser, BrowserContext, Page, expect

from seminarkit.core.forms.bundle import ANSWERS_MIME, FORM_MIME, mime_bundle
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.form_notebook import form_cells

QUESTION = "Do your institutions offer, accept or plan micro-credentials? How?"


def payload_in(path: Path) -> dict[str, Any]:
    """Return the payload a notebook file holds now, {} while it holds none or is being written."""
    try:
        (cell,) = form_cells(json.loads(path.read_text("utf-8")))
    except json.JSONDecodeError:
        return {}
    for out in cell["outputs"]:
        if ANSWERS_MIME in out.get("data", {}):
            # Jupyter writes texts as lists of lines
            data = {k: "".join(v) if k.startswith("text/") else v for k, v in out["data"].items()}
            filled = data[ANSWERS_MIME]
            assert data == mime_bundle(data[FORM_MIME], filled), "both writers agree"
            return dict(filled)
    return {}


def words_in(path: Path) -> str:
    return str(payload_in(path).get("answers", {}).get("institutions", ""))


@pytest.fixture
def pack(handed: SeminarFolder) -> Path:
    return handed.packs / "GE"


@pytest.fixture
def book(server: JupyterServer, pack: Path, request: pytest.FixtureRequest) -> Path:
    """A fresh notebook from the pack, in the server's folder, under a name of its own."""
    path = server.root / f"{request.node.originalname}.ipynb"
    shutil.copy(pack / "GE-2" / "GE-2-country_report.ipynb", path)
    return path


def show(context: BrowserContext, server: JupyterServer, path: Path) -> Page:
    """Open a notebook and wait for its form; nothing is run."""
    page = context.new_page()
    page.goto(server.page(path.name))
    expect(page.get_by_label(QUESTION)).to_be_visible(timeout=60_000)
    return page


def field(page: Page) -> Any:
    return page.get_by_label(QUESTION)


def mark_drawn(page: Page) -> None:
    page.evaluate("document.querySelectorAll('.sk-host').forEach(e => e.dataset.before = '')")


def wait_drawn_again(page: Page) -> None:
    """Wait until the form that stood there before 'Run all' is gone, and the new one is there."""
    expect(page.locator(".sk-host[data-before]")).to_have_count(0, timeout=60_000)
    wait_drawn(page, field(page))


def test_the_form_is_there_and_alive_without_run(
    context: BrowserContext, server: JupyterServer, book: Path
) -> None:
    """C01 C02: no cell was run, nothing was trusted, no code is read."""
    page = show(context, server, book)
    expect(page.get_by_text("Nothing written yet.")).to_be_visible()
    expect(page.get_by_text("Core participant 2, Georgia").first).to_be_visible()
    text = page.locator("body").inner_text()
    for word in ("Traceback", "Textarea(", "model not found"):
        assert word not in text
    assert all(
        cell.get("execution_count") is None for cell in json.loads(book.read_text())["cells"]
    )


def test_type_and_save_at_once_ten_times(
    context: BrowserContext, server: JupyterServer, book: Path
) -> None:
    """C03: 10 of 10 kept, typed and saved without a pause."""
    page = show(context, server, book)
    kept = 0
    for number in range(10):
        words = f"try {number}: ქართული {'x' * number}"
        field(page).fill("")
        field(page).press_sequentially(words, delay=0)
        page.keyboard.press("Control+s")
        wait_for(lambda words=words: words_in(book).startswith(words[:5]))
        time.sleep(0.4)  # Notebook 7 leaves out a save that comes while it still saves
        kept += words_in(book) == words
    assert kept == 10


def test_letters_are_words_not_commands(
    context: BrowserContext, server: JupyterServer, book: Path
) -> None:
    """The single-letter commands of the notebook (a, b, d d, x, m) do not act on it."""
    page = show(context, server, book)
    field(page).press_sequentially("ddaabbxxmmyy")
    page.get_by_label("A few").check()
    page.keyboard.press("d")
    page.keyboard.press("d")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+s")
    wait_for(lambda: words_in(book) == "ddaabbxxmmyy")
    assert payload_in(book)["answers"]["institutions_share"] == "few"
    assert len(json.loads(book.read_text())["cells"]) == 5


def test_reload_loses_nothing(context: BrowserContext, server: JupyterServer, book: Path) -> None:
    """C03: F5 before anything was saved, then save."""
    page = show(context, server, book)
    field(page).fill("typed, not saved")
    expect(page.get_by_text("In this notebook since")).to_be_visible()
    page.reload()
    expect(field(page)).to_have_value("typed, not saved", timeout=60_000)
    field(page).press_sequentially("!")
    page.keyboard.press("Control+s")
    wait_for(lambda: words_in(book) == "typed, not saved!")


def test_a_killed_kernel_loses_nothing(
    context: BrowserContext, server: JupyterServer, book: Path
) -> None:
    """C03"""
    page = show(context, server, book)
    wait_for(lambda: bool(server.kernel_pids()), 40)
    field(page).fill("before")
    for pid in server.kernel_pids():
        os.kill(pid, signal.SIGKILL)
    field(page).fill("before and after")
    page.keyboard.press("Control+s")
    wait_for(lambda: words_in(book) == "before and after")


def test_run_all_with_a_slow_import_loses_nothing(
    context: BrowserContext, server: JupyterServer, book: Path
) -> None:
    """C03: a first cell that takes five seconds; the form's output is away so long."""
    made = json.loads(book.read_text())
    slow = {
        "cell_type": "code",
        "id": "slow",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }
    made["cells"].insert(0, {**slow, "source": "import time; time.sleep(5)"})
    book.write_text(json.dumps(made))
    page = show(context, server, book)
    field(page).fill("saved")
    page.keyboard.press("Control+s")
    wait_for(lambda: words_in(book) == "saved")
    field(page).fill("saved and more")
    mark_drawn(page)
    run_all(page)
    expect(field(page)).to_have_count(0, timeout=10_000)
    page.keyboard.press("Control+s")
    wait_drawn_again(page)
    expect(field(page)).to_have_value("saved and more")
    page.keyboard.press("Control+s")
    wait_for(lambda: words_in(book) == "saved and more")


def test_clear_all_outputs_then_run_all_loses_nothing(
    context: BrowserContext, server: JupyterServer, book: Path
) -> None:
    """C03"""
    page = show(context, server, book)
    field(page).fill("still here")
    expect(page.get_by_text("In this notebook since")).to_be_visible()
    menu(page, "Edit", "Clear Outputs of All Cells")
    expect(field(page)).to_have_count(0)
    mark_drawn(page)
    run_all(page)
    wait_drawn_again(page)
    expect(field(page)).to_have_value("still here")
    page.keyboard.press("Control+s")
    wait_for(lambda: words_in(book) == "still here")


@pytest.fixture
def elsewhere(tmp_path: Path, browser: Browser) -> Iterator[tuple[JupyterServer, BrowserContext]]:
    """Another computer: Notebook 7 in a fresh home, another browser profile."""
    (tmp_path / "root").mkdir()
    other = start_server("notebook", tmp_path / "root", tmp_path / "home")
    context = browser.new_context()
    context.set_default_timeout(20_000)
    yield other, context
    context.close()
    stop_server(other)


@pytest.mark.parametrize("server", ["lab"], indirect=True)
def test_copied_alone_to_another_computer_nothing_is_lost(
    context: BrowserContext,
    server: JupyterServer,
    book: Path,
    elsewhere: tuple[JupyterServer, BrowserContext],
) -> None:
    """C03 C05: alive there at once, also under another name, also after 'Run all'."""
    page = show(context, server, book)
    field(page).fill("from the first computer")
    page.keyboard.press("Control+s")
    wait_for(lambda: words_in(book) == "from the first computer")
    other, profile = elsewhere
    copy = other.root / "renamed (1).ipynb"
    shutil.copy(book, copy)
    there = show(profile, other, copy)
    expect(field(there)).to_have_value("from the first computer")
    mark_drawn(there)
    run_all(there)
    wait_drawn_again(there)
    expect(field(there)).to_have_value("from the first computer")
    field(there).press_sequentially(", and the second")
    there.keyboard.press("Control+s")
    wait_for(lambda: words_in(copy) == "from the first computer, and the second")


def test_a_form_in_a_file_from_anywhere_runs_nothing(
    context: BrowserContext, server: JupyterServer, book: Path
) -> None:
    """Markup in a received definition or answer stays text, also before anybody trusts it."""
    evil = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
    made = json.loads(book.read_text())
    (cell,) = form_cells(made)
    data = cell["outputs"][0]["data"]
    data[FORM_MIME]["title"] = data[FORM_MIME]["fields"][0]["label"] = evil
    data[ANSWERS_MIME] |= {"rev": 3, "answers": {"institutions": evil}}
    data["text/html"] = evil
    book.write_text(json.dumps(made))
    page = show(context, server, book)
    expect(field(page)).to_have_value(evil)
    assert page.evaluate("window.hacked") is None


def test_opening_asks_nothing_from_outside(
    context: BrowserContext, server: JupyterServer, book: Path
) -> None:
    """K08"""
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = show(context, server, book)
    field(page).fill("x")
    ours = [url for url in asked if "seminarkit" in url]
    assert any("/form.js?" in url for url in ours)
    assert all(url.startswith(server.url) for url in ours)


def test_axe_finds_nothing_serious(
    context: BrowserContext, server: JupyterServer, book: Path, axe: str
) -> None:
    """K07: the form itself; Lab's own frame is not ours to judge."""
    page = show(context, server, book)
    page.locator(".sk-progress summary").click()
    page.locator(".sk-progress li button").first.click()
    assert findings(page, axe, ".sk-form") == []
