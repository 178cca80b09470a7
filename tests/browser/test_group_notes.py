"""A rapporteur types the notes of a group: a page on disk, JupyterLab, a link; organisers see them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser_tools import come_by_link
from notes_tools import noted_of, seat
from open_tools import list_of, start
from playwright.sync_api import BrowserContext, Locator, Page, expect
from serve_tools import FormServer

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.site.publishing import publish_notes
from seminarkit.topics.conclusions.notes_status import NOT_SEEN, SEEN, all_noted
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.packs.write_packs import prepare

Send = Callable[[str, Any], Path]


@pytest.fixture
def seminar(folder: SeminarFolder, send: Send, filled: Any) -> SeminarFolder:
    """Groups are decided, and six questions have come."""
    decided = seat(folder)
    for person in ("GE-1", "KZ-1", "UA-3"):
        asked = [{"about": "dcu", "question": f"{person} asks {n}?"} for n in (1, 2)]
        send(f"{person}.ipynb", filled("questions", person, {"questions": asked}))
    collect(decided)
    return decided


@pytest.fixture
def server(seminar: SeminarFolder) -> Iterator[FormServer]:
    running = FormServer(seminar)
    running.start()
    yield running
    running.stop()


def block(page: Page, heading: str) -> Locator:
    return page.locator("fieldset.sk-repeat", has=page.locator("legend", has_text=heading)).first


def write(page: Page, heading: str, words: str, codes: str = "") -> None:
    block(page, heading).get_by_label("In one sentence").first.fill(words)
    block(page, heading).get_by_label("Codes of countries").first.fill(codes)


def write_all(page: Page) -> None:
    write(page, "What was discussed", "Frameworks come first", "GE, GE-9-q9")
    write(page, "What most agreed on", "რეესტრი საჭიროა", "LO4")
    page.get_by_label("No, there was none").check()
    write(page, "What should happen next", "Contacts by March")


def test_notes_from_a_page_on_disk(context: BrowserContext, seminar: SeminarFolder) -> None:
    """G02 G03 G05 G07: folded lists, ticks, a counter that never blocks, the state on the board."""
    (pack,) = prepare(seminar, ["UA"])
    page = context.new_page()
    page.goto((pack.folder / "UA-2" / "UA-2-group_notes-d2-group-1.html").as_uri())
    folded = page.locator(".sk-note details")
    expect(folded).to_have_count(1)
    expect(page.get_by_text("UA-3 asks 2?")).to_be_hidden()
    folded.locator("summary", has_text="What its members asked beforehand (6)").click()
    expect(page.get_by_text("UA-3 asks 2?")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(5)
    page.get_by_label("KZ-1-q1").check()
    write(page, "What most agreed on", "TODO")
    write(page, "What was discussed", "word " * 61, "not a, code!")
    expect(page.get_by_text("61 of 60 words: a little long, you may leave it so")).to_be_visible()
    expect(page.get_by_text("This looks like a placeholder").last).to_be_visible()
    page.locator("summary", has_text="still open").click()
    gaps = page.locator(".sk-progress li")
    expect(gaps.filter(has_text="What should happen next")).to_have_count(1)
    write_all(page)
    page.get_by_label("My notes, for myself").fill("swordfish")
    expect(page.get_by_text("4 of 4 answered")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my file").click()
    download.value.save_as(seminar.inbox / download.value.suggested_filename)
    (told,) = [outcome for _, outcome in collect(seminar).outcomes]
    assert told.kind == "accepted"
    assert "“GE-9-q9” (What was discussed, issue 1)" in told.text
    (notes,) = [s for s in submissions(seminar.database) if s.form == "group_notes"]
    assert (notes.answers["taken_up"], notes.answers["disagreement"]) == (["KZ-1-q1"], "none")
    board = publish_notes(seminar, all_noted(seminar))
    page.goto(board.as_uri())
    row = page.get_by_role("row", name="Policy")
    assert notes.receipt not in page.content(), "private notes are in it"
    for words in ("complete", NOT_SEEN):
        expect(row).to_contain_text(words)
    assert "swordfish" not in page.content()


@pytest.mark.timeout(240)
def test_notes_in_jupyterlab(context: BrowserContext, seminar: SeminarFolder) -> None:
    """G04 G07: the same sheet as a notebook, opened, filled in, saved, and its file sent."""
    (pack,) = prepare(seminar, ["UA"])
    place = pack.folder / "UA-2"
    opened = start(seminar.root, seminar.root / "home", "ua-2", "--no-browser", place=place)
    try:
        page = list_of(context, opened)
        page.get_by_role("link", name="Notes of a group").click()
        expect(block(page, "What was discussed")).to_be_visible(timeout=60_000)
        expect(page.get_by_text("UA-3 asks 2?")).to_be_hidden()
        write_all(page)
        page.get_by_label("Yes, and agrees").check()
        page.get_by_label("My notes, for myself").fill("swordfish")
        page.keyboard.press("Control+s")
        page.get_by_role("button", name="My tasks").click()
        expect(page.get_by_text("complete, receipt UA-")).to_be_visible()
    finally:
        opened.end()
    (book,) = place.glob("*-group_notes-d2-group-1.ipynb")
    shutil.copy(book, seminar.inbox)
    (told,) = [outcome for _, outcome in collect(seminar).outcomes]
    assert told.kind == "accepted"
    state = noted_of(seminar, "d2-group-1")
    assert (state.state, state.chair) == ("complete", SEEN)
    assert "swordfish" not in publish_notes(seminar, all_noted(seminar)).read_text("utf-8")


def test_notes_by_link_with_the_chair_s_tick(
    context: BrowserContext, seminar: SeminarFolder, server: FormServer
) -> None:
    """G07 G09: submitted to the server, the tick counts; the text lies beside the page."""
    page = come_by_link(context, server, "UA-2")
    expect(page.get_by_text("you take notes")).to_be_visible()
    text = page.get_by_role("link", name="as plain text")
    href = text.get_attribute("href")
    assert context.request.get(f"{page.url}{href}").text().startswith("d2-group-1 · UA-2")
    page.get_by_role("link", name="Notes of a group").first.click()
    write_all(page)
    page.get_by_label("Yes, and agrees").check()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Submitted")).to_be_visible()
    state = noted_of(seminar, "d2-group-1")
    assert (state.state, state.chair, state.how) == ("complete", SEEN, "ticked in the notes")
