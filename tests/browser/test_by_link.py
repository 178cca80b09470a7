"""By a link: open, type, lose the line, go on, get it back, submit; and who cannot write here."""

from __future__ import annotations

import json
from typing import Any

import pytest
from browser_tools import come_by_link, wait_for
from playwright.sync_api import BrowserContext, Page, expect
from serve_tools import FormServer, drafts_on_disk

from seminarkit.core.forms.bundle import instance_id
from seminarkit.serve.personal_links import Links

QUESTION = "Do your institutions offer, accept or plan micro-credentials? How?"


@pytest.fixture
def server(form_server: FormServer) -> FormServer:
    return form_server


def open_report(page: Page) -> None:
    page.get_by_role("link", name="Country report", exact=True).click()
    expect(page.get_by_label(QUESTION)).to_be_visible()


def kept_on_server(server: FormServer, person: str) -> str:
    """Return what the newest draft on the server's disk says."""
    instance = instance_id(server.folder.seminar.id, "country_report", person)
    lines = [json.loads(line) for line in server.folder.drafts.read_text().splitlines()]
    mine = [e["filled"] for e in lines if e["filled"]["instance"] == instance]
    newest = max(mine, key=lambda filled: int(filled["rev"]), default={"answers": {}})
    return str(newest["answers"].get("institutions", ""))


def test_killed_while_typing_nothing_is_missing(
    context: BrowserContext, server: FormServer
) -> None:
    """The server dies and comes back while somebody types; the page never notices but to say so."""
    page = come_by_link(context, server, "AM-2")
    open_report(page)
    field = page.get_by_label(QUESTION)
    field.press_sequentially("before")
    wait_for(lambda: kept_on_server(server, "AM-2") == "before")
    server.kill()
    field.press_sequentially(", while it is down")
    expect(page.get_by_text("The line is down")).to_be_visible()
    server.start()
    wait_for(lambda: kept_on_server(server, "AM-2") == "before, while it is down")


def test_typed_right_before_the_page_is_closed_is_there_elsewhere(
    browser: Any, context: BrowserContext, server: FormServer
) -> None:
    page = come_by_link(context, server, "MD-2")
    open_report(page)
    page.get_by_label(QUESTION).press_sequentially("the last words")
    page.close(run_before_unload=True)
    wait_for(lambda: kept_on_server(server, "MD-2") == "the last words")
    other = browser.new_context()
    page = come_by_link(other, server, "MD-2")
    open_report(page)
    expect(page.get_by_label(QUESTION)).to_have_value("the last words")
    other.close()


def test_two_computers_are_told_of_each_other(
    browser: Any, context: BrowserContext, server: FormServer
) -> None:
    """Neither's words are written over: the person is asked which to show."""
    mine = come_by_link(context, server, "UA-2")
    other_context = browser.new_context()
    other = come_by_link(other_context, server, "UA-2")
    for page in (mine, other):
        open_report(page)
    mine.get_by_label(QUESTION).press_sequentially("words of mine")
    wait_for(lambda: kept_on_server(server, "UA-2") == "words of mine")
    other.get_by_label(QUESTION).press_sequentially("other")
    expect(other.get_by_text("was changed there.")).to_be_visible()
    other.get_by_role("button", name="Use the version of the other window").click()
    expect(other.get_by_label(QUESTION)).to_have_value("words of mine")
    assert len(drafts_on_disk(server.folder.drafts)) >= 2
    other_context.close()


def test_two_windows_of_one_computer_and_a_reload(
    context: BrowserContext, server: FormServer
) -> None:
    """C28: what is typed while the question stands is there after F5, and so is the other."""
    one = come_by_link(context, server, "UA-3")
    open_report(one)
    two = context.new_page()
    two.goto(one.url)
    two.get_by_label(QUESTION).press_sequentially("from two")
    wait_for(lambda: kept_on_server(server, "UA-3") == "from two")
    for words in ("from one", ", and on"):
        one.get_by_label(QUESTION).press_sequentially(words)
        expect(one.get_by_text("Both are kept (this one at")).to_be_visible()
    one.reload()
    one.get_by_text("Earlier versions (").click()
    first = one.get_by_label(QUESTION).input_value()
    one.get_by_role("button", name="Bring this back").first.click()
    expect(one.get_by_text("You go on with the version of")).to_be_visible()
    both = {first, one.get_by_label(QUESTION).input_value()}
    assert both == {"from one, and on", "from two"}


def test_a_withdrawn_link_is_told_and_the_words_can_be_saved(
    context: BrowserContext, server: FormServer
) -> None:
    page = come_by_link(context, server, "KZ-2")
    open_report(page)
    Links(server.folder.links).withdraw(["KZ-2"])
    page.get_by_label(QUESTION).press_sequentially("typed too late")
    expect(page.get_by_text("This link was withdrawn")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my file").click()
    assert "typed too late" in download.value.path().read_text("utf-8")
    page.goto(server.link("KZ-2"))
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
    expect(mine.get_by_text("This page belongs to somebody else.")).to_be_visible()
    assert kept_on_server(server, "GE-2") == ""
    page = context.new_page()
    page.goto(f"{server.url}/p/GE-1/")
    expect(page.get_by_text("the link that you were sent")).to_be_visible()
