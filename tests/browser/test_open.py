"""``seminar open`` as a person meets it: the list first, one click to a form, nothing lost."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from browser_tools import menu, wait_for
from open_tools import QUESTION, Opened, book_of, choose, field, list_of, start, words_in, write
from playwright.sync_api import BrowserContext, expect

from seminarkit.core.seminar.folder import SeminarFolder

pytestmark = pytest.mark.timeout(240)


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        if path.is_file()
        else "folder"
        for path in folder.rglob("*")
    }


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, handed: SeminarFolder) -> Path:
    made = tmp_path_factory.mktemp("opened")
    shutil.copy(handed.root / "seminar.yml", made)
    shutil.copytree(handed.packs / "GE", made / "packs" / "GE")
    return made


@pytest.fixture(scope="module")
def opened(root: Path) -> Iterator[Opened]:
    running = start(root, root / "home", "ge-2", "--no-browser", place=root / "packs/GE/GE-2")
    yield running
    running.end()


@pytest.fixture
def pack(root: Path, tmp_path: Path) -> Path:
    """A pack as it was received: no seminar.yml above it."""
    place = tmp_path / "Мой pack" / "GE-3"
    shutil.copytree(root / "packs/GE/GE-3", place)
    return place


def test_the_list_comes_first_and_one_click_leads_to_a_form(
    context: BrowserContext, opened: Opened
) -> None:
    """C01 C02: no news, no code, no kernel, no more than is needed, nothing from outside."""
    asked: list[tuple[str, str]] = []
    context.on("request", lambda request: asked.append((request.method, request.url)))
    page = list_of(context, opened)
    expect(page.locator("bdi", has_text="Core participant 2, Georgia")).to_be_visible()
    first = page.locator(".jp-RenderedMarkdown").first.inner_text()
    assert "Click a task: its form opens, ready to write in." in first
    choose(page)
    time.sleep(2)  # what would come up late: news, a box to choose a kernel
    assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0
    expect(page.locator("#main[data-shell-mode='single-document']")).to_have_count(1)
    for gone in ("jp-left-stack", "jp-right-stack", "jp-main-statusbar"):
        expect(page.locator(f"#{gone}")).to_be_hidden()
    expect(page.locator(".jp-SideBar.lm-TabBar:visible")).to_have_count(0)
    shown = page.locator(".jp-NotebookPanel:visible .jp-NotebookPanel-toolbar jp-button:visible")
    assert [item.inner_text() for item in shown.all()] == ["← My tasks", ""]
    expect(page.get_by_text("from seminarkit import")).to_be_hidden()
    tops = page.locator(".lm-MenuBar-item:visible").all_inner_texts()
    assert tops == ["File", "Edit", "View", "Run", "Help"]
    assert all(url.startswith("http://127.0.0.1:") for _, url in asked)
    assert not [url for method, url in asked if method == "POST" and "/api/sessions" in url]
    assert opened.kernels() == []
    assert page.url.split("/")[2] == opened.address.split("/")[2]


def test_what_is_typed_is_saved_and_the_list_tells_it(
    context: BrowserContext, opened: Opened
) -> None:
    """C01 C03: Ctrl+S; back on the list the state is that of the file."""
    page = list_of(context, opened)
    choose(page)
    write(page, opened, "ორი უნივერსიტეტი")
    page.get_by_role("button", name="My tasks").click()
    expect(page.locator("bdi", has_text="1 of 15 answered")).to_be_visible()
    for number in range(2):
        choose(page)
        write(page, opened, f"again {number}")
        page.get_by_role("button", name="My tasks").click()
        expect(page.locator("bdi", has_text="1 of 15 answered")).to_be_visible()
    assert page.locator(".jp-Dialog").count() == 0


def test_letters_beside_the_form_do_it_no_harm(context: BrowserContext, opened: Opened) -> None:
    """C05: 'm' would make text of the form, 'd d' delete it, 'x' cut it."""
    page = choose(list_of(context, opened))
    write(page, opened, "still a form")
    page.locator(".jp-MarkdownCell").last.click(position={"x": 5, "y": 5})
    page.keyboard.press("ArrowUp")
    for letter in "mddxyrb":
        page.keyboard.press(letter)
    expect(field(page)).to_have_value("still a form")
    assert len(json.loads(book_of(opened).read_text("utf-8"))["cells"]) == 5


def test_clear_outputs_and_save_loses_nothing(context: BrowserContext, opened: Opened) -> None:
    """C03 C05: sharp requirement 3; the version before is kept, the answers are there again."""
    page = choose(list_of(context, opened))
    write(page, opened, "not to be lost")
    menu(page, "Edit", "Clear Outputs of All Cells")
    expect(field(page)).to_have_count(0)
    page.keyboard.press("Control+s")
    earlier = opened.place / ".earlier"
    wait_for(lambda: "not to be lost" in {words_in(path) for path in earlier.glob("*.ipynb")})
    wait_for(lambda: words_in(book_of(opened)) == "not to be lost")
    page.reload()
    expect(field(page)).to_have_value("not to be lost", timeout=60_000)
    text = page.locator("body").inner_text()
    for word in ("Traceback", "Textarea(", "model not found"):
        assert word not in text


def test_a_form_that_was_deleted_comes_back(context: BrowserContext, opened: Opened) -> None:
    """C03 C05: Lab's menu spares it; what a cleverer program saves here does not take it away."""
    page = choose(list_of(context, opened))
    write(page, opened, "not to be deleted")
    page.goto("about:blank")
    book = json.loads(book_of(opened).read_text("utf-8"))
    left = [cell for cell in book["cells"] if cell["cell_type"] != "code"]
    token = opened.address.split("token=")[1].split("&")[0]
    answer = page.request.put(
        opened.address.split("lab/tree")[0] + f"api/contents/{book_of(opened).name}",
        headers={"Authorization": f"token {token}"},
        data={"type": "notebook", "format": "json", "content": {**book, "cells": left}},
    )
    assert answer.ok
    page = choose(list_of(context, opened))
    expect(field(page)).to_have_value("not to be deleted")
    assert len(json.loads(book_of(opened).read_text("utf-8"))["cells"]) == len(book["cells"])


def test_run_all_starts_a_kernel_and_loses_nothing(context: BrowserContext, opened: Opened) -> None:
    """C03: sharp requirement 3; the kernel comes when it is needed, not before."""
    page = choose(list_of(context, opened))
    write(page, opened, "saved")
    field(page).fill("saved and more")
    page.evaluate("document.querySelectorAll('.sk-host').forEach(e => e.dataset.before = '')")
    menu(page, "Run", "Run All Cells")
    wait_for(lambda: len(opened.kernels()) == 1, 60)
    expect(page.locator(".sk-host[data-before]")).to_have_count(0, timeout=60_000)
    expect(field(page)).to_have_value("saved and more", timeout=60_000)
    assert page.locator(".jp-Dialog").count() == 0
    page.keyboard.press("Control+s")
    wait_for(lambda: words_in(book_of(opened)) == "saved and more")


def test_a_page_opens_in_a_tab_of_its_own_and_saves(
    context: BrowserContext, opened: Opened
) -> None:
    """C21: it cannot act in Lab's name, keeps no draft there, and says so."""
    page = list_of(context, opened)
    with context.expect_page() as tab:
        page.locator("a[href*='country_report.html']").click()
    other = tab.value
    other.get_by_label(QUESTION).fill("on the page")
    expect(other.get_by_text("This browser keeps no drafts.")).to_be_visible()
    with other.expect_download() as saved:
        other.get_by_role("button", name="Save my file").click()
    assert saved.value.suggested_filename == "GE-2-country_report-draft.ipynb"
    assert other.evaluate("window.origin") == "null"


def test_a_dialog_of_lab_takes_no_letter_from_who_is_typing(
    context: BrowserContext, opened: Opened
) -> None:
    """C01 C26: that a save failed is shown, and what is typed meanwhile stands in the form."""
    page = choose(list_of(context, opened))
    page.context.set_offline(True)
    field(page).fill("Some")
    page.keyboard.press("Control+s")
    told, typed = page.get_by_role("dialog"), "Some"
    end = time.monotonic() + 60
    while told.count() == 0 or len(typed) < 60:
        assert time.monotonic() < end, "Lab says nothing of a save that failed"
        page.keyboard.type(" words")
        typed += " words"
    expect(field(page)).to_have_value(typed)
    expect(told.first).to_contain_text("Failed to fetch")
    page.context.set_offline(False)
    told.get_by_role("button", name="Close").first.click()
    expect(field(page)).to_have_value(typed)


def test_nothing_stands_outside_a_narrow_screen(context: BrowserContext, opened: Opened) -> None:
    outside = """[...document.querySelectorAll(
        ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell, .sk-form *")]
        .filter(e => e.getBoundingClientRect().right > innerWidth + 1).length"""
    page = list_of(context, opened)
    for width in (390, 1200):
        page.set_viewport_size({"width": width, "height": 800})
        wait_for(lambda: page.evaluate(outside) == 0, 10)
    choose(page)
    for width in (1200, 390):
        page.set_viewport_size({"width": width, "height": 800})
        wait_for(lambda: page.evaluate(outside) == 0, 10)
        terms = page.locator(".sk-form dt")
        widths = [term.bounding_box()["width"] for term in terms.all()]  # type: ignore[index]
        assert min(widths) > 100, "Lab breaks no term into pieces"


def test_the_home_of_the_person_stays_as_it_was(
    context: BrowserContext, pack: Path, tmp_path: Path
) -> None:
    """C03 C21: opened, written in, run, ended by Ctrl+C: their own Jupyter is untouched."""
    home = tmp_path / "home"
    own = home / ".jupyter" / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    own.mkdir(parents=True)
    (own / "themes.jupyterlab-settings").write_text('{"theme": "JupyterLab Dark"}')
    # settings that would break this run if it read them
    (home / ".jupyter" / "jupyter_server_config.py").write_text("c.ServerApp.port = 1\nboom\n")
    before = tree(home)
    opened = start(tmp_path, home, "--pack", str(pack.parent), place=pack)
    try:
        page = list_of(context, opened)
        assert page.evaluate("document.body.dataset.jpThemeLight") == "true"
        choose(page)
        write(page, opened, "words")
        menu(page, "Run", "Run All Cells")
        wait_for(lambda: len(opened.kernels()) == 1, 60)
        kernels = opened.kernels()
        # a second one says so, and shows the same list
        again = subprocess.run(
            [sys.executable, "-m", "seminarkit", "open", "--no-browser"],
            cwd=pack,
            env={**os.environ, "HOME": str(home)},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        assert again.stdout.startswith("JupyterLab is already running for")
        assert opened.address in again.stdout
        (door,) = set((tmp_path / "browsed.txt").read_text("utf-8").split())
        assert door.endswith("/.lab/open.html"), "the key is in no list of processes"
        assert (
            opened.address.split("token=")[1].split("&")[0]
            in (pack / ".lab" / "open.html").read_text()
        )
    finally:
        assert opened.end(signal.SIGINT) == 0
    assert "Closed. What you saved is in" in opened.told.read_text("utf-8")
    assert "Traceback" not in opened.told.read_text("utf-8")
    wait_for(lambda: not any(psutil.pid_exists(pid) for pid in kernels))
    assert tree(home) == before
    assert {path.name for path in (pack / ".lab").iterdir()} <= {"port", "log.txt"}
    assert not list(pack.rglob(".ipynb_checkpoints"))
