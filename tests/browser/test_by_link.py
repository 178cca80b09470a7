"""By a link: open, type, lose the line, go on, get it back, submit; and who cannot write here."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from serve_tools import FormServer, drafts_on_disk

from seminarkit.forms.bundle import instance_id
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.serve.links import Links

QUESTION = "How do your institutions deal with them?"


@pytest.fixture
def server(folder: SeminarFolder) -> Iterator[FormServer]:
    running = FormServer(folder)
    running.start()
    yield running
    running.stop()


def come_by_link(context: BrowserContext, server: FormServer, person: str = "GE-2") -> Page:
    """Click the link on a page of another site, as in a web mail."""
    page = context.new_page()
    link = server.link(person)
    mail = server.url.replace("127.0.0.1", "localhost") + "/"
    page.goto(mail)
    page.evaluate(
        "url => { document.body.innerHTML = '<a>my link</a>'; document.querySelector('a').href = url }",
        link,
    )
    page.get_by_text("my link").click()
    expect(page.get_by_role("heading", name="My tasks")).to_be_visible()
    return page


def open_report(page: Page) -> None:
    page.get_by_role("link", name="Country report", exact=True).click()
    expect(page.get_by_label(QUESTION)).to_be_visible()


def kept_on_server(server: FormServer, person: str = "GE-2") -> str:
    """Return what the newest draft on the server's disk says."""
    instance = instance_id(server.folder.seminar.id, "country_report", person)
    lines = [json.loads(line) for line in server.folder.drafts.read_text().splitlines()]
    mine = [e["filled"] for e in lines if e["filled"]["instance"] == instance]
    newest = max(mine, key=lambda filled: int(filled["rev"]), default={"answers": {}})
    return str(newest["answers"].get("institutions", ""))


def wait_for(check: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def test_the_whole_journey(context: BrowserContext, server: FormServer) -> None:
    requests: list[Any] = []
    context.on("request", lambda request: requests.append(request))
    page = come_by_link(context, server)
    assert page.url == f"{server.url}/p/GE-2/", "the token has left the address"
    open_report(page)
    field = page.get_by_label(QUESTION)
    field.press_sequentially("Two universities")
    wait_for(lambda: kept_on_server(server) == "Two universities")
    expect(page.get_by_text("as a draft on the server")).to_be_visible()

    context.set_offline(True)
    field.press_sequentially(" – ორი უნივერსიტეტი")
    expect(
        page.get_by_text("The line is down: your words are sent when it is back.")
    ).to_be_visible()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("The line is down: nothing was submitted.")).to_be_visible()
    field.press_sequentially(" und mehr")
    assert kept_on_server(server) == "Two universities"
    context.set_offline(False)
    wait_for(lambda: kept_on_server(server) == "Two universities – ორი უნივერსიტეტი und mehr")

    page.get_by_role("button", name="Submit").click()
    told = page.get_by_text(re.compile(r"Submitted at .*, with receipt (GE-\w{4})"))
    expect(told).to_be_visible()
    code = re.search(r"GE-\w{4}", told.inner_text())
    assert code
    expect(page.locator(".sk-progress b")).to_have_text(f"Receipt {code[0]}")
    run = subprocess.run(
        [sys.executable, "-m", "seminarkit", "status", "--json"],
        cwd=server.folder.root, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    georgia = next(c for c in json.loads(run.stdout)["countries"] if c["country"] == "GE")
    assert code[0] in {e["receipt"] for e in georgia["tasks"]["country_report"]["entries"]}

    page.reload()
    expect(page.get_by_text(f"as you submitted them, with receipt {code[0]}")).to_be_visible()
    field.press_sequentially("!")
    expect(
        page.get_by_text(f"Changed since it was submitted with receipt {code[0]}")
    ).to_be_visible()
    for request in requests:
        assert server.tokens["GE-2"] not in request.headers.get("referer", "")
        assert request.url.startswith(
            (server.url, server.url.replace("127.0.0.1", "localhost"), "data:")
        )


def test_killed_while_typing_nothing_is_missing(
    context: BrowserContext, server: FormServer
) -> None:
    """The server dies and comes back while somebody types; the page never notices but to say so."""
    page = come_by_link(context, server)
    open_report(page)
    field = page.get_by_label(QUESTION)
    field.press_sequentially("before")
    wait_for(lambda: kept_on_server(server) == "before")
    server.kill()
    field.press_sequentially(", while it is down")
    expect(page.get_by_text("The line is down")).to_be_visible()
    server.start()
    wait_for(lambda: kept_on_server(server) == "before, while it is down")


def test_typed_right_before_the_page_is_closed_is_there_elsewhere(
    browser: Any, context: BrowserContext, server: FormServer
) -> None:
    page = come_by_link(context, server)
    open_report(page)
    page.get_by_label(QUESTION).press_sequentially("the last words")
    page.close(run_before_unload=True)
    wait_for(lambda: kept_on_server(server) == "the last words")
    other = browser.new_context()
    page = come_by_link(other, server)
    open_report(page)
    expect(page.get_by_label(QUESTION)).to_have_value("the last words")
    other.close()


def test_two_computers_are_told_of_each_other(
    browser: Any, context: BrowserContext, server: FormServer
) -> None:
    """Neither's words are written over: the person is asked which to show."""
    mine = come_by_link(context, server)
    other_context = browser.new_context()
    other = come_by_link(other_context, server)
    for page in (mine, other):
        open_report(page)
    mine.get_by_label(QUESTION).press_sequentially("words of mine")
    wait_for(lambda: kept_on_server(server) == "words of mine")
    other.get_by_label(QUESTION).press_sequentially("other")
    expect(other.get_by_text("was changed there.")).to_be_visible()
    other.get_by_role("button", name="Show the words from there").click()
    expect(other.get_by_label(QUESTION)).to_have_value("words of mine")
    assert len(drafts_on_disk(server.folder.drafts)) >= 2
    other_context.close()


def test_a_withdrawn_link_is_told_and_the_words_can_be_saved(
    context: BrowserContext, server: FormServer
) -> None:
    page = come_by_link(context, server)
    open_report(page)
    Links(server.folder.links).withdraw(["GE-2"])
    page.get_by_label(QUESTION).press_sequentially("typed too late")
    expect(page.get_by_text("This link was withdrawn")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my file").click()
    assert "typed too late" in download.value.path().read_text("utf-8")
    page.goto(server.link("GE-2"))
    expect(page.get_by_role("heading", name="Not with this link")).to_be_visible()
    expect(page.get_by_text("This link was withdrawn")).to_be_visible()


def test_anothers_cookie_cannot_write_my_form(context: BrowserContext, server: FormServer) -> None:
    come_by_link(context, server, "GE-3")
    mine = come_by_link(context, server, "GE-2")
    cookies = {c["path"]: c for c in context.cookies()}
    assert cookies["/p/GE-2/"]["value"] != cookies["/p/GE-3/"]["value"]
    assert all(c["httpOnly"] and c["sameSite"] == "Strict" for c in cookies.values())
    open_report(mine)
    context.add_cookies([{**cookies["/p/GE-2/"], "value": cookies["/p/GE-3/"]["value"]}])
    mine.get_by_label(QUESTION).press_sequentially("not by me")
    expect(mine.get_by_text("This is the page of somebody else.")).to_be_visible()
    assert kept_on_server(server) == ""
    page = context.new_page()
    page.goto(f"{server.url}/p/GE-1/")
    expect(page.get_by_text("the link that you were sent")).to_be_visible()
