"""One participant in Tashkent, from the link to the board: by a link, on a page, in Lab, in Voilà.

The steps are the same wherever the form stands: write, lose the line, lose the power, let a
colleague go on, check, read the receipt, send a mail, be collected, stand on the board.
"""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import open_tools
import psutil
import pytest
from browser_tools import Computer, come_by_link, findings, wait_for
from journey_tools import (
    FIRST,
    LAW,
    LAW_SAYS,
    LINK,
    all_is_there,
    begin,
    check,
    go_on_with,
    is_on_the_board,
    is_published,
    mail,
    newest_draft,
    run,
    save,
    submit_and_mail,
    write_with_the_cable_out,
)
from open_tools import QUESTION, book_of, choose, list_of, words_in
from playwright.sync_api import BrowserContext, Page, Playwright, expect
from serve_tools import FormServer

from seminarkit.core.forms.bundle import instance_id
from seminarkit.core.seminar.folder import SeminarFolder

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def tashkent(folder: SeminarFolder, handed: SeminarFolder) -> SeminarFolder:
    """The seminar, with the pack of Uzbekistan as it was sent."""
    shutil.copytree(handed.packs / "UZ", folder.packs / "UZ")
    return folder


@pytest.fixture
def computer(playwright: Playwright, tmp_path: Path) -> Iterator[Computer]:
    mine = Computer(playwright, tmp_path / "profile")
    yield mine
    mine.switch_off()


@pytest.fixture
def colleagues(context: BrowserContext) -> BrowserContext:
    """The browser of the second colleague: another computer, no draft of the first."""
    return context


def test_by_a_link(
    computer: Computer, colleagues: BrowserContext, tashkent: SeminarFolder, tmp_path: Path
) -> None:
    """C03 C26 C28 E04: kept on the server too; submitted, and sent once more by mail."""
    server = FormServer(tashkent)
    server.start()
    requests: list[Any] = []
    try:
        for browser in (computer.switch_on(), colleagues):
            browser.on("request", lambda request: requests.append(request))
        assert computer.context
        page = come_by_link(computer.context, server, "UZ-2")
        assert page.url == f"{server.url}/p/UZ-2/", "the token has left the address"
        page.get_by_role("link", name="Country report", exact=True).click()
        begin(page, "as a draft on the server at")
        write_with_the_cable_out(page, "The line is down: your words are sent when it is back.")
        page.get_by_role("button", name="Submit").click()
        expect(page.get_by_text("The line is down, so it is not known whether")).to_be_visible()
        computer.power_cut()

        page = come_by_link(computer.switch_on(), server, "UZ-2")
        page.get_by_role("link", name="Country report", exact=True).click()
        all_is_there(page)
        instance = instance_id(tashkent.seminar.id, "country_report", "UZ-2")
        wait_for(lambda: newest_draft(tashkent, instance) == LAW_SAYS)
        path = save(page, tmp_path)
        page.close()

        theirs = come_by_link(colleagues, server, "UZ-3")
        theirs.get_by_role("link", name="Country report", exact=True).click()
        theirs.locator("input[type=file]").set_input_files(path)
        expect(theirs.get_by_text("Your link is for your own answers")).to_be_visible()
        page = come_by_link(colleagues, server, "UZ-2")
        page.get_by_role("link", name="Country report", exact=True).click()
        page.locator("input[type=file]").set_input_files(path)
        expect(page.get_by_text(f"{path.name} holds what is here already.")).to_be_visible()
        all_is_there(page)
        code = check(page)
        submit_and_mail(page, tashkent, tmp_path, code)

        page.reload()
        expect(page.get_by_text(f"as you submitted them, with receipt {code}")).to_be_visible()
        page.get_by_label(LAW).press_sequentially("!")
        changed = f"Changed since it was submitted with receipt {code}"
        expect(page.get_by_text(changed)).to_be_visible()
    finally:
        server.stop()
    mails = server.url.replace("127.0.0.1", "localhost")
    for request in requests:
        for token in server.tokens.values():
            assert token not in request.headers.get("referer", "")
        assert request.url.startswith((server.url, mails, "data:", "blob:"))


def test_on_a_page_from_disk(
    computer: Computer, colleagues: BrowserContext, tashkent: SeminarFolder, tmp_path: Path
) -> None:
    """C03 C22 C23 C24 C26 C28: nothing is asked of the network; letter by letter on the site."""
    address = (tashkent.packs / "UZ" / "UZ-2" / "UZ-2-country_report.html").as_uri()
    page = computer.switch_on().new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address)
    begin(page, "Kept on this computer at")
    write_with_the_cable_out(page, "Kept on this computer at")
    computer.power_cut()
    assert requests == [address]

    page = computer.switch_on().new_page()
    page.goto(address)
    expect(page.get_by_text("Your answers are here as you left them.")).to_be_visible()
    all_is_there(page)
    path = save(page, tmp_path)
    assert path.name == "UZ-2-country_report-draft.ipynb"
    page = go_on_with(path, colleagues, tashkent)
    all_is_there(page)
    code = check(page)
    path = save(page, tmp_path)
    assert path.name == "UZ-2-country_report.ipynb"
    mail(path, tashkent)
    run(tashkent, "collect")
    is_on_the_board(tashkent, code)
    is_published(tashkent, code, colleagues)


def test_in_a_notebook(
    computer: Computer, colleagues: BrowserContext, tashkent: SeminarFolder, tmp_path: Path
) -> None:
    """C01 C03 C22 C26 C28: seminar open; the power takes Lab and the browser, not a word."""
    pack = tashkent.packs / "UZ" / "UZ-2"
    told = "In this notebook since"

    def start() -> open_tools.Opened:
        return open_tools.start(
            tashkent.root, tmp_path / "home", "UZ-2", "--no-browser", place=pack
        )

    opened = start()
    try:
        page = choose(list_of(computer.switch_on(), opened))
        begin(page, told)
        page.keyboard.press("Control+s")
        wait_for(lambda: words_in(book_of(opened)) == FIRST[QUESTION])
        write_with_the_cable_out(page, told)
        computer.power_cut()
        opened.end(signal.SIGKILL)
        assert LAW_SAYS not in book_of(opened).read_text("utf-8"), "only the browser has it"

        opened = start()
        page = choose(list_of(computer.switch_on(), opened))
        all_is_there(page)
        code = check(page)
        page.keyboard.press("Control+s")
        wait_for(lambda: LINK in book_of(opened).read_text("utf-8"))
    finally:
        opened.end()
    theirs = go_on_with(book_of(opened), colleagues, tashkent)
    expect(theirs.locator(".sk-progress b")).to_have_text(f"Version {code}")
    mail(save(theirs, tmp_path), tashkent)
    run(tashkent, "collect")
    is_on_the_board(tashkent, code)


def test_as_a_live_notebook(
    computer: Computer,
    colleagues: BrowserContext,
    tashkent: SeminarFolder,
    axe: str,
    tmp_path: Path,
) -> None:
    """C03 C21 C26 C28: Voilà behind the same link; the server dies too, and so does the kernel."""
    server = FormServer(tashkent, notebooks=4)
    server.start()
    instance = instance_id(tashkent.seminar.id, "country_report", "UZ-2")
    asked: list[str] = []
    told = "as a draft on the server at"

    def opened(context: BrowserContext) -> Page:
        page = come_by_link(context, server, "UZ-2")
        page.on("request", lambda request: asked.append(request.url))
        page.get_by_role("link", name="Country report, as a live notebook").click()
        expect(page.get_by_label(QUESTION)).to_be_visible(timeout=60_000)
        assert page.url == f"{server.url}/p/UZ-2/live/UZ-2-country_report"
        return page

    try:
        page = opened(computer.switch_on())
        begin(page, told)
        write_with_the_cable_out(page, "The line is down: your words are sent when it is back.")
        computer.power_cut()
        server.kill()
        server.start()

        page = opened(computer.switch_on())
        all_is_there(page)
        wait_for(lambda: newest_draft(tashkent, instance) == LAW_SAYS)
        page = opened(colleagues)  # the same person at another computer
        all_is_there(page)
        assert findings(page, axe) == []
        assert server.process
        for kernel in psutil.Process(server.process.pid).children(recursive=True):
            kernel.kill()
        code = check(page)
        submit_and_mail(page, tashkent, tmp_path, code)
        page.reload()
        expect(page.get_by_text(f"as you submitted them, with receipt {code}")).to_be_visible()
    finally:
        server.stop()
    here = (server.url, server.url.replace("http", "ws", 1), "data:", "blob:")
    assert asked
    assert all(url.startswith(here) for url in asked)
