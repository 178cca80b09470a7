"""Twelve gestures that could cost somebody their words, in the page and in JupyterLab: none does.

By day each gesture once, where it hurts most; every night in the other host too.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser_tools import (
    Computer,
    JupyterServer,
    come_by_link,
    menu,
    run_all,
    start_server,
    stop_server,
    wait_drawn,
    wait_for,
)
from playwright.sync_api import BrowserContext, Locator, Page, Playwright, expect
from serve_tools import FormServer
from without_kit import start_without_kit

from seminarkit.core.forms.notebook_forms import newest_answers
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.intake.notebook_answers import find_payloads

pytestmark = pytest.mark.timeout(240)

REPORT = "Do your institutions offer, accept or plan micro-credentials? How?"
YESTERDAY = "2020-11-01T08:00:00Z"
TODAY = "2020-11-10T08:00:00Z"
IS_KEPT = re.compile("Kept on this computer|You go on with ")


@pytest.fixture
def pack(handed: SeminarFolder) -> Path:
    return handed.packs / "GE"


def open_form(context: BrowserContext, pack: Path, person: str = "GE-2") -> Page:
    page = context.new_page()
    page.goto((pack / person / f"{person}-questions.html").as_uri())
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def field(page: Page) -> Locator:
    return page.get_by_label("Your question").first


def write(page: Page, words: str) -> None:
    field(page).fill(words)
    expect(page.get_by_text("Kept on this computer")).to_be_visible()


def save(page: Page, place: Path, name: str) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my file").click()
    download.value.save_as(place / name)
    return place / name


def open_file(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(path)


def bring_back(page: Page, words: str) -> None:
    """Find words among the earlier versions, after a reload too, and bring them back.

    The reload comes once the form says that it keeps what it shows: before that, it promises nothing.
    """
    expect(page.get_by_role("status").filter(has_text=IS_KEPT)).to_be_visible()
    page.reload()
    page.get_by_text("Earlier versions (").click()
    buttons = page.get_by_role("button", name="Bring this back")
    expect(buttons.first).to_be_visible()
    for number in range(buttons.count()):
        buttons.nth(number).click()
        expect(page.get_by_text("You go on with the version of")).to_be_visible()
        if field(page).input_value() == words:
            return
    raise AssertionError(f"{words} is in no earlier version")


def words_in(path: Path) -> str:
    """Return what collect finds in a notebook file now; nothing while it is being written."""
    try:
        book = json.loads(path.read_text("utf-8"))
    except ValueError:
        return ""
    held = "".join(str(p["answers"].get("institutions", "")) for p in newest_answers(book).values())
    if held:
        (found,) = find_payloads(book)
        assert found.payload["answers"]["institutions"] == held, "collect reads what the form reads"
    return held


# --- the page ---------------------------------------------------------------------------------


def test_power_cut(playwright: Playwright, pack: Path, tmp_path: Path) -> None:
    """C03 gesture 1: SIGKILL of the browser right after the form said that it keeps the words."""
    computer = Computer(playwright, tmp_path / "profile")
    try:
        write(open_form(computer.switch_on(), pack), "before the cut")
        computer.power_cut()
        expect(field(open_form(computer.switch_on(), pack))).to_have_value("before the cut")
    finally:
        computer.switch_off()


@pytest.mark.parametrize("choice", ["the other window", "shown here"])
def test_two_windows(context: BrowserContext, pack: Path, choice: str) -> None:
    """C28 P16 gesture 5: either choice ends the question, and the other words can be had."""
    one, two = open_form(context, pack), open_form(context, pack)
    write(one, "from one")
    field(two).fill("from two")
    button = two.get_by_role("button", name=f"version {'of ' * (choice != 'shown here')}{choice}")
    button.click()
    chosen, other = ("from two", "from one")[:: 1 if choice == "shown here" else -1]
    expect(field(two)).to_have_value(chosen)
    expect(two.get_by_text("Kept on this computer")).to_be_visible()
    expect(two.get_by_role("button", name="Use the version")).to_have_count(0)
    write(two, f"{chosen}, and more")
    expect(two.get_by_role("button", name="Use the version")).to_have_count(0)
    bring_back(two, other)
    field(one).press_sequentially("!")  # the window left open knows that it is behind
    expect(one.get_by_text("open in another window too")).to_be_visible()


def test_two_windows_and_a_reload(context: BrowserContext, pack: Path) -> None:
    """C28 P16 gesture 5: what is typed while the question stands is there after F5, once."""
    one = open_form(context, pack)
    write(one, "of both")
    two = open_form(context, pack)
    write(two, "from two")
    second = one.get_by_label("Your question").nth(1)
    for text in ("from one", ", typed on", ", and on"):
        second.press("End")
        second.press_sequentially(text)
        expect(one.get_by_text("Both are kept (this one at")).to_be_visible()
        expect(one.get_by_role("button", name="Use the version")).to_have_count(2)
    for page in (two, one):
        page.reload()
        expect(field(page)).to_have_value("from two")
        expect(page.get_by_text("here as one of two windows left them.")).to_be_visible()
        expect(page.get_by_text("Earlier versions (1)")).to_be_visible()
        expect(page.get_by_text("is kept too (0 of 2 answered, 8 words).")).to_be_visible()
    one.get_by_role("button", name="Go on with that").click()
    expect(one.get_by_label("Your question").nth(1)).to_have_value("from one, typed on, and on")
    expect(field(one)).to_have_value("of both")
    expect(one.get_by_text("You go on with the version of")).to_be_visible()
    bring_back(one, "from two")


def test_wrong_file(context: BrowserContext, pack: Path, tmp_path: Path) -> None:
    """C28 P16 gesture 6: an older file asks, is used, and what was here comes back."""
    page = open_form(context, pack)
    write(page, "old")
    path = save(page, tmp_path, "old.ipynb")
    write(page, "new")
    page.get_by_label("Your question").nth(1).fill("a second one")
    open_file(page, path)
    expect(
        page.get_by_text("1 word; here: 0 of 2 answered, 4 words. It is an earlier")
    ).to_be_visible()
    page.get_by_role("button", name="Keep what is here").click()
    expect(field(page)).to_have_value("new")
    open_file(page, path)
    page.get_by_role("button", name="Use the file").click()
    expect(field(page)).to_have_value("old")
    write(page, "old!")  # one letter later there is a way back
    expect(page.get_by_role("button", name="Go back to what was here")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Go back to what was here").click()
    expect(field(page)).to_have_value("new")
    bring_back(page, "old!")


def test_empty_file(context: BrowserContext, pack: Path) -> None:
    """C28 P16 gesture 7: the pack's own empty notebook beside the page has the saved file's name."""
    page = open_form(context, pack)
    write(page, "all my words")
    open_file(page, pack / "GE-2" / "GE-2-questions.ipynb")
    expect(page.get_by_text("is the empty form; nothing was changed.")).to_be_visible()
    expect(field(page)).to_have_value("all my words")
    page.reload()
    expect(field(page)).to_have_value("all my words")


def test_colleagues_file(context: BrowserContext, pack: Path, tmp_path: Path) -> None:
    """C28 gesture 8: going on with a colleague's file leaves my own form as it is."""
    theirs = open_form(context, pack, "GE-3")
    write(theirs, "theirs")
    path = save(theirs, tmp_path, "theirs.ipynb")
    mine = open_form(context, pack)
    write(mine, "mine")
    open_file(mine, path)
    expect(field(mine)).to_have_value("mine")
    mine.get_by_role("button", name="Go on as Core participant 3, Georgia").click()
    expect(field(mine)).to_have_value("theirs")
    mine.reload()
    expect(field(mine)).to_have_value("mine")


def test_clock_set_back(context: BrowserContext, pack: Path) -> None:
    """C03 P02 gesture 9: what was written after the clock went back is the newer all the same."""
    page = context.new_page()
    page.clock.set_fixed_time(TODAY)
    page.goto((pack / "GE-2" / "GE-2-questions.html").as_uri())
    write(page, "by the clock of today")
    page.clock.set_fixed_time(YESTERDAY)
    for words in ("by the clock of yesterday", "and again"):
        page.reload()
        write(page, words)
        page.reload()
        expect(field(page)).to_have_value(words)
        expect(page.get_by_role("button", name="Use the version")).to_have_count(0)


def test_other_computer(context: BrowserContext, browser: Any, pack: Path, tmp_path: Path) -> None:
    """C28 P02 gesture 11: typed letter by letter here, pasted at home: neither is lost at home."""
    page = open_form(context, pack)
    field(page).press_sequentially("typed letter by letter in the office")
    path = save(page, tmp_path, "office.ipynb")
    home = browser.new_context(accept_downloads=True)
    there = open_form(home, pack)
    write(there, "FINAL: pasted at home")
    open_file(there, path)
    expect(there.get_by_text("7 words; here: 0 of 2 answered, 4 words.")).to_be_visible()
    there.get_by_role("button", name="Use the file").click()
    expect(field(there)).to_have_value("typed letter by letter in the office")
    bring_back(there, "FINAL: pasted at home")
    (after,) = newest_answers(json.loads(save(there, tmp_path, "home.ipynb").read_text())).values()
    (before,) = newest_answers(json.loads(path.read_text())).values()
    assert after["answers"]["questions"][0]["question"] == "FINAL: pasted at home"
    assert after["saved_at"] >= before["saved_at"]
    home.close()


def test_copied_folder(context: BrowserContext, pack: Path, tmp_path: Path) -> None:
    """C03 gesture 12: the pack copied elsewhere opens with what this browser keeps."""
    write(open_form(context, pack), "in the first folder")
    shutil.copytree(pack / "GE-2", tmp_path / "copy" / "GE-2")
    copied = open_form(context, tmp_path / "copy")
    expect(field(copied)).to_have_value("in the first folder")
    write(copied, "in the copy")
    expect(field(open_form(context, pack))).to_have_value("in the copy")


# --- by link ----------------------------------------------------------------------------------


def by_link(context: BrowserContext, server: FormServer, person: str) -> Page:
    page = come_by_link(context, server, person)
    page.get_by_role("link", name="Country report", exact=True).click()
    page.get_by_label(REPORT).fill(f"words of {person}")
    expect(page.get_by_text("as a draft on the server at")).to_be_visible()
    return page


@pytest.mark.parametrize("lost", ["the question", "the answer"])
def test_line_cut_during_submit(
    context: BrowserContext, form_server: FormServer, lost: str
) -> None:
    """C03 gesture 4: whether it arrived is not known; pressed again, it is submitted once."""
    person = {"the question": "AZ-2", "the answer": "AM-3"}[lost]
    page = by_link(context, form_server, person)
    page.route("**/submit", lambda r: (lost == "the answer" and r.fetch(), r.abort()))
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("it is not known whether")).to_be_visible()
    page.unroute("**/submit")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Submitted at")).to_be_visible()
    expect(page.locator(".sk-progress b")).to_contain_text("Receipt")
    page.reload()
    expect(page.get_by_text("as you submitted them, with receipt")).to_be_visible()
    expect(page.get_by_label(REPORT)).to_have_value(f"words of {person}")


def test_reload_in_submit(context: BrowserContext, form_server: FormServer) -> None:
    """C03 gesture 10."""
    page = by_link(context, form_server, "MD-3")
    page.route("**/submit", lambda route: None)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Submitting …")).to_be_visible()
    page.reload()
    expect(page.get_by_label(REPORT)).to_have_value("words of MD-3")
    expect(page.locator(".sk-progress b")).to_contain_text("Version")


# --- JupyterLab -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterServer]:
    running = start_server("lab", tmp_path_factory.mktemp("lab"), tmp_path_factory.mktemp("home"))
    yield running
    stop_server(running)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterServer]:
    """JupyterLab without the kit."""
    running = start_without_kit(tmp_path_factory.mktemp("plain"), tmp_path_factory.mktemp("none"))
    yield running
    stop_server(running)


def filled_by_page(context: BrowserContext, pack: Path, place: Path, words: str) -> Path:
    page = context.new_page()
    page.goto((pack / "GE-2" / "GE-2-country_report.html").as_uri())
    page.get_by_label(REPORT).fill(words)
    page.get_by_label("What is it called").fill("<b>Example</b> עברית")
    return save(page, place, "GE-2-country_report.ipynb")


def in_lab(context: BrowserContext, lab: JupyterServer, pack: Path, name: str) -> tuple[Page, Path]:
    path = lab.root / f"{name}.ipynb"
    shutil.copy(pack / "GE-2" / "GE-2-country_report.ipynb", path)
    page = context.new_page()
    page.goto(lab.page(path.name))
    expect(page.get_by_label(REPORT)).to_be_visible(timeout=60_000)
    return page, path


def is_below(lower: Locator, upper: Locator) -> bool:
    one, two = lower.bounding_box(), upper.bounding_box()
    assert one
    assert two
    return one["y"] >= two["y"] + two["height"] - 1


def save_until(page: Page, check: Callable[[], bool]) -> None:
    """Press Ctrl+S until the file is so: Lab passes over the keys while it is saving or busy."""

    def saved() -> bool:
        page.keyboard.press("Control+s")
        page.wait_for_timeout(700)
        return check()

    wait_for(saved)


def test_run_all_and_clear_without_the_kit(
    context: BrowserContext, plain: JupyterServer, pack: Path
) -> None:
    """C24 C05 P17 gestures 2 and 3: it says what to do, cannot be misread, and loses nothing."""
    path = filled_by_page(context, pack, plain.root, "every word")
    page = context.new_page()
    page.goto(plain.page(path.name))
    first = page.locator(".jp-RenderedMarkdown").first
    expect(first).to_contain_text("No form below?", timeout=60_000)
    expect(first).to_contain_text("GE-2-country_report.html")
    answers = page.locator(".jp-OutputArea blockquote")
    expect(answers.first).to_be_visible()
    questions = page.locator(".jp-OutputArea p:has(strong)")
    for number in range(5):  # each answer below its own question, above the next one
        question = answers.nth(number).locator("xpath=preceding-sibling::p[1]")
        after = answers.nth(number).locator("xpath=following-sibling::p[1]")
        assert is_below(answers.nth(number), question)
        assert is_below(after, answers.nth(number))
    assert questions.count() > answers.count()
    example = page.locator("blockquote", has_text="<b>Example</b> עברית")
    before = example.locator("xpath=preceding-sibling::p[1]")
    expect(before).to_contain_text("Example 1: What is it called")
    run_all(page)
    output = page.locator(".jp-OutputArea-output").last
    wait_drawn(page, output.get_by_text("Nothing you wrote is lost"))
    expect(output).not_to_contain_text("Traceback")
    save_until(
        page, lambda: "Nothing you wrote is lost" in str(json.loads(path.read_text())["cells"][1:])
    )
    assert words_in(path) == "every word"
    menu(page, "Edit", "Clear Outputs of All Cells")
    expect(page.locator(".jp-OutputArea-output")).to_have_count(0)
    save_until(
        page, lambda: all(not c.get("outputs") for c in json.loads(path.read_text())["cells"])
    )
    assert words_in(path) == "every word"
    form = context.new_page()  # and the page it names goes on with it
    form.goto((pack / "GE-3" / "GE-3-country_report.html").as_uri())
    open_file(form, path)
    form.get_by_role("button", name="Go on as Core participant 2, Georgia").click()
    expect(form.get_by_label(REPORT)).to_have_value("every word")


def test_clear_and_save_in_lab(context: BrowserContext, lab: JupyterServer, pack: Path) -> None:
    """C05 P17 gesture 2: in anybody's own Lab with the kit, without 'seminar open'."""
    page, path = in_lab(context, lab, pack, "cleared")
    page.get_by_label(REPORT).fill("not to be cleared")
    note = page.locator(".sk-form").get_by_text("Clearing the outputs does not delete")
    expect(note).to_be_visible()
    expect(page.locator(".sk-progress b")).to_contain_text("Version")
    menu(page, "Edit", "Clear Outputs of All Cells")
    page.keyboard.press("Control+s")
    wait_for(lambda: words_in(path) == "not to be cleared")
    run_all(page)
    wait_drawn(page, page.get_by_label(REPORT))
    expect(page.get_by_label(REPORT)).to_have_value("not to be cleared")


@pytest.mark.nightly
def test_two_windows_in_lab(context: BrowserContext, lab: JupyterServer, pack: Path) -> None:
    """C28 P16 gesture 5: two tabs of Lab; either way the question ends, the words are kept."""
    one, path = in_lab(context, lab, pack, "windows")
    two = context.new_page()
    two.goto(lab.page(path.name))
    expect(two.get_by_label(REPORT)).to_be_visible(timeout=60_000)
    one.get_by_label(REPORT).fill("from one")
    expect(one.get_by_text("In this notebook since")).to_be_visible()
    two.get_by_label(REPORT).fill("from two")
    two.get_by_role("button", name="Use the version of the other window").click()
    expect(two.get_by_label(REPORT)).to_have_value("from one")
    expect(two.get_by_role("button", name="Use the version")).to_have_count(0)
    two.get_by_role("button", name="Go back to what was here").click()
    expect(two.get_by_label(REPORT)).to_have_value("from two")
    two.keyboard.press("Control+s")
    wait_for(lambda: words_in(path) == "from two")


@pytest.mark.nightly
def test_clock_set_back_and_copied_in_lab(
    context: BrowserContext, lab: JupyterServer, pack: Path
) -> None:
    """C03 P02 gestures 9 and 12: saved, the clock set back, more words, a reload without saving."""
    page, path = in_lab(context, lab, pack, "clock")
    page.get_by_label(REPORT).fill("saved")
    page.keyboard.press("Control+s")
    wait_for(lambda: words_in(path) == "saved")
    page.add_init_script(
        "const now = Date.now; Date.now = () => now() - 9e8; const D = Date;"
        "window.Date = class extends D { constructor(...a) { a.length ? super(...a) : super(Date.now()); } };"
    )
    for words in ("more", "and more"):
        page.reload()
        expect(page.get_by_label(REPORT)).to_be_visible(timeout=60_000)
        page.get_by_label(REPORT).fill(words)
        expect(page.get_by_text("In this notebook since")).to_be_visible()
    page.reload()
    expect(page.get_by_label(REPORT)).to_have_value("and more", timeout=60_000)
    copy = lab.root / "copied folder.ipynb"
    shutil.copy(path, copy)
    page.goto(lab.page(copy.name))
    expect(page.get_by_label(REPORT)).to_have_value("and more", timeout=60_000)
    page.keyboard.press("Control+s")
    wait_for(lambda: words_in(copy) == "and more")
